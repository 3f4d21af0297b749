/* The PDF report of one recording: verdict, eight confidences, every plot as a vector drawing, the
 * numbers, how it was made. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* Blocking; call it on a worker thread. Written whole or not at all.
 * Errors: G_IO_ERROR or INSTRU_PDF_ERROR, each a sentence. */
gboolean
instru_report_write_pdf (const InstruAnalysis *analysis, GFile *destination, GError **error);

/* "clarinet-study report.pdf" in @folder, with a number where that exists. Returns: (transfer full)
 */
GFile *instru_report_suggest_file (const InstruAnalysis *analysis, GFile *folder);

G_END_DECLS
