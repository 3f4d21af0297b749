/* One recording on its way through GStreamer:
 *
 *   descriptor ! decodebin ! audioconvert ! audioresample ! float32 of the first format ! appsink
 *
 * Only the first stream of sound is linked, and decodebin is kept from decoding pictures.
 * audioconvert changes the sample format only; where a chained file goes on with another rate or
 * other channels, it and audioresample bring the rest into the first format. */
#include "stream.h"

#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>
#include <gst/pbutils/pbutils.h>

#include "fd-source.h"
#include "plugins.h"

#define PULL_WAIT        (10 * GST_MSECOND)
#define MAX_SINK_BUFFERS 16

/* After an error, sound that is on its way has this long to arrive. */
#define GRACE_US (300 * 1000)

/* So many looks in a row at a pipeline that stands still say that it has stopped. */
#define MAX_STILL 5

#define FLOAT_CAPS "audio/x-raw, format=" GST_AUDIO_NE (F32) ", layout=interleaved"

struct _InstruStream
{
  GstElement *pipeline;
  GstElement *decodebin;
  GstElement *convert;
  GstElement *filter;
  GstElement *sink;
  GstBus *bus;
  GstTagList *tags;
  gint64 error_time_us; /* 0 while there is none */
  guint n_still;
  gboolean all_pads_known;
  gboolean was_repaired;
  GstAudioInfo info;
  InstruFailure failure;

  gint has_format;       /* atomic: the first caps have passed */
  GMutex mutex;          /* guards the two lists */
  GPtrArray *stream_ids; /* of char *, in the order of the file */
  GPtrArray *held_pads;  /* of HeldPad */
};

/* decodebin's own enumeration, which no header declares. */
typedef enum
{
  AUTOPLUG_TRY,
  AUTOPLUG_EXPOSE,
  AUTOPLUG_SKIP,
} AutoplugChoice;

static AutoplugChoice
on_autoplug_select (GstElement *decodebin,
                    GstPad *pad,
                    GstCaps *caps,
                    GstElementFactory *factory,
                    gpointer data)
{
  switch (instru_plugins_judge (factory))
    {
    case INSTRU_PLUGIN_STOP:
      return AUTOPLUG_EXPOSE;
    case INSTRU_PLUGIN_SKIP:
      return AUTOPLUG_SKIP;
    case INSTRU_PLUGIN_USE:
    default:
      return AUTOPLUG_TRY;
    }
}

/* Tells the thread that owns the stream. */
static void
post (InstruStream *self, GstStructure *structure)
{
  gst_element_post_message (self->pipeline,
                            gst_message_new_application (GST_OBJECT (self->pipeline), structure));
}

/* Called from a streaming thread. */
static void
on_have_type (GstElement *typefind, guint probability, GstCaps *caps, InstruStream *self)
{
  post (self, gst_structure_new ("type", "caps", GST_TYPE_CAPS, caps, "probability", G_TYPE_UINT,
                                 probability, NULL));
}

/* Called from a streaming thread: demuxers add their pads in the order of the file. */
static void
on_demuxer_pad_added (GstElement *demuxer, GstPad *pad, InstruStream *self)
{
  char *id = gst_pad_get_stream_id (pad);

  if (id == NULL)
    return;
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->stream_ids, id);
  g_mutex_unlock (&self->mutex);
}

typedef struct
{
  GstPad *pad;
  gulong probe_id;
} HeldPad;

static void
release_pad (gpointer data)
{
  HeldPad *held = data;

  gst_pad_remove_probe (held->pad, held->probe_id);
  gst_object_unref (held->pad);
  g_free (held);
}

static GstPadProbeReturn
hold_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_OK;
}

/* decodebin lets an element like aiffparse, which reads on its own thread and gives raw sound at
 * once, push before anything is linked to it: it then stops for ever. So its first buffer is held
 * back until all is linked. */
static void
hold_back (InstruStream *self, GstElement *element)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "src");
  g_autoptr (GstCaps) caps = pad != NULL ? gst_pad_get_pad_template_caps (pad) : NULL;
  HeldPad *held;

  if (caps == NULL || gst_caps_is_any (caps) || gst_caps_is_empty (caps) ||
      !gst_structure_has_name (gst_caps_get_structure (caps, 0), "audio/x-raw"))
    return;

  held = g_new0 (HeldPad, 1);
  held->pad = g_object_ref (pad);
  held->probe_id = gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER,
                                      hold_buffer, NULL, NULL);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->held_pads, held);
  g_mutex_unlock (&self->mutex);
}

