/* Softmax and cross-entropy in one, in double precision: it is a handful of numbers. */
#include "loss.h"

#include <math.h>

static gsize
find_largest (const float *x, gsize n, gsize stride)
{
  gsize best = 0;

  for (gsize i = 1; i < n; i++)
    if (x[i * stride] > x[best * stride])
      best = i;
  return best;
}

double
instru_cross_entropy (const float *logits,
                      const float *targets,
                      gsize n_outputs,
                      gsize batch,
                      float *gradient,
                      gsize *n_correct)
{
  double loss = 0.0;
  gsize correct = 0;

  for (gsize image = 0; image < batch; image++)
    {
      const float *z = logits + image, *target = targets + image * n_outputs;
      gsize best = find_largest (z, n_outputs, batch);
      double sum = 0.0, log_sum;

      for (gsize i = 0; i < n_outputs; i++)
        sum += exp ((double) z[i * batch] - z[best * batch]);
      log_sum = z[best * batch] + log (sum);
      for (gsize i = 0; i < n_outputs; i++)
        {
          double log_score = z[i * batch] - log_sum;

          loss -= target[i] * log_score;
          gradient[i * batch + image] = (float) ((exp (log_score) - target[i]) / (double) batch);
        }
      correct += best == find_largest (target, n_outputs, 1) ? 1 : 0;
    }

  if (n_correct != NULL)
    *n_correct = correct;
  return loss / (double) batch;
}

void
instru_smooth_target (float *target, gsize n_outputs, gsize label, double smoothing)
{
  for (gsize i = 0; i < n_outputs; i++)
    target[i] = (float) (smoothing / (double) n_outputs);
  target[label] += (float) (1.0 - smoothing);
}
