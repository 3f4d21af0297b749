/* From the page's points to the plots' own unit and back. */
#include "pdf-picture.h"

/* Points in a plot's unit: 72 / 96. */
#define SCALE 0.75

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
  instru_picture_begin_at (self, layout,
                           (InstruRect){ instru_picture_get_left (layout), layout->y,
                                         instru_picture_get_width (layout), height });
}

void
instru_picture_begin_at (InstruPicture *self, InstruLayout *layout, InstruRect area_pt)
{
  self->canvas = layout->canvas;
  self->theme = &layout->theme;
  self->area = (InstruRect){ area_pt.x / SCALE, area_pt.y / SCALE, area_pt.width / SCALE,
                             area_pt.height / SCALE };
  instru_canvas_save (self->canvas);
  instru_canvas_scale (self->canvas, SCALE);
}

void
instru_picture_end (InstruPicture *self)
{
  instru_canvas_restore (self->canvas);
}
