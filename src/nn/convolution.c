/* im2col and one matrix product for each tile of images. */
#include "convolution.h"

#include <cblas.h>
#include <string.h>

#include "vector.h"

/* Columns of a tile: enough for an efficient product, few enough for the second-level cache. */
#define TILE_COLUMNS 1024

typedef struct
{
  gsize n_taps;      /* rows of the matrix: in.channels × k × k */
  gsize n_in;        /* pixels of an input image */
  gsize n_out;       /* pixels of an output image */
  gsize n_images;    /* in a tile */
  gboolean is_plain; /* 1×1, stride 1: the input is the matrix already */
} Geometry;

static Geometry
get_geometry (const InstruLayer *layer)
{
  Geometry geometry = { .n_taps = layer->in.channels * layer->kernel * layer->kernel,
                        .n_in = layer->in.height * layer->in.width,
                        .n_out = layer->out.height * layer->out.width,
                        .is_plain = layer->kernel == 1 && layer->stride == 1 };

  geometry.n_images = MAX (TILE_COLUMNS / geometry.n_out, 1);
  return geometry;
}

gsize
instru_convolution_get_scratch (const InstruLayer *layer, gsize n_images)
{
  Geometry geometry = get_geometry (layer);

  if (geometry.is_plain)
    return 0;
  return geometry.n_taps * geometry.n_out * MIN (geometry.n_images, n_images);
}

/* The output columns whose input column, column × stride + shift, lies inside a row of @width. */
static void
get_inside (gsize n_out, gsize stride, gssize shift, gsize width, gsize *begin, gsize *end)
{
  gssize last = ((gssize) width - 1 - shift) / (gssize) stride;

  *begin = shift < 0 ? ((gsize) -shift + stride - 1) / stride : 0;
  *begin = MIN (*begin, n_out);
  *end = (gssize) width - 1 - shift < 0 ? 0 : MIN ((gsize) last + 1, n_out);
  *end = MAX (*begin, *end);
}

/* One tap of one image: the shifted, strided picture, zero outside. */
static void
gather (const InstruLayer *layer, const float *image, gsize ky, gsize kx, float *row)
{
  gssize pad = (gssize) (layer->kernel / 2);
  gssize shift_x = (gssize) kx - pad;
  gsize stride = layer->stride, width = layer->in.width, n_x = layer->out.width;
  gsize begin, end;

  get_inside (n_x, stride, shift_x, width, &begin, &end);
  for (gsize oy = 0; oy < layer->out.height; oy++, row += n_x)
    {
      gssize iy = (gssize) (oy * stride + ky) - pad;
      const float *source;

      if (iy < 0 || iy >= (gssize) layer->in.height)
        {
          memset (row, 0, n_x * sizeof (float));
          continue;
        }
      source = image + (gsize) iy * width;
      memset (row, 0, begin * sizeof (float));
      if (stride == 1)
        memcpy (row + begin, source + (gssize) begin + shift_x, (end - begin) * sizeof (float));
      else
        for (gsize ox = begin; ox < end; ox++)
          row[ox] = source[(gssize) (2 * ox) + shift_x];
      memset (row + end, 0, (n_x - end) * sizeof (float));
    }
}

/* The reverse of gather (): adds a row back to where it came from. */
static void
scatter (const InstruLayer *layer, float *image, gsize ky, gsize kx, const float *row)
{
  gssize pad = (gssize) (layer->kernel / 2);
  gssize shift_x = (gssize) kx - pad;
  gsize stride = layer->stride, width = layer->in.width, n_x = layer->out.width;
  gsize begin, end;

  get_inside (n_x, stride, shift_x, width, &begin, &end);
  for (gsize oy = 0; oy < layer->out.height; oy++, row += n_x)
    {
      gssize iy = (gssize) (oy * stride + ky) - pad;
      float *target;

      if (iy < 0 || iy >= (gssize) layer->in.height)
        continue;
      target = image + (gsize) iy * width;
      if (stride == 1)
        for (gsize ox = begin; ox < end; ox++)
          target[(gssize) ox + shift_x] += row[ox];
      else
        for (gsize ox = begin; ox < end; ox++)
          target[(gssize) (2 * ox) + shift_x] += row[ox];
    }
}

/* Gathers, or scatters back, each tap of each image of a tile. */
static void
for_each_tap (const InstruLayer *layer,
              float *x,
              gsize batch,
              gsize first,
              gsize n_images,
              float *matrix,
              gboolean is_gather)
{
  gsize n_in = layer->in.height * layer->in.width;
  gsize n_out = layer->out.height * layer->out.width;
  gsize k = layer->kernel;

  for (gsize c = 0; c < layer->in.channels; c++)
    for (gsize tap = 0; tap < k * k; tap++)
      for (gsize image = 0; image < n_images; image++)
        {
          float *pixels = x + (c * batch + first + image) * n_in;
          float *row = matrix + ((c * k * k + tap) * n_images + image) * n_out;

          if (is_gather)
            gather (layer, pixels, tap / k, tap % k, row);
          else
            scatter (layer, pixels, tap / k, tap % k, row);
        }
}

