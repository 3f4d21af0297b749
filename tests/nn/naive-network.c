/* Definitions, not code to run in earnest. */
#include "naive-network.h"

#include <math.h>
#include <string.h>

/* One layer at work. */
typedef struct
{
  const InstruLayer *layer;
  gsize batch;
  double *values; /* the network's */
  const double *x;
  double *y;
} Work;

gsize
naive_count (InstruShape shape, gsize batch)
{
  return shape.channels * batch * shape.height * shape.width;
}

static gsize
at (InstruShape shape, gsize batch, gsize channel, gsize image, gsize row, gsize column)
{
  return ((channel * batch + image) * shape.height + row) * shape.width + column;
}

/* A pixel of the input, zero outside of it. */
static double
get_padded (const Work *work, gsize channel, gsize image, gssize row, gssize column)
{
  InstruShape in = work->layer->in;

  if (row < 0 || row >= (gssize) in.height || column < 0 || column >= (gssize) in.width)
    return 0.0;
  return work->x[at (in, work->batch, channel, image, (gsize) row, (gsize) column)];
}

/* The sum over the taps of one kernel at one place. */
static double
correlate (const Work *work, const double *w, gsize channel, gsize image, gsize row, gsize column)
{
  gsize k = work->layer->kernel, stride = work->layer->stride;
  gssize pad = (gssize) (k - 1) / 2;
  double sum = 0.0;

  for (gsize ky = 0; ky < k; ky++)
    for (gsize kx = 0; kx < k; kx++)
      sum += w[ky * k + kx] * get_padded (work, channel, image, (gssize) (row * stride + ky) - pad,
                                          (gssize) (column * stride + kx) - pad);
  return sum;
}

static void
run_convolution (const Work *work, gsize channel, gsize image, gsize row, gsize column)
{
  const InstruLayer *layer = work->layer;
  gsize n_taps = layer->kernel * layer->kernel;
  double sum = layer->has_bias ? work->values[layer->bias + channel] : 0.0;

  for (gsize from = 0; from < layer->in.channels; from++)
    sum += correlate (work,
                      work->values + layer->weight + (channel * layer->in.channels + from) * n_taps,
                      from, image, row, column);
  work->y[at (layer->out, work->batch, channel, image, row, column)] = sum;
}

static void
run_depthwise (const Work *work, gsize channel, gsize image, gsize row, gsize column)
{
  const InstruLayer *layer = work->layer;

  work->y[at (layer->out, work->batch, channel, image, row, column)] =
      correlate (work, work->values + layer->weight + channel * 9, channel, image, row, column);
}

static void
run_max_pool (const Work *work, gsize channel, gsize image, gsize row, gsize column)
{
  double most = -INFINITY;

  for (gsize i = 0; i < 4; i++)
    most = fmax (most, work->x[at (work->layer->in, work->batch, channel, image, 2 * row + i / 2,
                                   2 * column + i % 2)]);
  work->y[at (work->layer->out, work->batch, channel, image, row, column)] = most;
}

/* The mean of a whole picture, and for channels past the input's its maximum. */
static void
run_global_pool (const Work *work, gsize channel, gsize image, gsize row, gsize column)
{
  InstruShape in = work->layer->in;
  gsize n = in.height * in.width;
  const double *picture = work->x + at (in, work->batch, channel % in.channels, image, 0, 0);
  double sum = 0.0, most = -INFINITY;

  for (gsize i = 0; i < n; i++)
    {
      sum += picture[i];
      most = fmax (most, picture[i]);
    }
  work->y[channel * work->batch + image] = channel < in.channels ? sum / (double) n : most;
}

static void
run_flatten (const Work *work, gsize feature, gsize image, gsize row, gsize column)
{
  InstruShape in = work->layer->in;
  gsize n = in.height * in.width;

  work->y[feature * work->batch + image] =
      work->x[(feature / n * work->batch + image) * n + feature % n];
}

static void
run_dense (const Work *work, gsize output, gsize image, gsize row, gsize column)
{
  gsize n_in = work->layer->in.channels;
  double sum = work->values[work->layer->bias + output];

  for (gsize i = 0; i < n_in; i++)
    sum += work->values[work->layer->weight + output * n_in + i] * work->x[i * work->batch + image];
  work->y[output * work->batch + image] = sum;
}

