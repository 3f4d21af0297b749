/* A GtkListView over the queue. The last recording that was added stays in sight. */
#include "recording-list.h"

#include <glib/gi18n-lib.h>

#include "recording-row.h"
#include "widget-children.h"

struct _InstruRecordingList
{
  GtkWidget parent_instance;

  GtkListView *list_view;
  GtkRevealer *footer;
  GtkLabel *left_label;

  InstruQueue *queue;
  GtkSingleSelection *selection;
};

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (InstruRecordingList, instru_recording_list, GTK_TYPE_WIDGET)

/* — rows — */

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, InstruRecordingList *self)
{
  gtk_list_item_set_child (item, instru_recording_row_new (self->queue));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, InstruRecordingList *self)
{
  instru_recording_row_set_recording (INSTRU_RECORDING_ROW (gtk_list_item_get_child (item)),
                                      gtk_list_item_get_item (item));
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item, InstruRecordingList *self)
{
  instru_recording_row_set_recording (INSTRU_RECORDING_ROW (gtk_list_item_get_child (item)), NULL);
}

static GtkListItemFactory *
make_factory (InstruRecordingList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  return factory;
}

/* — what is left — */

static void
update_footer (InstruRecordingList *self)
{
  guint n = instru_queue_get_n_unfinished (self->queue);
  g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u left", "%u left", n), n);

  if (n > 0)
    gtk_label_set_label (self->left_label, text);
  gtk_revealer_set_reveal_child (self->footer, n > 0);
}

static void
on_cancel_all (InstruRecordingList *self)
{
  instru_queue_cancel_all (self->queue);
}

/* — selection — */

InstruRecording *
instru_recording_list_get_selected (InstruRecordingList *self)
{
  g_return_val_if_fail (INSTRU_IS_RECORDING_LIST (self), NULL);

  return self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
}

void
instru_recording_list_select (InstruRecordingList *self, InstruRecording *recording)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  g_return_if_fail (INSTRU_IS_RECORDING_LIST (self));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (InstruRecording) item = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (item != recording)
        continue;
      gtk_single_selection_set_selected (self->selection, i);
      gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", i);
      return;
    }
}

static void
on_selected_item (InstruRecordingList *self)
{
  InstruRecording *recording = instru_recording_list_get_selected (self);

  if (recording != NULL)
    instru_queue_prefer (self->queue, recording);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* — the menu by keyboard — */

static InstruRecordingRow *
find_row (GtkWidget *widget)
{
  if (widget == NULL || INSTRU_IS_RECORDING_ROW (widget))
    return (InstruRecordingRow *) widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      InstruRecordingRow *row = find_row (child);

      if (row != NULL)
        return row;
    }
  return NULL;
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  InstruRecordingRow *row = find_row (focus);

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  instru_recording_row_show_menu (row);
  return GDK_EVENT_STOP;
}

/* — the object — */

void
instru_recording_list_set_queue (InstruRecordingList *self, InstruQueue *queue)
{
  g_autoptr (GtkListItemFactory) factory = make_factory (self);

  g_return_if_fail (INSTRU_IS_RECORDING_LIST (self));
  g_return_if_fail (self->queue == NULL);

  self->queue = g_object_ref (queue);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (queue)));
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected_item),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "notify::n-unfinished", G_CALLBACK (update_footer), self,
                           G_CONNECT_SWAPPED);
  update_footer (self);
}

static void
instru_recording_list_dispose (GObject *object)
{
  InstruRecordingList *self = INSTRU_RECORDING_LIST (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), INSTRU_TYPE_RECORDING_LIST);
  instru_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->selection);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (instru_recording_list_parent_class)->dispose (object);
}

static void
instru_recording_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SELECTED)
    g_value_set_object (value, instru_recording_list_get_selected (INSTRU_RECORDING_LIST (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
instru_recording_list_class_init (InstruRecordingListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = instru_recording_list_dispose;
  object_class->get_property = instru_recording_list_get_property;
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, INSTRU_TYPE_RECORDING,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/instrunet/InstruNet/ui/recording-list.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingList, list_view);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingList, footer);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingList, left_label);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_all);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
}

static void
instru_recording_list_init (InstruRecordingList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
