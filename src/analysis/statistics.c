/* Welford's running mean and variance. */
#include "statistics.h"

#include <math.h>

void
instru_running_statistics_push (InstruRunningStatistics *self, double value)
{
  double distance = value - self->mean;

  self->n++;
  self->mean += distance / (double) self->n;
  self->sum_of_squares += distance * (value - self->mean);
}

InstruStatistics
instru_running_statistics_get (const InstruRunningStatistics *self)
{
  if (self->n == 0)
    return (InstruStatistics){ NAN, NAN };
  return (InstruStatistics){ self->mean, sqrt (self->sum_of_squares / (double) self->n) };
}
