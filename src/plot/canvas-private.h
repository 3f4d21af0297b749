/* What a backend of the canvas fills in. Shapes arrive as lines and curves, so that a backend knows
 * four path operations and no more. */
#pragma once

#include "canvas.h"

G_BEGIN_DECLS

typedef struct
{
  void (*free) (InstruCanvas *self);

  void (*save) (InstruCanvas *self);
  void (*restore) (InstruCanvas *self);
  void (*translate) (InstruCanvas *self, double x, double y);
  void (*scale) (InstruCanvas *self, double factor);
  void (*clip) (InstruCanvas *self, InstruRect rect);

  void (*move_to) (InstruCanvas *self, double x, double y);
  void (*line_to) (InstruCanvas *self, double x, double y);
  void (*curve_to) (InstruCanvas *self,
                    double x1,
                    double y1,
                    double x2,
                    double y2,
                    double x3,
                    double y3);
  void (*close_path) (InstruCanvas *self);
  void (*stroke) (InstruCanvas *self,
                  InstruColor color,
                  double width,
                  const double *dash,
                  gsize n_dash);
  void (*fill) (InstruCanvas *self, InstruColor color);

  void (*text) (InstruCanvas *self,
                double x,
                double y,
                const char *text,
                const InstruTextStyle *style,
                InstruColor color);
  InstruTextExtents (*text_extents) (InstruCanvas *self,
                                     const char *text,
                                     const InstruTextStyle *style);
  void (*image) (InstruCanvas *self, const InstruImage *image, InstruRect rect);

  gboolean is_paper;
} InstruCanvasClass;

/* First in the struct of every backend. */
struct _InstruCanvas
{
  const InstruCanvasClass *klass;
};

G_END_DECLS
