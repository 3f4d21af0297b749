/* The answer to one request. FORMAT waits for the first sound, so that a file that gives none is an
 * error of opening and not of reading. */
#include "answer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "stream.h"

/* How often to say that a long way to the start position is still being walked. */
#define PROGRESS_US (G_USEC_PER_SEC / 2)

/* A start this near is decoded up to and is exact in every format. */
#define MAX_WALK_S 5.0

/* A seek aims so much earlier: codecs that lean on earlier data need a run-up. */
#define RUN_UP_S 1.0

/* Lengths that are only estimated miss by less. */
#define MIN_PROMISE 0.9

typedef struct
{
  int link_fd;
  guint32 number;
  double start_s;
  InstruStream *stream;

  gboolean has_format;
  guint64 n_to_skip;   /* frames before the start position, where they must be counted */
  gboolean must_align; /* the first sound after a seek may begin before the position */
  guint64 n_sent;
  double duration_hint_s;
  gint64 last_sent_us;
} Answer;

static gboolean
send_frame (Answer *self,
            InstruFrameType type,
            gconstpointer head,
            gsize head_bytes,
            gconstpointer body,
            gsize body_bytes)
{
  self->last_sent_us = g_get_monotonic_time ();
  return instru_link_send (self->link_fd, self->number, type, head, head_bytes, body, body_bytes);
}

static gboolean
send_error (Answer *self)
{
  InstruRecordingError code;
  g_autofree char *sentence =
      instru_failure_explain (instru_stream_get_failure (self->stream), &code);
  InstruErrorFrame frame = { code };

  return send_frame (self, INSTRU_FRAME_ERROR, &frame, sizeof frame, sentence,
                     instru_protocol_fit_text (sentence, INSTRU_PROTOCOL_MAX_TEXT));
}

static gboolean
send_tags (Answer *self)
{
  static const char *const names[INSTRU_N_TAGS] = { GST_TAG_TITLE, GST_TAG_ARTIST, GST_TAG_ALBUM,
                                                    GST_TAG_AUDIO_CODEC, GST_TAG_CONTAINER_FORMAT };
  const GstTagList *tags = instru_stream_get_tags (self->stream);
  g_autoptr (GString) texts = g_string_new (NULL);
  InstruTagsFrame frame = { 0 };

  for (gsize i = 0; i < INSTRU_N_TAGS; i++)
    {
      g_autofree char *text = NULL;

      if (!gst_tag_list_get_string (tags, names[i], &text))
        continue;
      frame.lengths[i] = (guint16) instru_protocol_fit_text (text, INSTRU_PROTOCOL_MAX_TEXT);
      g_string_append_len (texts, text, frame.lengths[i]);
    }
  return send_frame (self, INSTRU_FRAME_TAGS, &frame, sizeof frame, texts->str, texts->len);
}

/* Goes to the start position, or arranges for the way there to be decoded and dropped. */
static void
go_to_start (Answer *self)
{
  int rate_hz = GST_AUDIO_INFO_RATE (instru_stream_get_info (self->stream));

  if (self->start_s <= 0.0)
    return;

  self->must_align =
      self->start_s > MAX_WALK_S && instru_stream_seek (self->stream, self->start_s - RUN_UP_S);
  if (!self->must_align)
    self->n_to_skip = (guint64) llround (MIN (self->start_s * rate_hz, 0x1p62));
}

static gboolean
send_format (Answer *self)
{
  const GstAudioInfo *info = instru_stream_get_info (self->stream);
  InstruFormatFrame frame = { (guint32) GST_AUDIO_INFO_RATE (info),
                              (guint32) GST_AUDIO_INFO_CHANNELS (info),
                              instru_stream_query_duration_s (self->stream) };

  self->duration_hint_s = frame.duration_hint_s;
  self->has_format = TRUE;
  return send_tags (self) && send_frame (self, INSTRU_FRAME_FORMAT, &frame, sizeof frame, NULL, 0);
}

/* After a seek, the place of a buffer in the recording says how much of it comes too early. */
static void
align_to_start (Answer *self, GstClockTime time)
{
  int rate_hz = GST_AUDIO_INFO_RATE (instru_stream_get_info (self->stream));
  double early_s = self->start_s - (double) time / (double) GST_SECOND;

  self->must_align = FALSE;
  if (GST_CLOCK_TIME_IS_VALID (time) && early_s > 0.0)
    self->n_to_skip = (guint64) llround (early_s * rate_hz);
}

