/* The picture of a mel-spectrogram as textures of at most 2,048 pixels a side, made on a worker
 * thread so that the window never waits for it. */
#pragma once

#include <gtk/gtk.h>

#include "analysis.h"
#include "theme.h"
#include "time-axis.h"

G_BEGIN_DECLS

#define INSTRU_TILE_SIZE 2048

/* Immutable once made; the tiles lie side by side and cover the view. */
typedef struct _InstruSpectrogramTiles InstruSpectrogramTiles;

/* @width_px, @height_px: of the whole picture in device pixels; the height is at most
 * INSTRU_TILE_SIZE. */
void instru_spectrogram_tiles_new_async (InstruAnalysis *analysis,
                                         const InstruTimeView *view,
                                         InstruColorMap color_map,
                                         gsize width_px,
                                         gsize height_px,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Returns: (transfer full) (nullable) */
InstruSpectrogramTiles *instru_spectrogram_tiles_new_finish (GAsyncResult *result, GError **error);

void instru_spectrogram_tiles_free (InstruSpectrogramTiles *self);

const InstruTimeView *instru_spectrogram_tiles_get_view (const InstruSpectrogramTiles *self);

/* Draws the tiles so that their view fills @bounds. */
void instru_spectrogram_tiles_snapshot (const InstruSpectrogramTiles *self,
                                        GtkSnapshot *snapshot,
                                        const graphene_rect_t *bounds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruSpectrogramTiles, instru_spectrogram_tiles_free)

G_END_DECLS
