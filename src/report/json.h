/* An analysis as one line of JSON: keys may be added, never renamed or removed. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* @name: what to print as "file" (the path as the user gave it). Numbers that are not finite are
 * null. Returns: (transfer full), without a line end */
char *instru_json_from_analysis (const InstruAnalysis *analysis, const char *name);

/* {"file": …, "error": {"code": …, "message": …}}. @error is of INSTRU_RECORDING_ERROR. */
char *instru_json_from_error (GFile *file, const char *name, const GError *error);

G_END_DECLS
