/* Walks the layers; each kind has one small function forwards and one backwards, which do one
 * piece. */
#include "pass.h"

#include <string.h>

#include "batch-norm.h"
#include "convolution.h"
#include "dense.h"
#include "depthwise.h"
#include "pooling.h"
#include "random.h"

/* OpenBLAS has no header for it. We bring our own threads. */
void openblas_set_num_threads (int n_threads);

struct _InstruPass
{
  InstruNetwork *network;
  const float *values; /* the network's */
  gsize n_layers;
  gsize batch;
  gboolean training;
  InstruThreadPool *pool;

  float **activations;                   /* n_layers + 1: the input, then each layer's output */
  float **gradients;                     /* the same, in training */
  float **masks;                         /* of dropout layers */
  InstruBatchNormMemory **norm_memories; /* of batch norms, one a channel */
  float *scratch[INSTRU_N_GROUPS];       /* of convolutions */
  float *partial[INSTRU_N_GROUPS];       /* gradients by the numbers, of each group of images */
  float *gradient;                       /* where the reduction writes to */
};

/* One piece of one layer. */
typedef struct
{
  InstruPass *pass;
  gsize index;
  const InstruLayer *layer;
} Step;

typedef struct
{
  gsize first;
  gsize last;
} Range;

static Range
get_range (gsize n, gsize group)
{
  return (Range){ n * group / INSTRU_N_GROUPS, n * (group + 1) / INSTRU_N_GROUPS };
}

static gsize
count_pixels (InstruShape shape)
{
  return shape.height * shape.width;
}

static float *
new_floats (gsize n)
{
  return g_new0 (float, MAX (n, 1));
}

static void
allocate_training (InstruPass *self, gsize index)
{
  const InstruLayer *layer = instru_network_get_layer (self->network, index);
  gsize n_out = layer->out.channels * count_pixels (layer->out) * self->batch;

  self->gradients[index + 1] = new_floats (n_out);
  if (layer->kind == INSTRU_LAYER_DROPOUT)
    self->masks[index] = new_floats (n_out);
  if (layer->kind == INSTRU_LAYER_BATCH_NORM)
    self->norm_memories[index] = g_new0 (InstruBatchNormMemory, layer->out.channels);
}

InstruPass *
instru_pass_new (InstruNetwork *network, gsize batch, gboolean training, InstruThreadPool *pool)
{
  InstruPass *self = g_new0 (InstruPass, 1);
  InstruShape input = instru_network_get_input_shape (network);
  gsize n_scratch = 0;

  openblas_set_num_threads (1);
  self->network = network;
  self->values = instru_network_get_values (network);
  self->n_layers = instru_network_get_n_layers (network);
  self->batch = batch;
  self->training = training;
  self->pool = pool;
  self->activations = g_new0 (float *, self->n_layers + 1);
  self->gradients = g_new0 (float *, self->n_layers + 1);
  self->masks = g_new0 (float *, self->n_layers);
  self->norm_memories = g_new0 (InstruBatchNormMemory *, self->n_layers);

  self->activations[0] = new_floats (input.channels * count_pixels (input) * batch);
  if (training)
    self->gradients[0] = new_floats (input.channels * count_pixels (input) * batch);
  for (gsize i = 0; i < self->n_layers; i++)
    {
      const InstruLayer *layer = instru_network_get_layer (network, i);

      self->activations[i + 1] =
          new_floats (layer->out.channels * count_pixels (layer->out) * batch);
      if (layer->kind == INSTRU_LAYER_CONVOLUTION)
        n_scratch = MAX (n_scratch, instru_convolution_get_scratch (
                                        layer, (batch + INSTRU_N_GROUPS - 1) / INSTRU_N_GROUPS));
      if (training)
        allocate_training (self, i);
    }
  for (gsize group = 0; group < INSTRU_N_GROUPS; group++)
    self->scratch[group] = new_floats (n_scratch);
  for (gsize group = 0; training && group < INSTRU_N_GROUPS; group++)
    self->partial[group] = new_floats (instru_network_get_n_trainable (network));
  return self;
}

