/* A network: a list of layers, read from a short text, and one array that holds all of its numbers.
 *
 * The text names the layers in order, separated by commas:
 *
 *   conv3 20 /2      3×3 convolution to 20 channels, stride 2, padding 1, with a bias
 *   conv3 20 nobias  the same without the bias (batch norm follows)
 *   conv1 40         1×1 convolution
 *   depthwise3 /2    3×3 convolution of each channel by itself, no bias
 *   batchnorm        per channel; eps 1e-5, momentum 0.1
 *   relu
 *   maxpool2         2×2, stride 2; an odd last row or column is dropped
 *   avgpool          global mean: C × 1 × 1
 *   avgmaxpool       global mean, then global maximum: 2 C × 1 × 1
 *   flatten          C × H × W → C·H·W × 1 × 1
 *   dropout 0.3      inverted, in training only
 *   dense 8          with a bias; needs a flat input
 *   residual 5       adds what went into the layer 5 places before this one
 *
 * Activations are channel-major over the batch: C × N × H × W. A convolution of many images is then
 * one matrix product without a transposition, and a batch norm works on contiguous rows. */
#pragma once

#include "safetensors.h"

G_BEGIN_DECLS

#define INSTRU_BATCH_NORM_EPSILON  1e-5f
#define INSTRU_BATCH_NORM_MOMENTUM 0.1f

typedef enum
{
  INSTRU_LAYER_CONVOLUTION,
  INSTRU_LAYER_DEPTHWISE,
  INSTRU_LAYER_BATCH_NORM,
  INSTRU_LAYER_RELU,
  INSTRU_LAYER_MAX_POOL,
  INSTRU_LAYER_AVERAGE_POOL,
  INSTRU_LAYER_AVERAGE_MAX_POOL,
  INSTRU_LAYER_FLATTEN,
  INSTRU_LAYER_DROPOUT,
  INSTRU_LAYER_DENSE,
  INSTRU_LAYER_RESIDUAL
} InstruLayerKind;

typedef struct
{
  gsize channels;
  gsize height;
  gsize width;
} InstruShape;

#define INSTRU_NO_PARAMETER G_MAXSIZE

typedef struct
{
  InstruLayerKind kind;
  gsize kernel; /* 1 or 3 */
  gsize stride; /* 1 or 2 */
  gboolean has_bias;
  double rate; /* of dropout, 0 … < 1 */
  gsize skip;  /* of residual, ≥ 1 */
  InstruShape in;
  InstruShape out;
  /* Where its numbers begin in the network's array, INSTRU_NO_PARAMETER where it has none. */
  gsize weight;
  gsize bias;
  gsize running_mean;
  gsize running_variance;
} InstruLayer;

/* One named piece of the network's array, called as PyTorch's Sequential calls it: "0.weight". */
typedef struct
{
  char name[32];
  gsize offset;
  gsize n_values;
  gsize n_dims;
  gsize shape[INSTRU_MAX_DIMS];
  gboolean decays; /* weight decay applies: weights of convolutions and dense layers */
} InstruParameter;

typedef struct _InstruNetwork InstruNetwork;

/* Weights are drawn as He et al. (Delving Deep into Rectifiers, 2015) propose, by @seed.
 * Errors: INSTRU_WEIGHTS_ERROR_MISMATCH for an unknown word, an impossible shape, or more than
 * 64 layers, 50 million numbers or 16 million activations in all its layers together. */
InstruNetwork *
instru_network_new (const char *layers, InstruShape input, guint64 seed, GError **error);
void instru_network_free (InstruNetwork *self);

const char *instru_network_get_text (const InstruNetwork *self);
gsize instru_network_get_n_layers (const InstruNetwork *self);
const InstruLayer *instru_network_get_layer (const InstruNetwork *self, gsize index);
InstruShape instru_network_get_input_shape (const InstruNetwork *self);
InstruShape instru_network_get_output_shape (const InstruNetwork *self);

/* All numbers: n_trainable of them first, then the running statistics of the batch norms. */
float *instru_network_get_values (InstruNetwork *self);
gsize instru_network_get_n_values (const InstruNetwork *self);
gsize instru_network_get_n_trainable (const InstruNetwork *self);

gsize instru_network_get_n_parameters (const InstruNetwork *self);
const InstruParameter *instru_network_get_parameter (const InstruNetwork *self, gsize index);

/* Multiplications and additions of convolutions and dense layers for one input. */
double instru_network_get_flop (const InstruNetwork *self);

/* Adds every parameter, read from @values (the network's own where NULL). */
void
instru_network_to_tensors (const InstruNetwork *self, const float *values, InstruTensors *tensors);

/* Takes every parameter from @tensors, which must hold these and no others.
 * Errors: INSTRU_WEIGHTS_ERROR_MISMATCH. */
gboolean
instru_network_from_tensors (InstruNetwork *self, const InstruTensors *tensors, GError **error);

/* The same function with each batch norm that directly follows a convolution folded into it.
 * Returns: (transfer full) */
InstruNetwork *instru_network_fold_batch_norms (const InstruNetwork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruNetwork, instru_network_free)

G_END_DECLS
