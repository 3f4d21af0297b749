/* Pictures in a PDF: of pixels, and of text that our faces lack. For the PDF backend only. */
#pragma once

#include "pdf-document.h"

G_BEGIN_DECLS

/* Up to 256 opaque colours become a palette (a third of the bytes); transparency becomes a soft
 * mask. Returns: (transfer none) (nullable): owned by the document */
HPDF_Image instru_pdf_image_new (InstruPdf *pdf, const InstruImage *image);

/* Text laid out by Pango in any script, as pixels. */
typedef struct
{
  InstruImage image;
  guint32 *pixels;
  double x, y; /* of the picture's top left corner from where the base line starts */
  double width, height;
} InstruTextImage;

/* @size in points; drawn at 300 dpi. Free with instru_text_image_clear (). */
void instru_text_image_init (InstruTextImage *self,
                             const char *text,
                             double size,
                             gboolean bold,
                             InstruColor color);
void instru_text_image_clear (InstruTextImage *self);

/* Without drawing. */
InstruTextExtents instru_text_image_measure (const char *text, double size, gboolean bold);

G_END_DECLS
