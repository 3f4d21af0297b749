/* Batch normalisation (Ioffe and Szegedy, 2015) of one channel, a row of n = N × height × width:
 *
 *   y = γ (x − μ) / √(σ² + ε) + β
 *
 * with the batch's own μ and σ² in training, the running ones otherwise. As in PyTorch the running
 * variance is the unbiased one, with a momentum of 0.1. */
#pragma once

#include "network.h"

G_BEGIN_DECLS

/* What the backward pass needs of a forward pass in training. */
typedef struct
{
  float mean;
  float inverse_deviation;
} InstruBatchNormMemory;

void instru_batch_norm_forward (const float *x,
                                float gamma,
                                float beta,
                                float running_mean,
                                float running_variance,
                                float *y,
                                gsize n);

void instru_batch_norm_forward_training (const float *x,
                                         float gamma,
                                         float beta,
                                         float *running_mean,
                                         float *running_variance,
                                         float *y,
                                         gsize n,
                                         InstruBatchNormMemory *memory);

/* Adds to @dgamma and @dbeta; writes @dx, which may be @dy. */
void instru_batch_norm_backward (const float *x,
                                 float gamma,
                                 const InstruBatchNormMemory *memory,
                                 const float *dy,
                                 float *dx,
                                 float *dgamma,
                                 float *dbeta,
                                 gsize n);

G_END_DECLS
