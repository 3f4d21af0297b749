/* A note as samples at 22,050 Hz: decoded, transposed, and turned into the cache's frames. */
#pragma once

#include "decoder-client.h"

G_BEGIN_DECLS

/* Mono samples. Longer notes are cut after 12 s. Errors: INSTRU_RECORDING_ERROR.
 * Returns: (transfer full) (nullable): an array of float */
GArray *instru_clip_decode (InstruDecoder *decoder, const char *path, GError **error);

/* Played @ratio times as fast: by linear interpolation, as simple samplers do. */
GArray *instru_clip_transpose (const GArray *samples, double ratio);

/* Appends INSTRU_CACHE_COLUMNS values a frame to @frames (of gint16). Returns: the frames added. */
gsize instru_clip_append_frames (const GArray *samples, GArray *frames);

G_END_DECLS
