/* Loudness as a linear level: full scale is 1, a full-scale sine 1/√2. */
#include "rms.h"

#include <math.h>

#define LANES 16

float
instru_rms (const float *samples, gsize n_samples)
{
  float lanes[LANES] = { 0 };
  double sum = 0.0;
  gsize i = 0;

  for (; i + LANES <= n_samples; i += LANES)
    for (gsize lane = 0; lane < LANES; lane++)
      lanes[lane] += samples[i + lane] * samples[i + lane];
  for (gsize lane = 0; i < n_samples; i++, lane++)
    lanes[lane] += samples[i] * samples[i];
  for (gsize lane = 0; lane < LANES; lane++)
    sum += lanes[lane];
  return n_samples > 0 ? (float) sqrt (sum / (double) n_samples) : 0.0f;
}
