/* A trained network as it is shipped: the layers and weights of a .safetensors file with what the
 * file says of itself. Immutable once loaded, so threads share one; each thread brings its own
 * InstruNetworkWorkspace. */
#pragma once

#include <gio/gio.h>

#include "network.h"

G_BEGIN_DECLS

#define INSTRU_MODEL_FORMAT_VERSION "1"

typedef struct _InstruModel InstruModel;
typedef struct _InstruModelWorkspace InstruModelWorkspace;

typedef struct
{
  const char *name;              /* "compact" */
  const char *version;           /* "1" */
  const char *sha256;            /* of the file */
  gsize n_outputs;               /* families, then perhaps "none" (no instrument) */
  const char *const *outputs;    /* n_outputs names, NULL-terminated */
  gsize n_bands;                 /* input height: mel bands, low to high */
  gsize n_frames;                /* input width: frames */
  gsize n_parameters;            /* trainable */
  double temperature;            /* logits are divided by it */
  double sure_threshold;         /* least top probability of a sure answer, 0 … 1 */
  double none_threshold;         /* most probability of "none" of a sure answer; 1 where absent */
  double energy_threshold;       /* least energy score of a sure answer; −infinity where absent */
  const char *const *trained_on; /* recording groups of the training set, NULL-terminated */
  const char *training_summary;  /* one sentence for the report and the window */
  const char *accuracy_summary;  /* one sentence, measured */
} InstruModelInfo;

/* Errors: INSTRU_WEIGHTS_ERROR; the front-end constants in the file must be those of @expected
 * (a canonical string such as "sr=22050 fft=2048 hop=512 mels=128 fmax=11025 slaney"; NULL skips).
 */
InstruModel *instru_model_load (const char *path, const char *expected_front_end, GError **error);
InstruModel *instru_model_ref (InstruModel *self);
void instru_model_unref (InstruModel *self);

const InstruModelInfo *instru_model_get_info (const InstruModel *self);

InstruModelWorkspace *instru_model_workspace_new (const InstruModel *self);
void instru_model_workspace_free (InstruModelWorkspace *self);

/* @input: n_bands × n_frames, row-major with the lowest band first, dB relative to the window's own
 * maximum, −80 … 0 (the model scales it itself). @logits: n_outputs. */
void instru_model_predict (const InstruModel *self,
                           InstruModelWorkspace *workspace,
                           const float *input,
                           float *logits);

/* How a window in dB (−80 … 0) becomes the network's input (−1 … 1); training uses it too. */
void instru_model_scale_input (const float *level_db, float *input, gsize n_values);

/* Writes a model file: @network's parameters taken from @values (its own where NULL) and what @info
 * says. name, version, outputs, n_bands, n_frames, the thresholds, trained_on and the summaries of
 * @info are used. Errors: INSTRU_WEIGHTS_ERROR. */
gboolean instru_model_save (const InstruNetwork *network,
                            const float *values,
                            const InstruModelInfo *info,
                            const char *front_end,
                            const char *path,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruModel, instru_model_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruModelWorkspace, instru_model_workspace_free)

G_END_DECLS
