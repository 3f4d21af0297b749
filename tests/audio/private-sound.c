#include "private-sound.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <math.h>
#include <signal.h>
#include <sys/prctl.h>

#define SILENCE 0.003

static GSubprocess *server;
static char *folder;
static GstElement *listener;

static gboolean
wait_for (const char *path)
{
  for (guint i = 0; i < 1000 && !g_file_test (path, G_FILE_TEST_EXISTS); i++)
    g_usleep (10000);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The server goes with the test, also where that fails. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

gboolean
instru_test_sound_start (void)
{
  g_autofree char *program = g_find_program_in_path ("pulseaudio");
  g_autofree char *socket_path = NULL;
  g_autofree char *protocol = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  if (program == NULL)
    return FALSE;
  folder = g_dir_make_tmp ("instrunet-sound-XXXXXX", NULL);
  g_assert_nonnull (folder);
  socket_path = g_build_filename (folder, "native", NULL);
  address = g_strconcat ("unix:", socket_path, NULL);
  protocol =
      g_strdup_printf ("module-native-protocol-unix socket=%s auth-anonymous=1", socket_path);

  g_setenv ("PULSE_SERVER", address, TRUE);
  g_setenv ("PULSE_RUNTIME_PATH", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", folder, TRUE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  server = g_subprocess_launcher_spawn (
      launcher, NULL, program, "--daemonize=no", "-n", "--exit-idle-time=-1", "--disable-shm=yes",
      "--use-pid-file=no", "--log-level=error", "--realtime=no", "--high-priority=no", "-L",
      "module-null-sink sink_name=testsink rate=48000", "-L", protocol, NULL);
  return server != NULL && wait_for (socket_path);
}

static void
remove_folder (void)
{
  char *command[] = { "rm", "-rf", folder, NULL };

  g_spawn_sync (NULL, command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_clear_pointer (&folder, g_free);
}

void
instru_test_sound_stop (void)
{
  if (server == NULL)
    return;
  g_subprocess_force_exit (server);
  g_subprocess_wait (server, NULL, NULL);
  g_clear_object (&server);
  remove_folder ();
}

void
instru_test_sound_listen (void)
{
  g_autoptr (GError) error = NULL;

  gst_init (NULL, NULL);
  g_assert_null (listener);
  listener =
      gst_parse_launch ("pulsesrc device=testsink.monitor buffer-time=50000 ! audioconvert ! "
                        "audioresample ! audio/x-raw,format=F32LE,channels=1,rate=48000 ! "
                        "appsink name=sink sync=false",
                        &error);
  g_assert_no_error (error);
  gst_object_ref_sink (listener);
  gst_element_set_state (listener, GST_STATE_PLAYING);
  gst_element_get_state (listener, NULL, NULL, 10 * GST_SECOND);
}

GArray *
instru_test_sound_take (void)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (listener), "sink");
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (float));
  GstSample *sample;
  guint first = 0;

  while ((sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 0)) != NULL)
    {
      GstBuffer *buffer = gst_sample_get_buffer (sample);
      GstMapInfo map;

      g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
      g_array_append_vals (samples, map.data, (guint) (map.size / sizeof (float)));
      gst_buffer_unmap (buffer, &map);
      gst_sample_unref (sample);
    }
  gst_element_set_state (listener, GST_STATE_NULL);
  gst_clear_object (&listener);

  while (first < samples->len && fabsf (g_array_index (samples, float, first)) < SILENCE)
    first++;
  g_array_remove_range (samples, 0, first);
  return samples;
}
