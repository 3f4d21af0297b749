/* One plot, whose curve the tabs choose: so the axis, the playhead and the reading cursor stay
 * where they are when the curve changes. */
#include "descriptor-section.h"

#include "plots.h"
#include "row-column.h"
#include "widget-children.h"

/* The order of the tabs. */
static const InstruDescriptor tab_descriptors[] = {
  INSTRU_DESCRIPTOR_CENTROID_HZ,
  INSTRU_DESCRIPTOR_RMS,
  INSTRU_DESCRIPTOR_ZCR,
};

struct _InstruDescriptorSection
{
  GtkWidget parent_instance;

  GtkBox *tab_box;
  GtkLabel *read_out_label;
  InstruDescriptorPlot *plot;
};

G_DEFINE_FINAL_TYPE (InstruDescriptorSection, instru_descriptor_section, GTK_TYPE_WIDGET)

InstruTimePlot *
instru_descriptor_section_get_plot (InstruDescriptorSection *self)
{
  return INSTRU_TIME_PLOT (self->plot);
}

void
instru_descriptor_section_set_selection (InstruDescriptorSection *self,
                                         const InstruSelection *selection)
{
  g_return_if_fail (INSTRU_IS_DESCRIPTOR_SECTION (self));

  instru_descriptor_plot_set_selection (self->plot, selection);
}

static void
on_tab_toggled (GtkToggleButton *tab, InstruDescriptorSection *self)
{
  gsize index = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (tab), "index"));

  if (gtk_toggle_button_get_active (tab))
    instru_descriptor_plot_set_descriptor (self->plot, tab_descriptors[index]);
}

static void
add_tabs (InstruDescriptorSection *self)
{
  GtkToggleButton *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tab_descriptors); i++)
    {
      GtkWidget *tab =
          gtk_toggle_button_new_with_label (instru_descriptor_get_label (tab_descriptors[i]));

      gtk_widget_add_css_class (tab, "flat");
      gtk_widget_add_css_class (tab, "plot-tab");
      g_object_set_data (G_OBJECT (tab), "index", GSIZE_TO_POINTER (i));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (tab);
      g_signal_connect (tab, "toggled", G_CALLBACK (on_tab_toggled), self);
      gtk_box_append (self->tab_box, tab);
    }
  gtk_toggle_button_set_active (first, TRUE);
}

static void
instru_descriptor_section_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), INSTRU_TYPE_DESCRIPTOR_SECTION);
  instru_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (instru_descriptor_section_parent_class)->dispose (object);
}

static void
instru_descriptor_section_class_init (InstruDescriptorSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = instru_descriptor_section_dispose;

  g_type_ensure (INSTRU_TYPE_ROW_COLUMN);
  g_type_ensure (INSTRU_TYPE_DESCRIPTOR_PLOT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/instrunet/InstruNet/ui/descriptor-section.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, InstruDescriptorSection, tab_box);
  gtk_widget_class_bind_template_child (widget_class, InstruDescriptorSection, read_out_label);
  gtk_widget_class_bind_template_child (widget_class, InstruDescriptorSection, plot);
}

static void
instru_descriptor_section_init (InstruDescriptorSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_tabs (self);
  g_object_bind_property (self->plot, "read-out", self->read_out_label, "label",
                          G_BINDING_SYNC_CREATE);
}
