/* The time that all plots share: what is visible, where the playhead is. A value that the window
 * holds once and hands to every plot. */
#pragma once

#include <glib.h>

#include "canvas.h"

G_BEGIN_DECLS

typedef struct
{
  double start_s; /* left edge */
  double end_s;   /* right edge, > start_s */
} InstruTimeView;

/* x in [area.x, area.x + area.width] of a time, and back (not clamped). */
double instru_time_view_to_x (const InstruTimeView *view, InstruRect area, double time_s);
double instru_time_view_from_x (const InstruTimeView *view, InstruRect area, double x);

/* A 1-2-5 step with about @n_wanted steps over @span; never 0, never NaN. */
double instru_nice_step (double span, double n_wanted);

/* "0 s", "12 s", "1:05", "1:02:03", "0.25 s", fitting @step_s. Returns: (transfer full) */
char *instru_format_time (double time_s, double step_s);

G_END_DECLS
