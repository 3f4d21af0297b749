/* The chain between PCM and a result: mean of the channels, resampler, envelope, front end,
 * recogniser, and beside it the quality meter at the native rate. */
#include "analysis-builder.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "analysis-private.h"
#include "mel.h"
#include "recognizer.h"
#include "recording-error.h"
#include "resampler.h"
#include "statistics.h"
#include "verdict.h"

/* The block that is mixed and resampled at a time: small enough for the cache. */
#define BLOCK_FRAMES 4096
/* A mean of the channels this far under the loudest channel: they cancel each other. */
#define CANCELLING_DB (-15.0)

struct _InstruAnalysisBuilder
{
  GFile *file;
  InstruAudioFormat format;
  InstruModel *model;
  guint64 n_pushed;

  InstruResampler *resampler;
  InstruFrontEnd *front_end;
  InstruQualityMeter *quality;
  InstruRecognizer *recognizer; /* NULL without a model */
  InstruPeaks *peaks;
  InstruFrameStore *frames;
  InstruRunningStatistics statistics[INSTRU_N_DESCRIPTORS];

  float *mono;      /* BLOCK_FRAMES at the native rate */
  float *resampled; /* what they can become at 22,050 Hz */
};

InstruAnalysisBuilder *
instru_analysis_builder_new (GFile *file, const InstruAudioFormat *format, InstruModel *model)
{
  InstruAnalysisBuilder *self = g_new0 (InstruAnalysisBuilder, 1);

  self->file = g_object_ref (file);
  self->format = *format;
  self->resampler = instru_resampler_new (format->sample_rate_hz, INSTRU_SAMPLE_RATE_HZ);
  self->front_end = instru_front_end_new ();
  self->quality = instru_quality_meter_new (format->sample_rate_hz, format->n_channels);
  self->peaks = instru_peaks_new ();
  self->frames = instru_frame_store_new ();
  self->mono = g_new (float, BLOCK_FRAMES);
  self->resampled = g_new (float, instru_resampler_get_max_output (self->resampler, BLOCK_FRAMES));
  if (model != NULL)
    {
      self->model = instru_model_ref (model);
      self->recognizer = instru_recognizer_new (model);
    }
  return self;
}

void
instru_analysis_builder_free (InstruAnalysisBuilder *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->file);
  g_clear_pointer (&self->model, instru_model_unref);
  g_clear_pointer (&self->resampler, instru_resampler_free);
  g_clear_pointer (&self->front_end, instru_front_end_free);
  g_clear_pointer (&self->quality, instru_quality_meter_free);
  g_clear_pointer (&self->recognizer, instru_recognizer_free);
  g_clear_pointer (&self->peaks, instru_peaks_free);
  g_clear_pointer (&self->frames, instru_frame_store_free);
  g_free (self->mono);
  g_free (self->resampled);
  g_free (self);
}

static void
on_frame (gsize index, const InstruFrame *frame, gpointer user_data)
{
  InstruAnalysisBuilder *self = user_data;
  float mel_db[INSTRU_N_MELS];

  instru_power_to_db_array (frame->mel_power, mel_db, INSTRU_N_MELS);
  instru_frame_store_append (self->frames, mel_db, frame->descriptors);
  instru_running_statistics_push_frame (self->statistics, frame->descriptors);
  if (self->recognizer != NULL)
    instru_recognizer_push (self->recognizer, mel_db, frame->descriptors[INSTRU_DESCRIPTOR_RMS]);
}

static void
push_resampled (InstruAnalysisBuilder *self, gsize n_samples)
{
  instru_peaks_push (self->peaks, self->resampled, n_samples);
  instru_front_end_push (self->front_end, self->resampled, n_samples, on_frame, self);
}

/* The plain mean over the channels, which no library's downmix is. */
static void
mix_to_mono (const float *interleaved, gsize n_frames, gsize n_channels, float *mono)
{
  float scale = 1.0f / (float) n_channels;

  for (gsize i = 0; i < n_frames; i++)
    {
      float sum = 0.0f;

      for (gsize channel = 0; channel < n_channels; channel++)
        sum += interleaved[i * n_channels + channel];
      mono[i] = sum * scale;
    }
}

void
instru_analysis_builder_push (InstruAnalysisBuilder *self, const float *interleaved, gsize n_frames)
{
  gsize n_channels = self->format.n_channels;

  instru_quality_meter_push (self->quality, interleaved, n_frames);
  self->n_pushed += n_frames;

  while (n_frames > 0)
    {
      gsize n_block = MIN (n_frames, BLOCK_FRAMES);

      mix_to_mono (interleaved, n_block, n_channels, self->mono);
      push_resampled (
          self, instru_resampler_push (self->resampler, self->mono, n_block, self->resampled));
      interleaved += n_block * n_channels;
      n_frames -= n_block;
    }
}

