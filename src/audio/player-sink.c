/* The player's pipeline:
 *
 *   appsrc (float32, the recording's own rate) ! audioconvert ! audioresample ! volume !
 * autoaudiosink
 *
 * Only samples come in here; no file is ever parsed in this process. */
#include "player-sink.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsrc.h>
#include <gst/audio/audio.h>
#include <string.h>

#include "recording-error.h"

/* So much sound waits for the device: enough for a busy disk, little enough to drop on a seek. */
#define MAX_WAITING_S 0.5

struct _InstruPlayerSink
{
  GstElement *pipeline;
  GstElement *source;
  GstElement *volume;
  GstBus *bus;
  InstruAudioFormat format;
  guint n_out_channels; /* 1 where nobody knows what the many channels stand for */
  double start_s;
  guint64 n_pushed; /* frames since start_s */
};

static void
set_device_error (GError **error)
{
  g_set_error (
      error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_NOT_FOUND,
      _ ("No sound device answers. Check that headphones or loudspeakers are connected and "
         "that the sound server is running."));
}

/* appsrc asks whether the feeding thread can go elsewhere: it is that thread that makes it seek. */
static gboolean
on_seek_data (GstAppSrc *source, guint64 offset, gpointer data)
{
  return TRUE;
}

static GstCaps *
create_caps (InstruPlayerSink *self)
{
  guint64 mask = gst_audio_channel_get_fallback_mask ((int) self->n_out_channels);
  GstCaps *caps = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (F32),
                                       "layout", G_TYPE_STRING, "interleaved", "rate", G_TYPE_INT,
                                       (int) self->format.sample_rate_hz, "channels", G_TYPE_INT,
                                       (int) self->n_out_channels, NULL);

  if (self->n_out_channels > 1)
    gst_caps_set_simple (caps, "channel-mask", GST_TYPE_BITMASK, mask, NULL);
  return caps;
}

static gboolean
add_elements (InstruPlayerSink *self)
{
  static GstAppSrcCallbacks callbacks = { .seek_data = on_seek_data };
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *resample = gst_element_factory_make ("audioresample", NULL);
  GstElement *device = gst_element_factory_make ("autoaudiosink", NULL);
  g_autoptr (GstCaps) caps = create_caps (self);

  self->source = gst_element_factory_make ("appsrc", NULL);
  self->volume = gst_element_factory_make ("volume", NULL);
  if (!convert || !resample || !device || !self->source || !self->volume)
    {
      g_clear_object (&convert);
      g_clear_object (&resample);
      g_clear_object (&device);
      g_clear_object (&self->source);
      g_clear_object (&self->volume);
      return FALSE;
    }

  g_object_set (self->source, "caps", caps, "format", GST_FORMAT_TIME, "stream-type",
                GST_APP_STREAM_TYPE_SEEKABLE, "max-bytes", (guint64) 0, NULL);
  gst_app_src_set_callbacks (GST_APP_SRC (self->source), &callbacks, NULL, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), self->source, convert, resample, self->volume, device,
                    NULL);
  return gst_element_link_many (self->source, convert, resample, self->volume, device, NULL);
}

/* Without a sound server autoaudiosink may content itself with a sink that swallows everything. */
static gboolean
has_real_device (InstruPlayerSink *self)
{
  g_autoptr (GstIterator) sinks = gst_bin_iterate_sinks (GST_BIN (self->pipeline));
  GValue item = G_VALUE_INIT;
  gboolean is_real = FALSE;

  while (gst_iterator_next (sinks, &item) == GST_ITERATOR_OK)
    {
      g_autoptr (GstIterator) inner = gst_bin_iterate_recurse (g_value_get_object (&item));
      GValue child = G_VALUE_INIT;

      while (gst_iterator_next (inner, &child) == GST_ITERATOR_OK)
        {
          is_real = GST_IS_AUDIO_BASE_SINK (g_value_get_object (&child)) || is_real;
          g_value_unset (&child);
        }
      g_value_unset (&item);
    }
  return is_real;
}

