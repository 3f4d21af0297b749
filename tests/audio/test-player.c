/* The player against a sound server of our own: what reaches the device, from where, how loud; and
 * against none. Each second of the recording has a pitch of its own, so that a listener knows where
 * it is. */
#include "player.h"

#include "private-sound.h"
#include "recordings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define N_SECONDS 8
#define AMPLITUDE 0.25

typedef struct
{
  InstruDecoderPool *pool;
  InstruPlayer *player;
  GMainLoop *loop;
  guint n_ended;
  char *failure;
  guint n_positions;
} Stage;

static double
pitch_hz (guint second)
{
  return 400.0 + 100.0 * second;
}

/* A WAV file, by hand: a header of 44 bytes, then float32. */
static GFile *
make_recording (guint rate_hz, guint n_channels)
{
  gsize n_values = (gsize) N_SECONDS * rate_hz * n_channels;
  gsize n_bytes = n_values * sizeof (float);
  g_autofree guint8 *bytes = g_malloc (44 + n_bytes);
  float *values = (float *) (gpointer) (bytes + 44);
  guint32 words[11] = { 0,
                        (guint32) (36 + n_bytes),
                        0,
                        0,
                        16,
                        3 | n_channels << 16,
                        rate_hz,
                        rate_hz * n_channels * 4,
                        (n_channels * 4) | 32 << 16,
                        0,
                        (guint32) n_bytes };
  g_autofree char *path = NULL;

  memcpy (bytes, words, sizeof words);
  memcpy (bytes, "RIFF", 4);
  memcpy (bytes + 8, "WAVEfmt ", 8);
  memcpy (bytes + 36, "data", 4);
  for (gsize i = 0; i < n_values; i++)
    {
      double time_s = (double) (i / n_channels) / rate_hz;

      values[i] = (float) (AMPLITUDE * sin (2.0 * G_PI * pitch_hz ((guint) time_s) * time_s));
    }
  path = instru_test_write ("pitches.wav", bytes, 44 + n_bytes);
  return g_file_new_for_path (path);
}

static void
on_ended (InstruPlayer *player, Stage *stage)
{
  stage->n_ended++;
}

static void
on_failed (InstruPlayer *player, const char *sentence, Stage *stage)
{
  g_free (stage->failure);
  stage->failure = g_strdup (sentence);
}

static void
on_position (InstruPlayer *player, GParamSpec *pspec, Stage *stage)
{
  stage->n_positions++;
}

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->pool = instru_decoder_pool_new ();
  stage->player = instru_player_new (stage->pool);
  stage->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (stage->player, "ended", G_CALLBACK (on_ended), stage);
  g_signal_connect (stage->player, "failed", G_CALLBACK (on_failed), stage);
  g_signal_connect (stage->player, "notify::position-s", G_CALLBACK (on_position), stage);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_assert_finalize_object (stage->player);
  g_object_unref (stage->pool);
  g_main_loop_unref (stage->loop);
  g_free (stage->failure);
}

static gboolean
on_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
run_for (Stage *stage, guint milliseconds)
{
  g_timeout_add (milliseconds, on_quit, stage->loop);
  g_main_loop_run (stage->loop);
}

/* Runs the main loop until the player is past a position, has ended or failed; 20 s at most. */
static void
run_to (Stage *stage, double position_s)
{
  for (guint i = 0; i < 2000 && stage->n_ended == 0 && stage->failure == NULL; i++)
    {
      if (instru_player_get_playing (stage->player) &&
          instru_player_get_position_s (stage->player) >= position_s)
        return;
      run_for (stage, 10);
    }
}

/* The amplitude of one pitch in @n samples from @first on. */
static double
amplitude_of (GArray *samples, guint first, guint n, double hz)
{
  double re = 0.0, im = 0.0;

  g_assert_cmpuint (samples->len, >=, first + n);
  for (guint i = 0; i < n; i++)
    {
      double phase = 2.0 * G_PI * hz * i / INSTRU_TEST_SOUND_RATE_HZ;

      re += g_array_index (samples, float, first + i) * cos (phase);
      im += g_array_index (samples, float, first + i) * sin (phase);
    }
  return 2.0 * hypot (re, im) / n;
}

