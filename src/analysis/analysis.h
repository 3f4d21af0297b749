/* What is known of one recording: the single truth that the window, the command line, CSV, JSON and
 * the PDF read. Immutable and reference-counted, safe to read on any thread. While a recording is
 * being read the queue hands out partial ones (is_complete FALSE); they share their frames with the
 * later ones, so a partial result costs almost nothing. */
#pragma once

#include <gio/gio.h>

#include "decoder-client.h"
#include "family.h"
#include "front-end.h"
#include "model.h"
#include "peaks.h"
#include "quality.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_ANALYSIS (instru_analysis_get_type ())

typedef struct _InstruAnalysis InstruAnalysis;

typedef enum
{
  INSTRU_REASON_NONE,      /* sure */
  INSTRU_REASON_LOW_SCORE, /* no family stands out: "low-score" */
  INSTRU_REASON_UNLIKE,    /* sounds like none of the training data: "unlike" */
  INSTRU_REASON_SILENCE,   /* nothing but silence: "silence" */
  INSTRU_REASON_NO_MODEL   /* no model was given: "no-model" */
} InstruReason;

/* Scores are the model's, calibrated, and add up to 1 over the eight families. */
typedef struct
{
  gboolean has_scores; /* FALSE where all is silence or no model was given: then the rest is 0 */
  gboolean sure;
  InstruReason reason;
  InstruFamily family; /* the best one, even when not sure */
  double confidence;   /* its score, 0 … 1 */
  double scores[INSTRU_N_FAMILIES];
} InstruVerdict;

/* One window of the recogniser: 128 frames, one every 64, the last aligned to the end. */
typedef struct
{
  double start_s;
  double end_s;
  gboolean silent; /* under −60 dBFS: does not vote, scores are 0 */
  gboolean sure;
  float scores[INSTRU_N_FAMILIES];
} InstruTimelineWindow;

/* Over the frames that are not digital silence; NAN where there are none. */
typedef struct
{
  double mean;
  double standard_deviation;
} InstruStatistics;

InstruAnalysis *instru_analysis_ref (InstruAnalysis *self);
void instru_analysis_unref (InstruAnalysis *self);
GType instru_analysis_get_type (void);

/* — the recording — */
/* The name to show for @file: valid UTF-8, also where the name is not. Returns: (transfer full) */
char *instru_analysis_make_display_name (GFile *file);
GFile *instru_analysis_get_file (const InstruAnalysis *self);
const char *instru_analysis_get_display_name (const InstruAnalysis *self); /* UTF-8 */
const InstruAudioFormat *instru_analysis_get_format (const InstruAnalysis *self);
const InstruAudioTags *instru_analysis_get_tags (const InstruAnalysis *self);
/* Counted in samples, never what the container says; of the part that was read so far. */
double instru_analysis_get_duration_s (const InstruAnalysis *self);
/* What the time axis should show: the duration, or while reading the container's hint if longer. */
double instru_analysis_get_expected_duration_s (const InstruAnalysis *self);
gboolean instru_analysis_is_complete (const InstruAnalysis *self);
/* Sentences, NULL-terminated, perhaps empty. */
const char *const *instru_analysis_get_warnings (const InstruAnalysis *self);

/* — frames: frame k is centred on k × INSTRU_FRAME_S seconds — */
gsize instru_analysis_get_n_frames (const InstruAnalysis *self);
/* INSTRU_N_MELS values, lowest band first: absolute dB of the mel power in hundredths (−10000 is
 * the floor of 1e-10). Returns: (transfer none) */
const gint16 *instru_analysis_get_mel_frame (const InstruAnalysis *self, gsize frame);
/* Loudest value of all frames, in the same unit: the 0 dB of the spectrogram. */
gint16 instru_analysis_get_mel_maximum (const InstruAnalysis *self);
float instru_analysis_get_descriptor (const InstruAnalysis *self,
                                      InstruDescriptor descriptor,
                                      gsize frame);
/* Linear RMS as dBFS: 20·log10, not below −120. */
double instru_analysis_get_level_dbfs (const InstruAnalysis *self, gsize frame);

/* — the waveform at 22,050 Hz — */
const InstruPeaks *instru_analysis_get_peaks (const InstruAnalysis *self);

/* — numbers — */
/* CENTROID_HZ and the other descriptors as they are; RMS in dBFS. */
InstruStatistics instru_analysis_get_statistics (const InstruAnalysis *self,
                                                 InstruDescriptor descriptor);
const InstruQuality *instru_analysis_get_quality (const InstruAnalysis *self);

/* — the recogniser — */
const InstruVerdict *instru_analysis_get_verdict (const InstruAnalysis *self);
gsize instru_analysis_get_n_windows (const InstruAnalysis *self);
const InstruTimelineWindow *instru_analysis_get_window (const InstruAnalysis *self, gsize index);
/* The best family of a window; −1 where it is silent. */
int instru_timeline_window_get_family (const InstruTimelineWindow *window);
/* NULL where no model was given. */
const InstruModelInfo *instru_analysis_get_model_info (const InstruAnalysis *self);

/* "low-score", "unlike", "silence", "no-model", or NULL for INSTRU_REASON_NONE. */
const char *instru_reason_get_id (InstruReason reason);

/* A score in whole per cent for people; one that is not quite 1 is never 100. */
int instru_verdict_get_percent (const InstruVerdict *verdict, InstruFamily family);

/* What to say first: "Reed", "Not sure", "Silence", in the user's language. Returns: (transfer
 * none) */
const char *instru_verdict_get_headline (const InstruVerdict *verdict);

/* A sentence beside it: why not sure, or what came second. Returns: (transfer full) */
char *instru_verdict_describe (const InstruVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruAnalysis, instru_analysis_unref)

G_END_DECLS
