/* The canvas on a Cairo context: screen, PNG, SVG. Text by Pango. */
#pragma once

#include <cairo.h>

#include "canvas.h"

G_BEGIN_DECLS

/* @cr stays the caller's and must live as long as the canvas. @font_family: NULL for the desktop's
 * sans-serif. Returns: (transfer full) */
InstruCanvas *instru_canvas_new_for_cairo (cairo_t *cr, const char *font_family);

G_END_DECLS
