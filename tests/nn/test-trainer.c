#include "trainer.h"

#include <glib/gstdio.h>
#include <string.h>

#include "loss.h"
#include "random.h"

#define BATCH    16
#define N_PIXELS 64
#define N_LABELS 3

static const char layers[] =
    "conv3 6 /2 nobias, batchnorm, relu, conv3 8, relu, avgmaxpool, dropout 0.2, dense 3";

/* Three kinds of picture: stripes along, stripes across, and noise. */
static void
make_batch (guint64 step, float *inputs, float *targets)
{
  guint64 random = 1000 + step;

  for (gsize i = 0; i < BATCH; i++)
    {
      gsize label = instru_random_index (&random, N_LABELS);
      gsize phase = instru_random_index (&random, 2);

      for (gsize p = 0; p < N_PIXELS; p++)
        {
          gsize line = label == 0 ? p / 8 : p % 8;
          double signal =
              label == 2 ? instru_random_normal (&random) : ((line + phase) % 2 == 0 ? 1.0 : -1.0);

          inputs[i * N_PIXELS + p] = (float) (signal + 0.2 * instru_random_normal (&random));
        }
      instru_smooth_target (targets + i * N_LABELS, N_LABELS, label, 0.05);
    }
}

static InstruNetwork *
new_network (void)
{
  return instru_network_new (layers, (InstruShape){ 1, 8, 8 }, 11, NULL);
}

static InstruTrainer *
new_trainer (InstruNetwork *network, guint n_threads)
{
  InstruTrainerOptions options = { .batch_size = BATCH,
                                   .n_threads = n_threads,
                                   .weight_decay = 0.01,
                                   .average_decay = 0.9,
                                   .seed = 3 };

  return instru_trainer_new (network, &options);
}

static double
run (InstruTrainer *trainer, gsize n_steps, gsize *n_correct)
{
  float inputs[BATCH * N_PIXELS], targets[BATCH * N_LABELS];
  double loss = 0.0;

  for (gsize i = 0; i < n_steps; i++)
    {
      make_batch (instru_trainer_get_n_steps (trainer), inputs, targets);
      loss = instru_trainer_step (trainer, inputs, targets, 3e-3, n_correct);
    }
  return loss;
}

static void
assert_same (InstruNetwork *a, InstruNetwork *b)
{
  gsize n = instru_network_get_n_values (a) * sizeof (float);

  g_assert_true (memcmp (instru_network_get_values (a), instru_network_get_values (b), n) == 0);
}

static void
test_learns (void)
{
  g_autoptr (InstruNetwork) network = new_network ();
  g_autoptr (InstruTrainer) trainer = new_trainer (network, 2);
  gsize n_correct;
  double first = run (trainer, 1, &n_correct), last;

  g_assert_cmpfloat (first, >, 0.8);
  last = run (trainer, 300, &n_correct);
  g_test_message ("loss %.3f, then %.3f with %zu of %d right", first, last, n_correct, BATCH);
  g_assert_cmpfloat (last, <, 0.5);
  g_assert_cmpuint (n_correct, >=, BATCH - 2);
}

/* Work is cut into pieces that do not know how many threads there are. */
static void
test_any_number_of_threads (void)
{
  g_autoptr (InstruNetwork) one = new_network ();
  g_autoptr (InstruNetwork) three = new_network ();
  g_autoptr (InstruTrainer) with_one = new_trainer (one, 1);
  g_autoptr (InstruTrainer) with_three = new_trainer (three, 3);

  g_assert_cmpfloat (run (with_one, 20, NULL), ==, run (with_three, 20, NULL));
  assert_same (one, three);
}

static void
test_resume_changes_nothing (void)
{
  g_autofree char *folder = g_dir_make_tmp ("instru-trainer-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "checkpoint", NULL);
  g_autoptr (InstruNetwork) whole = new_network ();
  g_autoptr (InstruNetwork) begun = new_network ();
  g_autoptr (InstruNetwork) resumed = new_network ();
  g_autoptr (InstruTrainer) without_a_stop = new_trainer (whole, 2);
  g_autoptr (InstruTrainer) before = new_trainer (begun, 2);
  g_autoptr (InstruTrainer) after = new_trainer (resumed, 1);
  g_autoptr (GError) error = NULL;
  gsize n = instru_network_get_n_values (whole) * sizeof (float);

  run (without_a_stop, 30, NULL);
  run (before, 13, NULL);
  g_assert_true (instru_trainer_save_checkpoint (before, path, &error));
  g_assert_no_error (error);
  g_assert_true (instru_trainer_load_checkpoint (after, path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (instru_trainer_get_n_steps (after), ==, 13);
  run (after, 17, NULL);

  assert_same (whole, resumed);
  g_assert_true (memcmp (instru_trainer_get_averaged_values (without_a_stop),
                         instru_trainer_get_averaged_values (after), n) == 0);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_foreign_checkpoint (void)
{
  g_autofree char *folder = g_dir_make_tmp ("instru-trainer-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "checkpoint", NULL);
  g_autoptr (InstruNetwork) network = new_network ();
  g_autoptr (InstruNetwork) other =
      instru_network_new ("flatten, dense 3", (InstruShape){ 1, 8, 8 }, 1, NULL);
  g_autoptr (InstruTrainer) trainer = new_trainer (network, 1);
  g_autoptr (InstruTrainer) stranger = new_trainer (other, 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (instru_trainer_load_checkpoint (trainer, path, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_UNREADABLE);
  g_clear_error (&error);

  g_assert_true (instru_trainer_save_checkpoint (trainer, path, NULL));
  g_assert_false (instru_trainer_load_checkpoint (stranger, path, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trainer/learns", test_learns);
  g_test_add_func ("/trainer/any-number-of-threads", test_any_number_of_threads);
  g_test_add_func ("/trainer/resume-changes-nothing", test_resume_changes_nothing);
  g_test_add_func ("/trainer/foreign-checkpoint", test_foreign_checkpoint);
  return g_test_run ();
}
