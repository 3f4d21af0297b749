/* Title and read-out stand on one line, so that the numbers change in place. */
#include "plot-section.h"

#include "widget-children.h"

struct _InstruPlotSection
{
  GtkWidget parent_instance;

  GtkBox *box;
  GtkLabel *title_label;
  GtkLabel *read_out_label;
  InstruTimePlot *plot; /* a child of the box */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_PLOT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (InstruPlotSection, instru_plot_section, GTK_TYPE_WIDGET)

static void
set_plot (InstruPlotSection *self, InstruTimePlot *plot)
{
  g_return_if_fail (self->plot == NULL);

  if (plot == NULL)
    return;
  self->plot = plot;
  gtk_box_append (self->box, GTK_WIDGET (plot));
  g_object_bind_property (plot, "read-out", self->read_out_label, "label", G_BINDING_SYNC_CREATE);
}

static void
instru_plot_section_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  InstruPlotSection *self = INSTRU_PLOT_SECTION (object);

  if (id == PROP_TITLE)
    g_value_set_string (value, gtk_label_get_label (self->title_label));
  else if (id == PROP_PLOT)
    g_value_set_object (value, self->plot);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
instru_plot_section_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  InstruPlotSection *self = INSTRU_PLOT_SECTION (object);

  if (id == PROP_TITLE)
    gtk_label_set_label (self->title_label, g_value_get_string (value));
  else if (id == PROP_PLOT)
    set_plot (self, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
instru_plot_section_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), INSTRU_TYPE_PLOT_SECTION);
  instru_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (instru_plot_section_parent_class)->dispose (object);
}

static void
instru_plot_section_class_init (InstruPlotSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = instru_plot_section_dispose;
  object_class->get_property = instru_plot_section_get_property;
  object_class->set_property = instru_plot_section_set_property;

  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PLOT] = g_param_spec_object ("plot", NULL, NULL, INSTRU_TYPE_TIME_PLOT,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/instrunet/InstruNet/ui/plot-section.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, InstruPlotSection, box);
  gtk_widget_class_bind_template_child (widget_class, InstruPlotSection, title_label);
  gtk_widget_class_bind_template_child (widget_class, InstruPlotSection, read_out_label);
}

static void
instru_plot_section_init (InstruPlotSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
