/* Mean and spread of a stream of numbers (Welford, Technometrics 4, 1962): no list, no
 * cancellation. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

typedef struct
{
  gsize n;
  double mean;
  double sum_of_squares; /* of the distances to the mean */
} InstruRunningStatistics;

void instru_running_statistics_push (InstruRunningStatistics *self, double value);

/* Population standard deviation, as NumPy's default; NAN where nothing was pushed. */
InstruStatistics instru_running_statistics_get (const InstruRunningStatistics *self);

G_END_DECLS