/* The matrix of a tile: n_taps rows with @stride floats from row to row. */
static const float *
get_matrix (const InstruLayer *layer,
            const float *x,
            gsize batch,
            gsize first,
            gsize n_images,
            float *scratch,
            gsize *stride)
{
  Geometry geometry = get_geometry (layer);

  if (geometry.is_plain)
    {
      *stride = batch * geometry.n_in;
      return x + first * geometry.n_in;
    }
  *stride = n_images * geometry.n_out;
  for_each_tap (layer, (float *) x, batch, first, n_images, scratch, TRUE);
  return scratch;
}

/* C = A B + beta C for row-major matrices; A is m × k, or k × m where transposed. */
static void
multiply (gboolean transpose_a,
          gboolean transpose_b,
          gsize m,
          gsize n,
          gsize k,
          const float *a,
          gsize lda,
          const float *b,
          gsize ldb,
          float beta,
          float *c,
          gsize ldc)
{
  cblas_sgemm (CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans,
               transpose_b ? CblasTrans : CblasNoTrans, (blasint) m, (blasint) n, (blasint) k, 1.0f,
               a, (blasint) lda, b, (blasint) ldb, beta, c, (blasint) ldc);
}

void
instru_convolution_forward (const InstruLayer *layer,
                            const float *x,
                            const float *w,
                            const float *b,
                            float *y,
                            gsize batch,
                            gsize first,
                            gsize last,
                            float *scratch)
{
  Geometry geometry = get_geometry (layer);
  gsize row_length = batch * geometry.n_out;

  for (gsize image = first; image < last; image += geometry.n_images)
    {
      gsize n_images = MIN (geometry.n_images, last - image);
      gsize n_columns = n_images * geometry.n_out, stride;
      const float *matrix = get_matrix (layer, x, batch, image, n_images, scratch, &stride);
      float *tile = y + image * geometry.n_out;

      for (gsize c = 0; c < layer->out.channels; c++)
        for (gsize i = 0; i < n_columns; i++)
          tile[c * row_length + i] = b != NULL ? b[c] : 0.0f;
      multiply (FALSE, FALSE, layer->out.channels, n_columns, geometry.n_taps, w, geometry.n_taps,
                matrix, stride, 1.0f, tile, row_length);
    }
}

/* The gradient of a tile's input: the transposed weights times the gradient of its output. */
static void
backward_input (const InstruLayer *layer,
                const float *w,
                const float *dy_tile,
                float *dx,
                gsize batch,
                gsize first,
                gsize n_images,
                float *scratch)
{
  Geometry geometry = get_geometry (layer);
  gsize n_columns = n_images * geometry.n_out, row_length = batch * geometry.n_out;

  if (geometry.is_plain)
    {
      multiply (TRUE, FALSE, geometry.n_taps, n_columns, layer->out.channels, w, geometry.n_taps,
                dy_tile, row_length, 0.0f, dx + first * geometry.n_in, batch * geometry.n_in);
      return;
    }

  multiply (TRUE, FALSE, geometry.n_taps, n_columns, layer->out.channels, w, geometry.n_taps,
            dy_tile, row_length, 0.0f, scratch, n_columns);
  for (gsize c = 0; c < layer->in.channels; c++)
    memset (dx + (c * batch + first) * geometry.n_in, 0, n_images * geometry.n_in * sizeof (float));
  for_each_tap (layer, dx, batch, first, n_images, scratch, FALSE);
}

void
instru_convolution_backward (const InstruLayer *layer,
                             const float *x,
                             const float *w,
                             const float *dy,
                             float *dx,
                             float *dw,
                             float *db,
                             gsize batch,
                             gsize first,
                             gsize last,
                             float *scratch)
{
  Geometry geometry = get_geometry (layer);
  gsize row_length = batch * geometry.n_out;

  for (gsize image = first; image < last; image += geometry.n_images)
    {
      gsize n_images = MIN (geometry.n_images, last - image);
      gsize n_columns = n_images * geometry.n_out, stride;
      const float *dy_tile = dy + image * geometry.n_out;
      const float *matrix = get_matrix (layer, x, batch, image, n_images, scratch, &stride);

      multiply (FALSE, TRUE, layer->out.channels, geometry.n_taps, n_columns, dy_tile, row_length,
                matrix, stride, 1.0f, dw, geometry.n_taps);
      if (db != NULL)
        for (gsize c = 0; c < layer->out.channels; c++)
          db[c] += (float) instru_sum (dy_tile + c * row_length, n_columns);
      if (dx != NULL)
        backward_input (layer, w, dy_tile, dx, batch, image, n_images, scratch);
    }
}
