/* In a row the first child takes what the others leave; in a column each has the whole width. */
#include "row-column.h"

#include "widget-children.h"

struct _InstruRowColumn
{
  GtkWidget parent_instance;

  int threshold;
  int spacing;
};

enum
{
  PROP_0,
  PROP_THRESHOLD,
  PROP_SPACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void instru_row_column_buildable_init (GtkBuildableIface *iface);
static GtkBuildableIface *parent_buildable_iface;

G_DEFINE_FINAL_TYPE_WITH_CODE (InstruRowColumn,
                               instru_row_column,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      instru_row_column_buildable_init))

static int
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size)
{
  int natural;

  gtk_widget_measure (child, orientation, for_size, NULL, &natural, NULL, NULL);
  return natural;
}

/* Widths side by side: all but the first child as wide as they wish. Returns: the first's */
static int
get_first_width (InstruRowColumn *self, int width)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (GtkWidget *child = gtk_widget_get_next_sibling (first); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    width -= measure_child (child, GTK_ORIENTATION_HORIZONTAL, -1) + self->spacing;
  return MAX (width, 0);
}

static void
measure_width (InstruRowColumn *self, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + self->spacing;
    }
  *natural = MAX (*natural - self->spacing, *minimum);
}

static int
measure_row_height (InstruRowColumn *self, int width)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self));
  int height = 0;

  for (GtkWidget *child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_width = child == first ? get_first_width (self, width)
                                       : measure_child (child, GTK_ORIENTATION_HORIZONTAL, -1);

      height = MAX (height, measure_child (child, GTK_ORIENTATION_VERTICAL, child_width));
    }
  return height;
}

static int
measure_column_height (InstruRowColumn *self, int width)
{
  int height = -self->spacing;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    height += measure_child (child, GTK_ORIENTATION_VERTICAL, width) + self->spacing;
  return MAX (height, 0);
}

static gboolean
is_row (InstruRowColumn *self, int width)
{
  return width < 0 || width >= self->threshold;
}

static void
instru_row_column_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  InstruRowColumn *self = INSTRU_ROW_COLUMN (widget);

  *minimum = *natural = 0;
  if (gtk_widget_get_first_child (widget) == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, minimum, natural);
  else if (is_row (self, for_size))
    *minimum = *natural = measure_row_height (self, for_size < 0 ? self->threshold : for_size);
  else
    *minimum = *natural = measure_column_height (self, for_size);
}

static void
allocate_child (InstruRowColumn *self, GtkWidget *child, GtkAllocation place)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    place.x = gtk_widget_get_width (GTK_WIDGET (self)) - place.x - place.width;
  gtk_widget_size_allocate (child, &place, -1);
}

static void
allocate_row (InstruRowColumn *self, int width, int height)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self));
  int x = 0;

  for (GtkWidget *child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_width = child == first ? get_first_width (self, width)
                                       : measure_child (child, GTK_ORIENTATION_HORIZONTAL, -1);

      allocate_child (self, child, (GtkAllocation){ x, 0, child_width, height });
      x += child_width + self->spacing;
    }
}

static void
allocate_column (InstruRowColumn *self, int width)
{
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int height = measure_child (child, GTK_ORIENTATION_VERTICAL, width);

      allocate_child (self, child, (GtkAllocation){ 0, y, width, height });
      y += height + self->spacing;
    }
}

static void
instru_row_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  InstruRowColumn *self = INSTRU_ROW_COLUMN (widget);

  if (gtk_widget_get_first_child (widget) == NULL)
    return;
  if (is_row (self, width))
    allocate_row (self, width, height);
  else
    allocate_column (self, width);
}

static GtkSizeRequestMode
instru_row_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* — children from templates — */

static void
instru_row_column_add_child (GtkBuildable *buildable,
                             GtkBuilder *builder,
                             GObject *child,
                             const char *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
instru_row_column_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = instru_row_column_add_child;
}

/* — the object — */

static void
instru_row_column_dispose (GObject *object)
{
  instru_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (instru_row_column_parent_class)->dispose (object);
}

static void
instru_row_column_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  InstruRowColumn *self = INSTRU_ROW_COLUMN (object);

  if (id == PROP_THRESHOLD)
    g_value_set_int (value, self->threshold);
  else if (id == PROP_SPACING)
    g_value_set_int (value, self->spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
instru_row_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  InstruRowColumn *self = INSTRU_ROW_COLUMN (object);

  if (id == PROP_THRESHOLD)
    self->threshold = g_value_get_int (value);
  else if (id == PROP_SPACING)
    self->spacing = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  gtk_widget_queue_resize (GTK_WIDGET (object));
}

static void
instru_row_column_class_init (InstruRowColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = instru_row_column_dispose;
  object_class->get_property = instru_row_column_get_property;
  object_class->set_property = instru_row_column_set_property;
  widget_class->measure = instru_row_column_measure;
  widget_class->size_allocate = instru_row_column_size_allocate;
  widget_class->get_request_mode = instru_row_column_get_request_mode;

  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 0,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
instru_row_column_init (InstruRowColumn *self)
{
}
