/* The client against a decoder process that dies, hangs, lies or babbles, and against one that is
 * killed or cancelled at any moment. */
#include "decoder-client-private.h"

#include "recording-error.h"
#include "recordings.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CANCEL_LIMIT_S 0.2

static InstruDecoder *
start_fake (const char *mode)
{
  g_autofree char *path = instru_test_path (mode);
  g_autoptr (GError) error = NULL;
  InstruDecoder *decoder;

  g_assert_true (symlink (g_getenv ("INSTRU_FAKE_DECODER"), path) == 0 || errno == EEXIST);
  decoder = instru_decoder_new_from (path, &error);
  g_assert_no_error (error);
  instru_decoder_set_limits (decoder, 0.5, 0.5);
  return decoder;
}

static InstruDecoder *
start_real (void)
{
  g_autoptr (GError) error = NULL;
  InstruDecoder *decoder = instru_decoder_new (&error);

  g_assert_no_error (error);
  return decoder;
}

static GFile *
any_file (void)
{
  g_autofree char *path = instru_test_write ("any", "anything", 8);

  return g_file_new_for_path (path);
}

/* A recording long enough to be cancelled in the middle of. */
static GFile *
long_file (void)
{
  static char *path;
  const InstruTestSound sound = { 192000, 2, 60.0 };

  if (path == NULL)
    path = instru_test_record ("long.wav", &sound, "audio/x-raw,format=S16LE ! wavenc");
  return g_file_new_for_path (path);
}

static void
assert_open_gives (const char *mode, InstruRecordingError code)
{
  g_autoptr (InstruDecoder) decoder = start_fake (mode);
  g_autoptr (GFile) file = any_file ();
  g_autoptr (GError) error = NULL;
  float block[100];

  g_test_message ("%s", mode);
  g_assert_false (instru_decoder_open (decoder, file, 0.0, NULL, &error));
  g_assert_error (error, INSTRU_RECORDING_ERROR, (int) code);
  g_assert_true (g_str_has_suffix (error->message, "."));

  if (code == INSTRU_RECORDING_ERROR_CORRUPT)
    return;
  /* It is of no more use, and says so instead of waiting again. */
  g_clear_error (&error);
  g_assert_false (instru_decoder_open (decoder, file, 0.0, NULL, &error));
  g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED);
  g_clear_error (&error);
  g_assert_cmpint (instru_decoder_read (decoder, block, 50, NULL, &error), ==, -1);
  g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED);
}

static void
test_bad_answers_to_open (void)
{
  static const char *const crashing[] = {
    "garbage",     "leave",         "half-a-header", "no-hello",      "huge",        "unknown-type",
    "no-channels", "many-channels", "no-rate",       "high-rate",     "audio-first", "end-first",
    "hello-again", "tags-that-lie", "tags-too-many", "error-unknown", "abort"
  };
  static const char *const slow[] = { "silent", "hang", "other-request-for-ever" };

  for (gsize i = 0; i < G_N_ELEMENTS (crashing); i++)
    assert_open_gives (crashing[i], INSTRU_RECORDING_ERROR_CRASHED);
  for (gsize i = 0; i < G_N_ELEMENTS (slow); i++)
    assert_open_gives (slow[i], INSTRU_RECORDING_ERROR_TIMEOUT);
  assert_open_gives ("out-of-memory", INSTRU_RECORDING_ERROR_OUT_OF_MEMORY);
}

/* Too many frames without sound, or too much time: whichever comes first. */
static void
test_progress_for_ever (void)
{
  g_autoptr (InstruDecoder) decoder = start_fake ("progress-for-ever");
  g_autoptr (GFile) file = any_file ();
  g_autoptr (GError) error = NULL;

  g_assert_false (instru_decoder_open (decoder, file, 0.0, NULL, &error));
  g_assert_true (g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED) ||
                 g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_TIMEOUT));
}

