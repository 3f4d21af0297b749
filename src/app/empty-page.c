/* A button for each sample that is installed; none are promised that are not there. */
#include "empty-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "samples.h"
#include "widget-children.h"

struct _InstruEmptyPage
{
  GtkWidget parent_instance;

  GtkFlowBox *sample_box;
  GtkWidget *samples_label;
};

G_DEFINE_FINAL_TYPE (InstruEmptyPage, instru_empty_page, GTK_TYPE_WIDGET)

static GtkWidget *
make_sample_button (InstruFamily family, GFile *file)
{
  GtkWidget *button = gtk_button_new_with_label (instru_family_get_label (family));
  g_autofree char *uri = g_file_get_uri (file);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-uri");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", uri);
  return button;
}

static void
add_samples (InstruEmptyPage *self)
{
  gboolean found = FALSE;

  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      g_autoptr (GFile) file = instru_samples_find ((InstruFamily) family);

      if (file == NULL)
        continue;
      gtk_flow_box_append (self->sample_box, make_sample_button ((InstruFamily) family, file));
      /* Tab goes to the button; the flow box's own frame around it is not a place to stop. */
      gtk_widget_set_focusable (gtk_widget_get_last_child (GTK_WIDGET (self->sample_box)), FALSE);
      found = TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->sample_box), found);
  gtk_widget_set_visible (self->samples_label, found);
}

static void
instru_empty_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), INSTRU_TYPE_EMPTY_PAGE);
  instru_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (instru_empty_page_parent_class)->dispose (object);
}

static void
instru_empty_page_class_init (InstruEmptyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = instru_empty_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/instrunet/InstruNet/ui/empty-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, InstruEmptyPage, sample_box);
  gtk_widget_class_bind_template_child (widget_class, InstruEmptyPage, samples_label);
}

static void
instru_empty_page_init (InstruEmptyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_samples (self);
}