/* Called from a streaming thread. */
static void
on_deep_element_added (GstBin *decodebin, GstBin *parent, GstElement *element, InstruStream *self)
{
  GstElementFactory *factory = gst_element_get_factory (element);

  if (factory == NULL)
    return;
  if (gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DEMUXER))
    g_signal_connect (element, "pad-added", G_CALLBACK (on_demuxer_pad_added), self);
  hold_back (self, element);
}

/* The place of the pad's stream in the file; the last where there was no demuxer. */
static guint
stream_index (InstruStream *self, GstPad *pad)
{
  g_autofree char *id = gst_pad_get_stream_id (pad);
  guint index = G_MAXUINT - 1;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->stream_ids->len && index == G_MAXUINT - 1; i++)
    if (g_strcmp0 (g_ptr_array_index (self->stream_ids, i), id) == 0)
      index = i;
  g_mutex_unlock (&self->mutex);
  return index;
}

static gboolean
is_sound (InstruStream *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (caps == NULL)
    caps = gst_pad_query_caps (pad, NULL);
  post (self, gst_structure_new ("stream", "caps", GST_TYPE_CAPS, caps, NULL));
  return gst_caps_get_size (caps) > 0 &&
         gst_structure_has_name (gst_caps_get_structure (caps, 0), "audio/x-raw");
}

/* Called from a streaming thread. decodebin shows its streams in an order that changes from run to
 * run. */
static void
link_first_sound (InstruStream *self, GstPad *removed)
{
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (self->convert, "sink");
  g_autoptr (GstIterator) pads = gst_element_iterate_src_pads (self->decodebin);
  g_autoptr (GstPad) first = NULL;
  guint first_index = G_MAXUINT;
  GValue item = G_VALUE_INIT;

  while (gst_iterator_next (pads, &item) == GST_ITERATOR_OK)
    {
      GstPad *pad = g_value_get_object (&item);
      guint index = stream_index (self, pad);

      if (pad != removed && !gst_pad_is_linked (pad) && index < first_index && is_sound (self, pad))
        {
          first_index = index;
          gst_object_replace ((GstObject **) &first, GST_OBJECT (pad));
        }
      g_value_unset (&item);
    }
  if (first != NULL && !gst_pad_is_linked (sink_pad))
    gst_pad_link (first, sink_pad);
}

/* A chained file removes its pads between two links of the chain, sometimes after it has added the
 * next ones. */
static void
on_pad_removed (GstElement *decodebin, GstPad *removed, InstruStream *self)
{
  link_first_sound (self, removed);
}

static void
on_no_more_pads (GstElement *decodebin, InstruStream *self)
{
  g_autoptr (GPtrArray) held_pads = NULL;

  link_first_sound (self, NULL);
  g_mutex_lock (&self->mutex);
  held_pads = g_steal_pointer (&self->held_pads);
  self->held_pads = g_ptr_array_new_with_free_func (release_pad);
  g_mutex_unlock (&self->mutex);
  post (self, gst_structure_new_empty ("all-pads-known"));
}

/* Called from a streaming thread: pins what comes out to the first format. */
static GstPadProbeReturn
on_event (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  InstruStream *self = data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps = NULL;

  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS &&
      g_atomic_int_compare_and_exchange (&self->has_format, FALSE, TRUE))
    {
      gst_event_parse_caps (event, &caps);
      g_object_set (self->filter, "caps", caps, NULL);
    }
  return GST_PAD_PROBE_OK;
}

static void
add_elements (InstruStream *self, int file_fd)
{
  GstElement *source = instru_fd_source_new (file_fd);
  GstElement *resample = gst_element_factory_make ("audioresample", NULL);
  g_autoptr (GstCaps) caps = gst_caps_from_string (FLOAT_CAPS);
  g_autoptr (GstPad) filter_pad = NULL;

  self->decodebin = gst_element_factory_make ("decodebin", NULL);
  self->convert = gst_element_factory_make ("audioconvert", NULL);
  self->filter = gst_element_factory_make ("capsfilter", NULL);
  self->sink = gst_element_factory_make ("appsink", NULL);
  if (!self->decodebin || !self->convert || !resample || !self->filter || !self->sink)
    g_error ("GStreamer's base plug-ins are not installed.");

  g_object_set (self->filter, "caps", caps, NULL);
  g_object_set (self->sink, "sync", FALSE, "async", FALSE, "max-buffers", MAX_SINK_BUFFERS,
                "wait-on-eos", FALSE, "enable-last-sample", FALSE, NULL);

  gst_bin_add_many (GST_BIN (self->pipeline), source, self->decodebin, self->convert, resample,
                    self->filter, self->sink, NULL);
  gst_element_link (source, self->decodebin);
  gst_element_link_many (self->convert, resample, self->filter, self->sink, NULL);

  filter_pad = gst_element_get_static_pad (self->filter, "src");
  gst_pad_add_probe (filter_pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_event, self, NULL);
}

