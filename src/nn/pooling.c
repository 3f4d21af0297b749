/* The backward passes find the maximum again instead of keeping its place. */
#include "pooling.h"

#include <string.h>

#include "vector.h"

/* The place of the maximum of the 2×2 square whose top left corner is @corner. */
static gsize
find_maximum_of_square (const float *x, gsize corner, gsize width)
{
  gsize best = corner;

  if (x[corner + 1] > x[best])
    best = corner + 1;
  if (x[corner + width] > x[best])
    best = corner + width;
  if (x[corner + width + 1] > x[best])
    best = corner + width + 1;
  return best;
}

void
instru_max_pool_forward (const InstruLayer *layer, const float *x, float *y, gsize batch)
{
  gsize width = layer->in.width;

  for (gsize image = 0; image < batch; image++, x += layer->in.height * width)
    for (gsize oy = 0; oy < layer->out.height; oy++)
      for (gsize ox = 0; ox < layer->out.width; ox++)
        *y++ = x[find_maximum_of_square (x, 2 * oy * width + 2 * ox, width)];
}

void
instru_max_pool_backward (const InstruLayer *layer,
                          const float *x,
                          const float *dy,
                          float *dx,
                          gsize batch)
{
  gsize width = layer->in.width, n_in = layer->in.height * width;

  memset (dx, 0, batch * n_in * sizeof (float));
  for (gsize image = 0; image < batch; image++, x += n_in, dx += n_in)
    for (gsize oy = 0; oy < layer->out.height; oy++)
      for (gsize ox = 0; ox < layer->out.width; ox++)
        dx[find_maximum_of_square (x, 2 * oy * width + 2 * ox, width)] = *dy++;
}

void
instru_average_pool_forward (const InstruLayer *layer, const float *x, float *y, gsize batch)
{
  gsize n = layer->in.height * layer->in.width;

  for (gsize image = 0; image < batch; image++)
    y[image] = (float) (instru_sum (x + image * n, n) / (double) n);
}

void
instru_average_pool_backward (const InstruLayer *layer, const float *dy, float *dx, gsize batch)
{
  gsize n = layer->in.height * layer->in.width;

  for (gsize image = 0; image < batch; image++)
    for (gsize i = 0; i < n; i++)
      dx[image * n + i] = dy[image] / (float) n;
}

static gsize
find_maximum (const float *x, gsize n)
{
  gsize best = 0;

  for (gsize i = 1; i < n; i++)
    if (x[i] > x[best])
      best = i;
  return best;
}

void
instru_global_max_forward (const InstruLayer *layer, const float *x, float *y, gsize batch)
{
  gsize n = layer->in.height * layer->in.width;

  for (gsize image = 0; image < batch; image++)
    y[image] = x[image * n + find_maximum (x + image * n, n)];
}

void
instru_global_max_backward_add (const InstruLayer *layer,
                                const float *x,
                                const float *dy,
                                float *dx,
                                gsize batch)
{
  gsize n = layer->in.height * layer->in.width;

  for (gsize image = 0; image < batch; image++)
    dx[image * n + find_maximum (x + image * n, n)] += dy[image];
}
