/* An analysis as one row of a table (RFC 4180): what a spreadsheet or R reads without a word. The
 * units are in the names of the columns; the numbers are those of the JSON, digit for digit. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* Every row ends with CR LF and has the same number of columns. A cell without a value is empty.
 * Returns: (transfer full) */
char *instru_csv_get_header (void);
char *instru_csv_from_analysis (const InstruAnalysis *analysis, const char *name);
/* Only the file and the columns "error_code" and "error_message" are filled. @error is of
 * INSTRU_RECORDING_ERROR. */
char *instru_csv_from_error (GFile *file, const char *name, const GError *error);

G_END_DECLS
