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

/* The same for a recording that was not analysed yet, and for many at once: a name in @taken (a set
 * of GFile, nullable) counts as one that exists, and the name that is returned is added to it.
 * Returns: (transfer full) */
GFile *instru_report_suggest_file_for (GFile *recording, GFile *folder, GHashTable *taken);

G_END_DECLS