void
instru_pass_free (InstruPass *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i <= self->n_layers; i++)
    {
      g_free (self->activations[i]);
      g_free (self->gradients[i]);
    }
  for (gsize i = 0; i < self->n_layers; i++)
    {
      g_free (self->masks[i]);
      g_free (self->norm_memories[i]);
    }
  for (gsize group = 0; group < INSTRU_N_GROUPS; group++)
    {
      g_free (self->scratch[group]);
      g_free (self->partial[group]);
    }
  g_free (self->activations);
  g_free (self->gradients);
  g_free (self->masks);
  g_free (self->norm_memories);
  g_free (self);
}

float *
instru_pass_get_input (InstruPass *self)
{
  return self->activations[0];
}

const float *
instru_pass_get_activation (const InstruPass *self, gsize index)
{
  g_return_val_if_fail (index < self->n_layers, NULL);

  return self->activations[index + 1];
}

const float *
instru_pass_get_output (const InstruPass *self)
{
  return self->activations[self->n_layers];
}

float *
instru_pass_get_output_gradient (InstruPass *self)
{
  return self->gradients[self->n_layers];
}

/* — forwards — */

static const float *
get_bias (const InstruPass *self, const InstruLayer *layer)
{
  return layer->bias != INSTRU_NO_PARAMETER ? self->values + layer->bias : NULL;
}

static void
forward_batch_norm (InstruPass *self, gsize index, const InstruLayer *layer, gsize channel)
{
  float *values = instru_network_get_values (self->network);
  gsize n = self->batch * count_pixels (layer->in);
  const float *x = self->activations[index] + channel * n;
  float *y = self->activations[index + 1] + channel * n;
  float gamma = values[layer->weight + channel], beta = values[layer->bias + channel];
  float *mean = &values[layer->running_mean + channel];
  float *variance = &values[layer->running_variance + channel];

  if (self->training)
    instru_batch_norm_forward_training (x, gamma, beta, mean, variance, y, n,
                                        &self->norm_memories[index][channel]);
  else
    instru_batch_norm_forward (x, gamma, beta, *mean, *variance, y, n);
}

/* Rows of one image become columns of features: C × N × P → (C P) × N. */
static void
forward_flatten (InstruPass *self, gsize index, const InstruLayer *layer, gsize channel)
{
  gsize n_pixels = count_pixels (layer->in);
  const float *x = self->activations[index] + channel * self->batch * n_pixels;
  float *y = self->activations[index + 1] + channel * n_pixels * self->batch;

  for (gsize image = 0; image < self->batch; image++)
    for (gsize i = 0; i < n_pixels; i++)
      y[i * self->batch + image] = x[image * n_pixels + i];
}

static void
forward_channel (InstruPass *self, gsize index, const InstruLayer *layer, gsize channel)
{
  gsize n = self->batch * count_pixels (layer->in);
  gsize n_out = self->batch * count_pixels (layer->out);
  const float *x = self->activations[index] + channel * n;
  float *y = self->activations[index + 1] + channel * n_out;

  switch (layer->kind)
    {
    case INSTRU_LAYER_DEPTHWISE:
      instru_depthwise_forward (layer, x, self->values + layer->weight + 9 * channel, y,
                                self->batch);
      break;
    case INSTRU_LAYER_BATCH_NORM:
      forward_batch_norm (self, index, layer, channel);
      break;
    case INSTRU_LAYER_RELU:
      for (gsize i = 0; i < n; i++)
        y[i] = x[i] > 0.0f ? x[i] : 0.0f;
      break;
    case INSTRU_LAYER_MAX_POOL:
      instru_max_pool_forward (layer, x, y, self->batch);
      break;
    case INSTRU_LAYER_AVERAGE_POOL:
      instru_average_pool_forward (layer, x, y, self->batch);
      break;
    case INSTRU_LAYER_AVERAGE_MAX_POOL:
      instru_average_pool_forward (layer, x, y, self->batch);
      instru_global_max_forward (layer, x, y + layer->in.channels * self->batch, self->batch);
      break;
    case INSTRU_LAYER_FLATTEN:
      forward_flatten (self, index, layer, channel);
      break;
    case INSTRU_LAYER_DROPOUT:
      for (gsize i = 0; i < n; i++)
        y[i] = self->training ? x[i] * self->masks[index][channel * n + i] : x[i];
      break;
    case INSTRU_LAYER_RESIDUAL:
      for (gsize i = 0; i < n; i++)
        y[i] = x[i] + self->activations[index - layer->skip][channel * n + i];
      break;
    case INSTRU_LAYER_CONVOLUTION:
    case INSTRU_LAYER_DENSE:
    default:
      g_assert_not_reached ();
    }
}