static void
assert_read_gives (const char *mode, InstruRecordingError code)
{
  g_autoptr (InstruDecoder) decoder = start_fake (mode);
  g_autoptr (GFile) file = any_file ();
  g_autoptr (GError) error = NULL;
  float block[4000];

  g_test_message ("%s", mode);
  g_assert_true (instru_decoder_open (decoder, file, 0.0, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (instru_decoder_read (decoder, block, 2000, NULL, &error), ==, -1);
  g_assert_error (error, INSTRU_RECORDING_ERROR, (int) code);
}

static void
test_bad_answers_to_read (void)
{
  assert_read_gives ("two-formats", INSTRU_RECORDING_ERROR_CRASHED);
  assert_read_gives ("half-a-frame", INSTRU_RECORDING_ERROR_CRASHED);
  assert_read_gives ("audio-too-long", INSTRU_RECORDING_ERROR_CRASHED);
  assert_read_gives ("audio-cut", INSTRU_RECORDING_ERROR_CRASHED);
  assert_read_gives ("audio-stalls", INSTRU_RECORDING_ERROR_TIMEOUT);
  assert_read_gives ("read-hang", INSTRU_RECORDING_ERROR_TIMEOUT);
  assert_read_gives ("read-progress-for-ever", INSTRU_RECORDING_ERROR_CRASHED);
  assert_read_gives ("late-error", INSTRU_RECORDING_ERROR_CORRUPT);
}

/* An error of the file is reported in the process's words, made safe, and the process goes on. */
static void
test_error_of_the_file (void)
{
  g_autoptr (InstruDecoder) decoder = start_fake ("error-known");
  g_autoptr (GFile) file = any_file ();

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (instru_decoder_open (decoder, file, 0.0, NULL, &error));
      g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CORRUPT);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strchr (error->message, '\n'));
      g_assert_true (g_str_has_prefix (error->message, "Line one and"));
    }
  assert_open_gives ("error-bare", INSTRU_RECORDING_ERROR_CORRUPT);
}

static void
test_good_answer (void)
{
  g_autoptr (InstruDecoder) decoder = start_fake ("good");
  g_autoptr (GFile) file = any_file ();

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      float block[64];
      gsize n_frames = 0;
      gssize n;

      g_assert_true (instru_decoder_open (decoder, file, 0.0, NULL, &error));
      g_assert_cmpuint (instru_decoder_get_format (decoder)->n_channels, ==, 2);
      g_assert_cmpfloat (instru_decoder_get_format (decoder)->duration_hint_s, <, 0.0);
      g_assert_null (instru_decoder_get_warning (decoder));
      n = instru_decoder_read (decoder, block, 32, NULL, &error);
      g_assert_cmpint (n, ==, 32);
      g_assert_cmpfloat (block[0], ==, 0.5f);
      g_assert_cmpfloat (block[1], ==, -0.5f);
      g_assert_cmpfloat (block[2], ==, 0.0f); /* was NaN */
      g_assert_cmpfloat (block[3], ==, 0.0f); /* was infinite */
      for (n_frames = 32; (n = instru_decoder_read (decoder, block, 32, NULL, &error)) > 0;)
        n_frames += (gsize) n;
      g_assert_no_error (error);
      g_assert_cmpint (n, ==, 0);
      g_assert_cmpuint (n_frames, ==, 100);
      g_assert_cmpint (instru_decoder_read (decoder, block, 32, NULL, &error), ==, 0);
      g_assert_cmpstr (instru_decoder_get_warning (decoder), ==, "Mind   this.");
      g_assert_true (g_utf8_validate (instru_decoder_get_tags (decoder)->title, -1, NULL));
    }
}

static void
test_no_program (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (instru_decoder_new_from ("/nowhere/instrunet-decoder", &error));
  g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED);
  instru_decoder_free (NULL);
}

static void
test_killed (void)
{
  g_autoptr (InstruDecoder) decoder = start_real ();
  g_autoptr (GFile) file = long_file ();
  g_autoptr (GError) error = NULL;
  float block[2000];
  gssize n;

  g_assert_true (instru_decoder_open (decoder, file, 0.0, NULL, &error));
  g_assert_cmpint (instru_decoder_read (decoder, block, 1000, NULL, &error), ==, 1000);
  kill ((pid_t) atoi (instru_decoder_get_pid (decoder)), SIGKILL);
  while ((n = instru_decoder_read (decoder, block, 1000, NULL, &error)) > 0)
    ;
  g_assert_cmpint (n, ==, -1);
  g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED);
}

typedef struct
{
  GCancellable *cancellable;
  gulong delay_us;
  gint64 time_us;
} Cancel;

static gpointer
cancel_thread (gpointer data)
{
  Cancel *cancel = data;

  g_usleep (cancel->delay_us);
  cancel->time_us = g_get_monotonic_time ();
  g_cancellable_cancel (cancel->cancellable);
  return NULL;
}

/* Opens and reads until it is cancelled; the seconds between the cancel and the answer. */
static double
measure_cancel (InstruDecoder *decoder, GFile *file, gulong delay_us)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancel cancel = { cancellable, delay_us, 0 };
  GThread *thread = g_thread_new ("cancel", cancel_thread, &cancel);
  g_autoptr (GError) error = NULL;
  float block[2000];
  gint64 end_us;

  while (error == NULL)
    {
      gssize n = 1;

      if (instru_decoder_open (decoder, file, 0.0, cancellable, &error))
        while ((n = instru_decoder_read (decoder, block, 1000, cancellable, &error)) > 0)
          ;
    }
  instru_decoder_free (decoder);
  end_us = g_get_monotonic_time ();
  g_thread_join (thread);
  g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CANCELLED);
  return (double) (end_us - cancel.time_us) / G_USEC_PER_SEC;
}

