/* The list of recordings at the side, with what is left to do at its foot.
 *
 * Property: "selected" (InstruRecording, read, notified; nullable). */
#pragma once

#include <gtk/gtk.h>

#include "queue.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_RECORDING_LIST (instru_recording_list_get_type ())
G_DECLARE_FINAL_TYPE (InstruRecordingList, instru_recording_list, INSTRU, RECORDING_LIST, GtkWidget)

/* Once. */
void instru_recording_list_set_queue (InstruRecordingList *self, InstruQueue *queue);

InstruRecording *instru_recording_list_get_selected (InstruRecordingList *self);
void instru_recording_list_select (InstruRecordingList *self, InstruRecording *recording);

G_END_DECLS
