/* Joins windows of one family to stretches. */
#include "stretches.h"

static double
window_centre_s (const InstruTimelineWindow *window)
{
  return (window->start_s + window->end_s) / 2.0;
}

/* Where the time of window @index begins. */
static double
boundary_s (const InstruAnalysis *analysis, gsize index)
{
  if (index == 0)
    return 0.0;
  if (index == instru_analysis_get_n_windows (analysis))
    return instru_analysis_get_duration_s (analysis);
  return (window_centre_s (instru_analysis_get_window (analysis, index - 1)) +
          window_centre_s (instru_analysis_get_window (analysis, index))) /
         2.0;
}

GArray *
instru_stretches_from_analysis (const InstruAnalysis *analysis)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (InstruStretch));
  gsize n_windows = instru_analysis_get_n_windows (analysis);

  for (gsize i = 0; i < n_windows;)
    {
      int family = instru_timeline_window_get_family (instru_analysis_get_window (analysis, i));
      InstruStretch stretch = { .start_s = boundary_s (analysis, i), .family = family };

      for (; i < n_windows; i++)
        {
          const InstruTimelineWindow *window = instru_analysis_get_window (analysis, i);

          if (instru_timeline_window_get_family (window) != family)
            break;
          if (family >= 0)
            stretch.score += (double) window->scores[family];
          stretch.n_windows++;
        }
      stretch.score /= (double) stretch.n_windows;
      stretch.end_s = boundary_s (analysis, i);
      g_array_append_val (stretches, stretch);
    }
  return stretches;
}
