/* Reads a recording from its decoder block by block and hands out partial results on the way. */
#include "analyzer.h"

#include <glib/gi18n-lib.h>

#include "analysis-builder.h"
#include "instru-config.h"
#include "recognizer.h"
#include "recording-error.h"
#include "safetensors.h"

#define READ_FRAMES 8192
/* A partial result about eight times a second: smooth growth, little work. */
#define PROGRESS_INTERVAL_US (G_USEC_PER_SEC / 8)
#define MODEL_FILE           "compact.safetensors"

static void
report_progress (InstruAnalysisBuilder *builder,
                 const InstruAudioFormat *format,
                 const InstruAnalyzerOptions *options)
{
  double read_s = (double) instru_analysis_builder_get_n_pushed (builder) / format->sample_rate_hz;
  g_autoptr (InstruAnalysis) partial = instru_analysis_builder_snapshot (builder);
  double fraction =
      format->duration_hint_s > 0.0 ? MIN (read_s / format->duration_hint_s, 1.0) : -1.0;

  options->progress (partial, fraction, options->user_data);
}

static gboolean
check_duration (InstruAnalysisBuilder *builder,
                const InstruAudioFormat *format,
                double max_duration_s,
                GError **error)
{
  double read_s = (double) instru_analysis_builder_get_n_pushed (builder) / format->sample_rate_hz;

  if (read_s <= max_duration_s)
    return TRUE;

  g_set_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_TOO_LONG,
               _ ("The recording is longer than %.0f minutes. Cut it into parts first."),
               max_duration_s / 60.0);
  return FALSE;
}

/* Reads to the end; FALSE with @error where the rest cannot be had. */
static gboolean
read_all (InstruAnalysisBuilder *builder,
          InstruDecoder *decoder,
          const InstruAnalyzerOptions *options,
          GCancellable *cancellable,
          GError **error)
{
  InstruAudioFormat format = *instru_decoder_get_format (decoder);
  double max_duration_s =
      options->max_duration_s > 0.0 ? options->max_duration_s : INSTRU_DEFAULT_MAX_DURATION_S;
  g_autofree float *block = g_new (float, READ_FRAMES *format.n_channels);
  gint64 last_report = g_get_monotonic_time ();

  for (;;)
    {
      gssize n_read = instru_decoder_read (decoder, block, READ_FRAMES, cancellable, error);

      if (n_read <= 0)
        return n_read == 0;

      instru_analysis_builder_push (builder, block, (gsize) n_read);
      if (!check_duration (builder, &format, max_duration_s, error))
        return FALSE;
      if (options->progress != NULL &&
          g_get_monotonic_time () - last_report >= PROGRESS_INTERVAL_US)
        {
          report_progress (builder, &format, options);
          last_report = g_get_monotonic_time ();
        }
    }
}

InstruAnalysis *
instru_analyze (GFile *file,
                InstruDecoder *decoder,
                const InstruAnalyzerOptions *options,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (InstruAnalysisBuilder) builder = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (decoder != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  if (!instru_decoder_open (decoder, file, 0.0, cancellable, error))
    return NULL;

  builder = instru_analysis_builder_new (file, instru_decoder_get_format (decoder), options->model);
  if (!read_all (builder, decoder, options, cancellable, error))
    return NULL;

  return instru_analysis_builder_finish (builder, instru_decoder_get_tags (decoder),
                                         instru_decoder_get_warning (decoder), error);
}

char *
instru_analyzer_get_default_model_path (void)
{
  const char *folder = g_getenv ("INSTRU_MODEL_DIR");

  return g_build_filename (folder != NULL ? folder : INSTRU_PKGDATA_DIR "/model", MODEL_FILE, NULL);
}

static gboolean
outputs_are_ours (const InstruModelInfo *info)
{
  if (info->n_outputs < INSTRU_N_FAMILIES || info->n_outputs > INSTRU_N_FAMILIES + 1)
    return FALSE;
  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    if (instru_family_from_id (info->outputs[i]) != i)
      return FALSE;
  return info->n_outputs == INSTRU_N_FAMILIES ||
         g_str_equal (info->outputs[INSTRU_N_FAMILIES], "none");
}

InstruModel *
instru_analyzer_load_model (const char *path, GError **error)
{
  g_autoptr (InstruModel) model = instru_model_load (path, INSTRU_FRONT_END_NAME, error);
  const InstruModelInfo *info;

  if (model == NULL)
    return NULL;

  info = instru_model_get_info (model);
  if (!outputs_are_ours (info))
    {
      g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                   _ ("The model “%s” does not name our eight families in our order."), path);
      return NULL;
    }
  if (info->n_bands != INSTRU_N_MELS || info->n_frames != INSTRU_WINDOW_FRAMES)
    {
      g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                   _ ("The model “%s” wants windows of %zu × %zu; ours are %d × %d."), path,
                   info->n_bands, info->n_frames, INSTRU_N_MELS, INSTRU_WINDOW_FRAMES);
      return NULL;
    }
  return g_steal_pointer (&model);
}
