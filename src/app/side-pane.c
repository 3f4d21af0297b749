/* Allocates both children by hand: GTK 4.8 has no widget for this that will last. The width at
 * which it folds is known only while sizes are being given out, when nothing may be resized, so
 * "folded" is notified a moment later. */
#include "side-pane.h"

#define SIDEBAR_WIDTH 236
/* What remains of the content beside an open side bar on a narrow window. */
#define LEAST_REST 72

struct _InstruSidePane
{
  GtkWidget parent_instance;

  GtkWidget *sidebar;
  GtkWidget *content;
  gboolean folded;
  gboolean shows_beside; /* while unfolded */
  gboolean shows_over;   /* while folded */
  guint notify_id;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  PROP_REVEALED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void instru_side_pane_buildable_init (GtkBuildableIface *iface);
static GtkBuildableIface *parent_buildable_iface;

G_DEFINE_FINAL_TYPE_WITH_CODE (InstruSidePane,
                               instru_side_pane,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      instru_side_pane_buildable_init))

gboolean
instru_side_pane_get_folded (InstruSidePane *self)
{
  return self->folded;
}

gboolean
instru_side_pane_get_revealed (InstruSidePane *self)
{
  return self->folded ? self->shows_over : self->shows_beside;
}

void
instru_side_pane_set_revealed (InstruSidePane *self, gboolean revealed)
{
  g_return_if_fail (INSTRU_IS_SIDE_PANE (self));

  if (instru_side_pane_get_revealed (self) == revealed)
    return;
  if (self->folded)
    self->shows_over = revealed;
  else
    self->shows_beside = revealed;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

/* — sizes — */

static void
measure_sidebar (InstruSidePane *self, GtkOrientation orientation, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (self->sidebar != NULL)
    gtk_widget_measure (self->sidebar, orientation, -1, minimum, natural, NULL, NULL);
}

static void
instru_side_pane_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  InstruSidePane *self = INSTRU_SIDE_PANE (widget);
  int sidebar_minimum, sidebar_natural;

  *minimum = *natural = 0;
  if (self->content != NULL)
    gtk_widget_measure (self->content, orientation, -1, minimum, natural, NULL, NULL);
  measure_sidebar (self, orientation, &sidebar_minimum, &sidebar_natural);
  *minimum = MAX (*minimum, sidebar_minimum);
  *natural = MAX (*natural, sidebar_natural);
}

static gboolean
notify_folded (gpointer data)
{
  InstruSidePane *self = data;

  self->notify_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
  return G_SOURCE_REMOVE;
}

static void
fold (InstruSidePane *self, gboolean folded)
{
  if (self->folded == folded)
    return;
  self->folded = folded;
  self->shows_over = FALSE;
  if (folded)
    gtk_widget_add_css_class (self->sidebar, "over");
  else
    gtk_widget_remove_css_class (self->sidebar, "over");
  if (self->notify_id == 0)
    self->notify_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_folded, self, NULL);
}

static void
allocate (InstruSidePane *self, GtkWidget *child, int x, int width, int height)
{
  GtkAllocation place = { x, 0, width, height };

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    place.x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_widget_size_allocate (child, &place, -1);
}

static int
get_sidebar_width (InstruSidePane *self, int width)
{
  int minimum, natural;

  measure_sidebar (self, GTK_ORIENTATION_HORIZONTAL, &minimum, &natural);
  if (!self->folded)
    return MAX (minimum, SIDEBAR_WIDTH);
  return MAX (minimum, MIN (width - LEAST_REST, SIDEBAR_WIDTH + LEAST_REST));
}

static void
instru_side_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  InstruSidePane *self = INSTRU_SIDE_PANE (widget);
  int sidebar_width, taken;
  gboolean shown;

  if (self->sidebar == NULL || self->content == NULL)
    return;
  fold (self, width < INSTRU_FOLD_WIDTH);
  shown = instru_side_pane_get_revealed (self);
  sidebar_width = get_sidebar_width (self, width);
  taken = shown && !self->folded ? sidebar_width : 0;

  gtk_widget_set_child_visible (self->sidebar, shown);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->sidebar), GTK_ACCESSIBLE_STATE_HIDDEN, !shown,
                               -1);
  allocate (self, self->content, taken, width - taken, height);
  if (shown)
    allocate (self, self->sidebar, 0, sidebar_width, height);
}

static void
instru_side_pane_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  InstruSidePane *self = INSTRU_SIDE_PANE (widget);
  const GdkRGBA shade = { 0.0f, 0.0f, 0.0f, 0.3f };

  gtk_widget_snapshot_child (widget, self->content, snapshot);
  if (self->folded && self->shows_over)
    gtk_snapshot_append_color (snapshot, &shade,
                               &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                    (float) gtk_widget_get_height (widget)));
  gtk_widget_snapshot_child (widget, self->sidebar, snapshot);
}

/* — a side bar over the content goes away when one presses beside it, or Escape — */

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, InstruSidePane *self)
{
  GtkWidget *picked;

  if (!self->folded || !self->shows_over)
    return;
  picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  if (picked != NULL && gtk_widget_is_ancestor (picked, self->sidebar))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  instru_side_pane_set_revealed (self, FALSE);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  InstruSidePane *self = INSTRU_SIDE_PANE (widget);

  if (!self->folded || !self->shows_over)
    return GDK_EVENT_PROPAGATE;
  instru_side_pane_set_revealed (self, FALSE);
  return GDK_EVENT_STOP;
}

/* — children from templates: <child type="sidebar">, and the content — */

static void
instru_side_pane_add_child (GtkBuildable *buildable,
                            GtkBuilder *builder,
                            GObject *child,
                            const char *type)
{
  InstruSidePane *self = INSTRU_SIDE_PANE (buildable);

  if (!GTK_IS_WIDGET (child))
    {
      parent_buildable_iface->add_child (buildable, builder, child, type);
      return;
    }
  if (g_strcmp0 (type, "sidebar") == 0)
    self->sidebar = GTK_WIDGET (child);
  else
    self->content = GTK_WIDGET (child);
  /* The list comes first when Tab goes through the window. */
  gtk_widget_insert_before (GTK_WIDGET (child), GTK_WIDGET (self),
                            GTK_WIDGET (child) == self->sidebar ? self->content : NULL);
}

static void
instru_side_pane_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = instru_side_pane_add_child;
}

/* — the object — */

static void
instru_side_pane_dispose (GObject *object)
{
  InstruSidePane *self = INSTRU_SIDE_PANE (object);

  g_clear_handle_id (&self->notify_id, g_source_remove);
  g_clear_pointer (&self->sidebar, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (instru_side_pane_parent_class)->dispose (object);
}

static void
instru_side_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  InstruSidePane *self = INSTRU_SIDE_PANE (object);

  switch (id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, instru_side_pane_get_revealed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
instru_side_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_REVEALED)
    instru_side_pane_set_revealed (INSTRU_SIDE_PANE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
instru_side_pane_class_init (InstruSidePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = instru_side_pane_dispose;
  object_class->get_property = instru_side_pane_get_property;
  object_class->set_property = instru_side_pane_set_property;
  widget_class->measure = instru_side_pane_measure;
  widget_class->size_allocate = instru_side_pane_size_allocate;
  widget_class->snapshot = instru_side_pane_snapshot;

  properties[PROP_FOLDED] =
      g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REVEALED] =
      g_param_spec_boolean ("revealed", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
instru_side_pane_init (InstruSidePane *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->shows_beside = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
