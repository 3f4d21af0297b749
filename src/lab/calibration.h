/* After training: the temperature and the thresholds of “sure”, from the validation groups alone.
 */
#pragma once

#include "evaluation.h"

G_BEGIN_DECLS

/* What a calibrated model file says beside its weights. */
typedef struct
{
  double temperature;    /* least negative log likelihood on the validation notes */
  double sure_threshold; /* 10 % of the validation notes score lower, kept within 0.35 … 0.6 */
  double none_threshold; /* 4 % of the validation notes have more “none”, kept within 0.2 … 0.8 */
} InstruCalibration;

/* @network's numbers are taken from @values. @scratch_path: a file to write trial models to.
 * Errors: INSTRU_WEIGHTS_ERROR. */
gboolean instru_calibrate (const InstruNetwork *network,
                           const float *values,
                           const InstruModelInfo *info,
                           GPtrArray *validation_notes,
                           guint n_threads,
                           const char *scratch_path,
                           InstruCalibration *calibration,
                           GError **error);

G_END_DECLS
