/* 3×3 convolution of each channel by itself, stride 1 or 2, zero padding 1, no bias, of one
 * channel:
 *
 *   x  N × in.height × in.width       w  3 × 3       y  N × out.height × out.width */
#pragma once

#include "network.h"

G_BEGIN_DECLS

void instru_depthwise_forward (const InstruLayer *layer,
                               const float *x,
                               const float *w,
                               float *y,
                               gsize batch);

/* Adds to @dw; writes @dx, unless it is NULL. */
void instru_depthwise_backward (const InstruLayer *layer,
                                const float *x,
                                const float *w,
                                const float *dy,
                                float *dx,
                                float *dw,
                                gsize batch);

G_END_DECLS
