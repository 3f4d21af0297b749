/* Small things that make all plots look like one family. */
#include "plot-parts.h"

#include <math.h>

#define MAX_COLUMNS 8192

double
instru_snap (InstruCanvas *canvas, double at)
{
  return instru_canvas_is_paper (canvas) ? at : floor (at) + 0.5;
}

double
instru_hairline (InstruCanvas *canvas)
{
  return instru_canvas_is_paper (canvas) ? 0.4 : 1.0;
}

gsize
instru_count_columns (InstruCanvas *canvas, double width)
{
  double density = instru_canvas_is_paper (canvas) ? 2.0 : 1.0;

  return (gsize) CLAMP (ceil (width * density), 1.0, MAX_COLUMNS);
}

void
instru_draw_label (InstruCanvas *canvas,
                   const InstruTheme *theme,
                   double x,
                   double y,
                   InstruAlign align,
                   const char *label)
{
  InstruTextStyle style = { .size = theme->font_size, .align = align };
  InstruTextExtents extents = instru_canvas_text_extents (canvas, label, &style);

  instru_canvas_text (canvas, x, y + (extents.ascent - extents.descent) / 2.0, label, &style,
                      theme->dim);
}

void
instru_draw_level (InstruCanvas *canvas,
                   const InstruTheme *theme,
                   InstruRect area,
                   double y,
                   const char *label)
{
  double line_y = instru_snap (canvas, y);

  instru_canvas_move_to (canvas, area.x, line_y);
  instru_canvas_line_to (canvas, area.x + area.width, line_y);
  instru_canvas_stroke (canvas, theme->grid, instru_hairline (canvas), NULL, 0);
  if (label != NULL)
    instru_draw_label (canvas, theme, area.x - INSTRU_LABEL_GAP, y, INSTRU_ALIGN_END, label);
}
