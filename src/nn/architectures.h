/* The networks that this program knows by name, as texts of network.h. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The original InstruNet: three blocks of two 3×3 convolutions and a pool, then three dense layers;
 * 8 outputs, 8,709,672 trainable parameters, 1.23 GFLOP a window of 1 × 128 × 128. */
#define INSTRU_ARCHITECTURE_CLASSIC                                                                \
  "conv3 32, relu, batchnorm, conv3 32, relu, maxpool2, dropout 0.25, "                            \
  "conv3 64, relu, batchnorm, conv3 64, relu, maxpool2, dropout 0.25, "                            \
  "conv3 128, relu, batchnorm, conv3 128, relu, maxpool2, dropout 0.25, "                          \
  "flatten, dense 256, relu, dropout 0.5, dense 128, relu, dropout 0.5, dense 8"

/* Seven 3×3 convolutions, four of them with stride 2, then the mean and the maximum over the
 * picture; 9 outputs (the families and “none”), 118 MFLOP a window: a tenth of classic. */
#define INSTRU_ARCHITECTURE_COMPACT                                                                \
  "conv3 20 /2 nobias, batchnorm, relu, conv3 40 /2 nobias, batchnorm, relu, "                     \
  "conv3 40 nobias, batchnorm, relu, conv3 80 /2 nobias, batchnorm, relu, "                        \
  "conv3 80 nobias, batchnorm, relu, conv3 120 /2 nobias, batchnorm, relu, "                       \
  "conv3 120 nobias, batchnorm, relu, avgmaxpool, dropout 0.3, dense 9"

/* The text of "classic" or "compact"; NULL for any other name. Returns: (transfer none) */
const char *instru_architecture_get_layers (const char *name);

G_END_DECLS
