/* The eight scores, as a radar and as bars. */
#include <math.h>

#include "plot-parts.h"
#include "plots.h"

#define N_RINGS         5
#define LABEL_DISTANCE  8.0
#define NEEDLE_WIDTH    0.035 /* of the radius, at its root */
#define LEAST_NEEDLE    0.06  /* of the radius: a shorter one is hidden by the centre */
#define FLOWER_ALPHA    0.25
#define BAR_LABEL_WIDTH 6.4 /* of the font's size */
#define BAR_VALUE_WIDTH 3.6
#define BAR_HEIGHT      0.62 /* of the font's size */
#define MIN_BAR         1.5
#define MARK_WIDTH      2.0
#define MARK_OVERHANG   2.5

typedef struct
{
  double x;
  double y;
  double radius;
} Center;

/* The first family is at the top, the others follow clockwise. */
static void
get_spoke (int family, double *dx, double *dy)
{
  double angle = 2.0 * G_PI * family / INSTRU_N_FAMILIES;

  *dx = sin (angle);
  *dy = -cos (angle);
}

/* Room for the longest label on either side, and a line above and below. */
static Center
get_center (InstruCanvas *canvas, const InstruTheme *theme, InstruRect area)
{
  InstruTextStyle style = { .size = theme->font_size, .bold = TRUE };
  double widest = 0.0, radius;

  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    widest = fmax (widest, instru_canvas_text_extents (
                               canvas, instru_family_get_label ((InstruFamily) family), &style)
                               .width);
  radius = fmin (area.width / 2.0 - widest - LABEL_DISTANCE,
                 area.height / 2.0 - 1.6 * theme->font_size - LABEL_DISTANCE);
  return (Center){ area.x + area.width / 2.0, area.y + area.height / 2.0, fmax (radius, 0.0) };
}

static void
trace_ring (InstruCanvas *canvas, Center center, double radius)
{
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      double dx, dy;

      get_spoke (family, &dx, &dy);
      if (family == 0)
        instru_canvas_move_to (canvas, center.x + radius * dx, center.y + radius * dy);
      else
        instru_canvas_line_to (canvas, center.x + radius * dx, center.y + radius * dy);
    }
  instru_canvas_close_path (canvas);
}

static void
draw_web (InstruCanvas *canvas, const InstruTheme *theme, Center center)
{
  InstruColor ink = theme->grid;

  ink.alpha = fmin (ink.alpha * 1.6, 1.0);
  for (int ring = 1; ring <= N_RINGS; ring++)
    {
      trace_ring (canvas, center, center.radius * ring / N_RINGS);
      instru_canvas_stroke (canvas, ink, instru_hairline (canvas), NULL, 0);
    }
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      double dx, dy;

      get_spoke (family, &dx, &dy);
      instru_canvas_move_to (canvas, center.x, center.y);
      instru_canvas_line_to (canvas, center.x + center.radius * dx, center.y + center.radius * dy);
      instru_canvas_stroke (canvas, ink, instru_hairline (canvas), NULL, 0);
    }
}

static void
draw_radar_labels (InstruCanvas *canvas,
                   const InstruVerdict *verdict,
                   const InstruTheme *theme,
                   Center center)
{
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      gboolean is_best = verdict->has_scores && (int) verdict->family == family;
      InstruTextStyle style = { .size = theme->font_size, .bold = is_best };
      const char *label = instru_family_get_label ((InstruFamily) family);
      InstruTextExtents extents = instru_canvas_text_extents (canvas, label, &style);
      double distance = center.radius + LABEL_DISTANCE, dx, dy, y;

      get_spoke (family, &dx, &dy);
      style.align = dx > 0.1    ? INSTRU_ALIGN_START
                    : dx < -0.1 ? INSTRU_ALIGN_END
                                : INSTRU_ALIGN_CENTER;
      y = center.y + distance * dy + (extents.ascent - extents.descent) * (0.5 + 0.5 * dy);
      instru_canvas_text (canvas, center.x + distance * dx, y, label, &style,
                          is_best ? theme->text : theme->dim);
    }
}

