/* Follows one recording at a time. Its button cancels what is under way and tries again what
 * failed; the menu does the same, and removes. */
#include "recording-row.h"

#include <glib/gi18n-lib.h>

#include "widget-children.h"

struct _InstruRecordingRow
{
  GtkWidget parent_instance;

  GtkLabel *name_label;
  GtkLabel *status_label;
  GtkProgressBar *progress_bar;
  GtkButton *button;
  GtkPopover *menu;

  InstruQueue *queue;
  InstruRecording *recording; /* nullable */
};

G_DEFINE_FINAL_TYPE (InstruRecordingRow, instru_recording_row, GTK_TYPE_WIDGET)

static gboolean
is_under_way (InstruRecordingState state)
{
  return state == INSTRU_RECORDING_WAITING || state == INSTRU_RECORDING_RUNNING;
}

static gboolean
is_unread (InstruRecordingState state)
{
  return state == INSTRU_RECORDING_FAILED || state == INSTRU_RECORDING_CANCELLED;
}

static void
show_button (InstruRecordingRow *self, InstruRecordingState state)
{
  const char *name = is_under_way (state) ? _ ("Cancel") : _ ("Try again");

  gtk_widget_set_visible (GTK_WIDGET (self->button), is_under_way (state) || is_unread (state));
  gtk_button_set_icon_name (self->button, is_under_way (state) ? "process-stop-symbolic"
                                                               : "view-refresh-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
show_status (InstruRecordingRow *self, InstruRecordingState state)
{
  const char *status = instru_recording_get_status (self->recording);
  gboolean failed = state == INSTRU_RECORDING_FAILED;

  gtk_label_set_label (self->status_label, status);
  gtk_label_set_lines (self->status_label, failed ? 3 : 1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status_label), failed ? status : NULL);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->status_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), "error");
}

static void
show_progress (InstruRecordingRow *self, InstruRecordingState state)
{
  double progress = instru_recording_get_progress (self->recording);

  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), state == INSTRU_RECORDING_RUNNING);
  if (progress >= 0.0)
    gtk_progress_bar_set_fraction (self->progress_bar, progress);
  else
    gtk_progress_bar_pulse (self->progress_bar);
}

/* The list's own widget around the row has the focus, so it needs the words. */
static void
name_list_item (InstruRecordingRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *words = g_strdup_printf ("%s, %s", instru_recording_get_name (self->recording),
                                            instru_recording_get_status (self->recording));

  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                    -1);
}

static void
update (InstruRecordingRow *self)
{
  InstruRecordingState state = instru_recording_get_state (self->recording);
  const char *name = instru_recording_get_name (self->recording);

  gtk_label_set_label (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  name_list_item (self);
  show_status (self, state);
  show_progress (self, state);
  show_button (self, state);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.cancel", is_under_way (state));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.retry", is_unread (state));
}

void
instru_recording_row_set_recording (InstruRecordingRow *self, InstruRecording *recording)
{
  g_return_if_fail (INSTRU_IS_RECORDING_ROW (self));

  if (self->recording == recording)
    return;
  if (self->recording != NULL)
    g_signal_handlers_disconnect_by_data (self->recording, self);
  g_set_object (&self->recording, recording);
  if (recording == NULL)
    return;
  g_signal_connect_object (recording, "notify::status", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (recording, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (recording, "notify::progress", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/* — what can be done — */

static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InstruRecordingRow *self = INSTRU_RECORDING_ROW (widget);

  instru_queue_cancel (self->queue, self->recording);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InstruRecordingRow *self = INSTRU_RECORDING_ROW (widget);

  instru_queue_retry (self->queue, self->recording);
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InstruRecordingRow *self = INSTRU_RECORDING_ROW (widget);

  instru_queue_remove (self->queue, self->recording);
}

static void
on_button_clicked (InstruRecordingRow *self)
{
  if (is_under_way (instru_recording_get_state (self->recording)))
    instru_queue_cancel (self->queue, self->recording);
  else
    instru_queue_retry (self->queue, self->recording);
}

void
instru_recording_row_show_menu (InstruRecordingRow *self)
{
  g_return_if_fail (INSTRU_IS_RECORDING_ROW (self));

  gtk_popover_set_pointing_to (self->menu, NULL);
  gtk_popover_popup (self->menu);
}

static void
on_secondary_press (InstruRecordingRow *self, int n_press, double x, double y)
{
  gtk_popover_set_pointing_to (self->menu, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (self->menu);
}

/* — the object — */

static void
instru_recording_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  InstruRecordingRow *self = INSTRU_RECORDING_ROW (widget);

  GTK_WIDGET_CLASS (instru_recording_row_parent_class)
      ->size_allocate (widget, width, height, baseline);
  gtk_popover_present (self->menu);
}

static void
instru_recording_row_dispose (GObject *object)
{
  InstruRecordingRow *self = INSTRU_RECORDING_ROW (object);

  instru_recording_row_set_recording (self, NULL);
  g_clear_object (&self->queue);
  gtk_widget_dispose_template (GTK_WIDGET (self), INSTRU_TYPE_RECORDING_ROW);
  instru_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (instru_recording_row_parent_class)->dispose (object);
}

static void
instru_recording_row_class_init (InstruRecordingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = instru_recording_row_dispose;
  widget_class->size_allocate = instru_recording_row_size_allocate;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/instrunet/InstruNet/ui/recording-row.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingRow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingRow, button);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary_press);

  gtk_widget_class_install_action (widget_class, "row.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "row.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, on_remove);
}

static void
instru_recording_row_init (InstruRecordingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
instru_recording_row_new (InstruQueue *queue)
{
  InstruRecordingRow *self = g_object_new (INSTRU_TYPE_RECORDING_ROW, NULL);

  self->queue = g_object_ref (queue);
  return GTK_WIDGET (self);
}