/* The second whose pitch is heard at @time_s after the first sound. */
static guint
heard_second (GArray *samples, double time_s)
{
  guint first = (guint) (time_s * INSTRU_TEST_SOUND_RATE_HZ), n = INSTRU_TEST_SOUND_RATE_HZ / 10;
  guint best = 0;

  for (guint second = 1; second < N_SECONDS; second++)
    if (amplitude_of (samples, first, n, pitch_hz (second)) >
        amplitude_of (samples, first, n, pitch_hz (best)))
      best = second;
  return best;
}

static gboolean
skip_without_server (void)
{
  if (g_getenv ("PULSE_SERVER") != NULL)
    return FALSE;
  g_test_skip ("PulseAudio is not installed.");
  return TRUE;
}

static void
test_from_the_start (Stage *stage, gconstpointer data)
{
  g_autoptr (GFile) file = make_recording (44100, 2);
  g_autoptr (GArray) heard = NULL;

  if (skip_without_server ())
    return;
  instru_test_sound_listen ();
  instru_player_set_file (stage->player, file, N_SECONDS);
  g_assert_false (instru_player_get_playing (stage->player));
  instru_player_play (stage->player);
  g_assert_true (instru_player_get_playing (stage->player));
  run_to (stage, 1.6);
  g_assert_null (stage->failure);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), >=, 1.6);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), <, 3.0);
  g_assert_cmpuint (stage->n_positions, >, 10);
  run_for (stage, 500);

  heard = instru_test_sound_take ();
  g_assert_cmpuint (heard_second (heard, 0.1), ==, 0);
  g_assert_cmpuint (heard_second (heard, 0.8), ==, 0);
  g_assert_cmpuint (heard_second (heard, 1.1), ==, 1);
  g_assert_cmpfloat_with_epsilon (amplitude_of (heard, 4800, 9600, pitch_hz (0)), AMPLITUDE, 0.02);
}

/* The rest after a seek: sounding from the very place, to a few milliseconds. */
static void
test_seek (Stage *stage, gconstpointer data)
{
  const guint n_channels = GPOINTER_TO_UINT (data);
  g_autoptr (GFile) file = make_recording (n_channels > 2 ? 48000 : 44100, n_channels);
  g_autoptr (GArray) heard = NULL;

  if (skip_without_server ())
    return;
  instru_test_sound_listen ();
  instru_player_set_file (stage->player, file, N_SECONDS);
  instru_player_seek (stage->player, 4.7);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), ==, 4.7);
  instru_player_play (stage->player);
  run_to (stage, 6.0);
  g_assert_null (stage->failure);
  run_for (stage, 500);

  heard = instru_test_sound_take ();
  g_assert_cmpuint (heard_second (heard, 0.05), ==, 4);
  g_assert_cmpuint (heard_second (heard, 0.18), ==, 4);
  g_assert_cmpuint (heard_second (heard, 0.32), ==, 5);
}

/* Many seeks in a row while it plays: the last one counts. */
static void
test_seek_while_playing (Stage *stage, gconstpointer data)
{
  g_autoptr (GFile) file = make_recording (44100, 1);
  g_autoptr (GArray) heard = NULL;

  if (skip_without_server ())
    return;
  instru_player_set_file (stage->player, file, N_SECONDS);
  instru_player_play (stage->player);
  run_to (stage, 0.3);
  for (guint i = 0; i < 20; i++)
    instru_player_seek (stage->player, 7.0 - 0.3 * i);
  instru_player_seek (stage->player, 6.2);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), ==, 6.2);
  run_to (stage, 6.4);
  instru_test_sound_listen ();
  run_for (stage, 400);
  g_assert_null (stage->failure);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), >=, 6.4);

  heard = instru_test_sound_take ();
  g_assert_cmpuint (heard_second (heard, 0.0), >=, 6);
}

static void
test_pause (Stage *stage, gconstpointer data)
{
  g_autoptr (GFile) file = make_recording (44100, 1);
  g_autoptr (GArray) silence = NULL;
  g_autoptr (GArray) heard = NULL;
  double position_s;

  if (skip_without_server ())
    return;
  instru_player_set_file (stage->player, file, N_SECONDS);
  instru_player_play (stage->player);
  run_to (stage, 0.5);
  instru_player_pause (stage->player);
  g_assert_false (instru_player_get_playing (stage->player));
  position_s = instru_player_get_position_s (stage->player);
  run_for (stage, 1000);
  instru_test_sound_listen ();
  run_for (stage, 500);
  silence = instru_test_sound_take ();
  g_assert_cmpuint (silence->len, ==, 0);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), ==, position_s);

  instru_test_sound_listen ();
  instru_player_play (stage->player);
  run_to (stage, position_s + 0.6);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), <, position_s + 2.0);
  heard = instru_test_sound_take ();
  g_assert_cmpuint (heard_second (heard, 0.0), ==, (guint) position_s);
}

