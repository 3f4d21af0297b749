/* The accessors of the one immutable result, and its end. */
#include "analysis-private.h"

#include <math.h>

#define MIN_LEVEL_DBFS (-120.0)

G_DEFINE_BOXED_TYPE (InstruAnalysis, instru_analysis, instru_analysis_ref, instru_analysis_unref)

InstruAnalysis *
instru_analysis_ref (InstruAnalysis *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
clear_tags (InstruAudioTags *tags)
{
  g_free (tags->title);
  g_free (tags->artist);
  g_free (tags->album);
  g_free (tags->codec);
  g_free (tags->container);
}

void
instru_analysis_unref (InstruAnalysis *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->file);
  g_free (self->display_name);
  clear_tags (&self->tags);
  g_strfreev (self->warnings);
  g_clear_pointer (&self->frames, instru_frame_store_free);
  g_clear_pointer (&self->peaks, instru_peaks_free);
  g_clear_pointer (&self->model, instru_model_unref);
  g_free (self->windows);
  g_free (self);
}

char *
instru_analysis_make_display_name (GFile *file)
{
  g_autofree char *basename = g_file_get_basename (file);

  return basename != NULL ? g_filename_display_name (basename) : g_file_get_parse_name (file);
}

GFile *
instru_analysis_get_file (const InstruAnalysis *self)
{
  return self->file;
}

const char *
instru_analysis_get_display_name (const InstruAnalysis *self)
{
  return self->display_name;
}

const InstruAudioFormat *
instru_analysis_get_format (const InstruAnalysis *self)
{
  return &self->format;
}

const InstruAudioTags *
instru_analysis_get_tags (const InstruAnalysis *self)
{
  return &self->tags;
}

double
instru_analysis_get_duration_s (const InstruAnalysis *self)
{
  return self->duration_s;
}

double
instru_analysis_get_expected_duration_s (const InstruAnalysis *self)
{
  return self->complete ? self->duration_s : MAX (self->duration_s, self->format.duration_hint_s);
}

gboolean
instru_analysis_is_complete (const InstruAnalysis *self)
{
  return self->complete;
}

const char *const *
instru_analysis_get_warnings (const InstruAnalysis *self)
{
  return (const char *const *) self->warnings;
}

gsize
instru_analysis_get_n_frames (const InstruAnalysis *self)
{
  return instru_frame_store_get_n_frames (self->frames);
}

const gint16 *
instru_analysis_get_mel_frame (const InstruAnalysis *self, gsize frame)
{
  return instru_frame_store_get_mel (self->frames, frame);
}

gint16
instru_analysis_get_mel_maximum (const InstruAnalysis *self)
{
  return instru_frame_store_get_mel_maximum (self->frames);
}

float
instru_analysis_get_descriptor (const InstruAnalysis *self,
                                InstruDescriptor descriptor,
                                gsize frame)
{
  return instru_frame_store_get_descriptor (self->frames, descriptor, frame);
}

double
instru_analysis_get_level_dbfs (const InstruAnalysis *self, gsize frame)
{
  double rms = instru_analysis_get_descriptor (self, INSTRU_DESCRIPTOR_RMS, frame);

  return MAX (20.0 * log10 (rms), MIN_LEVEL_DBFS);
}

const InstruPeaks *
instru_analysis_get_peaks (const InstruAnalysis *self)
{
  return self->peaks;
}

InstruStatistics
instru_analysis_get_statistics (const InstruAnalysis *self, InstruDescriptor descriptor)
{
  g_return_val_if_fail ((guint) descriptor < INSTRU_N_DESCRIPTORS, self->statistics[0]);

  return self->statistics[descriptor];
}

const InstruQuality *
instru_analysis_get_quality (const InstruAnalysis *self)
{
  return &self->quality;
}

const InstruVerdict *
instru_analysis_get_verdict (const InstruAnalysis *self)
{
  return &self->verdict;
}

gsize
instru_analysis_get_n_windows (const InstruAnalysis *self)
{
  return self->n_windows;
}

const InstruTimelineWindow *
instru_analysis_get_window (const InstruAnalysis *self, gsize index)
{
  g_return_val_if_fail (index < self->n_windows, NULL);

  return &self->windows[index];
}

int
instru_timeline_window_get_family (const InstruTimelineWindow *window)
{
  int best = 0;

  if (window->silent)
    return -1;
  for (int i = 1; i < INSTRU_N_FAMILIES; i++)
    if (window->scores[i] > window->scores[best])
      best = i;
  return best;
}

const InstruModelInfo *
instru_analysis_get_model_info (const InstruAnalysis *self)
{
  return self->model != NULL ? instru_model_get_info (self->model) : NULL;
}
