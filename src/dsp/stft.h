/* The spectrum of one frame: periodic Hann window, real FFT by FFTW. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InstruStft InstruStft;

/* @fft_size is even. Safe to call on any thread. */
InstruStft *instru_stft_new (gsize fft_size);
void instru_stft_free (InstruStft *self);

/* @frame: fft_size samples. @power: fft_size / 2 + 1 values |X|². */
void instru_stft_get_power (InstruStft *self, const float *frame, float *power);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruStft, instru_stft_free)

G_END_DECLS
