/* Each layer against the oracle: what comes out, and the gradient against the oracle's own
 * differences. A first 1×1 convolution stands before the layer in question: its gradient is what
 * that layer gives back. */
#include <math.h>
#include <string.h>

#include "loss.h"
#include "naive-network.h"
#include "pass.h"
#include "random.h"

/* The oracle is in double precision: a central difference is good to about 1e-9. */
#define STEP 1e-5
/* Floats have 24 bits, and sums of up to a few thousand of them lose some. */
#define TOLERANCE 1e-4

typedef struct
{
  const char *layers;
  InstruShape input;
  gsize batch;
} Case;

static const Case cases[] = {
  { "conv3 4", { 2, 5, 7 }, 3 },
  { "conv3 4 nobias", { 3, 6, 4 }, 2 },
  { "conv3 5 /2", { 2, 8, 8 }, 3 },
  { "conv3 5 /2", { 2, 7, 5 }, 3 },
  { "conv3 3", { 2, 1, 1 }, 5 },
  { "conv3 3 /2", { 2, 2, 1 }, 1 },
  { "conv3 2", { 1, 40, 33 }, 2 },
  { "conv3 2", { 1, 5, 300 }, 1 },
  { "conv3 3 /2", { 2, 70, 37 }, 1 },
  { "conv3 17", { 3, 4, 4 }, 9 },
  { "conv1 5", { 3, 4, 3 }, 2 },
  { "conv1 5 /2 nobias", { 3, 5, 4 }, 3 },
  { "depthwise3", { 3, 5, 6 }, 2 },
  { "depthwise3 /2", { 3, 6, 6 }, 3 },
  { "depthwise3 /2", { 2, 5, 7 }, 2 },
  { "depthwise3", { 2, 1, 3 }, 2 },
  { "batchnorm", { 3, 4, 5 }, 3 },
  { "batchnorm", { 6, 1, 1 }, 9 },
  { "relu", { 3, 4, 5 }, 2 },
  { "maxpool2", { 3, 6, 4 }, 2 },
  { "maxpool2", { 2, 5, 7 }, 3 },
  { "avgpool", { 3, 5, 4 }, 2 },
  { "avgmaxpool", { 3, 5, 4 }, 3 },
  { "flatten", { 3, 2, 4 }, 3 },
  { "flatten, dense 5", { 2, 3, 3 }, 4 },
  { "dropout 0", { 2, 3, 3 }, 2 },
  { "dense 7", { 6, 1, 1 }, 5 },
  { "dense 1", { 3, 1, 1 }, 1 },
  { "residual 1", { 3, 4, 4 }, 2 },
  { "conv3 3, relu, residual 2", { 3, 4, 5 }, 2 },
  { "batchnorm, relu, depthwise3, residual 1, conv1 3, residual 5", { 3, 5, 4 }, 2 },
  { "conv3 6 nobias, batchnorm, relu, maxpool2, conv3 6 nobias, batchnorm, relu, residual 3, "
    "avgmaxpool, dense 4, relu, dense 3",
    { 3, 8, 6 },
    4 },
};

static InstruNetwork *
new_network (const char *layers, InstruShape input)
{
  g_autoptr (GError) error = NULL;
  InstruNetwork *network = instru_network_new (layers, input, 7, &error);
  float *values;
  guint64 random = 11;

  g_assert_no_error (error);
  /* Biases and batch norms begin with zeros and ones, which would hide mistakes. */
  values = instru_network_get_values (network);
  for (gsize i = 0; i < instru_network_get_n_values (network); i++)
    if (values[i] == 0.0f || values[i] == 1.0f)
      values[i] += (float) instru_random_between (&random, 0.1, 0.8);
  return network;
}

/* The case's layers behind a first convolution. */
static InstruNetwork *
new_network_of_case (const Case *test)
{
  g_autofree char *layers =
      g_strdup_printf ("conv1 %zu nobias, %s", test->input.channels, test->layers);

  return new_network (layers, test->input);
}

static double *
to_doubles (const float *values, gsize n)
{
  double *doubles = g_new (double, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    doubles[i] = values[i];
  return doubles;
}

static void
fill_random (float *values, gsize n, guint64 seed)
{
  for (gsize i = 0; i < n; i++)
    values[i] = (float) instru_random_normal (&seed);
}

static void
assert_close (const char *what, const float *values, const double *expected, gsize n, double scale)
{
  double difference = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      scale = fmax (scale, fabs (expected[i]));
      difference = fmax (difference, fabs (values[i] - expected[i]));
      g_assert_true (isfinite (values[i]));
    }
  g_test_message ("%s: largest %g, difference %g", what, scale, difference);
  g_assert_cmpfloat (difference, <=, TOLERANCE * scale);
}

static InstruPass *
new_pass (InstruNetwork *network, const Case *test, gboolean training)
{
  InstruPass *pass = instru_pass_new (network, test->batch, training, NULL);

  fill_random (instru_pass_get_input (pass), naive_count (test->input, test->batch), 3);
  return pass;
}