/* Calls @run for every number of the output. */
static void
for_each_output (
    const Work *work,
    void (*run) (const Work *work, gsize channel, gsize image, gsize row, gsize column))
{
  InstruShape out = work->layer->out;

  for (gsize channel = 0; channel < out.channels; channel++)
    for (gsize image = 0; image < work->batch; image++)
      for (gsize row = 0; row < out.height; row++)
        for (gsize column = 0; column < out.width; column++)
          run (work, channel, image, row, column);
}

static void
run_batch_norm (const Work *work, gboolean training)
{
  const InstruLayer *layer = work->layer;
  gsize n = naive_count (layer->in, work->batch) / layer->in.channels;

  for (gsize channel = 0; channel < layer->in.channels; channel++)
    {
      const double *x = work->x + channel * n;
      double *running_mean = work->values + layer->running_mean + channel;
      double *running_variance = work->values + layer->running_variance + channel;
      double mean = *running_mean, variance = *running_variance;

      if (training)
        {
          mean = variance = 0.0;
          for (gsize i = 0; i < n; i++)
            mean += x[i] / (double) n;
          for (gsize i = 0; i < n; i++)
            variance += (x[i] - mean) * (x[i] - mean) / (double) n;
          *running_mean = 0.9 * *running_mean + 0.1 * mean;
          *running_variance =
              0.9 * *running_variance + 0.1 * variance * (double) n / (double) (n - 1);
        }
      for (gsize i = 0; i < n; i++)
        work->y[channel * n + i] = work->values[layer->weight + channel] * (x[i] - mean) /
                                       sqrt (variance + INSTRU_BATCH_NORM_EPSILON) +
                                   work->values[layer->bias + channel];
    }
}

/* @added: what a residual adds. */
static void
run_layer (const Work *work, const double *added, gboolean training)
{
  gsize n = naive_count (work->layer->out, work->batch);

  switch (work->layer->kind)
    {
    case INSTRU_LAYER_CONVOLUTION:
      for_each_output (work, run_convolution);
      break;
    case INSTRU_LAYER_DEPTHWISE:
      for_each_output (work, run_depthwise);
      break;
    case INSTRU_LAYER_BATCH_NORM:
      run_batch_norm (work, training);
      break;
    case INSTRU_LAYER_MAX_POOL:
      for_each_output (work, run_max_pool);
      break;
    case INSTRU_LAYER_AVERAGE_POOL:
    case INSTRU_LAYER_AVERAGE_MAX_POOL:
      for_each_output (work, run_global_pool);
      break;
    case INSTRU_LAYER_FLATTEN:
      for_each_output (work, run_flatten);
      break;
    case INSTRU_LAYER_DENSE:
      for_each_output (work, run_dense);
      break;
    case INSTRU_LAYER_RELU:
      for (gsize i = 0; i < n; i++)
        work->y[i] = fmax (work->x[i], 0.0);
      break;
    case INSTRU_LAYER_RESIDUAL:
      for (gsize i = 0; i < n; i++)
        work->y[i] = work->x[i] + added[i];
      break;
    case INSTRU_LAYER_DROPOUT:
      memcpy (work->y, work->x, n * sizeof (double));
      break;
    default:
      g_assert_not_reached ();
    }
}

double *
naive_forward (const InstruNetwork *network,
               double *values,
               const double *input,
               gsize batch,
               gboolean training)
{
  g_autoptr (GPtrArray) activations = g_ptr_array_new_with_free_func (g_free);
  gsize n_layers = instru_network_get_n_layers (network);

  g_ptr_array_add (activations,
                   g_memdup2 (input, naive_count (instru_network_get_input_shape (network), batch) *
                                         sizeof (double)));
  for (gsize i = 0; i < n_layers; i++)
    {
      const InstruLayer *layer = instru_network_get_layer (network, i);
      Work work = { layer, batch, values, g_ptr_array_index (activations, i),
                    g_new0 (double, naive_count (layer->out, batch)) };

      run_layer (&work, layer->skip > 0 ? g_ptr_array_index (activations, i - layer->skip) : NULL,
                 training);
      g_ptr_array_add (activations, work.y);
    }
  return g_ptr_array_steal_index (activations, (guint) n_layers);
}
