/* Something to draw on: the screen, a PNG or SVG (Cairo), a page of a PDF (libharu). Every picture
 * of the program is drawn once, on this interface. Coordinates are in units of 1/96 inch on a
 * screen and whatever the owner scaled them to on paper; y grows downwards. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double x, y, width, height;
} InstruRect;

typedef struct
{
  double red, green, blue, alpha; /* 0 … 1 */
} InstruColor;

typedef enum
{
  INSTRU_ALIGN_START,
  INSTRU_ALIGN_CENTER,
  INSTRU_ALIGN_END
} InstruAlign;

typedef struct
{
  double size; /* height of the em, in canvas units */
  gboolean bold;
  InstruAlign align; /* of x: the text starts, is centred, or ends there */
} InstruTextStyle;

typedef struct
{
  double width;   /* advance */
  double ascent;  /* above the base line */
  double descent; /* below it */
} InstruTextExtents;

/* Pixels of a picture: 0xAARRGGBB in native byte order (Cairo's ARGB32, premultiplied), rows of
 * width pixels, the first row at the top. */
typedef struct
{
  gsize width;
  gsize height;
  const guint32 *pixels;
} InstruImage;

typedef struct _InstruCanvas InstruCanvas;

void instru_canvas_free (InstruCanvas *self);

void instru_canvas_save (InstruCanvas *self);
void instru_canvas_restore (InstruCanvas *self);
void instru_canvas_translate (InstruCanvas *self, double x, double y);
void instru_canvas_scale (InstruCanvas *self, double factor);
void instru_canvas_clip (InstruCanvas *self, InstruRect rect);

void instru_canvas_move_to (InstruCanvas *self, double x, double y);
void instru_canvas_line_to (InstruCanvas *self, double x, double y);
void instru_canvas_close_path (InstruCanvas *self);
void instru_canvas_rectangle (InstruCanvas *self, InstruRect rect);
void instru_canvas_rounded_rectangle (InstruCanvas *self, InstruRect rect, double radius);
void instru_canvas_circle (InstruCanvas *self, double x, double y, double radius);

/* Both end the current path. @dash is on-off lengths, NULL for a solid line. */
void instru_canvas_stroke (InstruCanvas *self,
                           InstruColor color,
                           double width,
                           const double *dash,
                           gsize n_dash);
void instru_canvas_fill (InstruCanvas *self, InstruColor color);

/* @y is the base line. @text is UTF-8, one line. */
void instru_canvas_text (InstruCanvas *self,
                         double x,
                         double y,
                         const char *text,
                         const InstruTextStyle *style,
                         InstruColor color);
InstruTextExtents
instru_canvas_text_extents (InstruCanvas *self, const char *text, const InstruTextStyle *style);

void instru_canvas_image (InstruCanvas *self, const InstruImage *image, InstruRect rect);

/* TRUE where the canvas is paper: black on white, no hover, line widths in points. */
gboolean instru_canvas_is_paper (InstruCanvas *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruCanvas, instru_canvas_free)

G_END_DECLS
