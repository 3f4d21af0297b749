/* Networks as texts: the two that have names, their counts, their beginnings, and every text that
 * is refused. */
#include "network.h"

#include <math.h>
#include <string.h>

#include "architectures.h"

static const InstruShape window = { 1, 128, 128 };

static InstruNetwork *
new_network (const char *layers, InstruShape input)
{
  g_autoptr (GError) error = NULL;
  InstruNetwork *network = instru_network_new (layers, input, 1, &error);

  g_assert_no_error (error);
  return network;
}

static void
test_classic (void)
{
  g_autoptr (InstruNetwork) network =
      new_network (instru_architecture_get_layers ("classic"), window);

  g_assert_cmpuint (instru_network_get_n_trainable (network), ==, 8709672);
  g_assert_cmpuint (instru_network_get_output_shape (network).channels, ==, 8);
  g_assert_cmpfloat_with_epsilon (instru_network_get_flop (network) / 1e9, 1.23, 0.005);
}

/* 9 × (1×20 + 20×40 + 40×40 + 40×80 + 80×80 + 80×120 + 120×120) weights of convolutions, two
 * numbers for each of the 500 channels of the batch norms, and 240 × 9 + 9 of the dense layer. */
static void
test_compact (void)
{
  g_autoptr (InstruNetwork) compact =
      new_network (instru_architecture_get_layers ("compact"), window);
  g_autoptr (InstruNetwork) classic =
      new_network (instru_architecture_get_layers ("classic"), window);

  g_assert_cmpuint (instru_network_get_n_trainable (compact), ==, 9 * 36020 + 2 * 500 + 2169);
  g_assert_cmpuint (instru_network_get_n_values (compact), ==,
                    instru_network_get_n_trainable (compact) + 2 * 500);
  g_assert_cmpuint (instru_network_get_output_shape (compact).channels, ==, 9);
  g_assert_cmpfloat (10.0 * instru_network_get_flop (compact), <,
                     instru_network_get_flop (classic));
  g_assert_null (instru_architecture_get_layers ("grand"));
  g_assert_null (instru_architecture_get_layers (NULL));
}

/* He et al.: mean 0, variance 2 / inputs; biases 0; batch norms do nothing yet. */
static void
test_initial_values (void)
{
  g_autoptr (InstruNetwork) network =
      new_network ("conv3 64, batchnorm", (InstruShape){ 32, 4, 4 });
  const float *values = instru_network_get_values (network);
  const InstruLayer *convolution = instru_network_get_layer (network, 0);
  const InstruLayer *norm = instru_network_get_layer (network, 1);
  gsize n = 64 * 32 * 9;
  double sum = 0.0, squares = 0.0, expected = 2.0 / (32 * 9);

  for (gsize i = 0; i < n; i++)
    {
      sum += values[convolution->weight + i];
      squares += values[convolution->weight + i] * values[convolution->weight + i];
    }
  /* Five standard errors. */
  g_assert_cmpfloat_with_epsilon (sum / (double) n, 0.0, 5.0 * sqrt (expected / (double) n));
  g_assert_cmpfloat_with_epsilon (squares / (double) n, expected,
                                  5.0 * expected * sqrt (2.0 / (double) n));
  for (gsize c = 0; c < 64; c++)
    {
      g_assert_cmpfloat (values[convolution->bias + c], ==, 0.0f);
      g_assert_cmpfloat (values[norm->weight + c], ==, 1.0f);
      g_assert_cmpfloat (values[norm->bias + c], ==, 0.0f);
      g_assert_cmpfloat (values[norm->running_mean + c], ==, 0.0f);
      g_assert_cmpfloat (values[norm->running_variance + c], ==, 1.0f);
    }
}

static void
test_seeds (void)
{
  const char *layers = "flatten, dense 4";
  const InstruShape input = { 1, 3, 3 };
  g_autoptr (InstruNetwork) one = instru_network_new (layers, input, 1, NULL);
  g_autoptr (InstruNetwork) again = instru_network_new (layers, input, 1, NULL);
  g_autoptr (InstruNetwork) two = instru_network_new (layers, input, 2, NULL);
  gsize n_different = 0;

  for (gsize i = 0; i < instru_network_get_n_values (one); i++)
    {
      g_assert_cmpfloat (instru_network_get_values (one)[i], ==,
                         instru_network_get_values (again)[i]);
      n_different +=
          instru_network_get_values (one)[i] != instru_network_get_values (two)[i] ? 1 : 0;
    }
  g_assert_cmpuint (n_different, ==, 36);
}

