/* The canvas on a page of a PDF by libharu: vectors and real text in the shipped font; text that
 * the font lacks is laid out by Pango and placed as an image at 300 dpi. */
#pragma once

#include <gio/gio.h>
#include <hpdf.h>

#include "canvas.h"

G_BEGIN_DECLS

#define INSTRU_PDF_ERROR (instru_pdf_error_quark ())
GQuark instru_pdf_error_quark (void);

/* A document with our two faces loaded. libharu's errors are kept and come back as GErrors. */
typedef struct _InstruPdf InstruPdf;

InstruPdf *instru_pdf_new (GError **error);
void instru_pdf_free (InstruPdf *self);
HPDF_Doc instru_pdf_get_document (InstruPdf *self);

/* A new page of the given size in points. Its canvas works in points with y downwards from the top
 * left corner. Returns: (transfer full) */
InstruCanvas *instru_pdf_add_page (InstruPdf *self, double width_pt, double height_pt);

/* To a temporary name in the same folder, then renamed. Fails with the first error that libharu
 * reported since new (). */
gboolean instru_pdf_save (InstruPdf *self, GFile *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruPdf, instru_pdf_free)

G_END_DECLS
