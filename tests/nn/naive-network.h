/* The oracle: every layer once more, as its definition says it, in double precision, one number
 * after another and without any thought of speed. */
#pragma once

#include "network.h"

/* Runs @network over a batch. @values: the network's array in double precision; in training the
 * running statistics in it move. @input: channels × N × height × width. Dropout lets everything
 * through. Returns: (transfer full): what comes out, channel-major. */
double *naive_forward (const InstruNetwork *network,
                       double *values,
                       const double *input,
                       gsize batch,
                       gboolean training);

/* The length of what comes out of a layer, or goes in. */
gsize naive_count (InstruShape shape, gsize batch);
