/* Why a recording could not be heard: one error domain for the whole program. Each code has a name
 * that the command line's JSON prints ("not-audio"), and each error carries a sentence that a
 * person can act on. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INSTRU_RECORDING_ERROR (instru_recording_error_quark ())

typedef enum
{
  INSTRU_RECORDING_ERROR_NOT_FOUND,
  INSTRU_RECORDING_ERROR_PERMISSION,
  INSTRU_RECORDING_ERROR_IS_DIRECTORY,
  INSTRU_RECORDING_ERROR_NOT_LOCAL,
  INSTRU_RECORDING_ERROR_NOT_AUDIO,
  INSTRU_RECORDING_ERROR_NO_AUDIO_STREAM,
  INSTRU_RECORDING_ERROR_CODEC_MISSING,
  INSTRU_RECORDING_ERROR_CORRUPT,
  INSTRU_RECORDING_ERROR_EMPTY,
  INSTRU_RECORDING_ERROR_TOO_SHORT,
  INSTRU_RECORDING_ERROR_TOO_LONG,
  INSTRU_RECORDING_ERROR_TIMEOUT,
  INSTRU_RECORDING_ERROR_OUT_OF_MEMORY,
  INSTRU_RECORDING_ERROR_CRASHED,
  INSTRU_RECORDING_ERROR_CANCELLED,
  INSTRU_N_RECORDING_ERRORS
} InstruRecordingError;

GQuark instru_recording_error_quark (void);

/* The code's name in JSON, for example "no-audio-stream". Returns: (transfer none) */
const char *instru_recording_error_get_name (InstruRecordingError code);

/* A sentence for @code in the user's language, used where nothing more exact is known.
 * Returns: (transfer none) */
const char *instru_recording_error_get_sentence (InstruRecordingError code);

/* Sets @error to @code with its general sentence. */
void instru_recording_error_set (GError **error, InstruRecordingError code);

G_END_DECLS
