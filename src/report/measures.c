/* Numbers for people. A value that is not finite has no number: it is shown as a dash. */
#include "measures.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "plots.h"

#define THIN_SPACE "\u202f"
#define NO_VALUE   "–"

static void
measure_free (InstruMeasure *measure)
{
  g_free (measure->label);
  g_free (measure->value);
  g_free (measure->spread);
  g_free (measure);
}

/* Takes all three. */
static void
add_measure (GPtrArray *measures, char *label, char *value, char *spread)
{
  InstruMeasure *measure = g_new (InstruMeasure, 1);

  *measure = (InstruMeasure){ label, value, spread };
  g_ptr_array_add (measures, measure);
}

/* "−12.3 dB" with a true minus and a thin space. */
static char *
format_quantity (double value, int decimals, const char *unit)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE + 320];
  char format[] = "%.0f";

  if (!isfinite (value))
    return g_strdup (NO_VALUE);

  format[2] = (char) ('0' + decimals);
  g_ascii_formatd (digits, sizeof digits, format, fabs (value));
  return g_strdup_printf ("%s%s" THIN_SPACE "%s",
                          value < 0.0 && g_ascii_strtod (digits, NULL) > 0.0 ? "−" : "", digits,
                          unit);
}

/* — what sounds — */

static char *
format_spread (InstruDescriptor descriptor, double value)
{
  g_autofree char *text = NULL;

  if (!isfinite (value))
    return g_strdup (NO_VALUE);
  /* A difference of two levels has no reference: dB, not dBFS. */
  if (descriptor == INSTRU_DESCRIPTOR_RMS)
    text = format_quantity (value, 1, "dB");
  else
    text = instru_format_descriptor (descriptor, value);
  return g_strdup_printf ("±" THIN_SPACE "%s", text);
}

/* The order of the rows: what the pictures show first comes first. */
static const InstruDescriptor sound_order[INSTRU_N_DESCRIPTORS] = {
  INSTRU_DESCRIPTOR_CENTROID_HZ,  INSTRU_DESCRIPTOR_RMS,        INSTRU_DESCRIPTOR_ZCR,
  INSTRU_DESCRIPTOR_BANDWIDTH_HZ, INSTRU_DESCRIPTOR_ROLLOFF_HZ, INSTRU_DESCRIPTOR_FLATNESS,
};

GPtrArray *
instru_measures_of_sound (const InstruAnalysis *analysis)
{
  GPtrArray *measures = g_ptr_array_new_with_free_func ((GDestroyNotify) measure_free);

  for (gsize i = 0; i < G_N_ELEMENTS (sound_order); i++)
    {
      InstruDescriptor descriptor = sound_order[i];
      InstruStatistics statistics = instru_analysis_get_statistics (analysis, descriptor);

      add_measure (measures,
                   g_strdup_printf ("%s (%s)", instru_descriptor_get_label (descriptor),
                                    instru_descriptor_get_term (descriptor)),
                   isfinite (statistics.mean)
                       ? instru_format_descriptor (descriptor, statistics.mean)
                       : g_strdup (NO_VALUE),
                   format_spread (descriptor, statistics.standard_deviation));
    }
  return measures;
}

/* — how well it was recorded — */

static char *
format_frequency (double hz)
{
  return hz >= 1000.0 ? format_quantity (hz / 1000.0, 1, "kHz") : format_quantity (hz, 0, "Hz");
}

static char *
format_clipped (double fraction)
{
  if (!(fraction > 0.0))
    return g_strdup (isfinite (fraction) ? _ ("none") : NO_VALUE);
  if (fraction < 1e-4)
    return g_strdup ("<" THIN_SPACE "0.01" THIN_SPACE "%");
  return format_quantity (100.0 * fraction, fraction < 0.1 ? 2 : 0, "%");
}

