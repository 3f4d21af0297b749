/* Writes WAV files for tests: 32-bit float, any rate, any number of channels. */
#pragma once

#include <glib.h>

/* @interleaved: n_frames × n_channels. */
gboolean instru_test_write_wav (const char *path,
                                guint sample_rate_hz,
                                guint n_channels,
                                const float *interleaved,
                                gsize n_frames,
                                GError **error);

/* @n_samples of amplitude × sin (2π frequency t). Returns: (transfer full) */
float *instru_test_make_sine (guint sample_rate_hz,
                              double frequency_hz,
                              double amplitude,
                              gsize n_samples);