static void
forward_piece (gsize group, gpointer user_data)
{
  const Step *step = user_data;
  InstruPass *self = step->pass;
  const InstruLayer *layer = step->layer;
  const float *x = self->activations[step->index];
  float *y = self->activations[step->index + 1];
  Range images = get_range (self->batch, group);
  Range outputs = get_range (layer->out.channels, group);
  Range channels = get_range (layer->in.channels, group);

  if (layer->kind == INSTRU_LAYER_CONVOLUTION)
    instru_convolution_forward (layer, x, self->values + layer->weight, get_bias (self, layer), y,
                                self->batch, images.first, images.last, self->scratch[group]);
  else if (layer->kind == INSTRU_LAYER_DENSE)
    instru_dense_forward (layer, x, self->values + layer->weight, get_bias (self, layer), y,
                          self->batch, outputs.first, outputs.last);
  else
    for (gsize channel = channels.first; channel < channels.last; channel++)
      forward_channel (self, step->index, layer, channel);
}

static void
draw_mask (InstruPass *self, gsize index, guint64 *random)
{
  const InstruLayer *layer = instru_network_get_layer (self->network, index);
  gsize n = layer->out.channels * count_pixels (layer->out) * self->batch;
  float kept = 1.0f / (float) (1.0 - layer->rate);

  for (gsize i = 0; i < n; i++)
    self->masks[index][i] = instru_random_uniform (random) < layer->rate ? 0.0f : kept;
}

void
instru_pass_forward (InstruPass *self, guint64 *random)
{
  for (gsize i = 0; i < self->n_layers; i++)
    {
      Step step = { self, i, instru_network_get_layer (self->network, i) };

      if (self->training && step.layer->kind == INSTRU_LAYER_DROPOUT)
        draw_mask (self, i, random);
      instru_thread_pool_run (self->pool, INSTRU_N_GROUPS, forward_piece, &step);
    }
}

/* — backwards — */

static void
backward_flatten (InstruPass *self, gsize index, const InstruLayer *layer, gsize channel)
{
  gsize n_pixels = count_pixels (layer->in);
  const float *dy = self->gradients[index + 1] + channel * n_pixels * self->batch;
  float *dx = self->gradients[index] + channel * self->batch * n_pixels;

  for (gsize image = 0; image < self->batch; image++)
    for (gsize i = 0; i < n_pixels; i++)
      dx[image * n_pixels + i] = dy[i * self->batch + image];
}

static void
backward_channel (InstruPass *self, gsize index, const InstruLayer *layer, gsize channel, float *d)
{
  gsize n = self->batch * count_pixels (layer->in);
  gsize n_out = self->batch * count_pixels (layer->out);
  const float *x = self->activations[index] + channel * n;
  const float *dy = self->gradients[index + 1] + channel * n_out;
  float *dx = self->gradients[index] + channel * n;

  switch (layer->kind)
    {
    case INSTRU_LAYER_DEPTHWISE:
      instru_depthwise_backward (layer, x, self->values + layer->weight + 9 * channel, dy,
                                 index > 0 ? dx : NULL, d + layer->weight + 9 * channel,
                                 self->batch);
      break;
    case INSTRU_LAYER_BATCH_NORM:
      instru_batch_norm_backward (x, self->values[layer->weight + channel],
                                  &self->norm_memories[index][channel], dy, dx,
                                  &d[layer->weight + channel], &d[layer->bias + channel], n);
      break;
    case INSTRU_LAYER_RELU:
      for (gsize i = 0; i < n; i++)
        dx[i] = x[i] > 0.0f ? dy[i] : 0.0f;
      break;
    case INSTRU_LAYER_MAX_POOL:
      instru_max_pool_backward (layer, x, dy, dx, self->batch);
      break;
    case INSTRU_LAYER_AVERAGE_POOL:
      instru_average_pool_backward (layer, dy, dx, self->batch);
      break;
    case INSTRU_LAYER_AVERAGE_MAX_POOL:
      instru_average_pool_backward (layer, dy, dx, self->batch);
      instru_global_max_backward_add (layer, x, dy + layer->in.channels * self->batch, dx,
                                      self->batch);
      break;
    case INSTRU_LAYER_FLATTEN:
      backward_flatten (self, index, layer, channel);
      break;
    case INSTRU_LAYER_DROPOUT:
      for (gsize i = 0; i < n; i++)
        dx[i] = dy[i] * self->masks[index][channel * n + i];
      break;
    case INSTRU_LAYER_RESIDUAL:
      memcpy (dx, dy, n * sizeof (float));
      break;
    case INSTRU_LAYER_CONVOLUTION:
    case INSTRU_LAYER_DENSE:
    default:
      g_assert_not_reached ();
    }
}

