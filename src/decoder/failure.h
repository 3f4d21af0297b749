/* From what GStreamer reports to one of our codes and a sentence. */
#pragma once

#include <gst/gst.h>

#include "recording-error.h"

G_BEGIN_DECLS

/* What was learned of a stream that gave no sound. */
typedef struct
{
  GError *error; /* the pipeline's first error, nullable */
  char
      *missing_audio_codec; /* for people; the codec or container that no plug-in reads, nullable */
  gboolean has_audio;       /* a stream of sound was found and decoded */
  gboolean has_video;       /* a stream of moving pictures was found */
  gboolean has_image;       /* the file is a picture, or holds one */
  gboolean has_type;        /* the bytes are surely of a kind that holds sound */
  gboolean has_notes;       /* the file is MIDI or the like */
} InstruFailure;

void instru_failure_clear (InstruFailure *self);

/* Notes a missing-plugin message of decodebin. */
void instru_failure_add_missing_plugin (InstruFailure *self, GstMessage *message);

/* Notes that a stream of these caps exists. */
void instru_failure_add_stream (InstruFailure *self, GstCaps *caps);

/* Notes what the first bytes look like; @probability: 0 … 100. */
void instru_failure_add_type (InstruFailure *self, GstCaps *caps, guint probability);

/* Says why there is no sound. Returns: (transfer full): a sentence */
char *instru_failure_explain (const InstruFailure *self, InstruRecordingError *code);

G_END_DECLS
