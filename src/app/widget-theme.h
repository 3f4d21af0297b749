/* The theme of a plot inside a widget: light, dark or high contrast as the desktop wishes, letters
 * in the size and face of the widget. */
#pragma once

#include <gtk/gtk.h>

#include "theme.h"

G_BEGIN_DECLS

InstruTheme instru_widget_theme (GtkWidget *widget);

/* The family of the widget's font. Returns: (transfer full) */
char *instru_widget_get_font_family (GtkWidget *widget);

GdkRGBA instru_color_to_rgba (InstruColor color);

/* Calls @callback with @widget whenever the desktop's colours change, as long as @widget lives. */
void instru_widget_watch_theme (GtkWidget *widget, GCallback callback);

G_END_DECLS
