/* The queue with real files and the real decoder process: order, partial results, cancelling, and
 * late results that nobody waits for. */
#include "queue.h"

#include <glib/gstdio.h>

#include "recording-error.h"
#include "wav.h"

#define RATE 44100

typedef struct
{
  char *folder;
  InstruDecoderPool *pool;
  InstruQueue *queue;
} Fixture;

static void
set_up (Fixture *self, gconstpointer n_workers)
{
  self->folder = g_dir_make_tmp ("instru-queue-XXXXXX", NULL);
  self->pool = instru_decoder_pool_new ();
  self->queue = instru_queue_new (self->pool, GPOINTER_TO_UINT (n_workers));
  g_assert_nonnull (self->folder);
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

/* Gives up the last reference of the test and waits until the threads have given up theirs: a
 * cancelled one holds on until it notices. What leaks fails by the test's time limit. */
static void
finalize (gpointer object)
{
  GWeakRef left;
  GObject *still_there;

  g_weak_ref_init (&left, object);
  g_object_unref (object);
  while ((still_there = g_weak_ref_get (&left)) != NULL)
    {
      g_object_unref (still_there);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_weak_ref_clear (&left);
}

static void
tear_down (Fixture *self, gconstpointer n_workers)
{
  finalize (self->queue);
  finalize (self->pool);
  remove_files (self->folder);
  g_free (self->folder);
}

static GFile *
make_file (Fixture *self, const char *name, double duration_s)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  gsize n = (gsize) (duration_s * RATE);
  g_autofree float *sine = instru_test_make_sine (RATE, 440.0, 0.5, n);
  g_autoptr (GError) error = NULL;

  instru_test_write_wav (path, RATE, 1, sine, n, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

/* Nothing here takes long; a hang fails by the test's time limit. */
static void
wait_until_idle (Fixture *self)
{
  while (instru_queue_get_n_unfinished (self->queue) > 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Lets cancelled threads come home, so that nothing holds the queue's friends any more. */
static void
settle (void)
{
  for (int i = 0; i < 30; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (10 * 1000);
    }
}

static void
test_good_and_bad (Fixture *self, gconstpointer n_workers)
{
  g_autoptr (GFile) good = make_file (self, "günther\n1.wav", 1.0);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nowhere/at-all.wav");
  g_autoptr (GFile) also_good = make_file (self, "2.wav", 0.5);
  InstruRecording *recordings[3];

  recordings[0] = instru_queue_add (self->queue, good);
  recordings[1] = instru_queue_add (self->queue, missing);
  recordings[2] = instru_queue_add (self->queue, also_good);
  g_assert_cmpuint (instru_queue_get_n_unfinished (self->queue), ==, 3);
  g_assert_cmpint (instru_recording_get_state (recordings[0]), ==, INSTRU_RECORDING_WAITING);

  instru_queue_set_model (self->queue, NULL);
  wait_until_idle (self);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 3);
  g_assert_cmpint (instru_recording_get_state (recordings[0]), ==, INSTRU_RECORDING_DONE);
  g_assert_cmpint (instru_recording_get_state (recordings[2]), ==, INSTRU_RECORDING_DONE);
  g_assert_cmpint (instru_recording_get_state (recordings[1]), ==, INSTRU_RECORDING_FAILED);
  g_assert_error (instru_recording_get_error (recordings[1]), INSTRU_RECORDING_ERROR,
                  INSTRU_RECORDING_ERROR_NOT_FOUND);
  g_assert_cmpstr (instru_recording_get_status (recordings[1]), ==,
                   instru_recording_get_error (recordings[1])->message);
  g_assert_cmpfloat (instru_analysis_get_duration_s (instru_recording_get_analysis (recordings[2])),
                     ==, 0.5);
}

static void
note_finished (InstruRecording *recording, GParamSpec *pspec, gpointer user_data)
{
  if (instru_recording_get_state (recording) == INSTRU_RECORDING_DONE)
    g_string_append (user_data, instru_recording_get_name (recording));
}

static void
test_preferred_first (Fixture *self, gconstpointer n_workers)
{
  static const char *const names[] = { "a", "b", "c", "d" };
  g_autoptr (GString) order = g_string_new (NULL);
  InstruRecording *recordings[4];

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = make_file (self, names[i], 0.3);

      recordings[i] = instru_queue_add (self->queue, file);
      g_signal_connect (recordings[i], "notify::state", G_CALLBACK (note_finished), order);
    }
  instru_queue_prefer (self->queue, recordings[2]);
  instru_queue_set_model (self->queue, NULL);
  wait_until_idle (self);
  g_assert_cmpstr (order->str, ==, "cabd");
}

static void
note_partial (InstruRecording *recording, GParamSpec *pspec, gpointer user_data)
{
  InstruAnalysis *analysis = instru_recording_get_analysis (recording);

  if (analysis != NULL && !instru_analysis_is_complete (analysis))
    (*(guint *) user_data)++;
}

static void
test_partial_results (Fixture *self, gconstpointer n_workers)
{
  g_autoptr (GFile) file = make_file (self, "long.wav", 240.0);
  InstruRecording *recording = instru_queue_add (self->queue, file);
  guint n_partial = 0;

  g_signal_connect (recording, "notify::analysis", G_CALLBACK (note_partial), &n_partial);
  instru_queue_set_model (self->queue, NULL);
  wait_until_idle (self);
  g_assert_cmpuint (n_partial, >=, 1);
  g_assert_true (instru_analysis_is_complete (instru_recording_get_analysis (recording)));
}

static void
test_cancel_all_and_retry (Fixture *self, gconstpointer n_workers)
{
  g_autoptr (GFile) first = make_file (self, "first.wav", 60.0);
  g_autoptr (GFile) second = make_file (self, "second.wav", 1.0);
  InstruRecording *running = instru_queue_add (self->queue, first);
  InstruRecording *waiting = instru_queue_add (self->queue, second);

  instru_queue_set_model (self->queue, NULL);
  instru_queue_cancel_all (self->queue);
  g_assert_cmpuint (instru_queue_get_n_unfinished (self->queue), ==, 0);
  g_assert_cmpint (instru_recording_get_state (running), ==, INSTRU_RECORDING_CANCELLED);
  g_assert_cmpint (instru_recording_get_state (waiting), ==, INSTRU_RECORDING_CANCELLED);

  /* The cancelled run comes home late and must change nothing. */
  settle ();
  g_assert_cmpint (instru_recording_get_state (running), ==, INSTRU_RECORDING_CANCELLED);

  instru_queue_retry (self->queue, waiting);
  wait_until_idle (self);
  g_assert_cmpint (instru_recording_get_state (waiting), ==, INSTRU_RECORDING_DONE);
}

static void
test_same_file_again (Fixture *self, gconstpointer n_workers)
{
  g_autoptr (GFile) file = make_file (self, "same.wav", 20.0);
  InstruRecording *first, *again;

  instru_queue_set_model (self->queue, NULL);
  first = instru_queue_add (self->queue, file);
  g_main_context_iteration (NULL, FALSE);
  again = instru_queue_add (self->queue, file);

  g_assert_true (first == again);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 1);
  g_assert_cmpuint (instru_queue_get_n_unfinished (self->queue), ==, 1);
  wait_until_idle (self);
  g_assert_cmpint (instru_recording_get_state (first), ==, INSTRU_RECORDING_DONE);
  settle ();
}

static void
test_remove_while_running (Fixture *self, gconstpointer n_workers)
{
  g_autoptr (GFile) file = make_file (self, "gone.wav", 20.0);
  InstruRecording *recording;

  instru_queue_set_model (self->queue, NULL);
  recording = instru_queue_add (self->queue, file);
  instru_queue_remove (self->queue, recording);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 0);
  settle ();
}

/* A queue may go while its threads still work. */
static void
test_end_while_running (Fixture *self, gconstpointer n_workers)
{
  g_autoptr (GFile) file = make_file (self, "late.wav", 20.0);

  instru_queue_set_model (self->queue, NULL);
  instru_queue_add (self->queue, file);
  g_assert_finalize_object (self->queue);
  settle ();
  self->queue = instru_queue_new (self->pool, 1);
}

static void
add (const char *path, guint n_workers, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GUINT_TO_POINTER (n_workers), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/queue/good-and-bad", 2, test_good_and_bad);
  add ("/queue/preferred-first", 1, test_preferred_first);
  add ("/queue/partial-results", 1, test_partial_results);
  add ("/queue/cancel-all-and-retry", 1, test_cancel_all_and_retry);
  add ("/queue/same-file-again", 1, test_same_file_again);
  add ("/queue/remove-while-running", 2, test_remove_while_running);
  add ("/queue/end-while-running", 2, test_end_while_running);
  return g_test_run ();
}