/* A long score is a needle from the centre; it would be an invisible sliver as a polygon. */
static void
draw_needle (InstruCanvas *canvas,
             const InstruVerdict *verdict,
             const InstruTheme *theme,
             InstruFamily family,
             Center center)
{
  double length = center.radius * verdict->scores[family];
  double width = center.radius * NEEDLE_WIDTH, dx, dy;

  get_spoke ((int) family, &dx, &dy);
  instru_canvas_move_to (canvas, center.x - width * dy, center.y + width * dx);
  instru_canvas_line_to (canvas, center.x + length * dx - 0.4 * width * dy,
                         center.y + length * dy + 0.4 * width * dx);
  instru_canvas_line_to (canvas, center.x + length * dx + 0.4 * width * dy,
                         center.y + length * dy - 0.4 * width * dx);
  instru_canvas_line_to (canvas, center.x + width * dy, center.y - width * dx);
  instru_canvas_close_path (canvas);
  instru_canvas_fill (canvas, instru_theme_get_family_color (theme, family));
}

/* The winner's needle, over those of the families that were heard, too. */
static void
draw_needles (InstruCanvas *canvas,
              const InstruVerdict *verdict,
              const InstruTheme *theme,
              Center center)
{
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    if (family != (int) verdict->family && verdict->scores[family] >= LEAST_NEEDLE)
      draw_needle (canvas, verdict, theme, (InstruFamily) family, center);
  draw_needle (canvas, verdict, theme, verdict->family, center);
  instru_canvas_circle (canvas, center.x, center.y, fmax (1.6 * NEEDLE_WIDTH * center.radius, 1.5));
  instru_canvas_fill (canvas, instru_theme_get_family_color (theme, verdict->family));
}

/* Several scores: a petal on each spoke and the polygon through them. */
static void
trace_scores (InstruCanvas *canvas, const InstruVerdict *verdict, Center center)
{
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      double length = center.radius * verdict->scores[family], dx, dy;

      get_spoke (family, &dx, &dy);
      if (family == 0)
        instru_canvas_move_to (canvas, center.x + length * dx, center.y + length * dy);
      else
        instru_canvas_line_to (canvas, center.x + length * dx, center.y + length * dy);
    }
  instru_canvas_close_path (canvas);
}

static void
draw_flower (InstruCanvas *canvas,
             const InstruVerdict *verdict,
             const InstruTheme *theme,
             Center center)
{
  InstruColor pale = theme->text;

  pale.alpha = FLOWER_ALPHA;
  trace_scores (canvas, verdict, center);
  instru_canvas_fill (canvas, pale);
  trace_scores (canvas, verdict, center);
  instru_canvas_stroke (canvas, theme->text, theme->line_width, NULL, 0);
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      double length = center.radius * verdict->scores[family], dx, dy;

      get_spoke (family, &dx, &dy);
      instru_canvas_circle (canvas, center.x + length * dx, center.y + length * dy,
                            fmax (center.radius * 0.03, 1.5));
      instru_canvas_fill (canvas, instru_theme_get_family_color (theme, (InstruFamily) family));
    }
}

/* The polygon alone, so that what lies under it stays readable. */
static void
draw_outline (InstruCanvas *canvas,
              const InstruVerdict *verdict,
              const InstruTheme *theme,
              Center center)
{
  static const double dashes[] = { 3.0, 2.0 };

  trace_scores (canvas, verdict, center);
  instru_canvas_stroke (canvas, theme->text, theme->line_width, dashes, G_N_ELEMENTS (dashes));
}

void
instru_plot_radar (InstruCanvas *canvas,
                   const InstruVerdict *verdict,
                   const InstruVerdict *selection,
                   const InstruTheme *theme,
                   InstruRect area)
{
  Center center;

  if (area.width < 1.0 || area.height < 1.0)
    return;

  center = get_center (canvas, theme, area);
  if (center.radius < 4.0)
    return;
  draw_web (canvas, theme, center);
  if (verdict->has_scores && verdict->sure)
    draw_needles (canvas, verdict, theme, center);
  else if (verdict->has_scores)
    draw_flower (canvas, verdict, theme, center);
  if (selection != NULL && selection->has_scores)
    draw_outline (canvas, selection, theme, center);
  draw_radar_labels (canvas, verdict, theme, center);
}

