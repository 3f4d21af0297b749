/* A batch going through a network: forwards, and in training backwards.
 *
 * The work of a layer is cut into pieces that do not depend on the number of threads: groups of
 * images for convolutions, blocks of channels for the rest. So the numbers are the same, bit for
 * bit, however many threads work on them. */
#pragma once

#include "network.h"
#include "thread-pool.h"

G_BEGIN_DECLS

/* Pieces of a layer's work. */
#define INSTRU_N_GROUPS 4

typedef struct _InstruPass InstruPass;

/* @network and @pool (nullable: no threads) are not owned. Everything is allocated here. */
InstruPass *
instru_pass_new (InstruNetwork *network, gsize batch, gboolean training, InstruThreadPool *pool);
void instru_pass_free (InstruPass *self);

/* Where the input goes: channels × N × height × width. */
float *instru_pass_get_input (InstruPass *self);

/* What came out of layer @index (of the last one: the logits), channel-major. */
const float *instru_pass_get_activation (const InstruPass *self, gsize index);
const float *instru_pass_get_output (const InstruPass *self);

/* In training: dropout draws from @random, and the running statistics of the batch norms move.
 * Otherwise @random may be NULL. */
void instru_pass_forward (InstruPass *self, guint64 *random);

/* Where the gradient of the loss by the output goes before backward (): outputs × N. */
float *instru_pass_get_output_gradient (InstruPass *self);

/* Writes the gradient by every trainable number to @gradient. After forward () in training. */
void instru_pass_backward (InstruPass *self, float *gradient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruPass, instru_pass_free)

G_END_DECLS
