/* A child that unparents others while it goes is no trouble: the first one is always asked anew. */
#include "widget-children.h"

void
instru_widget_unparent_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}
