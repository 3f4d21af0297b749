/* One pass over one recording: decoder → mean of the channels → 22,050 Hz → front end → recogniser.
 * Blocking; runs on a worker thread. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* The front end in the words of a model file; models made for another are refused. */
#define INSTRU_FRONT_END_NAME "sr=22050 n_fft=2048 hop=512 n_mels=128 fmin=0 fmax=11025 mel=slaney"

/* The longest recording that is read unless set otherwise. */
#define INSTRU_DEFAULT_MAX_DURATION_S (6.0 * 3600.0)

/* Called now and then on the analysing thread. @fraction is 0 … 1, or −1 where the length is
 * unknown.
 * @partial is (transfer none). */
typedef void (*InstruProgressFunc) (InstruAnalysis *partial, double fraction, gpointer user_data);

typedef struct
{
  InstruModel *model;          /* nullable: then there is no verdict */
  double max_duration_s;       /* 0: INSTRU_DEFAULT_MAX_DURATION_S */
  InstruProgressFunc progress; /* nullable */
  gpointer user_data;
} InstruAnalyzerOptions;

/* Errors: INSTRU_RECORDING_ERROR only; a cancelled analysis gives _CANCELLED.
 * Returns: (transfer full) (nullable) */
InstruAnalysis *instru_analyze (GFile *file,
                                InstruDecoder *decoder,
                                const InstruAnalyzerOptions *options,
                                GCancellable *cancellable,
                                GError **error);

/* Where the shipped model is: INSTRU_MODEL_DIR, else the installed folder. Returns: (transfer full)
 */
char *instru_analyzer_get_default_model_path (void);

/* Loads a model and checks that its front end and outputs are ours. Errors: INSTRU_WEIGHTS_ERROR.
 */
InstruModel *instru_analyzer_load_model (const char *path, GError **error);

G_END_DECLS