static int
compare_seconds (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* At any moment: while the process starts, while it opens, while it streams, while it hangs. A busy
 * machine may be late once, so it is the usual time that counts; a cancel that is not heard at all
 * would take the 30 seconds of the limit. */
static void
test_cancelled (void)
{
  g_autoptr (GFile) file = long_file ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  double seconds[23];

  for (guint i = 0; i < 20; i++)
    seconds[i] = measure_cancel (start_real (), file, (gulong) g_rand_int_range (rand, 0, 150000));
  for (guint i = 20; i < 23; i++)
    {
      InstruDecoder *hanging = start_fake (i == 20 ? "silent" : i == 21 ? "hang" : "read-hang");

      instru_decoder_set_limits (hanging, 30.0, 30.0);
      seconds[i] = measure_cancel (hanging, file, 50000);
    }
  qsort (seconds, G_N_ELEMENTS (seconds), sizeof (double), compare_seconds);
  g_test_message ("cancelled after %.4f s (median), %.4f s (longest)", seconds[11], seconds[22]);
  g_assert_cmpfloat (seconds[11], <, CANCEL_LIMIT_S);
  g_assert_cmpfloat (seconds[22], <, 15.0);
}

static void
test_cancelled_before (void)
{
  g_autoptr (InstruDecoder) decoder = start_real ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFile) file = long_file ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (instru_decoder_open (decoder, file, 0.0, cancellable, &error));
  g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CANCELLED);
}

/* A process does not outlive its client, wherever it is. */
static void
test_process_ends (void)
{
  for (guint i = 0; i < 3; i++)
    {
      InstruDecoder *decoder = start_real ();
      g_autoptr (GFile) file = long_file ();
      g_autofree char *process =
          g_strdup_printf ("/proc/%s/stat", instru_decoder_get_pid (decoder));
      g_autoptr (GError) error = NULL;
      float block[2000];

      if (i > 0)
        g_assert_true (instru_decoder_open (decoder, file, 0.0, NULL, &error));
      if (i > 1)
        g_assert_cmpint (instru_decoder_read (decoder, block, 1000, NULL, &error), ==, 1000);
      g_assert_true (g_file_test (process, G_FILE_TEST_EXISTS));
      instru_decoder_free (decoder);
      for (guint k = 0; k < 500 && g_file_test (process, G_FILE_TEST_EXISTS); k++)
        g_usleep (10000);
      g_assert_false (g_file_test (process, G_FILE_TEST_EXISTS));
    }
}

static void
test_pool (void)
{
  g_autoptr (InstruDecoderPool) pool = instru_decoder_pool_new ();
  g_autoptr (GFile) file = long_file ();
  g_autoptr (GError) error = NULL;

  instru_decoder_pool_warm (pool);
  instru_decoder_pool_warm (pool);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (InstruDecoder) decoder = instru_decoder_pool_take (pool, &error);

      g_assert_no_error (error);
      g_assert_true (instru_decoder_open (decoder, file, 0.0, NULL, &error));
      g_assert_cmpuint (instru_decoder_get_format (decoder)->sample_rate_hz, ==, 192000);
    }
}

static gpointer
take_thread (gpointer pool)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InstruDecoder) decoder = instru_decoder_pool_take (pool, &error);

      g_assert_no_error (error);
      g_assert_nonnull (decoder);
    }
  return NULL;
}

static void
test_pool_threads (void)
{
  g_autoptr (InstruDecoderPool) pool = instru_decoder_pool_new ();
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("take", take_thread, pool);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decoder-client/bad-answers-to-open", test_bad_answers_to_open);
  g_test_add_func ("/decoder-client/progress-for-ever", test_progress_for_ever);
  g_test_add_func ("/decoder-client/bad-answers-to-read", test_bad_answers_to_read);
  g_test_add_func ("/decoder-client/error-of-the-file", test_error_of_the_file);
  g_test_add_func ("/decoder-client/good-answer", test_good_answer);
  g_test_add_func ("/decoder-client/no-program", test_no_program);
  g_test_add_func ("/decoder-client/killed", test_killed);
  g_test_add_func ("/decoder-client/cancelled", test_cancelled);
  g_test_add_func ("/decoder-client/cancelled-before", test_cancelled_before);
  g_test_add_func ("/decoder-client/process-ends", test_process_ends);
  g_test_add_func ("/decoder-client/pool", test_pool);
  g_test_add_func ("/decoder-client/pool-threads", test_pool_threads);
  status = g_test_run ();
  instru_test_remove_paths ();
  return status;
}