InstruPlayerSink *
instru_player_sink_new (const InstruAudioFormat *format, double start_s, GError **error)
{
  g_autoptr (InstruPlayerSink) self = g_new0 (InstruPlayerSink, 1);

  gst_init_check (NULL, NULL, NULL);
  self->format = *format;
  self->n_out_channels = format->n_channels;
  if (format->n_channels > 2 && gst_audio_channel_get_fallback_mask ((int) format->n_channels) == 0)
    self->n_out_channels = 1;

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bus = gst_element_get_bus (self->pipeline);
  if (!add_elements (self) ||
      gst_element_set_state (self->pipeline, GST_STATE_PAUSED) == GST_STATE_CHANGE_FAILURE ||
      !has_real_device (self))
    {
      set_device_error (error);
      return NULL;
    }
  instru_player_sink_seek (self, start_s);
  return g_steal_pointer (&self);
}

void
instru_player_sink_free (InstruPlayerSink *self)
{
  if (self == NULL)
    return;

  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
  g_free (self);
}

gboolean
instru_player_sink_has_format (InstruPlayerSink *self, const InstruAudioFormat *format)
{
  return self->format.sample_rate_hz == format->sample_rate_hz &&
         self->format.n_channels == format->n_channels;
}

void
instru_player_sink_set_playing (InstruPlayerSink *self, gboolean playing)
{
  gst_element_set_state (self->pipeline, playing ? GST_STATE_PLAYING : GST_STATE_PAUSED);
}

void
instru_player_sink_seek (InstruPlayerSink *self, double position_s)
{
  gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
                           GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                           (gint64) (position_s * (double) GST_SECOND));
  self->start_s = position_s;
  self->n_pushed = 0;
}

gboolean
instru_player_sink_is_full (InstruPlayerSink *self)
{
  guint64 n_bytes = gst_app_src_get_current_level_bytes (GST_APP_SRC (self->source));
  double bytes_a_second =
      (double) self->format.sample_rate_hz * self->n_out_channels * sizeof (float);

  return (double) n_bytes > MAX_WAITING_S * bytes_a_second;
}

static void
mix_down (float *mono, const float *interleaved, gsize n_frames, gsize n_channels)
{
  for (gsize i = 0; i < n_frames; i++)
    {
      float sum = 0.0f;

      for (gsize c = 0; c < n_channels; c++)
        sum += interleaved[i * n_channels + c];
      mono[i] = sum / (float) n_channels;
    }
}

void
instru_player_sink_push (InstruPlayerSink *self, const float *interleaved, gsize n_frames)
{
  gsize n_values = n_frames * self->n_out_channels;
  float *values = g_new (float, n_values);
  GstBuffer *buffer;
  GstClockTime from, to;

  if (self->n_out_channels == self->format.n_channels)
    memcpy (values, interleaved, n_values * sizeof (float));
  else
    mix_down (values, interleaved, n_frames, self->format.n_channels);

  buffer = gst_buffer_new_wrapped (values, n_values * sizeof (float));
  from = gst_util_uint64_scale (self->n_pushed, GST_SECOND, self->format.sample_rate_hz);
  self->n_pushed += n_frames;
  to = gst_util_uint64_scale (self->n_pushed, GST_SECOND, self->format.sample_rate_hz);
  GST_BUFFER_PTS (buffer) = (GstClockTime) (self->start_s * (double) GST_SECOND) + from;
  GST_BUFFER_DURATION (buffer) = to - from;
  gst_app_src_push_buffer (GST_APP_SRC (self->source), buffer);
}

void
instru_player_sink_push_end (InstruPlayerSink *self)
{
  gst_app_src_end_of_stream (GST_APP_SRC (self->source));
}

gboolean
instru_player_sink_check (InstruPlayerSink *self, gboolean *has_ended, GError **error)
{
  g_autoptr (GstMessage) message =
      gst_bus_pop_filtered (self->bus, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);

  *has_ended = message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  if (message == NULL || *has_ended)
    return TRUE;

  set_device_error (error);
  return FALSE;
}

/* Until the first sound after a seek has come through, the device tells where it was before. */
static gboolean
is_settled (InstruPlayerSink *self)
{
  return gst_element_get_state (self->pipeline, NULL, NULL, 0) == GST_STATE_CHANGE_SUCCESS;
}

gboolean
instru_player_sink_get_position (InstruPlayerSink *self, double *position_s)
{
  gint64 position;

  if (!is_settled (self) ||
      !gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &position) || position < 0)
    return FALSE;
  *position_s = (double) position / (double) GST_SECOND;
  return TRUE;
}

void
instru_player_sink_set_volume (InstruPlayerSink *self, double volume)
{
  g_object_set (self->volume, "volume", volume, NULL);
}
