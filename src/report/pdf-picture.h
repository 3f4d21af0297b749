/* A plot's place on a page: a little smaller than the plot's own unit, so that the labels of its
 * axes rank below the text. They hang outside of the area, inside the page's edges. */
#pragma once

#include "pdf-layout.h"
#include "plots.h"

G_BEGIN_DECLS

typedef struct
{
  InstruCanvas *canvas;
  const InstruTheme *theme;
  InstruRect area; /* in the plot's units */
} InstruPicture;

/* The edges that all time plots share, in points. */
double instru_picture_get_left (const InstruLayout *layout);
double instru_picture_get_right (const InstruLayout *layout);
double instru_picture_get_width (const InstruLayout *layout);

/* A time plot of @height at the cursor; nothing moves the cursor. */
void instru_picture_begin (InstruPicture *self, InstruLayout *layout, double height);
/* A picture anywhere, without margins and in full size. */
void instru_picture_begin_at (InstruPicture *self, InstruLayout *layout, InstruRect area_pt);
void instru_picture_end (InstruPicture *self);

G_END_DECLS
