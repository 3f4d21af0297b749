/* GTK 4.8's GtkFileChooserNative and libadwaita 1.2's AdwAboutWindow behind functions that
 * GtkFileDialog and AdwAboutDialog can stand behind, too. */
#include "compat.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) recordings = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (recordings, _ ("Audio and video files"));
  gtk_file_filter_add_mime_type (recordings, "audio/*");
  gtk_file_filter_add_mime_type (recordings, "video/*");
  gtk_file_chooser_add_filter (chooser, recordings);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

/* The task holds the dialog until there is an answer. */
static void
on_response (GtkNativeDialog *dialog, int response, GTask *task)
{
  G_GNUC_UNUSED g_autoptr (GTask) owned_task = task;

  gtk_native_dialog_hide (dialog);
  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)),
                           g_object_unref);
  else
    g_task_return_pointer (task, g_list_store_new (G_TYPE_FILE), g_object_unref);
}

static void
run_chooser (GtkFileChooserNative *chooser, GTask *task)
{
  g_task_set_task_data (task, chooser, g_object_unref);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
instru_compat_open_files_async (GtkWindow *parent,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Open Recordings"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));

  g_task_set_source_tag (task, instru_compat_open_files_async);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  add_filters (GTK_FILE_CHOOSER (chooser));
  run_chooser (chooser, task);
}

GListModel *
instru_compat_open_files_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
instru_compat_select_folder_async (GtkWindow *parent,
                                   const char *title,
                                   GFile *start,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Select"), _ ("_Cancel"));

  g_task_set_source_tag (task, instru_compat_select_folder_async);
  if (start != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), start, NULL);
  run_chooser (chooser, task);
}

GFile *
instru_compat_select_folder_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GListModel) files = g_task_propagate_pointer (G_TASK (result), error);

  return files != NULL ? g_list_model_get_item (files, 0) : NULL;
}

void
instru_compat_present_about (GtkWindow *parent, const InstruAbout *about)
{
  GtkWidget *window = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "transient-for", parent, "modal", TRUE, "application-name",
      about->name, "application-icon", about->icon_name, "version", about->version, "comments",
      about->comments, "website", about->website, "license-type", GTK_LICENSE_GPL_3_0, "debug-info",
      about->details, "debug-info-filename", "instrunet-details.txt", NULL);

  gtk_window_present (GTK_WINDOW (window));
}
