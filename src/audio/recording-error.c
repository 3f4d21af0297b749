/* The table of all reasons why a recording could not be heard: the name that the command line
 * prints and the sentence that people read. */
#include "recording-error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *sentence;
} Reason;

static const Reason reasons[INSTRU_N_RECORDING_ERRORS] = {
  [INSTRU_RECORDING_ERROR_NOT_FOUND] = { "not-found", N_ ("The file is not there. It may have been "
                                                          "moved, renamed or deleted.") },
  [INSTRU_RECORDING_ERROR_PERMISSION] = { "permission", N_ ("You may not read this file. Ask its "
                                                            "owner, or change its permissions.") },
  [INSTRU_RECORDING_ERROR_IS_DIRECTORY] = { "is-directory", N_ ("This is a folder. Open the "
                                                                "recordings inside it.") },
  [INSTRU_RECORDING_ERROR_NOT_LOCAL] = { "not-local",
                                         N_ ("Addresses on the network are not opened: "
                                             "save the file first.") },
  [INSTRU_RECORDING_ERROR_NOT_AUDIO] = { "not-audio",
                                         N_ ("This is not a recording. Choose an audio "
                                             "or video file.") },
  [INSTRU_RECORDING_ERROR_NO_AUDIO_STREAM] = { "no-audio-stream", N_ ("This video has no sound.") },
  [INSTRU_RECORDING_ERROR_CODEC_MISSING] = { "codec-missing",
                                             N_ ("The codec of this file is not "
                                                 "installed. Install more GStreamer "
                                                 "plug-ins, or convert the file to "
                                                 "FLAC or WAV.") },
  [INSTRU_RECORDING_ERROR_CORRUPT] = { "corrupt",
                                       N_ ("The file is damaged and no sound could be read "
                                           "from it. Try another copy.") },
  [INSTRU_RECORDING_ERROR_EMPTY] = { "empty", N_ ("The file is empty. Record or copy it again.") },
  [INSTRU_RECORDING_ERROR_TOO_SHORT] = { "too-short",
                                         N_ ("The recording is too short to analyse: a "
                                             "tenth of a second is needed.") },
  [INSTRU_RECORDING_ERROR_TOO_LONG] = { "too-long", N_ ("The recording is too long. Cut it into "
                                                        "shorter parts.") },
  [INSTRU_RECORDING_ERROR_TIMEOUT] = { "timeout", N_ ("Reading the file took too long. It may be "
                                                      "damaged, or its disk is not answering.") },
  [INSTRU_RECORDING_ERROR_OUT_OF_MEMORY] = { "out-of-memory",
                                             N_ ("There is not enough memory to read "
                                                 "this file.") },
  [INSTRU_RECORDING_ERROR_CRASHED] = { "crashed",
                                       N_ ("The decoder stopped while reading this file, "
                                           "which is probably damaged. Try another copy.") },
  [INSTRU_RECORDING_ERROR_CANCELLED] = { "cancelled", N_ ("Reading the file was cancelled.") },
};

GQuark
instru_recording_error_quark (void)
{
  return g_quark_from_static_string ("instru-recording-error-quark");
}

const char *
instru_recording_error_get_name (InstruRecordingError code)
{
  g_return_val_if_fail ((guint) code < INSTRU_N_RECORDING_ERRORS, "unknown");

  return reasons[code].name;
}

const char *
instru_recording_error_get_sentence (InstruRecordingError code)
{
  g_return_val_if_fail ((guint) code < INSTRU_N_RECORDING_ERRORS, "");

  return _ (reasons[code].sentence);
}

void
instru_recording_error_set (GError **error, InstruRecordingError code)
{
  g_set_error_literal (error, INSTRU_RECORDING_ERROR, (int) code,
                       instru_recording_error_get_sentence (code));
}
