/* Welford's running mean and variance. */
#include "statistics.h"

#include <math.h>

/* Under this RMS a frame is digital silence and does not count in the means. */
#define SILENT_RMS 1e-6f

void
instru_running_statistics_push (InstruRunningStatistics *self, double value)
{
  double distance = value - self->mean;

  self->n++;
  self->mean += distance / (double) self->n;
  self->sum_of_squares += distance * (value - self->mean);
}

void
instru_running_statistics_push_frame (InstruRunningStatistics *statistics, const float *descriptors)
{
  if (descriptors[INSTRU_DESCRIPTOR_RMS] < SILENT_RMS)
    return;

  for (int i = 0; i < INSTRU_N_DESCRIPTORS; i++)
    instru_running_statistics_push (&statistics[i], i == INSTRU_DESCRIPTOR_RMS
                                                        ? 20.0 * log10 ((double) descriptors[i])
                                                        : (double) descriptors[i]);
}

InstruStatistics
instru_running_statistics_get (const InstruRunningStatistics *self)
{
  if (self->n == 0)
    return (InstruStatistics){ NAN, NAN };
  return (InstruStatistics){ self->mean, sqrt (self->sum_of_squares / (double) self->n) };
}
