/* Plots in words: names, units, and one sentence each for captions and screen readers. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "plots.h"

#define NARROW_SPACE "\u202f"
#define NO_VALUE     "–"

typedef struct
{
  const char *label;
  const char *term;
} DescriptorName;

static const DescriptorName names[INSTRU_N_DESCRIPTORS] = {
  [INSTRU_DESCRIPTOR_CENTROID_HZ] = { N_ ("Brightness"), N_ ("spectral centroid") },
  [INSTRU_DESCRIPTOR_BANDWIDTH_HZ] = { N_ ("Width"), N_ ("spectral bandwidth") },
  [INSTRU_DESCRIPTOR_ROLLOFF_HZ] = { N_ ("Upper edge"), N_ ("spectral roll-off, 85 %") },
  [INSTRU_DESCRIPTOR_FLATNESS] = { N_ ("Noisiness"), N_ ("spectral flatness") },
  [INSTRU_DESCRIPTOR_RMS] = { N_ ("Loudness"), N_ ("RMS") },
  [INSTRU_DESCRIPTOR_ZCR] = { N_ ("Zero crossings"), N_ ("zero-crossing rate") },
};

const char *
instru_descriptor_get_label (InstruDescriptor descriptor)
{
  g_return_val_if_fail ((guint) descriptor < INSTRU_N_DESCRIPTORS, NULL);

  return _ (names[descriptor].label);
}

const char *
instru_descriptor_get_term (InstruDescriptor descriptor)
{
  g_return_val_if_fail ((guint) descriptor < INSTRU_N_DESCRIPTORS, NULL);

  return _ (names[descriptor].term);
}

/* Whole Hz with a narrow space between the thousands. */
static char *
format_hz (double hz)
{
  long whole = lrint (hz);

  if (whole >= 1000)
    return g_strdup_printf ("%ld" NARROW_SPACE "%03ld" NARROW_SPACE "Hz", whole / 1000,
                            whole % 1000);
  return g_strdup_printf ("%ld" NARROW_SPACE "Hz", whole);
}

/* A true minus sign before @n_decimals digits. */
static char *
format_signed (double value, int n_decimals, const char *unit)
{
  double rounded = round (fabs (value) * pow (10.0, n_decimals));

  return g_strdup_printf ("%s%.*f" NARROW_SPACE "%s", value < 0.0 && rounded > 0.0 ? "−" : "",
                          n_decimals, fabs (value), unit);
}

char *
instru_format_descriptor (InstruDescriptor descriptor, double value)
{
  if (!isfinite (value))
    return g_strdup (NO_VALUE);

  switch (descriptor)
    {
    case INSTRU_DESCRIPTOR_RMS:
      return format_signed (value, 1, "dBFS");
    case INSTRU_DESCRIPTOR_FLATNESS: /* of music mostly under 0.01 */
      return value > 0.0 && value < 0.00005 ? g_strdup ("<" NARROW_SPACE "0.0001")
                                            : g_strdup_printf ("%.4f", value);
    case INSTRU_DESCRIPTOR_ZCR:
      return g_strdup_printf ("%.3f", value);
    case INSTRU_DESCRIPTOR_CENTROID_HZ:
    case INSTRU_DESCRIPTOR_BANDWIDTH_HZ:
    case INSTRU_DESCRIPTOR_ROLLOFF_HZ:
    case INSTRU_N_DESCRIPTORS:
    default:
      return format_hz (value);
    }
}

char *
instru_describe_waveform (const InstruAnalysis *analysis)
{
  const InstruQuality *quality = instru_analysis_get_quality (analysis);
  g_autofree char *length = instru_format_time (instru_analysis_get_duration_s (analysis), 0.1);
  g_autofree char *peak = NULL;

  if (!isfinite (quality->peak_dbfs))
    return g_strdup_printf (_ ("The outline of the pressure over %s: nothing but silence."),
                            length);

  peak = format_signed (quality->peak_dbfs, 1, "dBFS");
  if (quality->n_clipped_runs == 0)
    return g_strdup_printf (
        _ ("The outline of the pressure over %s; its peak is %s, nothing is clipped."), length,
        peak);
  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "The outline of the pressure over %s; its peak is %s, and it is clipped in %zu place.",
          "The outline of the pressure over %s; its peak is %s, and it is clipped in %zu places.",
          quality->n_clipped_runs),
      length, peak, quality->n_clipped_runs);
}

