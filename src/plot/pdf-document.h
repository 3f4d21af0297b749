/* The document behind the canvas on paper: faces, transparencies and errors that its pages share.
 * For the PDF backend only. */
#pragma once

#include <hb.h>

#include "canvas-pdf.h"

G_BEGIN_DECLS

typedef enum
{
  INSTRU_PDF_FACE_REGULAR,
  INSTRU_PDF_FACE_BOLD,
  INSTRU_PDF_N_FACES
} InstruPdfFace;

struct _InstruPdf
{
  HPDF_Doc document;
  HPDF_Font faces[INSTRU_PDF_N_FACES];
  hb_set_t *covered;        /* the characters that both faces have */
  GHashTable *transparency; /* alpha in 1/255 → HPDF_ExtGState */
  HPDF_STATUS first_error;  /* HPDF_OK while all is well */
};

/* TRUE where @text can be set in our faces: then it is real text, else it must be a picture. */
gboolean instru_pdf_covers (const InstruPdf *self, const char *text);

/* The graphics state for @alpha, 0 … 1. */
HPDF_ExtGState instru_pdf_get_transparency (InstruPdf *self, double alpha);

G_END_DECLS