/* Names, order and shapes are those of PyTorch's Sequential; blanks and line ends do not count. */
static void
test_parameters (void)
{
  static const struct
  {
    const char *name;
    gsize n_dims;
    gsize shape[4];
    gboolean decays;
  } expected[] = {
    { "0.weight", 4, { 6, 2, 3, 3 }, TRUE }, { "0.bias", 1, { 6 }, FALSE },
    { "1.weight", 1, { 6 }, FALSE },         { "1.bias", 1, { 6 }, FALSE },
    { "2.weight", 4, { 6, 1, 3, 3 }, TRUE }, { "4.weight", 2, { 5, 48 }, TRUE },
    { "4.bias", 1, { 5 }, FALSE },           { "1.running_mean", 1, { 6 }, FALSE },
    { "1.running_var", 1, { 6 }, FALSE },
  };
  g_autoptr (InstruNetwork) network = new_network (
      " conv3 6,\n  batchnorm ,depthwise3   /2,\tflatten, dense 5\n", (InstruShape){ 2, 8, 3 });
  gsize offset = 0;

  g_assert_cmpuint (instru_network_get_n_parameters (network), ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const InstruParameter *parameter = instru_network_get_parameter (network, i);

      g_assert_cmpstr (parameter->name, ==, expected[i].name);
      g_assert_cmpuint (parameter->offset, ==, offset);
      g_assert_cmpuint (parameter->n_dims, ==, expected[i].n_dims);
      for (gsize k = 0; k < parameter->n_dims; k++)
        g_assert_cmpuint (parameter->shape[k], ==, expected[i].shape[k]);
      g_assert_cmpint (parameter->decays, ==, expected[i].decays);
      offset += parameter->n_values;
    }
  g_assert_cmpuint (instru_network_get_n_values (network), ==, offset);
  g_assert_cmpuint (instru_network_get_n_trainable (network), ==, offset - 12);
}

typedef struct
{
  const char *layers;
  InstruShape input;
} Refusal;

static const Refusal refusals[] = {
  { "", { 1, 8, 8 } },
  { ",", { 1, 8, 8 } },
  { "relu,", { 1, 8, 8 } },
  { "conv5 8", { 1, 8, 8 } },
  { "conv3", { 1, 8, 8 } },
  { "conv3 0", { 1, 8, 8 } },
  { "conv3 -8", { 1, 8, 8 } },
  { "conv3 8.5", { 1, 8, 8 } },
  { "conv3 8 /3", { 1, 8, 8 } },
  { "conv3 8 bias", { 1, 8, 8 } },
  { "conv3 65537", { 1, 8, 8 } },
  { "conv3 99999999999999999999999", { 1, 8, 8 } },
  { "CONV3 8", { 1, 8, 8 } },
  { "relu 3", { 1, 8, 8 } },
  { "depthwise3 nobias", { 1, 8, 8 } },
  { "maxpool2 /2", { 1, 8, 8 } },
  { "dropout", { 1, 8, 8 } },
  { "dropout 1", { 1, 8, 8 } },
  { "dropout -0.1", { 1, 8, 8 } },
  { "dropout nan", { 1, 8, 8 } },
  { "dropout 0.5x", { 1, 8, 8 } },
  { "dropout 0.5 0.5", { 1, 8, 8 } },
  { "dense 8", { 1, 8, 8 } },
  { "flatten, dense", { 1, 8, 8 } },
  { "flatten, dense 8 nobias", { 1, 8, 8 } },
  { "residual 1", { 1, 8, 8 } },
  { "relu, residual 2", { 1, 8, 8 } },
  { "relu, residual 0", { 1, 8, 8 } },
  { "conv3 2, residual 1", { 1, 8, 8 } },
  { "maxpool2, residual 1", { 1, 8, 8 } },
  { "maxpool2, maxpool2", { 1, 3, 3 } },
  { "maxpool2", { 1, 8, 1 } },
  { "relu", { 0, 8, 8 } },
  { "relu", { 1, 0, 8 } },
  { "relu", { G_MAXSIZE, 2, 8 } },
  { "relu", { 1, 8, G_MAXSIZE } },
  { "relu", { 1, G_MAXSIZE / 2 + 1, 2 } },
  /* More than 16 million activations in one layer, and in sixty. */
  { "conv1 65536", { 1, 64, 64 } },
  { "conv1 60, relu, relu, relu, relu, relu, relu, relu, relu", { 1, 200, 200 } },
  /* More than 50 million numbers. */
  { "conv1 8000, conv1 8000", { 1, 1, 1 } },
  { "flatten, dense 65536", { 1, 128, 128 } },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (instru_network_new (refusal->layers, refusal->input, 1, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_too_many_layers (void)
{
  g_autoptr (GString) layers = g_string_new ("relu");
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < 64; i++)
    g_string_append (layers, ",relu");
  instru_network_free (new_network (layers->str, (InstruShape){ 1, 2, 2 }));

  g_string_append (layers, ",relu");
  g_assert_null (instru_network_new (layers->str, (InstruShape){ 1, 2, 2 }, 1, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH);
}

/* The sentence names the word, but never a whole file of them. */
static void
test_the_word_is_named (void)
{
  g_autofree char *word = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL, long_error = NULL;

  g_assert_null (instru_network_new ("relu, teleport 9", (InstruShape){ 1, 2, 2 }, 1, &error));
  g_assert_nonnull (strstr (error->message, "“teleport 9”"));
  g_assert_null (instru_network_new (word, (InstruShape){ 1, 2, 2 }, 1, &long_error));
  g_assert_cmpuint (strlen (long_error->message), <, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/classic", test_classic);
  g_test_add_func ("/network/compact", test_compact);
  g_test_add_func ("/network/initial-values", test_initial_values);
  g_test_add_func ("/network/seeds", test_seeds);
  g_test_add_func ("/network/parameters", test_parameters);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/network/refusals/%zu", i);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }
  g_test_add_func ("/network/too-many-layers", test_too_many_layers);
  g_test_add_func ("/network/the-word-is-named", test_the_word_is_named);
  return g_test_run ();
}
