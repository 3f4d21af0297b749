/* One curve over time with a calm axis; and the axis of seconds below all of them. */
#include <math.h>

#include "plot-parts.h"
#include "plots.h"

#define MIN_DBFS          (-60.0)
#define N_LEVELS          3.0
#define TICK_LENGTH       4.0
#define MIN_TICK_DISTANCE 8.0 /* of the font's size */

typedef struct
{
  double bottom;
  double top;
  double step;
} Range;

static double
get_value (const InstruAnalysis *analysis, InstruDescriptor descriptor, gsize frame)
{
  if (descriptor == INSTRU_DESCRIPTOR_RMS)
    return fmax (instru_analysis_get_level_dbfs (analysis, frame), MIN_DBFS);
  return instru_analysis_get_descriptor (analysis, descriptor, frame);
}

/* From 0 to a round number above the largest value; loudness always from −60 to 0 dBFS. */
static Range
get_range (const InstruAnalysis *analysis, InstruDescriptor descriptor)
{
  gsize n_frames = instru_analysis_get_n_frames (analysis);
  double largest = 0.0, step;

  if (descriptor == INSTRU_DESCRIPTOR_RMS)
    return (Range){ MIN_DBFS, 0.0, 30.0 };

  for (gsize frame = 0; frame < n_frames; frame++)
    largest = fmax (largest, get_value (analysis, descriptor, frame));
  if (largest <= 0.0)
    largest = 1.0;
  step = instru_nice_step (largest, N_LEVELS);
  return (Range){ 0.0, step * ceil (largest / step), step };
}

/* As many as tell one step from the next. */
static int
count_decimals (double step)
{
  return CLAMP ((int) ceil (-log10 (step) - 1e-9), 1, 9);
}

static char *
make_level_label (InstruDescriptor descriptor, double value, double step)
{
  if (descriptor == INSTRU_DESCRIPTOR_RMS)
    return value < 0.0 ? g_strdup_printf ("−%.0f", -value) : g_strdup ("0");
  if (descriptor == INSTRU_DESCRIPTOR_ZCR || descriptor == INSTRU_DESCRIPTOR_FLATNESS)
    return value > 0.0 ? g_strdup_printf ("%.*f", count_decimals (step), value) : g_strdup ("0");
  if (value >= 1000.0)
    return g_strdup_printf ("%g\u202fk", value / 1000.0);
  return g_strdup_printf ("%g", value);
}

static double
value_to_y (InstruRect area, Range range, double value)
{
  double part = (value - range.bottom) / (range.top - range.bottom);

  return area.y + area.height * (1.0 - CLAMP (part, 0.0, 1.0));
}

/* The mean of the frames of a column; NAN where there are none. */
static double
get_column_value (const InstruAnalysis *analysis,
                  InstruDescriptor descriptor,
                  double first_frame,
                  double end_frame)
{
  double n_frames = (double) instru_analysis_get_n_frames (analysis);
  double first = fmax (floor (first_frame), 0.0);
  double end = fmin (fmax (ceil (end_frame), first + 1.0), n_frames);
  double sum = 0.0;

  if (first >= end || end_frame < 0.0)
    return NAN;
  for (gsize frame = (gsize) first; frame < (gsize) end; frame++)
    sum += get_value (analysis, descriptor, frame);
  return sum / (end - first);
}

/* Between frames the curve goes straight: a column is a frame where frames are wide. */
static void
draw_curve (InstruCanvas *canvas,
            const InstruAnalysis *analysis,
            InstruDescriptor descriptor,
            const InstruTimeView *view,
            const InstruTheme *theme,
            InstruRect area,
            Range range)
{
  double n_visible = (view->end_s - view->start_s) / INSTRU_FRAME_S;
  double n_columns = fmin ((double) instru_count_columns (canvas, area.width), ceil (n_visible));
  double frames_per_column = n_visible / fmax (n_columns, 1.0);
  double start_frame = view->start_s / INSTRU_FRAME_S;
  gboolean has_begun = FALSE;

  for (double i = 0.0; i <= n_columns; i += 1.0)
    {
      double first = start_frame + (i - 0.5) * frames_per_column;
      double value =
          get_column_value (analysis, descriptor, first + 0.5, first + frames_per_column);
      double x = area.x + area.width * i / fmax (n_columns, 1.0);

      if (isnan (value))
        continue;
      if (has_begun)
        instru_canvas_line_to (canvas, x, value_to_y (area, range, value));
      else
        instru_canvas_move_to (canvas, x, value_to_y (area, range, value));
      has_begun = TRUE;
    }
  if (has_begun)
    instru_canvas_stroke (canvas, theme->accent, theme->line_width, NULL, 0);
}

void
instru_plot_descriptor (InstruCanvas *canvas,
                        const InstruAnalysis *analysis,
                        InstruDescriptor descriptor,
                        const InstruTimeView *view,
                        const InstruTheme *theme,
                        InstruRect area)
{
  Range range;

  if (area.width < 1.0 || area.height < 1.0 || !(view->end_s > view->start_s))
    return;

  range = get_range (analysis, descriptor);
  for (double value = range.bottom; value <= range.top + range.step * 0.01; value += range.step)
    {
      g_autofree char *label = make_level_label (descriptor, value, range.step);

      instru_draw_level (canvas, theme, area, value_to_y (area, range, value), label);
    }

  instru_canvas_save (canvas);
  instru_canvas_clip (canvas, (InstruRect){ area.x, area.y - theme->line_width, area.width,
                                            area.height + 2.0 * theme->line_width });
  draw_curve (canvas, analysis, descriptor, view, theme, area, range);
  instru_canvas_restore (canvas);
}

void
instru_plot_time_axis (InstruCanvas *canvas,
                       const InstruTimeView *view,
                       const InstruTheme *theme,
                       InstruRect area)
{
  double span_s = view->end_s - view->start_s;
  double y = area.y + area.height, step_s, n_ticks;

  if (area.width < 1.0 || !(span_s > 0.0) || !isfinite (span_s))
    return;

  step_s = instru_nice_step (span_s, area.width / (MIN_TICK_DISTANCE * theme->font_size));
  n_ticks = floor (view->end_s / step_s + 1e-9) - ceil (view->start_s / step_s - 1e-9);
  for (double i = 0.0; i <= n_ticks; i += 1.0)
    {
      double time_s = (ceil (view->start_s / step_s - 1e-9) + i) * step_s;
      double x = instru_snap (canvas, instru_time_view_to_x (view, area, time_s));
      g_autofree char *label = instru_format_time (time_s, step_s);

      instru_canvas_move_to (canvas, x, y);
      instru_canvas_line_to (canvas, x, y + TICK_LENGTH);
      instru_canvas_stroke (canvas, theme->grid, instru_hairline (canvas), NULL, 0);
      instru_draw_label (canvas, theme, x, y + TICK_LENGTH + theme->font_size * 0.8,
                         INSTRU_ALIGN_CENTER, label);
    }
}

void
instru_plot_playhead (InstruCanvas *canvas,
                      double time_s,
                      const InstruTimeView *view,
                      const InstruTheme *theme,
                      InstruRect area)
{
  double x = instru_snap (canvas, instru_time_view_to_x (view, area, time_s));

  if (!isfinite (time_s) || time_s < view->start_s || time_s > view->end_s)
    return;
  instru_canvas_move_to (canvas, x, area.y);
  instru_canvas_line_to (canvas, x, area.y + area.height);
  instru_canvas_stroke (canvas, theme->playhead, instru_hairline (canvas), NULL, 0);
}
