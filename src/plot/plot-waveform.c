/* The outline of the pressure, with its RMS inside in a stronger tone, the loudest moment marked by
 * a triangle and clipped stretches by a red edge. */
#include <math.h>

#include "plot-parts.h"
#include "plots.h"

#define ENVELOPE_ALPHA      0.55
#define CLIP_LEVEL          0.999f
#define MARK_SIZE           5.0
#define MIN_LABELLED_HEIGHT 28.0

static const InstruColor clip_color = { 0.88, 0.11, 0.14, 1.0 };

static double
level_to_y (InstruRect area, double level)
{
  return area.y + area.height * (0.5 - 0.5 * CLAMP (level, -1.0, 1.0));
}

/* Columns of the part that has been read: those beyond are not drawn. */
static gsize
count_known (const InstruAnalysis *analysis, const InstruTimeView *view, gsize n_columns)
{
  double span_s = view->end_s - view->start_s;
  double known = (instru_analysis_get_duration_s (analysis) - view->start_s) / span_s;

  return (gsize) CLAMP (ceil (known * (double) n_columns), 0.0, (double) n_columns);
}

static void
fill_between (InstruCanvas *canvas,
              InstruRect area,
              const InstruPeak *columns,
              gsize n_known,
              gsize n_columns,
              gboolean is_rms,
              InstruColor color)
{
  double step = area.width / (double) n_columns;
  double least = 0.5 / fmax (area.height, 1.0); /* so that silence is a line */

  if (n_known == 0)
    return;
  for (gsize i = 0; i < n_known; i++)
    {
      double top = is_rms ? sqrt (columns[i].mean_square) : columns[i].maximum;
      double x = area.x + step * ((double) i + 0.5);

      if (i == 0)
        instru_canvas_move_to (canvas, x, level_to_y (area, top + least));
      else
        instru_canvas_line_to (canvas, x, level_to_y (area, top + least));
    }
  for (gsize i = n_known; i-- > 0;)
    {
      double bottom = is_rms ? -sqrt (columns[i].mean_square) : columns[i].minimum;

      instru_canvas_line_to (canvas, area.x + step * ((double) i + 0.5),
                             level_to_y (area, bottom - least));
    }
  instru_canvas_close_path (canvas);
  instru_canvas_fill (canvas, color);
}

static void
mark_clipping (InstruCanvas *canvas,
               InstruRect area,
               const InstruPeak *columns,
               gsize n_known,
               gsize n_columns)
{
  double step = area.width / (double) n_columns;
  gboolean any = FALSE;

  for (gsize i = 0; i < n_known; i++)
    {
      InstruRect mark = { area.x + step * (double) i, area.y - 3.0, fmax (step, 1.0), 2.0 };

      if (fmaxf (columns[i].maximum, -columns[i].minimum) < CLIP_LEVEL)
        continue;
      instru_canvas_rectangle (canvas, mark);
      any = TRUE;
    }
  if (any)
    instru_canvas_fill (canvas, clip_color);
}

static gsize
find_loudest (const InstruPeak *columns, gsize n_known)
{
  gsize loudest = 0;

  for (gsize i = 1; i < n_known; i++)
    if (fmaxf (columns[i].maximum, -columns[i].minimum) >
        fmaxf (columns[loudest].maximum, -columns[loudest].minimum))
      loudest = i;
  return loudest;
}

/* A small triangle above the loudest column. */
static void
mark_loudest (InstruCanvas *canvas,
              const InstruTheme *theme,
              InstruRect area,
              const InstruPeak *columns,
              gsize n_known,
              gsize n_columns)
{
  gsize loudest = find_loudest (columns, n_known);
  double peak = n_known > 0 ? fmaxf (columns[loudest].maximum, -columns[loudest].minimum) : 0.0;
  double x = area.x + area.width * ((double) loudest + 0.5) / (double) n_columns;
  double y = level_to_y (area, peak) - 2.0;

  if (peak <= 0.0)
    return;
  instru_canvas_move_to (canvas, x, y);
  instru_canvas_line_to (canvas, x - MARK_SIZE * 0.6, y - MARK_SIZE);
  instru_canvas_line_to (canvas, x + MARK_SIZE * 0.6, y - MARK_SIZE);
  instru_canvas_close_path (canvas);
  instru_canvas_fill (canvas, theme->text);
}

static void
draw_columns (InstruCanvas *canvas,
              const InstruAnalysis *analysis,
              const InstruTimeView *view,
              const InstruTheme *theme,
              InstruRect area)
{
  gsize n_columns = instru_count_columns (canvas, area.width);
  gsize n_known = count_known (analysis, view, n_columns);
  g_autofree InstruPeak *columns = g_new0 (InstruPeak, n_columns);
  InstruColor pale = theme->accent;

  instru_peaks_get_columns (instru_analysis_get_peaks (analysis),
                            view->start_s * INSTRU_SAMPLE_RATE_HZ,
                            view->end_s * INSTRU_SAMPLE_RATE_HZ, n_columns, columns);
  pale.alpha = ENVELOPE_ALPHA;
  fill_between (canvas, area, columns, n_known, n_columns, FALSE, pale);
  fill_between (canvas, area, columns, n_known, n_columns, TRUE, theme->accent);
  mark_clipping (canvas, area, columns, n_known, n_columns);
  mark_loudest (canvas, theme, area, columns, n_known, n_columns);
}

void
instru_plot_waveform (InstruCanvas *canvas,
                      const InstruAnalysis *analysis,
                      const InstruTimeView *view,
                      const InstruTheme *theme,
                      InstruRect area)
{
  gboolean labelled = area.height >= MIN_LABELLED_HEIGHT;

  if (area.width < 1.0 || area.height < 1.0 || !(view->end_s > view->start_s))
    return;

  instru_draw_level (canvas, theme, area, area.y, labelled ? "+1" : NULL);
  instru_draw_level (canvas, theme, area, area.y + area.height / 2.0, labelled ? "0" : NULL);
  instru_draw_level (canvas, theme, area, area.y + area.height, labelled ? "−1" : NULL);
  draw_columns (canvas, analysis, view, theme, area);
}
