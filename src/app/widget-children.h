/* Taking a widget apart. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Unparents all children of @widget: for dispose, where a template's own children that are not
 * bound to a field would remain. */
void instru_widget_unparent_children (GtkWidget *widget);

G_END_DECLS
