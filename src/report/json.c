/* The JSON of one recording: the keys of DESIGN, part 6, in its order, then those added since
 * ("tags" and the further features). Programs depend on it: keys are added, never renamed. */
#include "json.h"

#include "facts.h"
#include "instru-config.h"
#include "json-writer.h"
#include "number.h"
#include "recording-error.h"

/* A name may be any bytes: "file" can then only be shown, and "file_uri" opens it. */
static void
add_file (InstruJsonWriter *json, GFile *file, const char *name)
{
  instru_json_writer_add_string (json, "file", name);
  if (!g_utf8_validate (name, -1, NULL))
    {
      g_autofree char *uri = g_file_get_uri (file);

      instru_json_writer_add_string (json, "file_uri", uri);
    }
}

static void
add_family_score (InstruJsonWriter *json, int family, double score)
{
  instru_json_writer_add_number (json, instru_family_get_id ((InstruFamily) family), score,
                                 INSTRU_DECIMALS_SCORE);
}

static void
add_verdict (InstruJsonWriter *json, const InstruAnalysis *analysis)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (analysis);
  InstruFamily also[INSTRU_N_FAMILIES];
  gsize n_also = instru_facts_list_also (verdict, also);

  instru_json_writer_add_string (
      json, "verdict", verdict->has_scores ? instru_family_get_id (verdict->family) : NULL);
  if (verdict->has_scores)
    instru_json_writer_add_number (json, "confidence", verdict->confidence, INSTRU_DECIMALS_SCORE);
  else
    instru_json_writer_add_null (json, "confidence");
  instru_json_writer_add_boolean (json, "sure", verdict->has_scores && verdict->sure);
  instru_json_writer_add_string (json, "reason", instru_reason_get_id (verdict->reason));

  instru_json_writer_begin_array (json, "also");
  for (gsize i = 0; i < n_also; i++)
    instru_json_writer_add_string (json, NULL, instru_family_get_id (also[i]));
  instru_json_writer_end_array (json);

  if (!verdict->has_scores)
    {
      instru_json_writer_add_null (json, "families");
      return;
    }
  instru_json_writer_begin_object (json, "families");
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    add_family_score (json, family, verdict->scores[family]);
  instru_json_writer_end_object (json);
}

/* A silent window did not vote, so it has no scores. */
static void
add_timeline (InstruJsonWriter *json, const InstruAnalysis *analysis)
{
  instru_json_writer_begin_array (json, "timeline");
  for (gsize i = 0; i < instru_analysis_get_n_windows (analysis); i++)
    {
      const InstruTimelineWindow *window = instru_analysis_get_window (analysis, i);

      instru_json_writer_begin_object (json, NULL);
      instru_json_writer_add_number (json, "start_s", window->start_s, INSTRU_DECIMALS_SECONDS);
      instru_json_writer_add_number (json, "end_s", window->end_s, INSTRU_DECIMALS_SECONDS);
      if (instru_timeline_window_get_family (window) < 0)
        instru_json_writer_add_null (json, "families");
      else
        {
          instru_json_writer_begin_object (json, "families");
          for (int family = 0; family < INSTRU_N_FAMILIES; family++)
            add_family_score (json, family, (double) window->scores[family]);
          instru_json_writer_end_object (json);
        }
      instru_json_writer_end_object (json);
    }
  instru_json_writer_end_array (json);
}

static void
add_features (InstruJsonWriter *json, const InstruAnalysis *analysis)
{
  instru_json_writer_begin_object (json, "features");
  for (gsize i = 0; i < INSTRU_N_FEATURES; i++)
    {
      const InstruFeature *feature = instru_facts_get_feature (i);
      InstruStatistics statistics = instru_analysis_get_statistics (analysis, feature->descriptor);

      instru_json_writer_begin_object (json, feature->key);
      instru_json_writer_add_number (json, "mean", statistics.mean, feature->decimals);
      instru_json_writer_add_number (json, "std", statistics.standard_deviation, feature->decimals);
      instru_json_writer_end_object (json);
    }
  instru_json_writer_end_object (json);
}