static void
test_end_and_again (Stage *stage, gconstpointer data)
{
  g_autoptr (GFile) file = make_recording (44100, 1);

  if (skip_without_server ())
    return;
  instru_player_set_file (stage->player, file, N_SECONDS);
  instru_player_seek (stage->player, 7.5);
  instru_player_play (stage->player);
  run_to (stage, 100.0);
  g_assert_cmpuint (stage->n_ended, ==, 1);
  g_assert_null (stage->failure);
  g_assert_false (instru_player_get_playing (stage->player));
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), ==, N_SECONDS);

  stage->n_ended = 0;
  instru_player_play (stage->player);
  run_for (stage, 700);
  g_assert_cmpuint (stage->n_ended, ==, 0);
  g_assert_true (instru_player_get_playing (stage->player));
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), <, 2.0);
}

/* Half the slider is an eighth of the amplitude. */
static void
test_volume (Stage *stage, gconstpointer data)
{
  g_autoptr (GFile) file = make_recording (44100, 1);
  g_autoptr (GArray) heard = NULL;

  if (skip_without_server ())
    return;
  instru_player_set_volume (stage->player, 0.5);
  g_assert_cmpfloat (instru_player_get_volume (stage->player), ==, 0.5);
  instru_test_sound_listen ();
  instru_player_set_file (stage->player, file, N_SECONDS);
  instru_player_play (stage->player);
  run_to (stage, 0.9);
  run_for (stage, 300);
  heard = instru_test_sound_take ();
  g_assert_cmpfloat_with_epsilon (amplitude_of (heard, 4800, 9600, pitch_hz (0)), AMPLITUDE / 8.0,
                                  0.003);

  instru_player_set_volume (stage->player, NAN);
  g_assert_cmpfloat (instru_player_get_volume (stage->player), ==, 1.0);
  instru_player_set_volume (stage->player, -3.0);
  g_assert_cmpfloat (instru_player_get_volume (stage->player), ==, 0.0);
}

static void
test_other_file (Stage *stage, gconstpointer data)
{
  g_autoptr (GFile) file = make_recording (44100, 2);
  g_autofree char *path = instru_test_write ("words.wav", "only words", 10);
  g_autoptr (GFile) words = g_file_new_for_path (path);

  if (skip_without_server ())
    return;
  instru_player_play (stage->player); /* nothing to play */
  g_assert_false (instru_player_get_playing (stage->player));

  instru_player_set_file (stage->player, words, 0.0);
  instru_player_play (stage->player);
  run_to (stage, 1.0);
  g_assert_nonnull (stage->failure);
  g_assert_true (g_str_has_suffix (stage->failure, "."));
  g_assert_false (instru_player_get_playing (stage->player));
  g_clear_pointer (&stage->failure, g_free);

  instru_player_set_file (stage->player, file, N_SECONDS);
  instru_player_play (stage->player);
  run_to (stage, 0.3);
  instru_player_set_file (stage->player, NULL, 0.0);
  g_assert_false (instru_player_get_playing (stage->player));
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), ==, 0.0);
  run_for (stage, 300);
  g_assert_null (stage->failure);
  g_assert_cmpuint (stage->n_ended, ==, 0);
}

static void
test_properties (Stage *stage, gconstpointer data)
{
  g_autoptr (GFile) file = make_recording (8000, 1);
  gboolean playing = TRUE;
  double position_s = -1.0, duration_s = -1.0, volume = -1.0;

  instru_player_set_file (stage->player, file, 3.0);
  instru_player_seek (stage->player, 99.0);
  g_object_get (stage->player, "playing", &playing, "position-s", &position_s, "duration-s",
                &duration_s, "volume", &volume, NULL);
  g_assert_false (playing);
  g_assert_cmpfloat (position_s, ==, 3.0);
  g_assert_cmpfloat (duration_s, ==, 3.0);
  g_assert_cmpfloat (volume, ==, 1.0);
  instru_player_seek (stage->player, -1.0);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), ==, 0.0);
  instru_player_seek (stage->player, NAN);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), ==, 0.0);
  g_object_set (stage->player, "duration-s", 2.0, "volume", 0.25, NULL);
  instru_player_seek (stage->player, 99.0);
  g_assert_cmpfloat (instru_player_get_position_s (stage->player), ==, 2.0);
  g_assert_cmpfloat (instru_player_get_volume (stage->player), ==, 0.25);
}

