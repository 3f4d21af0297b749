/* Files dropped anywhere on the window. Only GdkFileList is taken: inside a sandbox the paths of a
 * plain text/uri-list could not be read, and GTK itself turns what the portal hands over into it.
 */
#include "window-private.h"

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, InstruWindow *self)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  for (GSList *item = g_value_get_boxed (value); item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  instru_window_open_files (self, G_LIST_MODEL (files));
  return TRUE;
}

static void
on_current_drop (GtkDropTarget *target, GParamSpec *pspec, InstruWindow *self)
{
  gboolean hovers = gtk_drop_target_get_current_drop (target) != NULL;

  gtk_revealer_set_reveal_child (self->drop_hint, hovers);
}

void
instru_window_init_drop (InstruWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  g_signal_connect (target, "notify::current-drop", G_CALLBACK (on_current_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