static void
add_quality (InstruJsonWriter *json, const InstruQuality *quality)
{
  instru_json_writer_begin_object (json, "quality");
  instru_json_writer_add_number (json, "peak_dbfs", quality->peak_dbfs, INSTRU_DECIMALS_DB);
  instru_json_writer_add_number (json, "loudness_lufs", quality->loudness_lufs, INSTRU_DECIMALS_DB);
  instru_json_writer_add_number (json, "clipped_fraction", quality->clipped_fraction,
                                 INSTRU_DECIMALS_FRACTION);
  instru_json_writer_add_number (json, "noise_floor_dbfs", quality->noise_floor_dbfs,
                                 INSTRU_DECIMALS_DB);
  instru_json_writer_add_number (json, "snr_db", quality->snr_db, INSTRU_DECIMALS_DB);
  instru_json_writer_add_number (json, "bandwidth_hz", quality->bandwidth_hz, INSTRU_DECIMALS_HZ);
  instru_json_writer_add_string (json, "rating", instru_rating_get_name (quality->rating));
  instru_json_writer_end_object (json);
}

static void
add_model (InstruJsonWriter *json, const InstruModelInfo *model)
{
  if (model == NULL)
    {
      instru_json_writer_add_null (json, "model");
      return;
    }
  instru_json_writer_begin_object (json, "model");
  instru_json_writer_add_string (json, "name", model->name);
  instru_json_writer_add_string (json, "version", model->version);
  instru_json_writer_add_string (json, "sha256", model->sha256);
  instru_json_writer_end_object (json);
}

static void
add_tags (InstruJsonWriter *json, const InstruAudioTags *tags)
{
  instru_json_writer_begin_object (json, "tags");
  instru_json_writer_add_string (json, "title", tags->title);
  instru_json_writer_add_string (json, "artist", tags->artist);
  instru_json_writer_add_string (json, "album", tags->album);
  instru_json_writer_add_string (json, "codec", tags->codec);
  instru_json_writer_add_string (json, "container", tags->container);
  instru_json_writer_end_object (json);
}

char *
instru_json_from_analysis (const InstruAnalysis *analysis, const char *name)
{
  const InstruAudioFormat *format = instru_analysis_get_format (analysis);
  const char *const *warnings = instru_analysis_get_warnings (analysis);
  InstruJsonWriter json;

  instru_json_writer_init (&json);
  instru_json_writer_begin_object (&json, NULL);
  add_file (&json, instru_analysis_get_file (analysis), name);
  instru_json_writer_add_number (&json, "duration_s", instru_analysis_get_duration_s (analysis),
                                 INSTRU_DECIMALS_SECONDS);
  instru_json_writer_add_integer (&json, "sample_rate_hz", format->sample_rate_hz);
  instru_json_writer_add_integer (&json, "channels", format->n_channels);
  add_verdict (&json, analysis);
  add_timeline (&json, analysis);
  add_features (&json, analysis);
  add_quality (&json, instru_analysis_get_quality (analysis));
  instru_json_writer_begin_array (&json, "warnings");
  for (gsize i = 0; warnings[i] != NULL; i++)
    instru_json_writer_add_string (&json, NULL, warnings[i]);
  instru_json_writer_end_array (&json);
  add_model (&json, instru_analysis_get_model_info (analysis));
  instru_json_writer_add_string (&json, "app_version", INSTRU_VERSION);
  add_tags (&json, instru_analysis_get_tags (analysis));
  instru_json_writer_end_object (&json);
  return instru_json_writer_finish (&json);
}

char *
instru_json_from_error (GFile *file, const char *name, const GError *error)
{
  InstruJsonWriter json;

  g_return_val_if_fail (error->domain == INSTRU_RECORDING_ERROR, NULL);

  instru_json_writer_init (&json);
  instru_json_writer_begin_object (&json, NULL);
  add_file (&json, file, name);
  instru_json_writer_begin_object (&json, "error");
  instru_json_writer_add_string (
      &json, "code", instru_recording_error_get_name ((InstruRecordingError) error->code));
  instru_json_writer_add_string (&json, "message", error->message);
  instru_json_writer_end_object (&json);
  instru_json_writer_end_object (&json);
  return instru_json_writer_finish (&json);
}
