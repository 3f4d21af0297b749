/* Four numbers that say what a spectrum looks like, equal to librosa.feature's spectral_centroid,
 * spectral_bandwidth (p = 2), spectral_rolloff (85 %) and spectral_flatness with their defaults. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  float centroid_hz;  /* Σ f S / Σ S of the magnitudes S; 0 in silence */
  float bandwidth_hz; /* √(Σ S (f − centroid)² / Σ S); 0 in silence */
  float rolloff_hz;   /* the first bin below which 85 % of Σ S lie; 0 in silence */
  float flatness;     /* geometric over arithmetic mean of max (1e-10, S²); 1 in silence */
} InstruSpectralShape;

/* @power: n_bins values S² at multiples of @bin_hz. @magnitude: room for n_bins. */
void instru_spectral_shape_get (const float *power,
                                float *magnitude,
                                gsize n_bins,
                                double bin_hz,
                                InstruSpectralShape *shape);

G_END_DECLS
