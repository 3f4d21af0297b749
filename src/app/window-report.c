/* One click, one PDF. The folder is asked for once and remembered; the file is written on a worker
 * thread, and a toast says where it is. */
#include "window-private.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "pdf-report.h"
#include "settings.h"

typedef struct
{
  InstruAnalysis *analysis;
  GFile *folder;
} ReportJob;

static void
report_job_free (gpointer data)
{
  ReportJob *job = data;

  instru_analysis_unref (job->analysis);
  g_object_unref (job->folder);
  g_free (job);
}

static void
write_report (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ReportJob *job = task_data;
  g_autoptr (GFile) file = instru_report_suggest_file (job->analysis, job->folder);
  GError *error = NULL;

  if (instru_report_write_pdf (job->analysis, file, &error))
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
  else
    g_task_return_error (task, error);
}

/* "~/Documents/reed report.pdf" where it lies under the home folder. */
static char *
make_short_name (GFile *file)
{
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  g_autofree char *below = g_file_get_relative_path (home, file);
  g_autofree char *name =
      below != NULL ? g_strconcat ("~/", below, NULL) : g_file_get_parse_name (file);

  return g_filename_display_name (name);
}

static void
show_written (InstruWindow *self, GFile *file)
{
  g_autofree char *name = make_short_name (file);
  g_autofree char *escaped_name = g_markup_escape_text (name, -1);
  g_autofree char *title = g_strdup_printf (_ ("Report saved as %s"), escaped_name);
  g_autofree char *uri = g_file_get_uri (file);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _ ("Open"));
  adw_toast_set_action_name (toast, "app.show-file");
  adw_toast_set_action_target_value (toast, g_variant_new_string (uri));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  InstruWindow *self = INSTRU_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  instru_window_update_actions (self);
  if (file != NULL)
    {
      show_written (self, file);
      return;
    }
  /* The folder may be gone or full: ask again next time. */
  instru_settings_set_report_folder (self->settings, NULL);
  instru_window_toast (self, error->message);
}

static void
write_to (InstruWindow *self, InstruRecording *recording, GFile *folder)
{
  g_autoptr (GTask) task = NULL;
  ReportJob *job = g_new0 (ReportJob, 1);

  job->analysis = instru_analysis_ref (instru_recording_get_analysis (recording));
  job->folder = g_object_ref (folder);
  task = g_task_new (self, NULL, on_written, NULL);
  g_task_set_source_tag (task, write_to);
  g_task_set_task_data (task, job, report_job_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.report", FALSE);
  g_task_run_in_thread (task, write_report);
}

static gboolean
can_report (InstruRecording *recording)
{
  return recording != NULL && instru_recording_get_state (recording) == INSTRU_RECORDING_DONE;
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InstruRecording) recording = user_data;
  InstruWindow *self = INSTRU_WINDOW (source);
  g_autoptr (GFile) folder = instru_compat_select_folder_finish (result, NULL);

  if (folder == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  instru_settings_set_report_folder (self->settings, folder);
  if (can_report (recording))
    write_to (self, recording, folder);
}

static void
ask_for_folder (InstruWindow *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GFile) start = documents != NULL ? g_file_new_for_path (documents) : NULL;

  instru_compat_select_folder_async (GTK_WINDOW (self), _ ("Keep Reports In…"), start,
                                     self->cancellable, on_folder_chosen,
                                     g_object_ref (self->selected));
}

void
instru_window_report (InstruWindow *self)
{
  g_autoptr (GFile) folder = instru_settings_get_report_folder (self->settings);

  if (!can_report (self->selected))
    return;
  if (folder != NULL)
    write_to (self, self->selected, folder);
  else
    ask_for_folder (self);
}
