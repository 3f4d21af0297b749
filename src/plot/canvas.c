/* The canvas hands everything to its backend; circles and rounded corners become curves here. */
#include "canvas.h"

#include "canvas-private.h"

/* The control points of a quarter of a circle of radius 1: 4/3 (√2 − 1). */
#define QUARTER 0.5522847498307936

void
instru_canvas_free (InstruCanvas *self)
{
  if (self != NULL)
    self->klass->free (self);
}

void
instru_canvas_save (InstruCanvas *self)
{
  self->klass->save (self);
}

void
instru_canvas_restore (InstruCanvas *self)
{
  self->klass->restore (self);
}

void
instru_canvas_translate (InstruCanvas *self, double x, double y)
{
  self->klass->translate (self, x, y);
}

void
instru_canvas_scale (InstruCanvas *self, double factor)
{
  self->klass->scale (self, factor);
}

void
instru_canvas_clip (InstruCanvas *self, InstruRect rect)
{
  self->klass->clip (self, rect);
}

void
instru_canvas_move_to (InstruCanvas *self, double x, double y)
{
  self->klass->move_to (self, x, y);
}

void
instru_canvas_line_to (InstruCanvas *self, double x, double y)
{
  self->klass->line_to (self, x, y);
}

void
instru_canvas_close_path (InstruCanvas *self)
{
  self->klass->close_path (self);
}

void
instru_canvas_rectangle (InstruCanvas *self, InstruRect rect)
{
  instru_canvas_move_to (self, rect.x, rect.y);
  instru_canvas_line_to (self, rect.x + rect.width, rect.y);
  instru_canvas_line_to (self, rect.x + rect.width, rect.y + rect.height);
  instru_canvas_line_to (self, rect.x, rect.y + rect.height);
  instru_canvas_close_path (self);
}

/* A quarter of a circle from where the path is, round the corner (x, y) that is not reached, by
 * (dx1, dy1) towards the corner and (dx2, dy2) on from it. */
static void
round_corner (InstruCanvas *self,
              double x,
              double y,
              double dx1,
              double dy1,
              double dx2,
              double dy2)
{
  self->klass->curve_to (self, x - (1.0 - QUARTER) * dx1, y - (1.0 - QUARTER) * dy1,
                         x + (1.0 - QUARTER) * dx2, y + (1.0 - QUARTER) * dy2, x + dx2, y + dy2);
}

void
instru_canvas_rounded_rectangle (InstruCanvas *self, InstruRect rect, double radius)
{
  double r = CLAMP (radius, 0.0, MIN (rect.width, rect.height) / 2.0);
  double left = rect.x, right = rect.x + rect.width;
  double top = rect.y, bottom = rect.y + rect.height;

  instru_canvas_move_to (self, left + r, top);
  instru_canvas_line_to (self, right - r, top);
  round_corner (self, right, top, r, 0.0, 0.0, r);
  instru_canvas_line_to (self, right, bottom - r);
  round_corner (self, right, bottom, 0.0, r, -r, 0.0);
  instru_canvas_line_to (self, left + r, bottom);
  round_corner (self, left, bottom, -r, 0.0, 0.0, -r);
  instru_canvas_line_to (self, left, top + r);
  round_corner (self, left, top, 0.0, -r, r, 0.0);
  instru_canvas_close_path (self);
}

void
instru_canvas_circle (InstruCanvas *self, double x, double y, double radius)
{
  instru_canvas_rounded_rectangle (
      self, (InstruRect){ x - radius, y - radius, 2.0 * radius, 2.0 * radius }, radius);
}

void
instru_canvas_stroke (InstruCanvas *self,
                      InstruColor color,
                      double width,
                      const double *dash,
                      gsize n_dash)
{
  self->klass->stroke (self, color, width, dash, n_dash);
}

void
instru_canvas_fill (InstruCanvas *self, InstruColor color)
{
  self->klass->fill (self, color);
}

void
instru_canvas_text (InstruCanvas *self,
                    double x,
                    double y,
                    const char *text,
                    const InstruTextStyle *style,
                    InstruColor color)
{
  self->klass->text (self, x, y, text, style, color);
}

InstruTextExtents
instru_canvas_text_extents (InstruCanvas *self, const char *text, const InstruTextStyle *style)
{
  return self->klass->text_extents (self, text, style);
}

void
instru_canvas_image (InstruCanvas *self, const InstruImage *image, InstruRect rect)
{
  self->klass->image (self, image, rect);
}

gboolean
instru_canvas_is_paper (InstruCanvas *self)
{
  return self->klass->is_paper;
}
