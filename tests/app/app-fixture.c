/* Windows are shown for real, so that sizes, focus and snapshots are those of the program. */
#include "app-fixture.h"

#include <adwaita.h>
#include <stdlib.h>

#define SKIPPED 77
#define WAIT_S  10

void
instru_test_init_app (int *argc, char ***argv)
{
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      exit (SKIPPED);
    }
  g_test_init (argc, argv, NULL);
  adw_init ();
}

static gboolean
is_laid_out (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

GtkWidget *
instru_test_show (GtkWidget *widget, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  instru_test_wait (is_laid_out, widget);
  return window;
}

static gboolean
on_timeout (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
instru_test_wait (gboolean (*condition) (gpointer data), gpointer data)
{
  gboolean too_late = FALSE;
  guint timeout = g_timeout_add_seconds (WAIT_S, on_timeout, &too_late);

  while (!condition (data) && !too_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_assert_true (condition (data));
}

guchar *
instru_test_draw (GtkWidget *widget, int *width, int *height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guchar *pixels;

  *width = gtk_widget_get_width (widget);
  *height = gtk_widget_get_height (widget);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (
      renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) *width, (float) *height));
  pixels = g_malloc0_n ((gsize) *width * (gsize) *height, 4);
  gdk_texture_download (texture, pixels, 4 * (gsize) *width);
  return pixels;
}
