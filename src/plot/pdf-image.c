/* Pixels for libharu, which takes grey, RGB or (by its objects) palettes, but no premultiplied
 * alpha. */
#include "pdf-image.h"

#include <hpdf_objects.h>
#include <math.h>
#include <pango/pangocairo.h>

#define DPI         300.0
#define N_PALETTE   256
#define MAX_SIDE_PX 8192
#define POINT_PX    (DPI / 72.0)

/* — pixels — */

/* Fills @indices and @palette (RGB); FALSE where there are too many colours, or transparent ones.
 */
static gboolean
make_palette (const InstruImage *image, guint8 *indices, guint8 *palette, guint *n_colors)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL); /* colour → index + 1 */
  gsize n_pixels = image->width * image->height;

  *n_colors = 0;
  for (gsize i = 0; i < n_pixels; i++)
    {
      guint32 pixel = image->pixels[i];
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (seen, GUINT_TO_POINTER (pixel)));

      if (place == 0)
        {
          if (pixel >> 24 != 0xff || *n_colors == N_PALETTE)
            return FALSE;
          palette[3 * *n_colors] = (guint8) (pixel >> 16);
          palette[3 * *n_colors + 1] = (guint8) (pixel >> 8);
          palette[3 * *n_colors + 2] = (guint8) pixel;
          place = ++*n_colors;
          g_hash_table_insert (seen, GUINT_TO_POINTER (pixel), GUINT_TO_POINTER (place));
        }
      indices[i] = (guint8) (place - 1);
    }
  return TRUE;
}

/* A grey picture whose greys are then called places in a palette. */
static HPDF_Image
new_indexed (InstruPdf *pdf,
             const InstruImage *image,
             const guint8 *indices,
             guint8 *palette,
             guint n_colors)
{
  HPDF_Image picture = HPDF_LoadRawImageFromMem (pdf->document, indices, (HPDF_UINT) image->width,
                                                 (HPDF_UINT) image->height, HPDF_CS_DEVICE_GRAY, 8);
  HPDF_Array space;

  if (picture == NULL)
    return NULL;
  space = HPDF_Array_New (picture->mmgr);
  if (space == NULL)
    return NULL;
  HPDF_Array_AddName (space, "Indexed");
  HPDF_Array_AddName (space, "DeviceRGB");
  HPDF_Array_AddNumber (space, (HPDF_INT32) n_colors - 1);
  HPDF_Array_Add (space, HPDF_Binary_New (picture->mmgr, palette, 3 * n_colors));
  HPDF_Dict_Add (picture, "ColorSpace", space);
  HPDF_Dict_AddBoolean (picture, "Interpolate", HPDF_TRUE);
  return picture;
}

static HPDF_Image
new_true_color (InstruPdf *pdf, const InstruImage *image)
{
  gsize n_pixels = image->width * image->height;
  g_autofree guint8 *rgb = g_malloc (3 * n_pixels);
  g_autofree guint8 *alpha = g_malloc (n_pixels);
  HPDF_UINT width = (HPDF_UINT) image->width, height = (HPDF_UINT) image->height;
  gboolean is_opaque = TRUE;
  HPDF_Image picture;

  for (gsize i = 0; i < n_pixels; i++)
    {
      guint32 pixel = image->pixels[i];
      guint a = pixel >> 24;

      alpha[i] = (guint8) a;
      is_opaque = is_opaque && a == 0xff;
      for (int channel = 0; channel < 3; channel++)
        {
          guint value = pixel >> (16 - 8 * channel) & 0xff;

          rgb[3 * i + (gsize) channel] = (guint8) (a > 0 ? MIN (255 * value / a, 255) : 0xff);
        }
    }

  picture = HPDF_LoadRawImageFromMem (pdf->document, rgb, width, height, HPDF_CS_DEVICE_RGB, 8);
  if (picture != NULL && !is_opaque)
    HPDF_Image_AddSMask (picture, HPDF_LoadRawImageFromMem (pdf->document, alpha, width, height,
                                                            HPDF_CS_DEVICE_GRAY, 8));
  return picture;
}

HPDF_Image
instru_pdf_image_new (InstruPdf *pdf, const InstruImage *image)
{
  g_autofree guint8 *indices = NULL;
  guint8 palette[3 * N_PALETTE];
  guint n_colors;

  if (image->width == 0 || image->height == 0 || image->width > MAX_SIDE_PX ||
      image->height > MAX_SIDE_PX)
    return NULL;
  indices = g_malloc (image->width * image->height);
  if (make_palette (image, indices, palette, &n_colors))
    return new_indexed (pdf, image, indices, palette, n_colors);
  return new_true_color (pdf, image);
}

/* — text — */

/* Units of the layout are pixels at 300 dpi. */
static PangoLayout *
make_layout (const char *text, double size, gboolean bold)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  PangoContext *context = pango_font_map_create_context (map);
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, size * POINT_PX * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  g_object_unref (context);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

InstruTextExtents
instru_text_image_measure (const char *text, double size, gboolean bold)
{
  PangoLayout *layout = make_layout (text, size, bold);
  double ascent = pango_layout_get_baseline (layout) / (PANGO_SCALE * POINT_PX);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  g_object_unref (layout);
  return (InstruTextExtents){
    .width = logical.width / (PANGO_SCALE * POINT_PX),
    .ascent = ascent,
    .descent = logical.height / (PANGO_SCALE * POINT_PX) - ascent,
  };
}

void
instru_text_image_init (InstruTextImage *self,
                        const char *text,
                        double size,
                        gboolean bold,
                        InstruColor color)
{
  PangoLayout *layout = make_layout (text, size, bold);
  PangoRectangle ink;
  cairo_surface_t *surface;
  cairo_t *cr;
  int width, height;

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  width = CLAMP (ink.width, 1, MAX_SIDE_PX);
  height = CLAMP (ink.height, 1, MAX_SIDE_PX);
  self->pixels = g_new0 (guint32, (gsize) width * (gsize) height);
  surface = cairo_image_surface_create_for_data ((guchar *) self->pixels, CAIRO_FORMAT_ARGB32,
                                                 width, height, 4 * width);
  cr = cairo_create (surface);
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
  cairo_move_to (cr, -ink.x, -ink.y);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  self->image = (InstruImage){ (gsize) width, (gsize) height, self->pixels };
  self->x = ink.x / POINT_PX;
  self->y = (ink.y - pango_layout_get_baseline (layout) / (double) PANGO_SCALE) / POINT_PX;
  g_object_unref (layout);
  self->width = width / POINT_PX;
  self->height = height / POINT_PX;
}

void
instru_text_image_clear (InstruTextImage *self)
{
  g_clear_pointer (&self->pixels, g_free);
}
