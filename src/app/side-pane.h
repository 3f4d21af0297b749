/* A side bar beside the content where the window is wide enough; where it is narrow the side bar
 * hides, and comes over the content when it is asked for.
 *
 * Properties: "folded" (boolean, read, notified): the pane is too narrow for both.
 * "revealed" (boolean, read-write): the side bar is shown; each width has its own memory of it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Under this width of the window the list hides. */
#define INSTRU_FOLD_WIDTH 700

#define INSTRU_TYPE_SIDE_PANE (instru_side_pane_get_type ())
G_DECLARE_FINAL_TYPE (InstruSidePane, instru_side_pane, INSTRU, SIDE_PANE, GtkWidget)

gboolean instru_side_pane_get_folded (InstruSidePane *self);
gboolean instru_side_pane_get_revealed (InstruSidePane *self);
void instru_side_pane_set_revealed (InstruSidePane *self, gboolean revealed);

G_END_DECLS
