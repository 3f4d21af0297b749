/* A row of the list: a recording's name, how far we are with it, and what can be done about it. */
#pragma once

#include <gtk/gtk.h>

#include "queue.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_RECORDING_ROW (instru_recording_row_get_type ())
G_DECLARE_FINAL_TYPE (InstruRecordingRow, instru_recording_row, INSTRU, RECORDING_ROW, GtkWidget)

GtkWidget *instru_recording_row_new (InstruQueue *queue);

/* @recording: nullable; rows are used again for other recordings. */
void instru_recording_row_set_recording (InstruRecordingRow *self, InstruRecording *recording);

/* Opens the row's menu. */
void instru_recording_row_show_menu (InstruRecordingRow *self);

G_END_DECLS