static gboolean
send_audio (Answer *self, const guint8 *bytes, gsize n_bytes)
{
  gsize frame_bytes = (gsize) GST_AUDIO_INFO_BPF (instru_stream_get_info (self->stream));
  gsize block_bytes = INSTRU_PROTOCOL_MAX_AUDIO / frame_bytes * frame_bytes;
  guint64 n_frames = n_bytes / frame_bytes;
  guint64 n_skipped = MIN (self->n_to_skip, n_frames);

  self->n_to_skip -= n_skipped;
  bytes += n_skipped * frame_bytes;
  n_bytes = (gsize) (n_frames - n_skipped) * frame_bytes;
  self->n_sent += n_frames - n_skipped;

  if (n_bytes == 0 && g_get_monotonic_time () - self->last_sent_us > PROGRESS_US)
    return send_frame (self, INSTRU_FRAME_PROGRESS, NULL, 0, NULL, 0);

  while (n_bytes > 0)
    {
      gsize n = MIN (n_bytes, block_bytes);

      if (!send_frame (self, INSTRU_FRAME_AUDIO, bytes, n, NULL, 0))
        return FALSE;
      bytes += n;
      n_bytes -= n;
    }
  return TRUE;
}

/* Takes the ownership of @buffer. */
static gboolean
take_sound (Answer *self, GstBuffer *buffer, GstClockTime time)
{
  G_GNUC_UNUSED g_autoptr (GstBuffer) owned = buffer;
  GstMapInfo map;
  gboolean go_on;

  if (!self->has_format)
    {
      if (!send_format (self))
        return FALSE;
      go_to_start (self);
      if (self->must_align)
        return TRUE; /* this was the sound at the beginning */
    }
  if (self->must_align)
    align_to_start (self, time);

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return TRUE;
  go_on = send_audio (self, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  return go_on;
}

/* Whether much of what the header promised was not there. */
static gboolean
ended_early (Answer *self)
{
  double rate_hz = GST_AUDIO_INFO_RATE (instru_stream_get_info (self->stream));
  double end_s = self->start_s + (double) self->n_sent / rate_hz;

  return self->n_sent > 0 && end_s < MIN_PROMISE * self->duration_hint_s - 0.1;
}

static const char *
find_warning (Answer *self)
{
  if (instru_stream_get_failure (self->stream)->error != NULL)
    return _ ("The file is damaged: only the part before the damage was read.");
  if (instru_stream_was_repaired (self->stream))
    return _ ("Parts of the file are damaged and were left out.");
  if (ended_early (self))
    return _ ("The file ends sooner than its header says: it may have been copied only in part.");
  return NULL;
}

static gboolean
finish (Answer *self)
{
  const char *warning;

  if (!self->has_format)
    return send_error (self);

  warning = find_warning (self);
  if (warning != NULL &&
      !send_frame (self, INSTRU_FRAME_WARNING, warning,
                   instru_protocol_fit_text (warning, INSTRU_PROTOCOL_MAX_TEXT), NULL, 0))
    return FALSE;
  return send_tags (self) && send_frame (self, INSTRU_FRAME_END, NULL, 0, NULL, 0);
}

void
instru_answer (int link_fd, const InstruRequest *request)
{
  g_autoptr (InstruStream) stream = instru_stream_new (request->file_fd);
  Answer self = {
    .link_fd = link_fd, .number = request->number, .start_s = request->start_s, .stream = stream
  };
  gboolean go_on = TRUE;

  while (go_on && !instru_link_is_interrupted (link_fd))
    {
      GstBuffer *buffer = NULL;
      GstClockTime time;

      switch (instru_stream_pull (stream, &buffer, &time))
        {
        case INSTRU_STREAM_SOUND:
          go_on = take_sound (&self, buffer, time);
          break;
        case INSTRU_STREAM_OVER:
          finish (&self);
          go_on = FALSE;
          break;
        case INSTRU_STREAM_WAITING:
        default:
          break;
        }
    }
}
