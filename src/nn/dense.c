/* Three matrix products. */
#include "dense.h"

#include <cblas.h>

#include "vector.h"

void
instru_dense_forward (const InstruLayer *layer,
                      const float *x,
                      const float *w,
                      const float *b,
                      float *y,
                      gsize batch,
                      gsize first_output,
                      gsize last_output)
{
  gsize n_in = layer->in.channels;

  if (first_output == last_output)
    return;
  for (gsize output = first_output; output < last_output; output++)
    for (gsize image = 0; image < batch; image++)
      y[output * batch + image] = b[output];
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (blasint) (last_output - first_output),
               (blasint) batch, (blasint) n_in, 1.0f, w + first_output * n_in, (blasint) n_in, x,
               (blasint) batch, 1.0f, y + first_output * batch, (blasint) batch);
}

void
instru_dense_backward_weights (const InstruLayer *layer,
                               const float *x,
                               const float *dy,
                               float *dw,
                               float *db,
                               gsize batch,
                               gsize first_output,
                               gsize last_output)
{
  gsize n_in = layer->in.channels;

  if (first_output == last_output)
    return;
  for (gsize output = first_output; output < last_output; output++)
    db[output] += (float) instru_sum (dy + output * batch, batch);
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (blasint) (last_output - first_output),
               (blasint) n_in, (blasint) batch, 1.0f, dy + first_output * batch, (blasint) batch, x,
               (blasint) batch, 1.0f, dw + first_output * n_in, (blasint) n_in);
}

void
instru_dense_backward_input (const InstruLayer *layer,
                             const float *w,
                             const float *dy,
                             float *dx,
                             gsize batch,
                             gsize first_input,
                             gsize last_input)
{
  if (first_input == last_input)
    return;
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (blasint) (last_input - first_input),
               (blasint) batch, (blasint) layer->out.channels, 1.0f, w + first_input,
               (blasint) layer->in.channels, dy, (blasint) batch, 0.0f, dx + first_input * batch,
               (blasint) batch);
}