/* Runs in a process of its own: there the sound server is not reachable. */
static void
test_no_device_process (Stage *stage, gconstpointer data)
{
  g_autoptr (GFile) file = make_recording (8000, 1);

  instru_player_set_file (stage->player, file, N_SECONDS);
  instru_player_play (stage->player);
  run_to (stage, 1.0);
  g_assert_nonnull (stage->failure);
  g_assert_true (g_str_has_suffix (stage->failure, "."));
  g_assert_false (instru_player_get_playing (stage->player));
  instru_test_remove_paths ();
}

static void
test_no_device (void)
{
  g_test_trap_subprocess ("/player/no-device/subprocess", 60 * G_USEC_PER_SEC,
                          G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* Runs in a process of its own, whose decoder never answers: the main loop does not notice. */
static void
test_hanging_process (Stage *stage, gconstpointer data)
{
  g_autoptr (GFile) file = make_recording (8000, 1);
  gint64 start_us = g_get_monotonic_time ();

  instru_player_set_file (stage->player, file, N_SECONDS);
  for (guint i = 0; i < 10; i++)
    {
      instru_player_play (stage->player);
      run_for (stage, 20);
      instru_player_seek (stage->player, 0.1 * i);
      instru_player_pause (stage->player);
      instru_player_set_volume (stage->player, 0.1 * i);
      if (i % 3 == 2)
        instru_player_set_file (stage->player, file, N_SECONDS);
    }
  /* A decoder that hangs is given up after 10 s and more. */
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 8 * G_USEC_PER_SEC);
  g_assert_null (stage->failure);
  instru_test_remove_paths ();
}

static void
test_hanging (void)
{
  g_test_trap_subprocess ("/player/hanging/subprocess", 60 * G_USEC_PER_SEC,
                          G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
add (const char *path, gsize data, void (*test) (Stage *, gconstpointer))
{
  g_test_add (path, Stage, GUINT_TO_POINTER (data), set_up, test, tear_down);
}

/* Only the sound server is ever played to, never the machine's own loudspeakers. */
static void
prepare_environment (gboolean with_hanging_decoder)
{
  g_setenv ("GST_PLUGIN_FEATURE_RANK",
            "alsasink:NONE,jackaudiosink:NONE,openalsink:NONE,osssink:NONE,oss4sink:NONE,"
            "pipewiresink:NONE,pulsesink:MAX",
            TRUE);
  g_unsetenv ("PULSE_SERVER");
  if (g_test_subprocess ())
    g_setenv ("PULSE_SERVER", "unix:/nowhere/native", TRUE);
  else
    instru_test_sound_start ();

  if (with_hanging_decoder)
    {
      g_autofree char *path = instru_test_path ("hang");

      g_assert_cmpint (symlink (g_getenv ("INSTRU_FAKE_DECODER"), path), ==, 0);
      g_setenv ("INSTRU_DECODER", path, TRUE);
    }
}

int
main (int argc, char *argv[])
{
  gboolean with_hanging_decoder =
      g_strv_contains ((const char *const *) argv, "/player/hanging/subprocess");
  int status;

  g_test_init (&argc, &argv, NULL);
  prepare_environment (with_hanging_decoder);
  add ("/player/properties", 0, test_properties);
  add ("/player/from-the-start", 0, test_from_the_start);
  add ("/player/seek/mono", 1, test_seek);
  add ("/player/seek/stereo", 2, test_seek);
  add ("/player/seek/surround", 6, test_seek);
  add ("/player/seek/while-playing", 0, test_seek_while_playing);
  add ("/player/pause", 0, test_pause);
  add ("/player/end-and-again", 0, test_end_and_again);
  add ("/player/volume", 0, test_volume);
  add ("/player/other-file", 0, test_other_file);
  add ("/player/no-device/subprocess", 0, test_no_device_process);
  add ("/player/hanging/subprocess", 0, test_hanging_process);
  g_test_add_func ("/player/no-device", test_no_device);
  g_test_add_func ("/player/hanging", test_hanging);
  status = g_test_run ();
  instru_test_sound_stop ();
  instru_test_remove_paths ();
  return status;
}
