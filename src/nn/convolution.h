/* Convolution of 1×1 or 3×3 with stride 1 or 2 and zero padding (kernel − 1) / 2, over images
 * first … last − 1 of a batch of N:
 *
 *   x  in.channels × N × in.height × in.width        w  out.channels × in.channels × k × k
 *   y  out.channels × N × out.height × out.width     b  out.channels, NULL for none
 *
 * A tile of images is laid out as a matrix (im2col; Chellapilla, Puri and Simard, 2006) and
 * multiplied by the weights. @scratch has room for instru_convolution_get_scratch () floats. */
#pragma once

#include "network.h"

G_BEGIN_DECLS

gsize instru_convolution_get_scratch (const InstruLayer *layer, gsize n_images);

void instru_convolution_forward (const InstruLayer *layer,
                                 const float *x,
                                 const float *w,
                                 const float *b,
                                 float *y,
                                 gsize batch,
                                 gsize first,
                                 gsize last,
                                 float *scratch);

/* Adds to @dw and @db (nullable); writes @dx of these images, unless it is NULL. */
void instru_convolution_backward (const InstruLayer *layer,
                                  const float *x,
                                  const float *w,
                                  const float *dy,
                                  float *dx,
                                  float *dw,
                                  float *db,
                                  gsize batch,
                                  gsize first,
                                  gsize last,
                                  float *scratch);

G_END_DECLS
