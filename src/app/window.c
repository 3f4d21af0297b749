/* Puts the parts of the window together and follows the selected recording. */
#include "window-private.h"

#include <glib/gi18n-lib.h>

#include "empty-page.h"
#include "file-collector.h"
#include "settings.h"

G_DEFINE_FINAL_TYPE (InstruWindow, instru_window, ADW_TYPE_APPLICATION_WINDOW)

void
instru_window_toast (InstruWindow *self, const char *sentence)
{
  g_autofree char *markup = g_markup_escape_text (sentence, -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (markup));
}

/* — what is shown — */

static void
update_title (InstruWindow *self)
{
  const char *name = self->selected != NULL ? instru_recording_get_name (self->selected) : NULL;

  adw_window_title_set_title (self->title, name != NULL ? name : "InstruNet");
  gtk_window_set_title (GTK_WINDOW (self), name != NULL ? name : "InstruNet");
}

static void
update_list_button (InstruWindow *self)
{
  gboolean has_list = g_list_model_get_n_items (G_LIST_MODEL (self->queue)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->list_button),
                          has_list && instru_side_pane_get_folded (self->side_pane));
}

static void
on_items_changed (InstruWindow *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->queue)) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "recordings");
  update_list_button (self);
}

/* On a narrow window the name of the recording needs the room. */
static void
show_header_buttons (InstruWindow *self, gboolean narrow)
{
  if (narrow)
    {
      gtk_button_set_icon_name (self->open_button, "document-open-symbolic");
      gtk_button_set_icon_name (self->report_button, "document-save-symbolic");
      return;
    }
  gtk_button_set_label (self->open_button, _ ("_Open"));
  gtk_button_set_label (self->report_button, _ ("_Report"));
}

static void
on_folded (InstruWindow *self)
{
  gboolean narrow = instru_side_pane_get_folded (self->side_pane);

  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  show_header_buttons (self, narrow);
  update_list_button (self);
}

static void
on_selected (InstruWindow *self)
{
  InstruRecording *recording = instru_recording_list_get_selected (self->recording_list);

  if (self->selected == recording)
    return;
  if (self->selected != NULL)
    g_signal_handlers_disconnect_by_data (self->selected, self);
  g_set_object (&self->selected, recording);
  if (recording != NULL)
    g_signal_connect_object (recording, "notify::state", G_CALLBACK (instru_window_update_actions),
                             self, G_CONNECT_SWAPPED);

  instru_recording_page_set_recording (self->recording_page, recording);
  if (instru_side_pane_get_folded (self->side_pane))
    instru_side_pane_set_revealed (self->side_pane, FALSE);
  update_title (self);
  instru_window_update_actions (self);
}

static void
on_playback_failed (InstruWindow *self, const char *sentence)
{
  instru_window_toast (self, sentence);
}

void
instru_window_set_model_error (InstruWindow *self, const char *sentence)
{
  g_return_if_fail (INSTRU_IS_WINDOW (self));

  instru_recording_page_set_model_error (self->recording_page, sentence);
}

/* — files — */

static void
add_files (InstruWindow *self, GPtrArray *files)
{
  InstruRecording *first = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      InstruRecording *recording = instru_queue_add (self->queue, g_ptr_array_index (files, i));

      if (first == NULL)
        first = recording;
    }
  if (first != NULL)
    instru_recording_list_select (self->recording_list, first);
  else
    instru_window_toast (self, _ ("There are no recordings in that folder."));
}

static void
on_collected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InstruWindow) self = user_data;
  g_autoptr (GPtrArray) files = instru_collect_files_finish (result, NULL);

  if (files != NULL && !g_cancellable_is_cancelled (self->cancellable))
    add_files (self, files);
}

void
instru_window_open_files (InstruWindow *self, GListModel *files)
{
  g_return_if_fail (INSTRU_IS_WINDOW (self));

  if (g_list_model_get_n_items (files) > 0)
    instru_collect_files_async (files, self->cancellable, on_collected, g_object_ref (self));
}

/* — keys — */

/* Space belongs to a button that has the focus; everywhere else it plays and pauses, also in the
 * list, which would only select again what is selected. */
static gboolean
on_key_pressed (InstruWindow *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (key != GDK_KEY_space || modifiers != 0 || GTK_IS_BUTTON (focus) ||
      !gtk_widget_activate_action (GTK_WIDGET (self), "win.play", NULL))
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* — settings — */

static void
restore (InstruWindow *self)
{
  GSettingsBindFlags flags = G_SETTINGS_BIND_DEFAULT;

  if (self->settings == NULL)
    return;
  g_settings_bind (self->settings, INSTRU_SETTINGS_WINDOW_WIDTH, self, "default-width", flags);
  g_settings_bind (self->settings, INSTRU_SETTINGS_WINDOW_HEIGHT, self, "default-height", flags);
  g_settings_bind (self->settings, INSTRU_SETTINGS_WINDOW_MAXIMIZED, self, "maximized", flags);
  g_settings_bind (self->settings, INSTRU_SETTINGS_VOLUME, self->player, "volume", flags);
}

/* — the object — */

static void
follow_parts (InstruWindow *self)
{
  g_signal_connect_object (self->queue, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "failed", G_CALLBACK (on_playback_failed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side_pane, "notify::folded", G_CALLBACK (on_folded), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->recording_list, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
}

InstruWindow *
instru_window_new (AdwApplication *application,
                   InstruQueue *queue,
                   InstruPlayer *player,
                   GSettings *settings)
{
  InstruWindow *self = g_object_new (INSTRU_TYPE_WINDOW, "application", application, NULL);

  self->queue = g_object_ref (queue);
  self->player = g_object_ref (player);
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  restore (self);
  instru_recording_page_set_player (self->recording_page, player);
  instru_recording_list_set_queue (self->recording_list, queue);
  follow_parts (self);
  on_items_changed (self);
  on_selected (self);
  update_title (self);
  instru_window_update_actions (self);
  return self;
}

static void
instru_window_dispose (GObject *object)
{
  InstruWindow *self = INSTRU_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), INSTRU_TYPE_WINDOW);
  g_clear_object (&self->selected);
  g_clear_object (&self->queue);
  g_clear_object (&self->player);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (instru_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, title);
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, report_button);
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, list_button);
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, side_pane);
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, recording_list);
  gtk_widget_class_bind_template_child (widget_class, InstruWindow, recording_page);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
instru_window_class_init (InstruWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = instru_window_dispose;

  g_type_ensure (INSTRU_TYPE_EMPTY_PAGE);
  g_type_ensure (INSTRU_TYPE_RECORDING_LIST);
  g_type_ensure (INSTRU_TYPE_RECORDING_PAGE);
  g_type_ensure (INSTRU_TYPE_SIDE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/instrunet/InstruNet/ui/window.ui");
  bind_children (widget_class);
  instru_window_install_actions (widget_class);
}

static void
instru_window_init (InstruWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  instru_window_init_drop (self);
}
