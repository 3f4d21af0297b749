/* One small network against PyTorch 1.13: activations, loss, gradients, and one step of Adam. */
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "npy.h"
#include "trainer.h"

#define BATCH    3
#define N_LABELS 8

static const char layers[] =
    "conv3 6, batchnorm, relu, maxpool2, depthwise3, batchnorm, relu, conv1 10 nobias, batchnorm, "
    "relu, conv3 12 /2, relu, avgpool, flatten, dense 8";

static InstruNpy *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "nn", "reference", name, NULL);
  g_autoptr (GError) error = NULL;
  InstruNpy *npy = instru_npy_load (path, &error);

  g_assert_no_error (error);
  return npy;
}

static InstruNpy *
load_tensor (const char *kind, const char *tensor)
{
  g_autofree char *name = g_strconcat (kind, ".", tensor, ".npy", NULL);

  return load (name);
}

/* Float arithmetic in another order: 1e-4 of the largest value. */
static void
assert_close (const char *what, const float *values, const float *expected, gsize n)
{
  double largest = 0.0, difference = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      largest = fmax (largest, fabs (expected[i]));
      difference = fmax (difference, fabs ((double) values[i] - expected[i]));
    }
  g_test_message ("%s: largest %g, difference %g", what, largest, difference);
  g_assert_cmpfloat (difference, <=, 1e-4 * fmax (largest, 1e-3));
}

static InstruNetwork *
new_network (void)
{
  g_autoptr (GError) error = NULL;
  InstruNetwork *network = instru_network_new (layers, (InstruShape){ 1, 20, 24 }, 1, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < instru_network_get_n_parameters (network); i++)
    {
      const InstruParameter *parameter = instru_network_get_parameter (network, i);
      g_autoptr (InstruNpy) initial = load_tensor ("init", parameter->name);

      g_assert_cmpuint (initial->n_values, ==, parameter->n_values);
      memcpy (instru_network_get_values (network) + parameter->offset, initial->values,
              initial->n_values * sizeof (float));
    }
  return network;
}

static InstruTrainer *
new_trainer (InstruNetwork *network, guint n_threads)
{
  InstruTrainerOptions options = { .batch_size = BATCH, .n_threads = n_threads };

  return instru_trainer_new (network, &options);
}

static double
step (InstruTrainer *trainer)
{
  g_autoptr (InstruNpy) x = load ("x.npy");
  g_autoptr (InstruNpy) y = load ("y.npy");
  float targets[BATCH * N_LABELS];

  for (gsize i = 0; i < BATCH; i++)
    for (gsize k = 0; k < N_LABELS; k++)
      targets[i * N_LABELS + k] = (k == (gsize) y->values[i] ? 0.9f : 0.0f) + 0.1f / N_LABELS;
  return instru_trainer_step (trainer, x->values, targets, 1e-3, NULL);
}

/* Ours is channels × N × pixels, PyTorch's N × channels × pixels. */
static void
assert_activation (InstruNetwork *network, InstruTrainer *trainer, gsize index)
{
  g_autofree char *tensor = g_strdup_printf ("act%zu", index);
  g_autoptr (InstruNpy) expected = load_tensor ("train", tensor);
  InstruShape shape = instru_network_get_layer (network, index)->out;
  gsize n_pixels = shape.height * shape.width;
  const float *activation = instru_trainer_get_activation (trainer, index);
  g_autofree float *reordered = g_new (float, expected->n_values);

  g_assert_cmpuint (expected->n_values, ==, BATCH * shape.channels * n_pixels);
  for (gsize image = 0; image < BATCH; image++)
    for (gsize channel = 0; channel < shape.channels; channel++)
      memcpy (reordered + (image * shape.channels + channel) * n_pixels,
              activation + (channel * BATCH + image) * n_pixels, n_pixels * sizeof (float));
  assert_close (tensor, reordered, expected->values, expected->n_values);
}

/* A bias right before a batch norm changes nothing: its gradient is rounding noise around zero, and
 * Adam's first step is the sign of that noise. */
static gboolean
is_cancelled_bias (InstruNetwork *network, const InstruParameter *parameter)
{
  for (gsize i = 1; i < instru_network_get_n_layers (network); i++)
    if (instru_network_get_layer (network, i)->kind == INSTRU_LAYER_BATCH_NORM &&
        instru_network_get_layer (network, i - 1)->bias == parameter->offset)
      return TRUE;
  return FALSE;
}

static void
assert_both_vanish (const float *gradient, const InstruNpy *expected)
{
  for (gsize i = 0; i < expected->n_values; i++)
    {
      g_assert_cmpfloat_with_epsilon (gradient[i], 0.0, 1e-6);
      g_assert_cmpfloat_with_epsilon (expected->values[i], 0.0, 1e-6);
    }
}

static void
test_training_step (gconstpointer n_threads)
{
  g_autoptr (InstruNetwork) network = new_network ();
  g_autoptr (InstruTrainer) trainer = new_trainer (network, GPOINTER_TO_UINT (n_threads));
  g_autoptr (InstruNpy) loss = load ("train.loss.npy");

  g_assert_cmpfloat_with_epsilon (step (trainer), loss->values[0], 1e-5);
  for (gsize i = 0; i < instru_network_get_n_layers (network); i++)
    assert_activation (network, trainer, i);

  for (gsize i = 0; i < instru_network_get_n_parameters (network); i++)
    {
      const InstruParameter *parameter = instru_network_get_parameter (network, i);
      g_autoptr (InstruNpy) after = load_tensor ("adam1", parameter->name);

      if (parameter->offset < instru_network_get_n_trainable (network))
        {
          g_autoptr (InstruNpy) gradient = load_tensor ("grad", parameter->name);

          if (is_cancelled_bias (network, parameter))
            {
              assert_both_vanish (instru_trainer_get_gradient (trainer) + parameter->offset,
                                  gradient);
              continue;
            }
          assert_close (parameter->name, instru_trainer_get_gradient (trainer) + parameter->offset,
                        gradient->values, gradient->n_values);
        }
      assert_close (parameter->name, instru_network_get_values (network) + parameter->offset,
                    after->values, after->n_values);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/reference/training-step/1", GUINT_TO_POINTER (1), test_training_step);
  g_test_add_data_func ("/reference/training-step/2", GUINT_TO_POINTER (2), test_training_step);
  return g_test_run ();
}
