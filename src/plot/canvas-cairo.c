/* Paths go straight to Cairo; text is laid out by Pango, one layout kept for all of it. */
#include "canvas-cairo.h"

#include <pango/pangocairo.h>

#include "canvas-private.h"

typedef struct
{
  InstruCanvas parent;
  cairo_t *cr;
  PangoLayout *layout;
  char *font_family;
} CairoCanvas;

static CairoCanvas *
cast (InstruCanvas *canvas)
{
  return (CairoCanvas *) canvas;
}

static void
cairo_canvas_free (InstruCanvas *canvas)
{
  CairoCanvas *self = cast (canvas);

  cairo_destroy (self->cr);
  g_object_unref (self->layout);
  g_free (self->font_family);
  g_free (self);
}

static void
cairo_canvas_save (InstruCanvas *canvas)
{
  cairo_save (cast (canvas)->cr);
}

static void
cairo_canvas_restore (InstruCanvas *canvas)
{
  cairo_restore (cast (canvas)->cr);
}

static void
cairo_canvas_translate (InstruCanvas *canvas, double x, double y)
{
  cairo_translate (cast (canvas)->cr, x, y);
}

static void
cairo_canvas_scale (InstruCanvas *canvas, double factor)
{
  cairo_scale (cast (canvas)->cr, factor, factor);
}

static void
cairo_canvas_clip (InstruCanvas *canvas, InstruRect rect)
{
  cairo_t *cr = cast (canvas)->cr;

  cairo_new_path (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (cr);
}

static void
cairo_canvas_move_to (InstruCanvas *canvas, double x, double y)
{
  cairo_move_to (cast (canvas)->cr, x, y);
}

static void
cairo_canvas_line_to (InstruCanvas *canvas, double x, double y)
{
  cairo_line_to (cast (canvas)->cr, x, y);
}

static void
cairo_canvas_curve_to (InstruCanvas *canvas,
                       double x1,
                       double y1,
                       double x2,
                       double y2,
                       double x3,
                       double y3)
{
  cairo_curve_to (cast (canvas)->cr, x1, y1, x2, y2, x3, y3);
}

static void
cairo_canvas_close_path (InstruCanvas *canvas)
{
  cairo_close_path (cast (canvas)->cr);
}

static void
set_color (cairo_t *cr, InstruColor color)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

static void
cairo_canvas_stroke (InstruCanvas *canvas,
                     InstruColor color,
                     double width,
                     const double *dash,
                     gsize n_dash)
{
  cairo_t *cr = cast (canvas)->cr;

  set_color (cr, color);
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, dash, (int) n_dash, 0.0);
  cairo_stroke (cr);
}

static void
cairo_canvas_fill (InstruCanvas *canvas, InstruColor color)
{
  cairo_t *cr = cast (canvas)->cr;

  set_color (cr, color);
  cairo_fill (cr);
}

/* Sets the layout up; its base line is returned in canvas units, its extents in @extents. */
static void
lay_out (CairoCanvas *self,
         const char *text,
         const InstruTextStyle *style,
         InstruTextExtents *extents)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  PangoRectangle logical;
  double height;

  pango_font_description_set_family (font, self->font_family);
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  pango_font_description_set_weight (font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_extents (self->layout, NULL, &logical);

  height = (double) logical.height / PANGO_SCALE;
  extents->width = (double) logical.width / PANGO_SCALE;
  extents->ascent = (double) pango_layout_get_baseline (self->layout) / PANGO_SCALE;
  extents->descent = height - extents->ascent;
}

/* Digits of one width, so that numbers stand still while they change. */
static void
use_tabular_figures (PangoLayout *layout)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
}

static void
cairo_canvas_text (InstruCanvas *canvas,
                   double x,
                   double y,
                   const char *text,
                   const InstruTextStyle *style,
                   InstruColor color)
{
  CairoCanvas *self = cast (canvas);
  InstruTextExtents extents;
  double shift;

  lay_out (self, text, style, &extents);
  shift = style->align == INSTRU_ALIGN_START ? 0.0
          : style->align == INSTRU_ALIGN_END ? extents.width
                                             : extents.width / 2.0;
  cairo_new_path (self->cr);
  set_color (self->cr, color);
  cairo_move_to (self->cr, x - shift, y - extents.ascent);
  pango_cairo_show_layout (self->cr, self->layout);
  cairo_new_path (self->cr);
}

static InstruTextExtents
cairo_canvas_text_extents (InstruCanvas *canvas, const char *text, const InstruTextStyle *style)
{
  InstruTextExtents extents;

  lay_out (cast (canvas), text, style, &extents);
  return extents;
}

static void
cairo_canvas_image (InstruCanvas *canvas, const InstruImage *image, InstruRect rect)
{
  cairo_t *cr = cast (canvas)->cr;
  int width = (int) image->width, height = (int) image->height;
  cairo_surface_t *surface;

  if (width < 1 || height < 1)
    return;
  surface = cairo_image_surface_create_for_data ((unsigned char *) (gpointer) image->pixels,
                                                 CAIRO_FORMAT_ARGB32, width, height, 4 * width);
  cairo_save (cr);
  cairo_translate (cr, rect.x, rect.y);
  cairo_scale (cr, rect.width / width, rect.height / height);
  cairo_set_source_surface (cr, surface, 0.0, 0.0);
  /* Without it the border of a scaled picture fades out. */
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0.0, 0.0, width, height);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static const InstruCanvasClass cairo_canvas_class = {
  .free = cairo_canvas_free,
  .save = cairo_canvas_save,
  .restore = cairo_canvas_restore,
  .translate = cairo_canvas_translate,
  .scale = cairo_canvas_scale,
  .clip = cairo_canvas_clip,
  .move_to = cairo_canvas_move_to,
  .line_to = cairo_canvas_line_to,
  .curve_to = cairo_canvas_curve_to,
  .close_path = cairo_canvas_close_path,
  .stroke = cairo_canvas_stroke,
  .fill = cairo_canvas_fill,
  .text = cairo_canvas_text,
  .text_extents = cairo_canvas_text_extents,
  .image = cairo_canvas_image,
  .is_paper = FALSE,
};

InstruCanvas *
instru_canvas_new_for_cairo (cairo_t *cr, const char *font_family)
{
  CairoCanvas *self = g_new0 (CairoCanvas, 1);

  self->parent.klass = &cairo_canvas_class;
  self->cr = cairo_reference (cr);
  self->layout = pango_cairo_create_layout (cr);
  self->font_family = g_strdup (font_family != NULL ? font_family : "sans-serif");
  use_tabular_figures (self->layout);
  return &self->parent;
}
