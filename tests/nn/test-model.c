/* Model files: what is written comes back, folding changes nothing, and files that lie are refused.
 */
#include "model.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "model-file.h"
#include "pass.h"
#include "random.h"

#define FRONT_END "test front end"

static const char layers[] =
    "conv3 4 /2 nobias, batchnorm, relu, conv3 4 nobias, batchnorm, relu, "
    "conv1 4, residual 4, relu, batchnorm, avgmaxpool, dropout 0.3, dense 9";

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("instru-model-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "model.safetensors", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_remove (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0); /* no temporary file is left */
  g_free (self->folder);
  g_free (self->path);
}

static void
test_comes_back (Fixture *self, gconstpointer data)
{
  InstruModelInfo info = instru_test_model_info ();
  g_autoptr (InstruModel) model = NULL;
  g_autoptr (GError) error = NULL;
  const InstruModelInfo *loaded;

  instru_test_write_model (self->path, layers, &info, FRONT_END, 1);
  model = instru_model_load (self->path, FRONT_END, &error);
  g_assert_no_error (error);
  loaded = instru_model_get_info (model);
  g_assert_cmpstr (loaded->name, ==, "test");
  g_assert_cmpstr (loaded->version, ==, "7");
  g_assert_cmpuint (strlen (loaded->sha256), ==, 64);
  g_assert_cmpuint (loaded->n_outputs, ==, 9);
  g_assert_cmpstr (loaded->outputs[8], ==, "none");
  g_assert_cmpstr (loaded->trained_on[1], ==, "another-room");
  g_assert_null (loaded->trained_on[2]);
  g_assert_cmpfloat (loaded->temperature, ==, 1.25);
  g_assert_cmpfloat (loaded->energy_threshold, ==, -30.0);
  g_assert_cmpstr (loaded->training_summary, ==, info.training_summary);
}

/* Batch norms with statistics of their own, so that folding has something to do. */
static InstruNetwork *
new_trained_looking_network (void)
{
  InstruNetwork *network = instru_network_new (layers, (InstruShape){ 1, 128, 128 }, 5, NULL);
  float *values = instru_network_get_values (network);
  guint64 random = 8;

  for (gsize i = 0; i < instru_network_get_n_parameters (network); i++)
    {
      const InstruParameter *parameter = instru_network_get_parameter (network, i);

      if (parameter->n_dims == 1)
        for (gsize k = 0; k < parameter->n_values; k++)
          values[parameter->offset + k] = (float) instru_random_between (&random, 0.3, 1.5);
    }
  return network;
}

static void
test_folding_changes_nothing (Fixture *self, gconstpointer data)
{
  InstruModelInfo info = instru_test_model_info ();
  g_autoptr (InstruNetwork) network = new_trained_looking_network ();
  g_autoptr (InstruPass) pass = instru_pass_new (network, 1, FALSE, NULL);
  g_autoptr (InstruModel) model = NULL;
  g_autoptr (InstruModelWorkspace) workspace = NULL;
  g_autofree float *input = g_new (float, 128 * 128);
  float logits[9];
  guint64 random = 2;

  g_assert_true (instru_model_save (network, NULL, &info, FRONT_END, self->path, NULL));
  model = instru_model_load (self->path, FRONT_END, NULL);
  workspace = instru_model_workspace_new (model);
  for (gsize i = 0; i < 128 * 128; i++)
    input[i] = (float) instru_random_between (&random, -80.0, 0.0);

  instru_model_predict (model, workspace, input, logits);
  instru_model_scale_input (input, instru_pass_get_input (pass), 128 * 128);
  instru_pass_forward (pass, NULL);
  for (gsize i = 0; i < 9; i++)
    g_assert_cmpfloat_with_epsilon (logits[i], instru_pass_get_output (pass)[i],
                                    1e-4f * fmaxf (fabsf (logits[i]), 1.0f));
}

static gpointer
predict_in_thread (gpointer data)
{
  InstruModel *model = data;
  g_autoptr (InstruModelWorkspace) workspace = instru_model_workspace_new (model);
  g_autofree float *input = g_new0 (float, 128 * 128);
  float *logits = g_new (float, 9);

  instru_model_predict (model, workspace, input, logits);
  return logits;
}

static void
test_threads_share_it (Fixture *self, gconstpointer data)
{
  InstruModelInfo info = instru_test_model_info ();
  g_autoptr (InstruModel) model = NULL;
  g_autofree float *here = NULL;
  GThread *threads[3];

  instru_test_write_model (self->path, layers, &info, FRONT_END, 1);
  model = instru_model_load (self->path, FRONT_END, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("predict", predict_in_thread, model);
  here = predict_in_thread (model);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree float *there = g_thread_join (threads[i]);

      g_assert_true (memcmp (here, there, 9 * sizeof (float)) == 0);
    }
}

static void
assert_refused (Fixture *self, const char *what)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (instru_model_load (self->path, FRONT_END, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH);
  g_test_message ("%s: %s", what, error->message);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* The same file with one piece of metadata changed. */
static void
write_with (Fixture *self, const char *key, const char *value)
{
  InstruModelInfo info = instru_test_model_info ();
  g_autoptr (InstruTensors) tensors = NULL;

  instru_test_write_model (self->path, layers, &info, FRONT_END, 1);
  tensors = instru_tensors_load (self->path, NULL);
  instru_tensors_set_metadata (tensors, key, value);
  g_assert_true (instru_tensors_save (tensors, self->path, NULL));
}

static void
test_lies_are_refused (Fixture *self, gconstpointer data)
{
  static const char *const lies[][2] = {
    { "format_version", "2" },     { "front_end", "another" },
    { "layers", "conv9 3" },       { "layers", "flatten, dense 9" },
    { "temperature", "0" },        { "temperature", "warm" },
    { "temperature", "nan" },      { "sure_threshold", "1.5" },
    { "n_bands", "100000" },       { "n_frames", "0" },
    { "outputs", "brass\nflute" }, { "none_threshold", "-1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      write_with (self, lies[i][0], lies[i][1]);
      assert_refused (self, lies[i][0]);
    }
}

static void
test_missing_metadata (Fixture *self, gconstpointer data)
{
  g_autoptr (InstruNetwork) network =
      instru_network_new (layers, (InstruShape){ 1, 128, 128 }, 1, NULL);
  g_autoptr (InstruTensors) tensors = instru_tensors_new ();

  instru_network_to_tensors (network, NULL, tensors);
  g_assert_true (instru_tensors_save (tensors, self->path, NULL));
  assert_refused (self, "no metadata");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/model/comes-back", test_comes_back);
  add ("/model/folding-changes-nothing", test_folding_changes_nothing);
  add ("/model/threads-share-it", test_threads_share_it);
  add ("/model/lies-are-refused", test_lies_are_refused);
  add ("/model/missing-metadata", test_missing_metadata);
  return g_test_run ();
}
