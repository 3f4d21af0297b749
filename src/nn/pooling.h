/* Pooling of one channel of a batch: x is N × height × width. */
#pragma once

#include "network.h"

G_BEGIN_DECLS

/* 2×2 maximum, stride 2: y is N × height / 2 × width / 2. Of equal values the first counts. */
void instru_max_pool_forward (const InstruLayer *layer, const float *x, float *y, gsize batch);
void instru_max_pool_backward (const InstruLayer *layer,
                               const float *x,
                               const float *dy,
                               float *dx,
                               gsize batch);

/* Mean over the image: y is N. */
void instru_average_pool_forward (const InstruLayer *layer, const float *x, float *y, gsize batch);
void
instru_average_pool_backward (const InstruLayer *layer, const float *dy, float *dx, gsize batch);

/* Maximum over the image: y is N. The backward pass adds to @dx. */
void instru_global_max_forward (const InstruLayer *layer, const float *x, float *y, gsize batch);
void instru_global_max_backward_add (const InstruLayer *layer,
                                     const float *x,
                                     const float *dy,
                                     float *dx,
                                     gsize batch);

G_END_DECLS
