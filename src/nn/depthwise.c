/* Each tap adds a shifted picture; the inner loop runs along a row without a branch. */
#include "depthwise.h"

#include <string.h>

#define KERNEL 3
#define PAD    1

/* Where a tap's row lies inside the picture: output columns begin … end − 1. */
typedef struct
{
  gsize begin;
  gsize end;
  gssize shift; /* input column = stride × output column + shift */
} Span;

static Span
get_span (const InstruLayer *layer, gsize kx)
{
  gssize shift = (gssize) kx - PAD;
  gsize n_out = layer->out.width;
  Span span = { .begin = shift < 0 ? 1 : 0, .end = n_out, .shift = shift };

  while (span.end > span.begin &&
         (gssize) ((span.end - 1) * layer->stride) + shift >= (gssize) layer->in.width)
    span.end--;
  return span;
}

/* Calls BODY for each output pixel with its input pixel, as in and out, for one tap of one image.
 */
#define FOR_EACH_PIXEL(BODY)                                                                       \
  for (gsize ky = 0; ky < KERNEL; ky++)                                                            \
    for (gsize kx = 0; kx < KERNEL; kx++)                                                          \
      {                                                                                            \
        Span span = get_span (layer, kx);                                                          \
        for (gsize oy = 0; oy < layer->out.height; oy++)                                           \
          {                                                                                        \
            gssize iy = (gssize) (oy * layer->stride + ky) - PAD;                                  \
            gsize in_row = (gsize) iy * layer->in.width, out_row = oy * layer->out.width;          \
            if (iy < 0 || iy >= (gssize) layer->in.height)                                         \
              continue;                                                                            \
            for (gsize ox = span.begin; ox < span.end; ox++)                                       \
              {                                                                                    \
                gsize in = (gsize) ((gssize) (in_row + ox * layer->stride) + span.shift);          \
                gsize out = out_row + ox;                                                          \
                BODY;                                                                              \
              }                                                                                    \
          }                                                                                        \
      }

void
instru_depthwise_forward (const InstruLayer *layer,
                          const float *x,
                          const float *w,
                          float *y,
                          gsize batch)
{
  gsize n_in = layer->in.height * layer->in.width;
  gsize n_out = layer->out.height * layer->out.width;

  memset (y, 0, batch * n_out * sizeof (float));
  for (gsize image = 0; image < batch; image++, x += n_in, y += n_out)
    FOR_EACH_PIXEL (y[out] += w[ky * KERNEL + kx] * x[in])
}

void
instru_depthwise_backward (const InstruLayer *layer,
                           const float *x,
                           const float *w,
                           const float *dy,
                           float *dx,
                           float *dw,
                           gsize batch)
{
  gsize n_in = layer->in.height * layer->in.width;
  gsize n_out = layer->out.height * layer->out.width;

  for (gsize image = 0; image < batch; image++, x += n_in, dy += n_out)
    FOR_EACH_PIXEL (dw[ky * KERNEL + kx] += dy[out] * x[in])

  if (dx == NULL)
    return;
  dy -= batch * n_out;
  memset (dx, 0, batch * n_in * sizeof (float));
  for (gsize image = 0; image < batch; image++, dx += n_in, dy += n_out)
    FOR_EACH_PIXEL (dx[in] += w[ky * KERNEL + kx] * dy[out])
}
