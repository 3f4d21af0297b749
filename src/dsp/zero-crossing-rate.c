/* Signs are compared once, when samples come in; a frame then only adds up marks. */
#include "zero-crossing-rate.h"

#define THRESHOLD 1e-10f

void
instru_mark_zero_crossings (const float *samples,
                            gsize n_samples,
                            gboolean *was_negative,
                            guint8 *crossings)
{
  for (gsize i = 0; i < n_samples; i++)
    {
      gboolean is_negative = samples[i] < -THRESHOLD;

      crossings[i] = is_negative != *was_negative;
      *was_negative = is_negative;
    }
}

float
instru_zero_crossing_rate (const guint8 *crossings, gsize n_samples)
{
  guint count = 0;

  for (gsize i = 1; i < n_samples; i++)
    count += crossings[i];
  return (float) count / (float) n_samples;
}
