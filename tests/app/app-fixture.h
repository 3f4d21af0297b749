/* A display for widget tests, and a window to lay widgets out in. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK and libadwaita; where there is no display the program ends as skipped. */
void instru_test_init_app (int *argc, char ***argv);

/* Lays @widget out in a window of its own at @width × @height. Returns: (transfer none): the
 * window, for gtk_window_destroy () */
GtkWidget *instru_test_show (GtkWidget *widget, int width, int height);

/* Runs the main loop until @condition holds; fails when it does not within ten seconds. */
void instru_test_wait (gboolean (*condition) (gpointer data), gpointer data);

/* What @widget looks like. Returns: (transfer full): 4 bytes a pixel, width × height */
guchar *instru_test_draw (GtkWidget *widget, int *width, int *height);

G_END_DECLS
