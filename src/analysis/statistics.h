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

/* One frame's INSTRU_N_DESCRIPTORS into as many @statistics: RMS as dBFS, the others as they are;
 * nothing where the frame is digital silence (RMS under 1e-6). */
void instru_running_statistics_push_frame (InstruRunningStatistics *statistics,
                                           const float *descriptors);

/* Population standard deviation, as NumPy's default; NAN where nothing was pushed. */
InstruStatistics instru_running_statistics_get (const InstruRunningStatistics *self);

G_END_DECLS
