/* The transform runs in double precision, as librosa's does: the rounding noise of a
 * single-precision one, spread over a thousand bins, makes the bandwidth of a pure tone 5 % too
 * large. FFTW's planner is the only part of it that is not thread-safe; a lock guards it. */
#include "stft.h"

#include <fftw3.h>
#include <math.h>

struct _InstruStft
{
  gsize fft_size;
  double *window;
  double *windowed;
  fftw_complex *spectrum;
  fftw_plan plan;
};

static GMutex planner_lock;

InstruStft *
instru_stft_new (gsize fft_size)
{
  InstruStft *self = g_new0 (InstruStft, 1);

  self->fft_size = fft_size;
  self->window = fftw_alloc_real (fft_size);
  self->windowed = fftw_alloc_real (fft_size);
  self->spectrum = fftw_alloc_complex (fft_size / 2 + 1);
  for (gsize i = 0; i < fft_size; i++)
    self->window[i] = 0.5 - 0.5 * cos (2.0 * G_PI * (double) i / (double) fft_size);

  g_mutex_lock (&planner_lock);
  self->plan = fftw_plan_dft_r2c_1d ((int) fft_size, self->windowed, self->spectrum, FFTW_ESTIMATE);
  g_mutex_unlock (&planner_lock);
  return self;
}

void
instru_stft_free (InstruStft *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&planner_lock);
  fftw_destroy_plan (self->plan);
  g_mutex_unlock (&planner_lock);
  fftw_free (self->window);
  fftw_free (self->windowed);
  fftw_free (self->spectrum);
  g_free (self);
}

void
instru_stft_get_power (InstruStft *self, const float *frame, float *power)
{
  for (gsize i = 0; i < self->fft_size; i++)
    self->windowed[i] = frame[i] * self->window[i];
  fftw_execute (self->plan);
  for (gsize bin = 0; bin <= self->fft_size / 2; bin++)
    power[bin] = (float) (self->spectrum[bin][0] * self->spectrum[bin][0] +
                          self->spectrum[bin][1] * self->spectrum[bin][1]);
}
