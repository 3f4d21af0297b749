/* One scale and one shift a channel; their gradients need two sums over the row. */
#include "batch-norm.h"

#include <math.h>

#include "vector.h"

static void
scale_and_shift (const float *x, float scale, float shift, float *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = scale * x[i] + shift;
}

void
instru_batch_norm_forward (const float *x,
                           float gamma,
                           float beta,
                           float running_mean,
                           float running_variance,
                           float *y,
                           gsize n)
{
  float scale = gamma / sqrtf (running_variance + INSTRU_BATCH_NORM_EPSILON);

  scale_and_shift (x, scale, beta - scale * running_mean, y, n);
}

void
instru_batch_norm_forward_training (const float *x,
                                    float gamma,
                                    float beta,
                                    float *running_mean,
                                    float *running_variance,
                                    float *y,
                                    gsize n,
                                    InstruBatchNormMemory *memory)
{
  float mean = (float) (instru_sum (x, n) / (double) n);
  double squares = instru_squared_distance (x, mean, n);
  float variance = (float) (squares / (double) n);
  float unbiased = n > 1 ? (float) (squares / (double) (n - 1)) : variance;
  float momentum = INSTRU_BATCH_NORM_MOMENTUM;
  float scale;

  memory->mean = mean;
  memory->inverse_deviation = 1.0f / sqrtf (variance + INSTRU_BATCH_NORM_EPSILON);
  scale = gamma * memory->inverse_deviation;
  scale_and_shift (x, scale, beta - scale * mean, y, n);

  *running_mean += momentum * (mean - *running_mean);
  *running_variance += momentum * (unbiased - *running_variance);
}

void
instru_batch_norm_backward (const float *x,
                            float gamma,
                            const InstruBatchNormMemory *memory,
                            const float *dy,
                            float *dx,
                            float *dgamma,
                            float *dbeta,
                            gsize n)
{
  double sum_dy = instru_sum (dy, n);
  double sum_dy_x = instru_dot (dy, x, n) - (double) memory->mean * sum_dy;
  float inverse = memory->inverse_deviation;
  float scale = gamma * inverse;
  float mean_dy = (float) (sum_dy / (double) n);
  float slope = (float) ((double) inverse * inverse * sum_dy_x / (double) n);

  *dgamma += (float) ((double) inverse * sum_dy_x);
  *dbeta += (float) sum_dy;
  for (gsize i = 0; i < n; i++)
    dx[i] = scale * (dy[i] - mean_dy - slope * (x[i] - memory->mean));
}
