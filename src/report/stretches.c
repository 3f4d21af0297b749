/* Joins windows of one family to stretches. */
#include "stretches.h"

#include <glib/gi18n-lib.h>

#include "measures.h"

#define N_SUMMARIZED 3

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

/* Seconds of each family, and after them of silence. */
static void
sum_durations (const GArray *stretches, double durations_s[INSTRU_N_FAMILIES + 1])
{
  for (int i = 0; i <= INSTRU_N_FAMILIES; i++)
    durations_s[i] = 0.0;
  for (guint i = 0; i < stretches->len; i++)
    {
      const InstruStretch *stretch = &g_array_index (stretches, InstruStretch, i);

      durations_s[stretch->family < 0 ? INSTRU_N_FAMILIES : stretch->family] +=
          stretch->end_s - stretch->start_s;
    }
}

static int
find_longest (const double *durations_s, int n_durations)
{
  int longest = 0;

  for (int i = 1; i < n_durations; i++)
    if (durations_s[i] > durations_s[longest])
      longest = i;
  return longest;
}

char *
instru_stretches_summarize (const InstruAnalysis *analysis)
{
  g_autoptr (GArray) stretches = instru_stretches_from_analysis (analysis);
  double duration_s = instru_analysis_get_duration_s (analysis);
  double durations_s[INSTRU_N_FAMILIES + 1];
  GString *summary = g_string_new (NULL);

  sum_durations (stretches, durations_s);
  for (int i = 0; i < N_SUMMARIZED; i++)
    {
      int longest = find_longest (durations_s, INSTRU_N_FAMILIES + 1);
      g_autofree char *share = instru_measures_format_score (durations_s[longest] / duration_s);
      const char *name = longest == INSTRU_N_FAMILIES
                             ? _ ("Silence")
                             : instru_family_get_label ((InstruFamily) longest);

      if (durations_s[longest] <= 0.0)
        break;
      /* Translators: a family and its share: “Reed 88 % of the time”, then “, String 12 %” */
      g_string_append_printf (summary, i == 0 ? _ ("%s %s of the time") : _ (", %s %s"), name,
                              share);
      durations_s[longest] = 0.0;
    }
  g_string_append_c (summary, '.');
  return g_string_free (summary, FALSE);
}
