/* How often a signal changes its sign, librosa.feature.zero_crossing_rate: crossings of a frame
 * over its length. Samples within ±1e-10 count as 0, and 0 as positive. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Marks where each sample's sign differs from that of the one before: crossings[i] is 0 or 1.
 * @was_negative: the sign of the sample before the first; updated to that of the last. */
void instru_mark_zero_crossings (const float *samples,
                                 gsize n_samples,
                                 gboolean *was_negative,
                                 guint8 *crossings);

/* The rate over a frame whose samples are marked; the mark of its first sample does not count, for
 * the sample before it is outside. */
float instru_zero_crossing_rate (const guint8 *crossings, gsize n_samples);

G_END_DECLS
