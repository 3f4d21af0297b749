/* Each layer against the slope of the loss itself: a small network is built around it, each number
 * is moved a little both ways, and the difference of the loss must be what the backward pass says.
 * A 1×1 convolution in front makes the gradient by the layer's input count, too. And convolutions
 * against the sum that defines them. */
#include <math.h>
#include <string.h>

#include "convolution.h"
#include "pass.h"
#include "random.h"

#define BATCH 5
#define STEP  4e-3f

/* The loss is Σ r y with fixed random r; in double, for the difference is small. */
static double
get_loss (InstruPass *pass, const float *r, gsize n)
{
  guint64 random = 99;
  const float *y;
  double loss = 0.0;

  instru_pass_forward (pass, &random);
  y = instru_pass_get_output (pass);
  for (gsize i = 0; i < n; i++)
    loss += (double) r[i] * y[i];
  return loss;
}

static void
fill_random (float *x, gsize n, guint64 *random)
{
  for (gsize i = 0; i < n; i++)
    x[i] = (float) instru_random_normal (random);
}

static void
test_slope (gconstpointer data)
{
  const char *layers = data;
  InstruShape shape = { 2, 7, 6 };
  g_autoptr (GError) error = NULL;
  g_autoptr (InstruNetwork) network = instru_network_new (layers, shape, 7, &error);
  g_autoptr (InstruPass) pass = NULL;
  g_autofree float *r = NULL, *gradient = NULL;
  float *values;
  gsize n_outputs, n_trainable;
  guint64 random = 5;
  double largest = 0.0, worst = 0.0;

  g_assert_no_error (error);
  pass = instru_pass_new (network, BATCH, TRUE, NULL);
  values = instru_network_get_values (network);
  n_trainable = instru_network_get_n_trainable (network);
  n_outputs = instru_network_get_output_shape (network).channels *
              instru_network_get_output_shape (network).height *
              instru_network_get_output_shape (network).width * BATCH;
  r = g_new (float, n_outputs);
  gradient = g_new (float, n_trainable);
  fill_random (r, n_outputs, &random);
  fill_random (instru_pass_get_input (pass), shape.channels * shape.height * shape.width * BATCH,
               &random);
  fill_random (values, n_trainable, &random);

  get_loss (pass, r, n_outputs);
  memcpy (instru_pass_get_output_gradient (pass), r, n_outputs * sizeof (float));
  instru_pass_backward (pass, gradient);

  for (gsize i = 0; i < n_trainable; i++)
    largest = fmax (largest, fabs (gradient[i]));
  for (gsize i = 0; i < n_trainable; i++)
    {
      float kept = values[i];
      double above, below;

      values[i] = kept + STEP;
      above = get_loss (pass, r, n_outputs);
      values[i] = kept - STEP;
      below = get_loss (pass, r, n_outputs);
      values[i] = kept;
      worst = fmax (worst, fabs ((above - below) / (2.0 * STEP) - gradient[i]));
    }
  g_test_message ("%s: largest %g, difference %g", layers, largest, worst);
  g_assert_cmpfloat (largest, >, 0.1);
  /* Single precision over a step of 4e-3, and the bend of the loss: half a per cent. */
  g_assert_cmpfloat (worst, <, 5e-3 * largest);
}

/* The sum that a convolution is, written down. Images first here: N × C × H × W. */
static float
convolve_at (const InstruLayer *layer,
             const float *x,
             const float *w,
             gsize image,
             gsize c_out,
             gsize oy,
             gsize ox)
{
  gsize k = layer->kernel;
  double sum = 0.0;

  for (gsize c = 0; c < layer->in.channels; c++)
    for (gsize ky = 0; ky < k; ky++)
      for (gsize kx = 0; kx < k; kx++)
        {
          gssize iy = (gssize) (oy * layer->stride + ky) - (gssize) (k / 2);
          gssize ix = (gssize) (ox * layer->stride + kx) - (gssize) (k / 2);

          if (iy < 0 || ix < 0 || iy >= (gssize) layer->in.height || ix >= (gssize) layer->in.width)
            continue;
          sum += (double) w[((c_out * layer->in.channels + c) * k + ky) * k + kx] *
                 x[((c * BATCH + image) * layer->in.height + (gsize) iy) * layer->in.width +
                   (gsize) ix];
        }
  return (float) sum;
}

static void
test_convolution (gconstpointer data)
{
  InstruShape shapes[] = { { 3, 9, 8 }, { 2, 1, 1 }, { 4, 2, 33 }, { 1, 40, 41 } };

  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (InstruNetwork) network = instru_network_new (data, shapes[s], 3, NULL);
      const InstruLayer *layer = instru_network_get_layer (network, 0);
      g_autoptr (InstruPass) pass = instru_pass_new (network, BATCH, FALSE, NULL);
      const float *values = instru_network_get_values (network);
      gsize n_out = layer->out.height * layer->out.width;
      guint64 random = 1;

      fill_random (instru_pass_get_input (pass),
                   BATCH * shapes[s].channels * shapes[s].height * shapes[s].width, &random);
      instru_pass_forward (pass, NULL);
      for (gsize c = 0; c < layer->out.channels; c++)
        for (gsize i = 0; i < BATCH * n_out; i++)
          {
            float expected =
                convolve_at (layer, instru_pass_get_input (pass), values + layer->weight, i / n_out,
                             c, i % n_out / layer->out.width, i % layer->out.width);

            g_assert_cmpfloat_with_epsilon (instru_pass_get_output (pass)[c * BATCH * n_out + i],
                                            expected, 1e-4f);
          }
    }
}

static void
add_slope (const char *name, const char *layers)
{
  g_autofree char *path = g_strconcat ("/slope/slope/", name, NULL);

  g_test_add_data_func (path, layers, test_slope);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_slope ("conv3", "conv1 3, conv3 4");
  add_slope ("conv3-stride", "conv1 3, conv3 4 /2");
  add_slope ("conv1-stride", "conv1 3, conv1 4 /2 nobias");
  add_slope ("depthwise", "conv1 3, depthwise3");
  add_slope ("depthwise-stride", "conv1 3, depthwise3 /2");
  add_slope ("batch-norm", "conv1 3 nobias, batchnorm, conv1 2");
  add_slope ("relu", "conv1 3, relu, conv1 2");
  add_slope ("max-pool", "conv1 3, maxpool2");
  add_slope ("average-pool", "conv1 3, avgpool, dense 4");
  add_slope ("average-max-pool", "conv1 3, avgmaxpool, dense 4");
  add_slope ("flatten-dense", "conv1 3, flatten, dense 4, relu, dense 2");
  add_slope ("dropout", "conv1 3, dropout 0.4, conv1 2");
  add_slope ("residual", "conv1 3, conv3 3, batchnorm, residual 2, conv1 2");
  g_test_add_data_func ("/slope/convolution/3", "conv3 5", test_convolution);
  g_test_add_data_func ("/slope/convolution/3-stride", "conv3 5 /2", test_convolution);
  g_test_add_data_func ("/slope/convolution/1", "conv1 5", test_convolution);
  g_test_add_data_func ("/slope/convolution/1-stride", "conv1 5 /2", test_convolution);
  return g_test_run ();
}
