/* One row of the list of recordings: a file and how far we are with it. A GObject for the main
 * thread; the queue changes it, the window shows it.
 *
 * Properties, all read-only and notified: "name" (string), "state" (InstruRecordingState),
 * "progress" (double 0 … 1, −1 unknown), "analysis" (InstruAnalysis, perhaps partial, nullable),
 * "status" (string: one line for the list: "Reed 94 %", "Not sure", "Waiting", the error's
 * sentence). */
#pragma once

#include "analysis.h"
#include "recording-error.h"

G_BEGIN_DECLS

typedef enum
{
  INSTRU_RECORDING_WAITING,
  INSTRU_RECORDING_RUNNING,
  INSTRU_RECORDING_DONE,
  INSTRU_RECORDING_FAILED,
  INSTRU_RECORDING_CANCELLED
} InstruRecordingState;

#define INSTRU_TYPE_RECORDING_STATE (instru_recording_state_get_type ())
GType instru_recording_state_get_type (void);

#define INSTRU_TYPE_RECORDING (instru_recording_get_type ())
G_DECLARE_FINAL_TYPE (InstruRecording, instru_recording, INSTRU, RECORDING, GObject)

InstruRecording *instru_recording_new (GFile *file);

GFile *instru_recording_get_file (InstruRecording *self);
const char *instru_recording_get_name (InstruRecording *self);
InstruRecordingState instru_recording_get_state (InstruRecording *self);
double instru_recording_get_progress (InstruRecording *self);
InstruAnalysis *instru_recording_get_analysis (InstruRecording *self); /* transfer none */
const GError *instru_recording_get_error (InstruRecording *self);
const char *instru_recording_get_status (InstruRecording *self);

G_END_DECLS