static void
test_forward (gconstpointer data)
{
  const Case *test = data;

  for (guint training = 0; training < 2; training++)
    {
      g_autoptr (InstruNetwork) network = new_network_of_case (test);
      gsize n_values = instru_network_get_n_values (network);
      gsize n_outputs = naive_count (instru_network_get_output_shape (network), test->batch);
      g_autofree double *values = to_doubles (instru_network_get_values (network), n_values);
      g_autoptr (InstruPass) pass = new_pass (network, test, training == 1);
      g_autofree double *input =
          to_doubles (instru_pass_get_input (pass), naive_count (test->input, test->batch));
      g_autofree double *expected =
          naive_forward (network, values, input, test->batch, training == 1);
      guint64 random = 1;

      instru_pass_forward (pass, &random);
      assert_close ("output", instru_pass_get_output (pass), expected, n_outputs, 0.0);
      assert_close ("values", instru_network_get_values (network), values, n_values, 0.0);
    }
}

/* Σ weights × output: a loss whose gradient by the output is known. */
static double
naive_loss (const InstruNetwork *network,
            const double *values,
            const double *input,
            gsize batch,
            const float *weights)
{
  gsize n_outputs = naive_count (instru_network_get_output_shape (network), batch);
  g_autofree double *copy =
      g_memdup2 (values, instru_network_get_n_values (network) * sizeof (double));
  g_autofree double *output = naive_forward (network, copy, input, batch, TRUE);
  double sum = 0.0;

  for (gsize i = 0; i < n_outputs; i++)
    sum += weights[i] * output[i];
  return sum;
}

static double *
differentiate (const InstruNetwork *network,
               double *values,
               const double *input,
               gsize batch,
               const float *weights)
{
  gsize n = instru_network_get_n_trainable (network);
  double *gradient = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    {
      double value = values[i], above, below;

      values[i] = value + STEP;
      above = naive_loss (network, values, input, batch, weights);
      values[i] = value - STEP;
      below = naive_loss (network, values, input, batch, weights);
      values[i] = value;
      gradient[i] = (above - below) / (2.0 * STEP);
    }
  return gradient;
}

static void
test_backward (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (InstruNetwork) network = new_network_of_case (test);
  g_autofree double *values =
      to_doubles (instru_network_get_values (network), instru_network_get_n_values (network));
  gsize n_trainable = instru_network_get_n_trainable (network);
  gsize n_outputs = naive_count (instru_network_get_output_shape (network), test->batch);
  g_autoptr (InstruPass) pass = new_pass (network, test, TRUE);
  g_autofree double *input =
      to_doubles (instru_pass_get_input (pass), naive_count (test->input, test->batch));
  g_autofree float *weights = g_new (float, n_outputs);
  g_autofree float *gradient = g_new (float, n_trainable);
  g_autofree double *expected = NULL;
  double largest = 0.0;
  guint64 random = 1;

  fill_random (weights, n_outputs, 5);
  expected = differentiate (network, values, input, test->batch, weights);
  instru_pass_forward (pass, &random);
  memcpy (instru_pass_get_output_gradient (pass), weights, n_outputs * sizeof (float));
  instru_pass_backward (pass, gradient);

  for (gsize i = 0; i < n_trainable; i++)
    largest = fmax (largest, fabs (expected[i]));
  /* Behind a batch norm some gradients nearly vanish: a hundredth of the largest is their scale. */
  for (gsize i = 0; i < instru_network_get_n_parameters (network); i++)
    {
      const InstruParameter *parameter = instru_network_get_parameter (network, i);

      if (parameter->offset < n_trainable)
        assert_close (parameter->name, gradient + parameter->offset, expected + parameter->offset,
                      parameter->n_values, 0.01 * largest);
    }
}

/* A square with a tie gives its gradient to the first of the equals, and to one only. */
static void
test_pooling_ties (void)
{
  g_autoptr (InstruNetwork) network =
      new_network ("conv1 1, maxpool2, avgmaxpool", (InstruShape){ 1, 4, 4 });
  g_autoptr (InstruPass) pass = instru_pass_new (network, 1, TRUE, NULL);
  float gradient[2];
  guint64 random = 1;

  for (gsize i = 0; i < 16; i++)
    instru_pass_get_input (pass)[i] = 2.0f;
  instru_pass_forward (pass, &random);
  instru_pass_get_output_gradient (pass)[0] = 3.0f;
  instru_pass_get_output_gradient (pass)[1] = 5.0f;
  instru_pass_backward (pass, gradient);
  g_assert_cmpfloat_with_epsilon (gradient[0], 2.0 * 8.0, 1e-5);
  g_assert_cmpfloat_with_epsilon (gradient[1], 8.0, 1e-5);
}