InstruStream *
instru_stream_new (int file_fd)
{
  InstruStream *self = g_new0 (InstruStream, 1);
  g_autoptr (GstElement) typefind = NULL;

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bus = gst_element_get_bus (self->pipeline);
  self->tags = gst_tag_list_new_empty ();
  self->stream_ids = g_ptr_array_new_with_free_func (g_free);
  self->held_pads = g_ptr_array_new_with_free_func (release_pad);
  g_mutex_init (&self->mutex);
  add_elements (self, file_fd);

  typefind = gst_bin_get_by_name (GST_BIN (self->decodebin), "typefind");
  if (typefind != NULL)
    g_signal_connect (typefind, "have-type", G_CALLBACK (on_have_type), self);
  g_signal_connect (self->decodebin, "autoplug-select", G_CALLBACK (on_autoplug_select), NULL);
  g_signal_connect (self->decodebin, "deep-element-added", G_CALLBACK (on_deep_element_added),
                    self);
  g_signal_connect (self->decodebin, "pad-removed", G_CALLBACK (on_pad_removed), self);
  g_signal_connect (self->decodebin, "no-more-pads", G_CALLBACK (on_no_more_pads), self);

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return self;
}

/* A sink that waits for room holds a lock which a change of state that is still under way needs,
 * and a seek or a stop waits for that change in turn: before either, the sink must not wait. */
static void
open_sink (InstruStream *self)
{
  gst_app_sink_set_max_buffers (GST_APP_SINK (self->sink), 0);
}

void
instru_stream_free (InstruStream *self)
{
  if (self == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->decodebin, self);
  open_sink (self);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
  gst_tag_list_unref (self->tags);
  g_ptr_array_unref (self->stream_ids);
  g_ptr_array_unref (self->held_pads);
  g_mutex_clear (&self->mutex);
  instru_failure_clear (&self->failure);
  g_free (self);
}

static void
take_tags (InstruStream *self, GstMessage *message)
{
  g_autoptr (GstTagList) tags = NULL;

  gst_message_parse_tag (message, &tags);
  gst_tag_list_insert (self->tags, tags, GST_TAG_MERGE_KEEP);
}

static void
take_error (InstruStream *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *debug = NULL;

  gst_message_parse_error (message, &error, &debug);
  g_debug ("%s (%s)", error->message, debug);
  if (self->failure.error == NULL)
    {
      self->failure.error = g_steal_pointer (&error);
      self->error_time_us = g_get_monotonic_time ();
    }
}

static void
take_application_message (InstruStream *self, GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  g_autoptr (GstCaps) caps = NULL;
  guint probability;

  gst_structure_get (structure, "caps", GST_TYPE_CAPS, &caps, NULL);
  if (gst_structure_has_name (structure, "all-pads-known"))
    self->all_pads_known = TRUE;
  else if (gst_structure_get_uint (structure, "probability", &probability))
    instru_failure_add_type (&self->failure, caps, probability);
  else
    instru_failure_add_stream (&self->failure, caps);
}

static void
take_message (InstruStream *self, GstMessage *message)
{
  switch (GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ERROR:
      take_error (self, message);
      break;
    case GST_MESSAGE_WARNING:
      self->was_repaired = TRUE;
      break;
    case GST_MESSAGE_TAG:
      take_tags (self, message);
      break;
    case GST_MESSAGE_APPLICATION:
      take_application_message (self, message);
      break;
    case GST_MESSAGE_ELEMENT:
      if (gst_is_missing_plugin_message (message))
        instru_failure_add_missing_plugin (&self->failure, message);
      break;
    default:
      break;
    }
}

static void
take_messages (InstruStream *self)
{
  GstMessage *message;

  while ((message = gst_bus_pop (self->bus)) != NULL)
    {
      take_message (self, message);
      gst_message_unref (message);
    }
}

