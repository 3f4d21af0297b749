/* The page of one recording: the verdict, the plots over their one time axis, playback; or, where
 * it could not be read, why. */
#pragma once

#include <gtk/gtk.h>

#include "player.h"
#include "recording.h"
#include "shared-time-axis.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_RECORDING_PAGE (instru_recording_page_get_type ())
G_DECLARE_FINAL_TYPE (InstruRecordingPage, instru_recording_page, INSTRU, RECORDING_PAGE, GtkWidget)

/* Once, before anything is shown. */
void instru_recording_page_set_player (InstruRecordingPage *self, InstruPlayer *player);

/* Shows @recording (nullable) and follows it. */
void instru_recording_page_set_recording (InstruRecordingPage *self, InstruRecording *recording);

/* Why there will be no verdicts; nullable. */
void instru_recording_page_set_model_error (InstruRecordingPage *self, const char *sentence);

/* Does nothing where there is nothing to hear. */
void instru_recording_page_toggle_playing (InstruRecordingPage *self);
void instru_recording_page_skip (InstruRecordingPage *self, double offset_s);

/* @factor > 1 comes nearer. */
void instru_recording_page_zoom (InstruRecordingPage *self, double factor);
void instru_recording_page_zoom_out_all (InstruRecordingPage *self);

InstruTimeAxis *instru_recording_page_get_time_axis (InstruRecordingPage *self);

G_END_DECLS
