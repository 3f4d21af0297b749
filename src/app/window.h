/* The one window: header bar, list of recordings, page of the selected one. */
#pragma once

#include <adwaita.h>

#include "player.h"
#include "queue.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_WINDOW (instru_window_get_type ())
G_DECLARE_FINAL_TYPE (InstruWindow, instru_window, INSTRU, WINDOW, AdwApplicationWindow)

/* @settings: nullable. */
InstruWindow *instru_window_new (AdwApplication *application,
                                 InstruQueue *queue,
                                 InstruPlayer *player,
                                 GSettings *settings);

/* Analyses @files (of GFile; folders are searched) and shows the first of them. */
void instru_window_open_files (InstruWindow *self, GListModel *files);

/* Why there will be no verdicts; nullable. */
void instru_window_set_model_error (InstruWindow *self, const char *sentence);

G_END_DECLS
