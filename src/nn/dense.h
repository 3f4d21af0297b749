/* Dense layer over a batch of N, of output rows first … last − 1 or input rows first … last − 1:
 *
 *   x  in × N      w  out × in      b  out      y  out × N */
#pragma once

#include "network.h"

G_BEGIN_DECLS

void instru_dense_forward (const InstruLayer *layer,
                           const float *x,
                           const float *w,
                           const float *b,
                           float *y,
                           gsize batch,
                           gsize first_output,
                           gsize last_output);

/* Adds to the rows of @dw and @db. */
void instru_dense_backward_weights (const InstruLayer *layer,
                                    const float *x,
                                    const float *dy,
                                    float *dw,
                                    float *db,
                                    gsize batch,
                                    gsize first_output,
                                    gsize last_output);

/* Writes the rows of @dx. */
void instru_dense_backward_input (const InstruLayer *layer,
                                  const float *w,
                                  const float *dy,
                                  float *dx,
                                  gsize batch,
                                  gsize first_input,
                                  gsize last_input);

G_END_DECLS