/* — bars — */

static InstruRect
get_bar (const InstruTheme *theme, InstruRect row)
{
  double label_width = BAR_LABEL_WIDTH * theme->font_size;
  double height = fmin (BAR_HEIGHT * theme->font_size, row.height * 0.7);

  return (InstruRect){ row.x + label_width, row.y + (row.height - height) / 2.0,
                       row.width - label_width - BAR_VALUE_WIDTH * theme->font_size, height };
}

static void
draw_bar_mark (InstruCanvas *canvas, double score, const InstruTheme *theme, InstruRect row)
{
  InstruRect bar = get_bar (theme, row);
  double x = bar.x + bar.width * CLAMP (score, 0.0, 1.0);

  if (bar.width < 4.0)
    return;
  instru_canvas_rectangle (canvas, (InstruRect){ x - MARK_WIDTH / 2.0, bar.y - MARK_OVERHANG,
                                                 MARK_WIDTH, bar.height + 2.0 * MARK_OVERHANG });
  instru_canvas_fill (canvas, theme->text);
}

static void
draw_bar (InstruCanvas *canvas,
          const InstruVerdict *verdict,
          const InstruTheme *theme,
          InstruFamily family,
          InstruRect row)
{
  gboolean is_best = verdict->has_scores && verdict->family == family;
  InstruTextStyle style = { .size = theme->font_size, .bold = is_best };
  const char *label = instru_family_get_label (family);
  InstruTextExtents extents = instru_canvas_text_extents (canvas, label, &style);
  double middle = row.y + row.height / 2.0;
  double base_line = middle + (extents.ascent - extents.descent) / 2.0;
  InstruRect bar = get_bar (theme, row);
  InstruRect filled = bar;

  instru_canvas_text (canvas, row.x, base_line, label, &style, theme->text);
  if (bar.width < 4.0)
    return;
  instru_canvas_rounded_rectangle (canvas, bar, bar.height / 2.0);
  instru_canvas_fill (canvas, theme->grid);
  if (!verdict->has_scores)
    return;

  filled.width = fmax (bar.width * verdict->scores[family], MIN_BAR);
  instru_canvas_rounded_rectangle (canvas, filled, fmin (bar.height, filled.width) / 2.0);
  instru_canvas_fill (canvas, instru_theme_get_family_color (theme, family));
}

static void
draw_bar_value (InstruCanvas *canvas,
                const InstruVerdict *verdict,
                const InstruTheme *theme,
                InstruFamily family,
                InstruRect row)
{
  InstruTextStyle style = { .size = theme->font_size,
                            .bold = verdict->family == family,
                            .align = INSTRU_ALIGN_END };
  g_autofree char *value =
      g_strdup_printf ("%d\u202f%%", instru_verdict_get_percent (verdict, family));
  InstruTextExtents extents = instru_canvas_text_extents (canvas, value, &style);

  instru_canvas_text (canvas, row.x + row.width,
                      row.y + row.height / 2.0 + (extents.ascent - extents.descent) / 2.0, value,
                      &style, theme->text);
}

void
instru_plot_family_bars (InstruCanvas *canvas,
                         const InstruVerdict *verdict,
                         const InstruVerdict *selection,
                         const InstruTheme *theme,
                         InstruRect area)
{
  if (area.width < 1.0 || area.height < 1.0)
    return;

  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      double height = area.height / INSTRU_N_FAMILIES;
      InstruRect row = { area.x, area.y + height * family, area.width, height };

      draw_bar (canvas, verdict, theme, (InstruFamily) family, row);
      if (verdict->has_scores)
        draw_bar_value (canvas, verdict, theme, (InstruFamily) family, row);
      if (selection != NULL && selection->has_scores)
        draw_bar_mark (canvas, selection->scores[family], theme, row);
    }
}
