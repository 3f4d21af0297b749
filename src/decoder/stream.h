/* One recording on its way through GStreamer: a pipeline from the descriptor to interleaved float32
 * at the file's own rate and channels. Used by one thread. */
#pragma once

#include <gst/audio/audio.h>

#include "failure.h"

G_BEGIN_DECLS

typedef enum
{
  INSTRU_STREAM_SOUND,   /* a buffer was handed out */
  INSTRU_STREAM_WAITING, /* nothing yet */
  INSTRU_STREAM_OVER,    /* nothing will come any more */
} InstruStreamState;

typedef struct _InstruStream InstruStream;

/* Starts reading @file_fd, which stays the caller's and must outlive the stream. */
InstruStream *instru_stream_new (int file_fd);
void instru_stream_free (InstruStream *self);

/* Waits for the next buffer of sound, a few milliseconds at most. @buffer: (out) (transfer full);
 * @time: (out): its place in the recording, GST_CLOCK_TIME_NONE where unknown. */
InstruStreamState instru_stream_pull (InstruStream *self, GstBuffer **buffer, GstClockTime *time);

/* The format of all buffers, valid from the first one on. Returns: (transfer none) */
const GstAudioInfo *instru_stream_get_info (InstruStream *self);

/* Goes to a position, exactly. Returns: FALSE where the file cannot be sought in; the stream then
 * goes on from where it is. */
gboolean instru_stream_seek (InstruStream *self, double position_s);

/* What the container says of its length; negative when unknown. */
double instru_stream_query_duration_s (InstruStream *self);

/* All tags so far. Returns: (transfer none) */
const GstTagList *instru_stream_get_tags (InstruStream *self);

/* What went wrong so far; to be asked for when the stream is over. */
const InstruFailure *instru_stream_get_failure (InstruStream *self);

/* Whether a decoder complained of damaged data and went on. */
gboolean instru_stream_was_repaired (InstruStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruStream, instru_stream_free)

G_END_DECLS