static void
test_dropout (void)
{
  const double rate = 0.4;
  g_autoptr (InstruNetwork) network =
      new_network ("conv1 1 nobias, dropout 0.4", (InstruShape){ 1, 20, 25 });
  gsize n = 20 * 25 * 20, n_dropped = 0;
  g_autoptr (InstruPass) pass = instru_pass_new (network, 20, TRUE, NULL);
  const float *x = instru_pass_get_activation (pass, 0), *y = instru_pass_get_output (pass);
  float *dy = instru_pass_get_output_gradient (pass);
  double expected = 0.0;
  float gradient[1];
  guint64 random = 1;

  fill_random (instru_pass_get_input (pass), n, 3);
  fill_random (dy, n, 4);
  instru_pass_forward (pass, &random);
  for (gsize i = 0; i < n; i++)
    {
      n_dropped += y[i] == 0.0f ? 1 : 0;
      if (y[i] != 0.0f)
        g_assert_cmpfloat_with_epsilon (y[i], x[i] / (1.0 - rate), 1e-5);
      expected += (double) dy[i] * y[i] / instru_network_get_values (network)[0];
    }
  /* Five standard deviations of a binomial distribution. */
  g_assert_cmpfloat_with_epsilon ((double) n_dropped / (double) n, rate,
                                  5.0 * sqrt (rate * (1.0 - rate) / (double) n));

  instru_pass_backward (pass, gradient);
  g_assert_cmpfloat_with_epsilon (gradient[0], expected, 1e-4 * sqrt ((double) n));
}

static void
test_dropout_in_inference (void)
{
  g_autoptr (InstruNetwork) network =
      new_network ("conv1 1 nobias, dropout 0.4", (InstruShape){ 1, 8, 8 });
  g_autoptr (InstruPass) pass = instru_pass_new (network, 3, FALSE, NULL);

  fill_random (instru_pass_get_input (pass), 3 * 64, 3);
  instru_pass_forward (pass, NULL);
  for (gsize i = 0; i < 3 * 64; i++)
    g_assert_cmpfloat (instru_pass_get_output (pass)[i], ==,
                       instru_pass_get_activation (pass, 0)[i]);
}

static void
test_loss_closed_forms (void)
{
  const float equal[] = { 2.0f, 2.0f, 2.0f, 2.0f };
  const float huge[] = { 3e38f, -3e38f, 0.0f, 0.0f };
  float target[4], gradient[4];
  gsize n_correct = 9;

  instru_smooth_target (target, 4, 1, 0.0);
  g_assert_cmpfloat_with_epsilon (instru_cross_entropy (equal, target, 4, 1, gradient, NULL),
                                  log (4.0), 1e-6);
  g_assert_cmpfloat_with_epsilon (gradient[0], 0.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (gradient[1], -0.75, 1e-6);

  instru_smooth_target (target, 4, 0, 0.2);
  g_assert_cmpfloat_with_epsilon (target[0], 0.85, 1e-6);
  g_assert_cmpfloat_with_epsilon (target[3], 0.05, 1e-6);

  instru_smooth_target (target, 4, 0, 0.0);
  g_assert_cmpfloat_with_epsilon (instru_cross_entropy (huge, target, 4, 1, gradient, &n_correct),
                                  0.0, 1e-6);
  g_assert_cmpuint (n_correct, ==, 1);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (gradient[i], 0.0, 1e-6);
}

/* The gradient of the loss is the difference of the loss, with soft targets and two images. */
static void
test_loss_gradient (void)
{
  enum
  {
    N_OUTPUTS = 5,
    N_IMAGES = 2,
    N = N_OUTPUTS * N_IMAGES
  };
  const float targets[N] = { 0.7f, 0.3f, 0.0f, 0.0f, 0.0f, 0.02f, 0.02f, 0.5f, 0.02f, 0.44f };
  float logits[N], gradient[N], ignored[N];
  const float step = 1.0f / 64.0f;

  fill_random (logits, N, 8);
  instru_cross_entropy (logits, targets, N_OUTPUTS, N_IMAGES, gradient, NULL);
  for (gsize i = 0; i < N; i++)
    {
      float value = logits[i];
      double above, below;

      logits[i] = value + step;
      above = instru_cross_entropy (logits, targets, N_OUTPUTS, N_IMAGES, ignored, NULL);
      logits[i] = value - step;
      below = instru_cross_entropy (logits, targets, N_OUTPUTS, N_IMAGES, ignored, NULL);
      logits[i] = value;
      /* The third derivative of log-sum-exp is under 0.1: step² / 6 of it remains. */
      g_assert_cmpfloat_with_epsilon (gradient[i], (above - below) / (2.0 * step), 1e-5);
    }
}

static void
add_case (gsize index)
{
  const Case *test = &cases[index];
  g_autofree char *layers = g_strdelimit (g_strdup (test->layers), "/", ':');
  g_autofree char *forward = g_strdup_printf ("/layers/forward/%zu: %s", index, layers);
  g_autofree char *backward = g_strdup_printf ("/layers/backward/%zu: %s", index, layers);

  g_test_add_data_func (forward, test, test_forward);
  g_test_add_data_func (backward, test, test_backward);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    add_case (i);
  g_test_add_func ("/layers/pooling-ties", test_pooling_ties);
  g_test_add_func ("/layers/dropout", test_dropout);
  g_test_add_func ("/layers/dropout-in-inference", test_dropout_in_inference);
  g_test_add_func ("/layers/loss/closed-forms", test_loss_closed_forms);
  g_test_add_func ("/layers/loss/gradient", test_loss_gradient);
  return g_test_run ();
}
