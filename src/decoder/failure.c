/* From what GStreamer reports to one of our codes and a sentence. decodebin says "missing plug-in"
 * of everything that it does not know, of a ZIP archive as of an exotic codec, so the kind of the
 * stream decides first. */
#include "failure.h"

#include <glib/gi18n-lib.h>
#include <gst/pbutils/pbutils.h>
#include <string.h>

void
instru_failure_clear (InstruFailure *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->missing_audio_codec, g_free);
  *self = (InstruFailure){ 0 };
}

static GstPbUtilsCapsDescriptionFlags
describe (GstCaps *caps)
{
  g_autoptr (GstCaps) fixed = gst_caps_fixate (gst_caps_copy (caps));

  return gst_pb_utils_get_caps_description_flags (fixed);
}

static gboolean
is_some_caps (GstCaps *caps)
{
  return caps != NULL && !gst_caps_is_empty (caps) && !gst_caps_is_any (caps);
}

static gboolean
caps_are_notes (GstCaps *caps)
{
  const char *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  static const char *const notes[] = { "audio/midi",  "audio/riff-midi", "audio/x-midi-event",
                                       "audio/x-mod", "audio/x-sid",     "audio/x-ay",
                                       "audio/x-gbs", "audio/x-gym",     "audio/x-hes",
                                       "audio/x-kss", "audio/x-nsf",     "audio/x-sap",
                                       "audio/x-spc", "audio/x-vgm",     "audio/mobile-xmf",
                                       NULL };

  return g_strv_contains (notes, name);
}

void
instru_failure_add_stream (InstruFailure *self, GstCaps *caps)
{
  GstPbUtilsCapsDescriptionFlags flags;

  if (!is_some_caps (caps))
    return;
  if (caps_are_notes (caps))
    self->has_notes = TRUE;

  flags = describe (caps);
  if (flags & GST_PBUTILS_CAPS_DESCRIPTION_FLAG_IMAGE)
    self->has_image = TRUE;
  else if (flags & GST_PBUTILS_CAPS_DESCRIPTION_FLAG_VIDEO)
    self->has_video = TRUE;
}

void
instru_failure_add_missing_plugin (InstruFailure *self, GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  GstPbUtilsCapsDescriptionFlags flags;
  const GValue *value = gst_structure_get_value (structure, "detail");
  GstCaps *caps = NULL;

  if (value != NULL && GST_VALUE_HOLDS_CAPS (value))
    caps = (GstCaps *) gst_value_get_caps (value);
  if (!is_some_caps (caps))
    return;

  instru_failure_add_stream (self, caps);
  flags = describe (caps);
  if (self->missing_audio_codec == NULL && !caps_are_notes (caps) &&
      (flags &
       (GST_PBUTILS_CAPS_DESCRIPTION_FLAG_AUDIO | GST_PBUTILS_CAPS_DESCRIPTION_FLAG_CONTAINER)))
    self->missing_audio_codec = gst_pb_utils_get_codec_description (caps);
}

void
instru_failure_add_type (InstruFailure *self, GstCaps *caps, guint probability)
{
  const int sounding =
      GST_PBUTILS_CAPS_DESCRIPTION_FLAG_CONTAINER | GST_PBUTILS_CAPS_DESCRIPTION_FLAG_AUDIO |
      GST_PBUTILS_CAPS_DESCRIPTION_FLAG_VIDEO | GST_PBUTILS_CAPS_DESCRIPTION_FLAG_TAG;
  int flags;

  if (!is_some_caps (caps))
    return;

  flags = (int) describe (caps);
  self->has_type = probability >= GST_TYPE_FIND_LIKELY && (flags & sounding) != 0 &&
                   (flags & GST_PBUTILS_CAPS_DESCRIPTION_FLAG_IMAGE) == 0;
}

static InstruRecordingError
failure_code (const InstruFailure *self)
{
  if (self->has_audio)
    return self->error != NULL ? INSTRU_RECORDING_ERROR_CORRUPT : INSTRU_RECORDING_ERROR_EMPTY;
  if (self->missing_audio_codec != NULL ||
      (self->has_type &&
       g_error_matches (self->error, GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND)))
    return INSTRU_RECORDING_ERROR_CODEC_MISSING;
  if (self->has_notes || (self->has_image && !self->has_video))
    return INSTRU_RECORDING_ERROR_NOT_AUDIO;
  if (self->has_video)
    return INSTRU_RECORDING_ERROR_NO_AUDIO_STREAM;
  return self->has_type ? INSTRU_RECORDING_ERROR_CORRUPT : INSTRU_RECORDING_ERROR_NOT_AUDIO;
}

char *
instru_failure_explain (const InstruFailure *self, InstruRecordingError *code)
{
  *code = failure_code (self);

  if (*code == INSTRU_RECORDING_ERROR_CODEC_MISSING && self->missing_audio_codec != NULL)
    return g_strdup_printf (
        _ ("The codec “%s” is not installed. Install the GStreamer plug-in for it, "
           "or convert the file to FLAC or WAV."),
        self->missing_audio_codec);
  if (*code == INSTRU_RECORDING_ERROR_EMPTY)
    return g_strdup (_ ("The recording holds no sound: it is zero seconds long."));
  if (*code == INSTRU_RECORDING_ERROR_NOT_AUDIO && self->has_notes)
    return g_strdup (
        _ ("This file holds notes for a synthesiser, not recorded sound. Choose an audio "
           "or video file."));
  return g_strdup (instru_recording_error_get_sentence (*code));
}
