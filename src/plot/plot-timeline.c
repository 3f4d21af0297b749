/* Families over time: windows overlap by half, so each block covers the middle of its window, up to
 * halfway to the next one. */
#include <math.h>

#include "plot-parts.h"
#include "plots.h"

#define GAP          1.5
#define CORNER       3.0
#define UNSURE_ALPHA 0.35
#define TEXT_INSET   6.0

static const InstruColor white = { 1.0, 1.0, 1.0, 1.0 };

/* Halfway between the centres of windows @index and the next. */
static double
get_border_s (const InstruAnalysis *analysis, gsize index)
{
  const InstruTimelineWindow *window = instru_analysis_get_window (analysis, index);
  const InstruTimelineWindow *next = instru_analysis_get_window (analysis, index + 1);

  return 0.25 * (window->start_s + window->end_s + next->start_s + next->end_s);
}

/* The name where there is room, else its first letter, else nothing. */
static void
draw_name (InstruCanvas *canvas,
           const InstruTheme *theme,
           InstruRect block,
           InstruFamily family,
           InstruColor color)
{
  InstruTextStyle style = { .size = theme->font_size, .bold = TRUE };
  const char *label = instru_family_get_label (family);
  g_autofree char *initial = g_utf8_substring (label, 0, 1);
  InstruTextExtents extents = instru_canvas_text_extents (canvas, label, &style);
  double y = block.y + block.height / 2.0 + (extents.ascent - extents.descent) / 2.0;

  if (extents.width + 2.0 * TEXT_INSET <= block.width)
    {
      instru_canvas_text (canvas, block.x + TEXT_INSET, y, label, &style, color);
      return;
    }
  style.align = INSTRU_ALIGN_CENTER;
  extents = instru_canvas_text_extents (canvas, initial, &style);
  if (extents.width + 2.0 <= block.width)
    instru_canvas_text (canvas, block.x + block.width / 2.0, y, initial, &style, color);
}

/* Rounded as a whole, named where it is seen. */
static void
draw_block (InstruCanvas *canvas,
            const InstruTheme *theme,
            const InstruTimelineWindow *window,
            InstruRect block,
            InstruRect visible)
{
  int family = instru_timeline_window_get_family (window);
  InstruColor color;

  if (family < 0 || block.width < 0.5)
    return;
  color = instru_theme_get_family_color (theme, (InstruFamily) family);
  if (!window->sure)
    color.alpha = UNSURE_ALPHA;
  instru_canvas_rounded_rectangle (canvas, block,
                                   fmin (CORNER, fmin (block.width, block.height) / 2.0));
  instru_canvas_fill (canvas, color);
  draw_name (canvas, theme, visible, (InstruFamily) family, window->sure ? white : theme->text);
}

void
instru_plot_timeline (InstruCanvas *canvas,
                      const InstruAnalysis *analysis,
                      const InstruTimeView *view,
                      const InstruTheme *theme,
                      InstruRect area)
{
  gsize n_windows = instru_analysis_get_n_windows (analysis);

  if (area.width < 1.0 || area.height < 1.0 || !(view->end_s > view->start_s))
    return;

  instru_canvas_save (canvas);
  instru_canvas_clip (canvas, area);
  for (gsize i = 0; i < n_windows; i++)
    {
      const InstruTimelineWindow *window = instru_analysis_get_window (analysis, i);
      double start_s = i == 0 ? window->start_s : get_border_s (analysis, i - 1);
      double end_s = i + 1 == n_windows ? window->end_s : get_border_s (analysis, i);
      double x = instru_time_view_to_x (view, area, start_s);
      double end_x = instru_time_view_to_x (view, area, end_s);
      double gap = end_x - x > 4.0 * GAP ? GAP : 0.0;

      double left = fmax (x, area.x), right = fmin (end_x - gap, area.x + area.width);

      if (right <= left)
        continue;
      draw_block (canvas, theme, window, (InstruRect){ x, area.y, end_x - x - gap, area.height },
                  (InstruRect){ left, area.y, right - left, area.height });
    }
  instru_canvas_restore (canvas);
}