static gboolean
is_running (GstPad *pad)
{
  GstTask *task;
  gboolean running;

  GST_OBJECT_LOCK (pad);
  task = GST_PAD_TASK (pad);
  running = task != NULL && gst_task_get_state (task) == GST_TASK_STARTED;
  GST_OBJECT_UNLOCK (pad);
  return running;
}

/* Whether any thread still moves data. decodebin loses the error of an element that fails while it
 * is being plugged in: then all stand still and nobody says a word. */
static gboolean
has_running_task (InstruStream *self)
{
  g_autoptr (GstIterator) elements = gst_bin_iterate_recurse (GST_BIN (self->pipeline));
  GValue element = G_VALUE_INIT;
  gboolean found = FALSE;

  while (!found && gst_iterator_next (elements, &element) == GST_ITERATOR_OK)
    {
      g_autoptr (GstIterator) pads = gst_element_iterate_pads (g_value_get_object (&element));
      GValue pad = G_VALUE_INIT;

      while (!found && gst_iterator_next (pads, &pad) == GST_ITERATOR_OK)
        {
          found = is_running (g_value_get_object (&pad));
          g_value_unset (&pad);
        }
      g_value_unset (&element);
    }
  return found;
}

/* Whether nothing can come any more, now that nothing came for a moment. */
static gboolean
is_over (InstruStream *self)
{
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (self->convert, "sink");
  gboolean is_linked = gst_pad_is_linked (sink_pad);

  if (gst_app_sink_is_eos (GST_APP_SINK (self->sink)))
    return TRUE;
  if (self->error_time_us != 0)
    return !is_linked || g_get_monotonic_time () - self->error_time_us > GRACE_US;
  if (self->all_pads_known && !is_linked && !self->failure.has_audio)
    return TRUE;

  self->n_still = has_running_task (self) ? 0 : self->n_still + 1;
  return self->n_still >= MAX_STILL;
}

/* Takes the sample apart at once: appsink uses it again, and a seek may not find it in use. */
static void
take_sample (InstruStream *self, GstSample *sample, GstBuffer **buffer, GstClockTime *time)
{
  *buffer = gst_buffer_ref (gst_sample_get_buffer (sample));
  *time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                      GST_BUFFER_PTS (*buffer));
  if (GST_AUDIO_INFO_RATE (&self->info) == 0)
    gst_audio_info_from_caps (&self->info, gst_sample_get_caps (sample));

  self->n_still = 0;
  self->failure.has_audio = TRUE;
  if (self->error_time_us != 0)
    self->error_time_us = g_get_monotonic_time ();
}

InstruStreamState
instru_stream_pull (InstruStream *self, GstBuffer **buffer, GstClockTime *time)
{
  g_autoptr (GstSample) sample =
      gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink), PULL_WAIT);

  take_messages (self);
  if (sample != NULL)
    {
      take_sample (self, sample, buffer, time);
      return INSTRU_STREAM_SOUND;
    }
  if (!is_over (self))
    return INSTRU_STREAM_WAITING;

  if (g_atomic_int_get (&self->has_format))
    self->failure.has_audio = TRUE;
  return INSTRU_STREAM_OVER;
}

const GstAudioInfo *
instru_stream_get_info (InstruStream *self)
{
  return &self->info;
}

gboolean
instru_stream_seek (InstruStream *self, double position_s)
{
  g_autoptr (GstQuery) query = gst_query_new_seeking (GST_FORMAT_TIME);
  gboolean is_seekable = FALSE;

  if (gst_element_query (self->sink, query))
    gst_query_parse_seeking (query, NULL, &is_seekable, NULL, NULL);
  if (!is_seekable)
    return FALSE;

  open_sink (self);
  is_seekable = gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
                                         GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                         (gint64) (position_s * (double) GST_SECOND));
  gst_app_sink_set_max_buffers (GST_APP_SINK (self->sink), MAX_SINK_BUFFERS);
  return is_seekable;
}

double
instru_stream_query_duration_s (InstruStream *self)
{
  gint64 duration = -1;

  if (!gst_element_query_duration (self->sink, GST_FORMAT_TIME, &duration) || duration <= 0)
    return -1.0;
  return (double) duration / (double) GST_SECOND;
}

const GstTagList *
instru_stream_get_tags (InstruStream *self)
{
  return self->tags;
}

const InstruFailure *
instru_stream_get_failure (InstruStream *self)
{
  return &self->failure;
}

gboolean
instru_stream_was_repaired (InstruStream *self)
{
  return self->was_repaired;
}
