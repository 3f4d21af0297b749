/* Trains a network: AdamW (Loshchilov and Hutter, 2019; with a decay of 0 it is Adam, Kingma and
 * Ba, 2015) and a moving average of the weights. A checkpoint holds everything: a run that was
 * stopped and resumed gives the same numbers as one that never stopped, bit for bit. */
#pragma once

#include "network.h"

G_BEGIN_DECLS

typedef struct
{
  gsize batch_size;
  guint n_threads;
  double weight_decay;  /* of weights of convolutions and dense layers, times the learning rate */
  double average_decay; /* of the moving average of the weights, 0 for none; 0.997 is usual */
  guint64 seed;         /* of dropout */
} InstruTrainerOptions;

typedef struct _InstruTrainer InstruTrainer;

/* @network is trained in place and stays the caller's. */
InstruTrainer *instru_trainer_new (InstruNetwork *network, const InstruTrainerOptions *options);
void instru_trainer_free (InstruTrainer *self);

/* One step. @inputs: N images of channels × height × width; @targets: N × outputs, rows that add up
 * to 1. @n_correct: nullable. Returns: the mean loss of the batch before the step. */
double instru_trainer_step (InstruTrainer *self,
                            const float *inputs,
                            const float *targets,
                            double learning_rate,
                            gsize *n_correct);

guint64 instru_trainer_get_n_steps (const InstruTrainer *self);

/* What layer @index gave in the last step, channel-major, and the gradient by every trainable
 * number: for comparisons. */
const float *instru_trainer_get_activation (const InstruTrainer *self, gsize index);
const float *instru_trainer_get_gradient (const InstruTrainer *self);

/* The averaged numbers, laid out as the network's; the network's own where nothing is averaged. */
const float *instru_trainer_get_averaged_values (const InstruTrainer *self);

/* To a temporary name, then renamed. Errors: INSTRU_WEIGHTS_ERROR. */
gboolean instru_trainer_save_checkpoint (InstruTrainer *self, const char *path, GError **error);
gboolean instru_trainer_load_checkpoint (InstruTrainer *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruTrainer, instru_trainer_free)

G_END_DECLS
