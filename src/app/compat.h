/* Everything whose best way differs between the GTK 4.8 and libadwaita 1.2 that the program is
 * written for and newer ones: choosing files, the About window. Version branches live in compat.c
 * and nowhere else; callers see GFile and GError only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for recordings to open. Closing the dialog gives an empty list. */
void instru_compat_open_files_async (GtkWindow *parent,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full) (nullable): of GFile */
GListModel *instru_compat_open_files_finish (GAsyncResult *result, GError **error);

/* Asks for a folder, beginning at @start (nullable). */
void instru_compat_select_folder_async (GtkWindow *parent,
                                        const char *title,
                                        GFile *start,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* Returns: (transfer full) (nullable): NULL without an error where the dialog was closed */
GFile *instru_compat_select_folder_finish (GAsyncResult *result, GError **error);

typedef struct
{
  const char *name;
  const char *version;
  const char *icon_name;
  const char *comments;
  const char *website;
  const char *details; /* what a bug report should hold; the window offers to copy it */
} InstruAbout;

void instru_compat_present_about (GtkWindow *parent, const InstruAbout *about);

G_END_DECLS