char *
instru_describe_mel_spectrogram (const InstruAnalysis *analysis)
{
  InstruStatistics rolloff =
      instru_analysis_get_statistics (analysis, INSTRU_DESCRIPTOR_ROLLOFF_HZ);
  g_autofree char *edge = NULL;

  if (!isfinite (rolloff.mean))
    return g_strdup (_ ("Which frequencies sound when: none, it is silent."));
  edge = format_hz (rolloff.mean);
  return g_strdup_printf (
      _ ("Which frequencies sound when; bright is loud, in dB under the loudest. "
         "On average 85 %% of the spectrum lies below %s."),
      edge);
}

char *
instru_describe_descriptor (const InstruAnalysis *analysis, InstruDescriptor descriptor)
{
  InstruStatistics statistics = instru_analysis_get_statistics (analysis, descriptor);
  g_autofree char *mean = instru_format_descriptor (descriptor, statistics.mean);
  g_autofree char *spread =
      descriptor == INSTRU_DESCRIPTOR_RMS
          ? format_signed (statistics.standard_deviation, 1, "dB")
          : instru_format_descriptor (descriptor, statistics.standard_deviation);

  if (!isfinite (statistics.mean))
    return g_strdup_printf (_ ("%s (%s): no value, the recording is silent."),
                            instru_descriptor_get_label (descriptor),
                            instru_descriptor_get_term (descriptor));
  /* Translators: word, term, mean, spread: “Brightness (spectral centroid): mean 1 333 Hz, …” */
  return g_strdup_printf (_ ("%s (%s): mean %s, spread ± %s."),
                          instru_descriptor_get_label (descriptor),
                          instru_descriptor_get_term (descriptor), mean, spread);
}

char *
instru_describe_verdict (const InstruAnalysis *analysis)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (analysis);
  GString *text = g_string_new (NULL);
  g_autofree char *sentence = instru_verdict_describe (verdict);

  if (verdict->sure)
    g_string_append_printf (text, _ ("%s, %d %%. "), instru_verdict_get_headline (verdict),
                            instru_verdict_get_percent (verdict, verdict->family));
  else
    g_string_append_printf (text, _ ("%s. "), instru_verdict_get_headline (verdict));
  g_string_append (text, sentence);
  for (int family = 0; verdict->has_scores && family < INSTRU_N_FAMILIES; family++)
    g_string_append_printf (text, family == 0 ? " %s %d %%" : ", %s %d %%",
                            instru_family_get_label ((InstruFamily) family),
                            instru_verdict_get_percent (verdict, (InstruFamily) family));
  return g_string_free (text, FALSE);
}

/* Neighbouring windows of one family are told as one stretch. */
char *
instru_describe_timeline (const InstruAnalysis *analysis)
{
  gsize n_windows = instru_analysis_get_n_windows (analysis);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_windows;)
    {
      const InstruTimelineWindow *first = instru_analysis_get_window (analysis, i);
      int family = instru_timeline_window_get_family (first);
      gsize end = i + 1;
      g_autofree char *from = instru_format_time (first->start_s, 0.1);
      g_autofree char *to = NULL;

      while (end < n_windows && instru_timeline_window_get_family (
                                    instru_analysis_get_window (analysis, end)) == family)
        end++;
      to = instru_format_time (instru_analysis_get_window (analysis, end - 1)->end_s, 0.1);
      /* Translators: from a time to another, a family: “0.0 s to 3.0 s Reed” */
      g_string_append_printf (text, _ ("%s%s to %s %s"), i > 0 ? ", " : "", from, to,
                              family < 0 ? _ ("silence")
                                         : instru_family_get_label ((InstruFamily) family));
      i = end;
    }
  g_string_append (text, n_windows > 0 ? "." : _ ("No part of it was recognised."));
  return g_string_free (text, FALSE);
}
