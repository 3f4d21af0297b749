/* What the files that make up the window share. */
#pragma once

#include "recording-list.h"
#include "recording-page.h"
#include "side-pane.h"
#include "window.h"

G_BEGIN_DECLS

struct _InstruWindow
{
  AdwApplicationWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *open_button;
  GtkButton *report_button;
  GtkToggleButton *list_button;
  AdwToastOverlay *toast_overlay;
  GtkStack *stack;
  GtkRevealer *drop_hint;
  InstruSidePane *side_pane;
  InstruRecordingList *recording_list;
  InstruRecordingPage *recording_page;

  InstruQueue *queue;
  InstruPlayer *player;
  GSettings *settings;       /* nullable */
  GCancellable *cancellable; /* of what ends with the window */
  InstruRecording *selected; /* nullable */
};

void instru_window_install_actions (GtkWidgetClass *widget_class);
void instru_window_update_actions (InstruWindow *self);

void instru_window_init_drop (InstruWindow *self);

/* Writes the PDF of the selected recording; asks where to, the first time. */
void instru_window_report (InstruWindow *self);

/* @sentence is plain text. */
void instru_window_toast (InstruWindow *self, const char *sentence);

G_END_DECLS