/* The sums over channels go to the group's own numbers, those of dense rows and channels to the
 * first group's: every number has one writer at a time. */
static void
backward_piece (gsize group, gpointer user_data)
{
  const Step *step = user_data;
  InstruPass *self = step->pass;
  const InstruLayer *layer = step->layer;
  const float *x = self->activations[step->index];
  const float *dy = self->gradients[step->index + 1];
  float *dx = step->index > 0 ? self->gradients[step->index] : NULL;
  Range images = get_range (self->batch, group);
  Range outputs = get_range (layer->out.channels, group);
  Range channels = get_range (layer->in.channels, group);
  float *own = self->partial[group], *shared = self->partial[0];

  if (layer->kind == INSTRU_LAYER_CONVOLUTION)
    instru_convolution_backward (layer, x, self->values + layer->weight, dy, dx,
                                 own + layer->weight,
                                 layer->bias != INSTRU_NO_PARAMETER ? own + layer->bias : NULL,
                                 self->batch, images.first, images.last, self->scratch[group]);
  else if (layer->kind == INSTRU_LAYER_DENSE)
    {
      instru_dense_backward_weights (layer, x, dy, shared + layer->weight, shared + layer->bias,
                                     self->batch, outputs.first, outputs.last);
      if (dx != NULL)
        instru_dense_backward_input (layer, self->values + layer->weight, dy, dx, self->batch,
                                     channels.first, channels.last);
    }
  else
    for (gsize channel = channels.first; channel < channels.last; channel++)
      backward_channel (self, step->index, layer, channel, shared);
}

/* A residual's gradient also goes to the activation that it added. */
static void
add_residual_gradients (InstruPass *self, gsize index)
{
  for (gsize i = index + 1; i < self->n_layers; i++)
    {
      const InstruLayer *layer = instru_network_get_layer (self->network, i);
      gsize n = layer->in.channels * count_pixels (layer->in) * self->batch;

      if (layer->kind == INSTRU_LAYER_RESIDUAL && i - layer->skip == index)
        for (gsize k = 0; k < n; k++)
          self->gradients[index][k] += self->gradients[i + 1][k];
    }
}

static void
reduce_piece (gsize group, gpointer user_data)
{
  InstruPass *self = user_data;
  Range range = get_range (instru_network_get_n_trainable (self->network), group);

  for (gsize i = range.first; i < range.last; i++)
    {
      float sum = 0.0f;

      for (gsize other = 0; other < INSTRU_N_GROUPS; other++)
        sum += self->partial[other][i];
      self->gradient[i] = sum;
    }
}

void
instru_pass_backward (InstruPass *self, float *gradient)
{
  gsize n_trainable = instru_network_get_n_trainable (self->network);

  g_return_if_fail (self->training);

  for (gsize group = 0; group < INSTRU_N_GROUPS; group++)
    memset (self->partial[group], 0, n_trainable * sizeof (float));

  for (gsize i = self->n_layers; i-- > 0;)
    {
      Step step = { self, i, instru_network_get_layer (self->network, i) };

      instru_thread_pool_run (self->pool, INSTRU_N_GROUPS, backward_piece, &step);
      if (i > 0)
        add_residual_gradients (self, i);
    }

  self->gradient = gradient;
  instru_thread_pool_run (self->pool, INSTRU_N_GROUPS, reduce_piece, self);
}
