/* Which parts of a line are real text and which must be pictures. For the PDF backend only. */
#pragma once

#include "pdf-document.h"

G_BEGIN_DECLS

/* A stretch of a line, in bytes. */
typedef struct
{
  gsize start;
  gsize length;
  gboolean is_covered; /* our faces have all of it */
} InstruTextRun;

/* Cuts @text (valid UTF-8) at spaces, so that a word in another script, or several in a row, is one
 * picture that Pango can shape, and what stands around it stays text. Together the runs are @text.
 * Returns: (transfer full): of InstruTextRun */
GArray *instru_pdf_split_text (const InstruPdf *pdf, const char *text);

G_END_DECLS
