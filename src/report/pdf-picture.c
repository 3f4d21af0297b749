/* Where pictures stand and how large their labels are. */
#include "pdf-picture.h"

/* Points in a time plot's unit. */
#define SCALE 0.9

double
instru_picture_get_left (const InstruLayout *layout)
{
  return layout->left + SCALE * INSTRU_PLOT_LEFT_MARGIN;
}

double
instru_picture_get_right (const InstruLayout *layout)
{
  return layout->right - SCALE * INSTRU_PLOT_RIGHT_MARGIN;
}

double
instru_picture_get_width (const InstruLayout *layout)
{
  return instru_picture_get_right (layout) - instru_picture_get_left (layout);
}

void
instru_picture_begin (InstruPicture *self, InstruLayout *layout, double height)
{
  InstruRect area = { instru_picture_get_left (layout) / SCALE, layout->y / SCALE,
                      instru_picture_get_width (layout) / SCALE, height / SCALE };

  instru_picture_begin_at (self, layout, area);
  instru_canvas_scale (self->canvas, SCALE);
}

void
instru_picture_begin_at (InstruPicture *self, InstruLayout *layout, InstruRect area_pt)
{
  self->canvas = layout->canvas;
  self->theme = &layout->theme;
  self->area = area_pt;
  instru_canvas_save (self->canvas);
}

void
instru_picture_end (InstruPicture *self)
{
  instru_canvas_restore (self->canvas);
}