guint64
instru_analysis_builder_get_n_pushed (const InstruAnalysisBuilder *self)
{
  return self->n_pushed;
}

static void
copy_windows (InstruAnalysisBuilder *self, InstruAnalysis *analysis)
{
  const InstruTimelineWindow *windows;

  if (self->recognizer == NULL)
    {
      analysis->verdict.reason = INSTRU_REASON_NO_MODEL;
      return;
    }

  windows = instru_recognizer_get_windows (self->recognizer, &analysis->n_windows);
  analysis->windows = g_memdup2 (windows, analysis->n_windows * sizeof *windows);
  /* Frames reach half a window past the end. */
  for (gsize i = 0; i < analysis->n_windows; i++)
    analysis->windows[i].end_s = MIN (analysis->windows[i].end_s, analysis->duration_s);
  instru_recognizer_get_verdict (self->recognizer, &analysis->verdict);
}

InstruAnalysis *
instru_analysis_builder_snapshot (InstruAnalysisBuilder *self)
{
  InstruAnalysis *analysis = g_new0 (InstruAnalysis, 1);

  g_atomic_ref_count_init (&analysis->ref_count);
  analysis->file = g_object_ref (self->file);
  analysis->display_name = instru_analysis_make_display_name (self->file);
  analysis->format = self->format;
  analysis->duration_s = (double) self->n_pushed / self->format.sample_rate_hz;
  analysis->warnings = g_new0 (char *, 1);
  analysis->frames = instru_frame_store_snapshot (self->frames);
  analysis->peaks = instru_peaks_snapshot (self->peaks);
  for (int i = 0; i < INSTRU_N_DESCRIPTORS; i++)
    analysis->statistics[i] = instru_running_statistics_get (&self->statistics[i]);
  instru_quality_meter_get (self->quality, &analysis->quality);
  if (self->model != NULL)
    analysis->model = instru_model_ref (self->model);
  copy_windows (self, analysis);
  return analysis;
}

static gboolean
check_length (InstruAnalysisBuilder *self, GError **error)
{
  double n_samples = (double) self->n_pushed * INSTRU_SAMPLE_RATE_HZ / self->format.sample_rate_hz;

  if (self->n_pushed == 0)
    {
      g_set_error_literal (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_EMPTY,
                           instru_recording_error_get_sentence (INSTRU_RECORDING_ERROR_EMPTY));
      return FALSE;
    }
  if (n_samples < INSTRU_FFT_SIZE)
    {
      g_set_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_TOO_SHORT,
                   _ ("The recording lasts only %.0f ms; at least %.0f ms are needed."),
                   1000.0 * (double) self->n_pushed / self->format.sample_rate_hz,
                   ceil (1000.0 * INSTRU_FFT_SIZE / INSTRU_SAMPLE_RATE_HZ));
      return FALSE;
    }
  return TRUE;
}

static void
copy_tags (InstruAudioTags *copy, const InstruAudioTags *tags)
{
  if (tags == NULL)
    return;
  copy->title = g_strdup (tags->title);
  copy->artist = g_strdup (tags->artist);
  copy->album = g_strdup (tags->album);
  copy->codec = g_strdup (tags->codec);
  copy->container = g_strdup (tags->container);
}

static GStrv
collect_warnings (const InstruQuality *quality, const char *decoder_warning)
{
  g_autoptr (GStrvBuilder) warnings = g_strv_builder_new ();

  if (decoder_warning != NULL)
    g_strv_builder_add (warnings, decoder_warning);
  if (quality->channel_cancel_db < CANCELLING_DB)
    g_strv_builder_add (warnings,
                        _ ("The channels nearly cancel each other: what is analysed, their mean, "
                           "is far quieter than what is heard."));
  return g_strv_builder_end (warnings);
}

InstruAnalysis *
instru_analysis_builder_finish (InstruAnalysisBuilder *self,
                                const InstruAudioTags *tags,
                                const char *decoder_warning,
                                GError **error)
{
  InstruAnalysis *analysis;

  if (!check_length (self, error))
    return NULL;

  push_resampled (self, instru_resampler_finish (self->resampler, self->resampled));
  instru_front_end_finish (self->front_end, on_frame, self);
  instru_peaks_finish (self->peaks);
  if (self->recognizer != NULL)
    instru_recognizer_finish (self->recognizer);

  analysis = instru_analysis_builder_snapshot (self);
  analysis->complete = TRUE;
  copy_tags (&analysis->tags, tags);
  g_strfreev (analysis->warnings);
  analysis->warnings = collect_warnings (&analysis->quality, decoder_warning);
  return analysis;
}
