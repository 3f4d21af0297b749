/* Every template can be built and taken apart again without a warning. */
#include <adwaita.h>

#include "app-fixture.h"
#include "descriptor-section.h"
#include "empty-page.h"
#include "plot-section.h"
#include "queue.h"
#include "recording-list.h"
#include "recording-page.h"
#include "recording-row.h"
#include "transport.h"
#include "verdict-card.h"
#include "window.h"

static void
assert_template_builds (GType type)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));

  g_assert_nonnull (gtk_widget_get_first_child (widget));
  g_assert_finalize_object (widget);
}

static void
test_build (void)
{
  const GType types[] = {
    INSTRU_TYPE_DESCRIPTOR_SECTION, INSTRU_TYPE_EMPTY_PAGE,    INSTRU_TYPE_PLOT_SECTION,
    INSTRU_TYPE_RECORDING_LIST,     INSTRU_TYPE_RECORDING_ROW, INSTRU_TYPE_RECORDING_PAGE,
    INSTRU_TYPE_TRANSPORT,          INSTRU_TYPE_VERDICT_CARD,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    assert_template_builds (types[i]);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* The whole window, with a queue that has nothing to do and a player that has nothing to play. */
static void
test_window (void)
{
  g_autoptr (InstruDecoderPool) pool = instru_decoder_pool_new ();
  g_autoptr (InstruQueue) queue = instru_queue_new (pool, 1);
  g_autoptr (InstruPlayer) player = instru_player_new (pool);
  InstruWindow *window = instru_window_new (NULL, queue, player, NULL);

  gtk_window_present (GTK_WINDOW (window));
  instru_test_wait (is_mapped, window);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  instru_test_init_app (&argc, &argv);

  g_test_add_func ("/templates/build", test_build);
  g_test_add_func ("/templates/window", test_window);
  return g_test_run ();
}
