/* A sliding window of 2,048 samples that moves by 512. It begins with 1,024 zeros before the first
 * sample, so that frame k is centred on sample 512 k. */
#include "front-end.h"

#include <string.h>

#include "mel.h"
#include "rms.h"
#include "spectral-shape.h"
#include "stft.h"
#include "zero-crossing-rate.h"

#define PADDING (INSTRU_FFT_SIZE / 2)

struct _InstruFrontEnd
{
  InstruStft *stft;
  InstruMelBank *mel_bank;

  float window[INSTRU_FFT_SIZE];
  guint8 crossings[INSTRU_FFT_SIZE];
  gsize n_filled;
  gboolean was_negative;
  guint64 n_samples;
  gsize n_frames;

  float power[INSTRU_N_BINS];
  float magnitude[INSTRU_N_BINS];
};

static void
reset (InstruFrontEnd *self)
{
  memset (self->window, 0, sizeof self->window);
  memset (self->crossings, 0, sizeof self->crossings);
  self->n_filled = PADDING;
  self->n_samples = 0;
  self->n_frames = 0;
}

InstruFrontEnd *
instru_front_end_new (void)
{
  InstruFrontEnd *self = g_new0 (InstruFrontEnd, 1);

  self->stft = instru_stft_new (INSTRU_FFT_SIZE);
  self->mel_bank = instru_mel_bank_new (INSTRU_SAMPLE_RATE_HZ, INSTRU_FFT_SIZE, INSTRU_N_MELS, 0.0,
                                        INSTRU_MAX_HZ);
  reset (self);
  return self;
}

void
instru_front_end_free (InstruFrontEnd *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->stft, instru_stft_free);
  g_clear_pointer (&self->mel_bank, instru_mel_bank_free);
  g_free (self);
}

static void
compute_frame (InstruFrontEnd *self, InstruFrame *frame)
{
  InstruSpectralShape shape;

  instru_stft_get_power (self->stft, self->window, self->power);
  instru_mel_bank_apply (self->mel_bank, self->power, frame->mel_power);
  instru_spectral_shape_get (self->power, self->magnitude, INSTRU_N_BINS,
                             (double) INSTRU_SAMPLE_RATE_HZ / INSTRU_FFT_SIZE, &shape);
  frame->descriptors[INSTRU_DESCRIPTOR_CENTROID_HZ] = shape.centroid_hz;
  frame->descriptors[INSTRU_DESCRIPTOR_BANDWIDTH_HZ] = shape.bandwidth_hz;
  frame->descriptors[INSTRU_DESCRIPTOR_ROLLOFF_HZ] = shape.rolloff_hz;
  frame->descriptors[INSTRU_DESCRIPTOR_FLATNESS] = shape.flatness;
  frame->descriptors[INSTRU_DESCRIPTOR_RMS] = instru_rms (self->window, INSTRU_FFT_SIZE);
  frame->descriptors[INSTRU_DESCRIPTOR_ZCR] =
      instru_zero_crossing_rate (self->crossings, INSTRU_FFT_SIZE);
}

/* Gives the frame in the window and moves on by one hop. */
static void
emit_frame (InstruFrontEnd *self, InstruFrameFunc func, gpointer user_data)
{
  const gsize kept = INSTRU_FFT_SIZE - INSTRU_HOP;
  InstruFrame frame;

  compute_frame (self, &frame);
  func (self->n_frames++, &frame, user_data);
  memmove (self->window, self->window + INSTRU_HOP, kept * sizeof (float));
  memmove (self->crossings, self->crossings + INSTRU_HOP, kept);
  self->n_filled = kept;
}

void
instru_front_end_push (InstruFrontEnd *self,
                       const float *samples,
                       gsize n_samples,
                       InstruFrameFunc func,
                       gpointer user_data)
{
  /* The padding repeats the edge's sign: the first sample crosses nothing. */
  if (self->n_samples == 0 && n_samples > 0)
    {
      guint8 ignored;

      instru_mark_zero_crossings (samples, 1, &self->was_negative, &ignored);
    }
  self->n_samples += n_samples;

  while (n_samples > 0)
    {
      gsize n = MIN (n_samples, INSTRU_FFT_SIZE - self->n_filled);

      memcpy (self->window + self->n_filled, samples, n * sizeof (float));
      instru_mark_zero_crossings (samples, n, &self->was_negative,
                                  self->crossings + self->n_filled);
      self->n_filled += n;
      samples += n;
      n_samples -= n;
      if (self->n_filled == INSTRU_FFT_SIZE)
        emit_frame (self, func, user_data);
    }
}

void
instru_front_end_finish (InstruFrontEnd *self, InstruFrameFunc func, gpointer user_data)
{
  gsize n_wanted = self->n_samples > 0 ? 1 + (gsize) (self->n_samples / INSTRU_HOP) : 0;

  while (self->n_frames < n_wanted)
    {
      gsize n_empty = INSTRU_FFT_SIZE - self->n_filled;

      memset (self->window + self->n_filled, 0, n_empty * sizeof (float));
      memset (self->crossings + self->n_filled, 0, n_empty);
      emit_frame (self, func, user_data);
    }
  reset (self);
}
