/* CSV by the letter of RFC 4180: cells with commas, quotes or line ends are quoted, quotes doubled,
 * rows end with CR LF. Lists inside a cell are separated by semicolons. */
#include "csv.h"

#include <math.h>
#include <string.h>

#include "facts.h"
#include "instru-config.h"
#include "number.h"
#include "recording-error.h"

static const char before_scores[] =
    "file,file_uri,duration_s,sample_rate_hz,channels,verdict,confidence,sure,reason,also";
static const char after_features[] =
    "peak_dbfs,loudness_lufs,clipped_fraction,noise_floor_dbfs,snr_db,recording_bandwidth_hz,"
    "rating,title,artist,album,codec,container,warnings,model_name,model_version,model_sha256,"
    "app_version,error_code,error_message";

/* — cells: each begins with its comma; the row's first comma goes at the end — */

static void
add_text (GString *row, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);

  g_string_append_c (row, ',');
  if (strpbrk (valid, ",\"\r\n") == NULL)
    {
      g_string_append (row, valid);
      return;
    }
  g_string_append_c (row, '"');
  for (const char *at = valid; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *at);
    }
  g_string_append_c (row, '"');
}

static void
add_number (GString *row, double value, int decimals)
{
  g_string_append_c (row, ',');
  instru_number_append (row, value, decimals);
}

static void
add_integer (GString *row, guint value)
{
  g_string_append_c (row, ',');
  g_string_append_printf (row, "%u", value);
}

static gsize
count_columns (const char *columns)
{
  gsize n_columns = 1;

  for (const char *at = columns; *at != '\0'; at++)
    n_columns += *at == ',';
  return n_columns;
}

static void
add_empty_cells (GString *row, gsize n_cells)
{
  for (gsize i = 0; i < n_cells; i++)
    g_string_append_c (row, ',');
}

static char *
finish_row (GString *row)
{
  g_string_erase (row, 0, 1);
  g_string_append (row, "\r\n");
  return g_string_free (row, FALSE);
}

/* — groups of cells — */

/* A name may be any bytes; where they are not UTF-8, the URI is what opens the file. */
static void
add_file (GString *row, GFile *file, const char *name)
{
  g_autofree char *uri = g_utf8_validate (name, -1, NULL) ? NULL : g_file_get_uri (file);

  add_text (row, name);
  add_text (row, uri);
}

static void
add_verdict (GString *row, const InstruVerdict *verdict)
{
  InstruFamily also[INSTRU_N_FAMILIES];
  gsize n_also = instru_facts_list_also (verdict, also);
  g_autoptr (GString) others = g_string_new (NULL);

  for (gsize i = 0; i < n_also; i++)
    g_string_append_printf (others, "%s%s", i > 0 ? ";" : "", instru_family_get_id (also[i]));

  add_text (row, verdict->has_scores ? instru_family_get_id (verdict->family) : NULL);
  add_number (row, verdict->has_scores ? verdict->confidence : (double) NAN, INSTRU_DECIMALS_SCORE);
  add_text (row, verdict->has_scores && verdict->sure ? "true" : "false");
  add_text (row, instru_reason_get_id (verdict->reason));
  add_text (row, others->str);
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    add_number (row, verdict->has_scores ? verdict->scores[family] : (double) NAN,
                INSTRU_DECIMALS_SCORE);
}

static void
add_features (GString *row, const InstruAnalysis *analysis)
{
  for (gsize i = 0; i < INSTRU_N_FEATURES; i++)
    {
      const InstruFeature *feature = instru_facts_get_feature (i);
      InstruStatistics statistics = instru_analysis_get_statistics (analysis, feature->descriptor);

      add_number (row, statistics.mean, feature->decimals);
      add_number (row, statistics.standard_deviation, feature->decimals);
    }
}

static void
add_quality (GString *row, const InstruQuality *quality)
{
  add_number (row, quality->peak_dbfs, INSTRU_DECIMALS_DB);
  add_number (row, quality->loudness_lufs, INSTRU_DECIMALS_DB);
  add_number (row, quality->clipped_fraction, INSTRU_DECIMALS_FRACTION);
  add_number (row, quality->noise_floor_dbfs, INSTRU_DECIMALS_DB);
  add_number (row, quality->snr_db, INSTRU_DECIMALS_DB);
  add_number (row, quality->bandwidth_hz, INSTRU_DECIMALS_HZ);
  add_text (row, instru_rating_get_name (quality->rating));
}

static void
add_tags (GString *row, const InstruAudioTags *tags)
{
  add_text (row, tags->title);
  add_text (row, tags->artist);
  add_text (row, tags->album);
  add_text (row, tags->codec);
  add_text (row, tags->container);
}

char *
instru_csv_get_header (void)
{
  GString *row = g_string_new (",");

  g_string_append (row, before_scores);
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    g_string_append_printf (row, ",score_%s", instru_family_get_id ((InstruFamily) family));
  for (gsize i = 0; i < INSTRU_N_FEATURES; i++)
    {
      const char *key = instru_facts_get_feature (i)->key;

      g_string_append_printf (row, ",%s_mean,%s_std", key, key);
    }
  g_string_append_printf (row, ",%s", after_features);
  return finish_row (row);
}

char *
instru_csv_from_analysis (const InstruAnalysis *analysis, const char *name)
{
  const InstruAudioFormat *format = instru_analysis_get_format (analysis);
  const InstruModelInfo *model = instru_analysis_get_model_info (analysis);
  g_autofree char *warnings = g_strjoinv ("; ", (char **) instru_analysis_get_warnings (analysis));
  GString *row = g_string_new (NULL);

  add_file (row, instru_analysis_get_file (analysis), name);
  add_number (row, instru_analysis_get_duration_s (analysis), INSTRU_DECIMALS_SECONDS);
  add_integer (row, format->sample_rate_hz);
  add_integer (row, format->n_channels);
  add_verdict (row, instru_analysis_get_verdict (analysis));
  add_features (row, analysis);
  add_quality (row, instru_analysis_get_quality (analysis));
  add_tags (row, instru_analysis_get_tags (analysis));
  add_text (row, warnings);
  add_text (row, model != NULL ? model->name : NULL);
  add_text (row, model != NULL ? model->version : NULL);
  add_text (row, model != NULL ? model->sha256 : NULL);
  add_text (row, INSTRU_VERSION);
  add_empty_cells (row, 2);
  return finish_row (row);
}

char *
instru_csv_from_error (GFile *file, const char *name, const GError *error)
{
  GString *row = g_string_new (NULL);
  gsize n_columns = count_columns (before_scores) + INSTRU_N_FAMILIES + 2 * INSTRU_N_FEATURES +
                    count_columns (after_features);

  g_return_val_if_fail (error->domain == INSTRU_RECORDING_ERROR, NULL);

  add_file (row, file, name);
  add_empty_cells (row, n_columns - 5); /* the file's two, the version and the error's two */
  add_text (row, INSTRU_VERSION);
  add_text (row, instru_recording_error_get_name ((InstruRecordingError) error->code));
  add_text (row, error->message);
  return finish_row (row);
}