GPtrArray *
instru_measures_of_quality (const InstruAnalysis *analysis)
{
  const InstruQuality *quality = instru_analysis_get_quality (analysis);
  GPtrArray *measures = g_ptr_array_new_with_free_func ((GDestroyNotify) measure_free);

  add_measure (measures, g_strdup (_ ("Peak")), format_quantity (quality->peak_dbfs, 1, "dBFS"),
               NULL);
  add_measure (measures, g_strdup (_ ("Loudness")),
               format_quantity (quality->loudness_lufs, 1, "LUFS"), NULL);
  add_measure (measures, g_strdup (_ ("Noise floor")),
               format_quantity (quality->noise_floor_dbfs, 0, "dBFS"), NULL);
  add_measure (measures, g_strdup (_ ("Signal to noise")),
               format_quantity (quality->snr_db, 0, "dB"), NULL);
  add_measure (measures, g_strdup (_ ("Bandwidth")), format_frequency (quality->bandwidth_hz),
               NULL);
  add_measure (measures, g_strdup (_ ("Clipped")), format_clipped (quality->clipped_fraction),
               NULL);
  return measures;
}

const char *
instru_measures_get_rating_label (InstruRating rating)
{
  switch (rating)
    {
    case INSTRU_RATING_GOOD:
      return _ ("good");
    case INSTRU_RATING_FAIR:
      return _ ("fair");
    case INSTRU_RATING_POOR:
    default:
      return _ ("poor");
    }
}

/* — the recording and the answer — */

char *
instru_measures_format_score (double score)
{
  /* The rule of instru_verdict_get_percent () for scores that are no verdict's. */
  const InstruVerdict verdict = { .scores = { score } };

  return format_quantity (instru_verdict_get_percent (&verdict, (InstruFamily) 0), 0, "%");
}

char *
instru_measures_format_duration (double duration_s)
{
  guint64 whole_s = (guint64) llrint (CLAMP (duration_s, 0.0, 1e15));

  if (!isfinite (duration_s))
    return g_strdup (NO_VALUE);
  if (duration_s < 9.995)
    return format_quantity (duration_s, 2, "s");
  if (duration_s < 59.95)
    return format_quantity (duration_s, 1, "s");
  if (whole_s < 3600)
    return g_strdup_printf (_ ("%u\u202fmin %02u\u202fs"), (guint) (whole_s / 60),
                            (guint) (whole_s % 60));
  return g_strdup_printf (_ ("%u\u202fh %02u\u202fmin %02u\u202fs"), (guint) (whole_s / 3600),
                          (guint) (whole_s / 60 % 60), (guint) (whole_s % 60));
}

char *
instru_measures_format_count (gsize count)
{
  g_autofree char *thousands = NULL;

  if (count < 1000)
    return g_strdup_printf ("%zu", count);
  thousands = instru_measures_format_count (count / 1000);
  return g_strdup_printf ("%s" THIN_SPACE "%03zu", thousands, count % 1000);
}

static char *
format_channels (guint n_channels)
{
  switch (n_channels)
    {
    case 1:
      return g_strdup (_ ("mono"));
    case 2:
      return g_strdup (_ ("stereo"));
    default:
      return g_strdup_printf (_ ("%u channels"), n_channels);
    }
}

/* 44,100 as "44.1 kHz", 48,000 as "48 kHz", 11,025 as "11.025 kHz": a rate is a name, not a
 * measurement, so it is not rounded. */
static char *
format_rate (guint rate_hz)
{
  int decimals = rate_hz % 1000 == 0 ? 0 : rate_hz % 100 == 0 ? 1 : rate_hz % 10 == 0 ? 2 : 3;

  return rate_hz < 1000 ? format_quantity (rate_hz, 0, "Hz")
                        : format_quantity (rate_hz / 1000.0, decimals, "kHz");
}

char *
instru_measures_format_kind (const InstruAnalysis *analysis)
{
  const InstruAudioFormat *format = instru_analysis_get_format (analysis);
  const char *codec = instru_analysis_get_tags (analysis)->codec;
  g_autofree char *rate = format_rate (format->sample_rate_hz);
  g_autofree char *channels = format_channels (format->n_channels);

  return g_strdup_printf ("%s %s%s%s", rate, channels, codec != NULL ? " " : "",
                          codec != NULL ? codec : "");
}

char *
instru_measures_format_tags (const InstruAnalysis *analysis)
{
  const InstruAudioTags *tags = instru_analysis_get_tags (analysis);

  if (tags->title != NULL && tags->artist != NULL)
    return g_strdup_printf (_ ("“%s”, %s"), tags->title, tags->artist);
  if (tags->title != NULL)
    return g_strdup_printf (_ ("“%s”"), tags->title);
  return g_strdup (tags->artist);
}
