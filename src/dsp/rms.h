/* Root mean square of a frame, librosa.feature.rms. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

float instru_rms (const float *samples, gsize n_samples);

G_END_DECLS
