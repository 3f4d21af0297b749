/* What the window can be asked to do, and by which keys. */
#include "window-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "compat.h"

/* The arrow keys go this far. */
#define SKIP_S 5.0
/* One press of + or − zooms this much. */
#define ZOOM_STEP 1.5

/* — opening — */

static void
on_files_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InstruWindow) self = user_data;
  g_autoptr (GListModel) files = instru_compat_open_files_finish (result, NULL);

  if (files != NULL && !g_cancellable_is_cancelled (self->cancellable))
    instru_window_open_files (self, files);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InstruWindow *self = INSTRU_WINDOW (widget);

  instru_compat_open_files_async (GTK_WINDOW (self), self->cancellable, on_files_chosen,
                                  g_object_ref (self));
}

static void
on_open_uri (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  g_list_store_append (files, file);
  instru_window_open_files (INSTRU_WINDOW (widget), G_LIST_MODEL (files));
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InstruWindow) self = user_data;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (value == NULL || !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      instru_window_toast (self, _ ("There are no files on the clipboard."));
      return;
    }
  for (GSList *item = g_value_get_boxed (value); item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  instru_window_open_files (self, G_LIST_MODEL (files));
}

static void
on_paste (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InstruWindow *self = INSTRU_WINDOW (widget);

  gdk_clipboard_read_value_async (gtk_widget_get_clipboard (widget), GDK_TYPE_FILE_LIST,
                                  G_PRIORITY_DEFAULT, self->cancellable, on_pasted,
                                  g_object_ref (self));
}

/* — the selected recording — */

static void
on_report (GtkWidget *widget, const char *action, GVariant *parameter)
{
  instru_window_report (INSTRU_WINDOW (widget));
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InstruWindow *self = INSTRU_WINDOW (widget);

  if (self->selected != NULL)
    instru_queue_remove (self->queue, self->selected);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InstruWindow *self = INSTRU_WINDOW (widget);

  if (self->selected != NULL)
    instru_queue_retry (self->queue, self->selected);
}

static void
on_cancel_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  instru_queue_cancel_all (INSTRU_WINDOW (widget)->queue);
}

static void
on_play (GtkWidget *widget, const char *action, GVariant *parameter)
{
  instru_recording_page_toggle_playing (INSTRU_WINDOW (widget)->recording_page);
}

static void
on_skip (GtkWidget *widget, const char *action, GVariant *parameter)
{
  instru_recording_page_skip (INSTRU_WINDOW (widget)->recording_page,
                              g_variant_get_double (parameter));
}

/* The parameter counts steps: 1 comes nearer, −1 goes away. */
static void
on_zoom (GtkWidget *widget, const char *action, GVariant *parameter)
{
  instru_recording_page_zoom (INSTRU_WINDOW (widget)->recording_page,
                              pow (ZOOM_STEP, g_variant_get_int32 (parameter)));
}

static void
on_zoom_out_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  instru_recording_page_zoom_out_all (INSTRU_WINDOW (widget)->recording_page);
}

static void
on_clear_selection (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InstruWindow *self = INSTRU_WINDOW (widget);

  instru_time_axis_clear_selection (instru_recording_page_get_time_axis (self->recording_page));
}

/* — the window — */

static void
on_toggle_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InstruSidePane *pane = INSTRU_WINDOW (widget)->side_pane;

  instru_side_pane_set_revealed (pane, !instru_side_pane_get_revealed (pane));
}

void
instru_window_update_actions (InstruWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  InstruRecordingState state = INSTRU_RECORDING_WAITING;

  if (self->selected != NULL)
    state = instru_recording_get_state (self->selected);
  gtk_widget_action_set_enabled (widget, "win.report", state == INSTRU_RECORDING_DONE);
  gtk_widget_action_set_enabled (widget, "win.remove", self->selected != NULL);
  gtk_widget_action_set_enabled (widget, "win.play", self->selected != NULL);
  gtk_widget_action_set_enabled (
      widget, "win.retry", state == INSTRU_RECORDING_FAILED || state == INSTRU_RECORDING_CANCELLED);
  gtk_widget_set_visible (GTK_WIDGET (self->report_button), self->selected != NULL);
}

static void
bind_key (GtkWidgetClass *widget_class, guint key, GdkModifierType modifiers, const char *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, modifiers, action, NULL);
}

static void
bind_zoom_keys (GtkWidgetClass *widget_class)
{
  const guint in[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  const guint out[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };
  const guint all[] = { GDK_KEY_0, GDK_KEY_KP_0 };
  const GdkModifierType modifiers[] = { 0, GDK_CONTROL_MASK };

  for (gsize m = 0; m < G_N_ELEMENTS (modifiers); m++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (in); i++)
        gtk_widget_class_add_binding_action (widget_class, in[i], modifiers[m], "win.zoom", "i", 1);
      for (gsize i = 0; i < G_N_ELEMENTS (out); i++)
        gtk_widget_class_add_binding_action (widget_class, out[i], modifiers[m], "win.zoom", "i",
                                             -1);
      for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
        bind_key (widget_class, all[i], modifiers[m], "win.zoom-out-all");
    }
}

/* Keys that a focused widget may want first; the others are the application's accelerators. */
static void
bind_keys (GtkWidgetClass *widget_class)
{
  bind_key (widget_class, GDK_KEY_Delete, 0, "win.remove");
  bind_key (widget_class, GDK_KEY_KP_Delete, 0, "win.remove");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "win.skip", "d", -SKIP_S);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "win.skip", "d", SKIP_S);
  bind_zoom_keys (widget_class);
}

void
instru_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "win.open-uri", "s", on_open_uri);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, on_paste);
  gtk_widget_class_install_action (widget_class, "win.report", NULL, on_report);
  gtk_widget_class_install_action (widget_class, "win.remove", NULL, on_remove);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "win.cancel-all", NULL, on_cancel_all);
  gtk_widget_class_install_action (widget_class, "win.play", NULL, on_play);
  gtk_widget_class_install_action (widget_class, "win.skip", "d", on_skip);
  gtk_widget_class_install_action (widget_class, "win.zoom", "i", on_zoom);
  gtk_widget_class_install_action (widget_class, "win.zoom-out-all", NULL, on_zoom_out_all);
  gtk_widget_class_install_action (widget_class, "win.clear-selection", NULL, on_clear_selection);
  gtk_widget_class_install_action (widget_class, "win.toggle-list", NULL, on_toggle_list);
  bind_keys (widget_class);
}
