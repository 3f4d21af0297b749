/* A worker renders one tile after the other and wraps each in a GdkMemoryTexture. */
#include "spectrogram-tiles.h"

#include "plots.h"

struct _InstruSpectrogramTiles
{
  InstruAnalysis *analysis;
  InstruTimeView view;
  InstruColorMap color_map;
  gsize width_px;
  gsize height_px;
  GPtrArray *textures; /* of GdkTexture, left to right */
};

void
instru_spectrogram_tiles_free (InstruSpectrogramTiles *self)
{
  g_clear_pointer (&self->analysis, instru_analysis_unref);
  g_clear_pointer (&self->textures, g_ptr_array_unref);
  g_free (self);
}

const InstruTimeView *
instru_spectrogram_tiles_get_view (const InstruSpectrogramTiles *self)
{
  return &self->view;
}

/* — on the worker — */

static GdkTexture *
render_tile (const InstruSpectrogramTiles *self, gsize first_column)
{
  gsize n_columns = MIN (self->width_px - first_column, INSTRU_TILE_SIZE);
  gsize stride = n_columns * sizeof (guint32);
  guint32 *pixels = g_malloc_n (self->height_px, stride);
  g_autoptr (GBytes) bytes = NULL;

  instru_mel_picture_render (self->analysis, &self->view, self->color_map, self->width_px,
                             self->height_px, first_column, n_columns, pixels);
  bytes = g_bytes_new_take (pixels, self->height_px * stride);
  return gdk_memory_texture_new ((int) n_columns, (int) self->height_px, GDK_MEMORY_DEFAULT, bytes,
                                 stride);
}

static void
render_tiles (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  InstruSpectrogramTiles *self = task_data;

  for (gsize x = 0; x < self->width_px; x += INSTRU_TILE_SIZE)
    {
      if (g_task_return_error_if_cancelled (task))
        return;
      g_ptr_array_add (self->textures, render_tile (self, x));
    }
  g_clear_pointer (&self->analysis, instru_analysis_unref);
  g_task_return_boolean (task, TRUE);
}

/* — on the main thread — */

void
instru_spectrogram_tiles_new_async (InstruAnalysis *analysis,
                                    const InstruTimeView *view,
                                    InstruColorMap color_map,
                                    gsize width_px,
                                    gsize height_px,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  InstruSpectrogramTiles *self = g_new0 (InstruSpectrogramTiles, 1);

  self->analysis = instru_analysis_ref (analysis);
  self->view = *view;
  self->color_map = color_map;
  self->width_px = MAX (width_px, 1);
  self->height_px = CLAMP (height_px, 1, INSTRU_TILE_SIZE);
  self->textures = g_ptr_array_new_with_free_func (g_object_unref);

  g_task_set_source_tag (task, instru_spectrogram_tiles_new_async);
  g_task_set_task_data (task, self, (GDestroyNotify) instru_spectrogram_tiles_free);
  g_task_run_in_thread (task, render_tiles);
}

static InstruSpectrogramTiles *
share (InstruSpectrogramTiles *other)
{
  InstruSpectrogramTiles *self = g_new0 (InstruSpectrogramTiles, 1);

  self->view = other->view;
  self->width_px = other->width_px;
  self->height_px = other->height_px;
  self->textures = g_ptr_array_ref (other->textures);
  return self;
}

InstruSpectrogramTiles *
instru_spectrogram_tiles_new_finish (GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);

  if (!g_task_propagate_boolean (task, error))
    return NULL;
  return share (g_task_get_task_data (task));
}

void
instru_spectrogram_tiles_snapshot (const InstruSpectrogramTiles *self,
                                   GtkSnapshot *snapshot,
                                   const graphene_rect_t *bounds)
{
  float scale = bounds->size.width / (float) self->width_px;
  float x = bounds->origin.x;

  for (guint i = 0; i < self->textures->len; i++)
    {
      GdkTexture *texture = g_ptr_array_index (self->textures, i);
      float width = scale * (float) gdk_texture_get_width (texture);

      gtk_snapshot_append_texture (
          snapshot, texture, &GRAPHENE_RECT_INIT (x, bounds->origin.y, width, bounds->size.height));
      x += width;
    }
}
