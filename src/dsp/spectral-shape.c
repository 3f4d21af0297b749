/* Sums run in eight lanes, which compilers turn into vector code; a single sum may not be
 * reordered. */
#include "spectral-shape.h"

#include <math.h>

#define LANES     8
#define ROLLOFF   0.85
#define MIN_POWER 1e-10
/* Values multiplied before one logarithm is taken: 1e-10 to the 16th is far from underflow. */
#define PRODUCT 16

static double
add_lanes (const float *lanes)
{
  double sum = 0.0;

  for (gsize lane = 0; lane < LANES; lane++)
    sum += lanes[lane];
  return sum;
}

static void
sum_moments (const float *magnitude, gsize n_bins, double *sum, double *sum_of_bins)
{
  float plain[LANES] = { 0 }, weighted[LANES] = { 0 };
  gsize bin = 0;

  for (; bin + LANES <= n_bins; bin += LANES)
    for (gsize lane = 0; lane < LANES; lane++)
      {
        plain[lane] += magnitude[bin + lane];
        weighted[lane] += magnitude[bin + lane] * (float) (bin + lane);
      }
  for (gsize lane = 0; bin < n_bins; bin++, lane++)
    {
      plain[lane] += magnitude[bin];
      weighted[lane] += magnitude[bin] * (float) bin;
    }
  *sum = add_lanes (plain);
  *sum_of_bins = add_lanes (weighted);
}

static double
sum_spread (const float *magnitude, gsize n_bins, float centre)
{
  float lanes[LANES] = { 0 };
  gsize bin = 0;

  for (; bin + LANES <= n_bins; bin += LANES)
    for (gsize lane = 0; lane < LANES; lane++)
      {
        float distance = (float) (bin + lane) - centre;

        lanes[lane] += magnitude[bin + lane] * distance * distance;
      }
  for (gsize lane = 0; bin < n_bins; bin++, lane++)
    lanes[lane] += magnitude[bin] * ((float) bin - centre) * ((float) bin - centre);
  return add_lanes (lanes);
}

static gsize
find_rolloff (const float *magnitude, gsize n_bins, double sum)
{
  double below = 0.0;

  for (gsize bin = 0; bin < n_bins; bin++)
    {
      below += magnitude[bin];
      if (below >= ROLLOFF * sum)
        return bin;
    }
  return n_bins - 1;
}

static float
get_flatness (const float *power, gsize n_bins)
{
  double log_sum = 0.0, sum = 0.0;

  for (gsize start = 0; start < n_bins; start += PRODUCT)
    {
      gsize end = MIN (start + PRODUCT, n_bins);
      double product = 1.0;

      for (gsize bin = start; bin < end; bin++)
        {
          double value = power[bin] > MIN_POWER ? power[bin] : MIN_POWER;

          product *= value;
          sum += value;
        }
      log_sum += log (product);
    }
  return (float) (exp (log_sum / (double) n_bins) / (sum / (double) n_bins));
}

void
instru_spectral_shape_get (const float *power,
                           float *magnitude,
                           gsize n_bins,
                           double bin_hz,
                           InstruSpectralShape *shape)
{
  double sum, sum_of_bins, centre;

  for (gsize bin = 0; bin < n_bins; bin++)
    magnitude[bin] = sqrtf (power[bin]);
  sum_moments (magnitude, n_bins, &sum, &sum_of_bins);

  *shape = (InstruSpectralShape){ .flatness = get_flatness (power, n_bins) };
  if (sum <= 0.0)
    return;

  centre = sum_of_bins / sum;
  shape->centroid_hz = (float) (centre * bin_hz);
  shape->bandwidth_hz =
      (float) (sqrt (sum_spread (magnitude, n_bins, (float) centre) / sum) * bin_hz);
  shape->rolloff_hz = (float) ((double) find_rolloff (magnitude, n_bins, sum) * bin_hz);
}
