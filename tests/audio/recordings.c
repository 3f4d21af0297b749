#include "recordings.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <gst/audio/audio.h>
#include <math.h>

#define FADE_S 0.02

static char *folder;

gsize
instru_test_sound_n_frames (const InstruTestSound *sound)
{
  return (gsize) llround (sound->duration_s * sound->rate_hz);
}

double
instru_test_sound_at (const InstruTestSound *sound, gsize frame, gsize channel)
{
  double time_s = (double) frame / sound->rate_hz;
  double fade = MIN (time_s, sound->duration_s - time_s) / FADE_S;
  double hz = 400.0 + 150.0 * (double) channel;

  return 0.4 * CLAMP (fade, 0.0, 1.0) * sin (2.0 * G_PI * hz * time_s);
}

char *
instru_test_path (const char *name)
{
  if (folder == NULL)
    {
      folder = g_dir_make_tmp ("instrunet-test-XXXXXX", NULL);
      g_assert_nonnull (folder);
    }
  return g_build_filename (folder, name, NULL);
}

void
instru_test_remove_paths (void)
{
  const char *name;
  GDir *dir;

  if (folder == NULL)
    return;

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static GstBuffer *
create_buffer (const InstruTestSound *sound, gsize first, gsize n_frames)
{
  gsize n_values = n_frames * sound->n_channels;
  float *values = g_new (float, n_values);
  GstBuffer *buffer;

  for (gsize i = 0; i < n_values; i++)
    values[i] =
        (float) instru_test_sound_at (sound, first + i / sound->n_channels, i % sound->n_channels);
  buffer = gst_buffer_new_wrapped (values, n_values * sizeof (float));
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (first, GST_SECOND, sound->rate_hz);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n_frames, GST_SECOND, sound->rate_hz);
  return buffer;
}

static void
set_format (GstElement *source, const InstruTestSound *sound)
{
  g_autoptr (GstCaps) caps =
      gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (F32), "layout",
                           G_TYPE_STRING, "interleaved", "rate", G_TYPE_INT, (int) sound->rate_hz,
                           "channels", G_TYPE_INT, (int) sound->n_channels, NULL);

  if (sound->n_channels > 1)
    gst_caps_set_simple (caps, "channel-mask", GST_TYPE_BITMASK,
                         gst_audio_channel_get_fallback_mask ((int) sound->n_channels), NULL);
  g_object_set (source, "caps", caps, "format", GST_FORMAT_TIME, NULL);
}

static void
push_sound (GstElement *source, const InstruTestSound *sound)
{
  gsize n_frames = instru_test_sound_n_frames (sound);

  for (gsize at = 0; at < n_frames; at += 1024)
    gst_app_src_push_buffer (GST_APP_SRC (source),
                             create_buffer (sound, at, MIN (1024, n_frames - at)));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

static void
run (GstElement *pipeline, const InstruTestSound *sound)
{
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  set_format (source, sound);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  push_sound (source, sound);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      g_error ("The test recording could not be made: %s", error->message);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

char *
instru_test_record (const char *name, const InstruTestSound *sound, const char *encoder)
{
  g_autofree char *path = instru_test_path (name);
  g_autofree char *description =
      g_strdup_printf ("appsrc name=source ! audioconvert ! %s ! filesink name=sink", encoder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) sink = NULL;

  gst_init (NULL, NULL);
  /* Some encoders warn of their own doings; that is not what is tested here. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (pipeline == NULL)
    {
      g_test_skip_printf ("%s: %s", encoder, error->message);
      return NULL;
    }
  gst_object_ref_sink (pipeline);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (sink, "location", path, NULL);
  run (pipeline, sound);
  return g_steal_pointer (&path);
}

char *
instru_test_write (const char *name, gconstpointer bytes, gsize n_bytes)
{
  char *path = instru_test_path (name);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) n_bytes, NULL));
  return path;
}

char *
instru_test_cut (const char *name, const char *path, double fraction)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
  return instru_test_write (name, bytes, (gsize) ((double) n_bytes * fraction));
}
