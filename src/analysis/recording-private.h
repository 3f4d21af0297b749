/* What only the queue may do to a recording. */
#pragma once

#include "recording.h"

G_BEGIN_DECLS

void instru_recording_set_waiting (InstruRecording *self);
void instru_recording_set_running (InstruRecording *self);
/* @fraction: 0 … 1, or −1 where the length is unknown. */
void instru_recording_set_partial (InstruRecording *self, InstruAnalysis *partial, double fraction);
void instru_recording_set_done (InstruRecording *self, InstruAnalysis *analysis);
/* Takes @error; INSTRU_RECORDING_ERROR_CANCELLED makes it cancelled, any other failed. */
void instru_recording_take_error (InstruRecording *self, GError *error);

G_END_DECLS
