/* The mel scale of Slaney's Auditory Toolbox and its bank of triangular filters with unit area
 * (librosa.filters.mel (sr, n_fft, n_mels, htk=False, norm='slaney')), and decibels. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double instru_hz_to_mel (double hz);
double instru_mel_to_hz (double mel);

/* The centre of band @band of the front end's bank, in Hz; −1 and n_mels give the outer edges. */
double instru_mel_band_centre_hz (int band);

/* Sparse triangular filters: band b weighs bins first[b] … first[b] + count[b] − 1. */
typedef struct _InstruMelBank InstruMelBank;

/* fmin_hz < fmax_hz ≤ sample_rate_hz / 2. */
InstruMelBank *instru_mel_bank_new (double sample_rate_hz,
                                    gsize fft_size,
                                    gsize n_mels,
                                    double fmin_hz,
                                    double fmax_hz);
void instru_mel_bank_free (InstruMelBank *self);

/* @power has fft_size / 2 + 1 values, @mel n_mels. */
void instru_mel_bank_apply (const InstruMelBank *self, const float *power, float *mel);

/* One row of the bank as a dense array of fft_size / 2 + 1 weights (for tests and pictures). */
void instru_mel_bank_get_row (const InstruMelBank *self, gsize band, float *weights);

/* 10·log10 (max (1e-10, power)), librosa.power_to_db with ref 1 and no floor. */
float instru_power_to_db (float power);
void instru_power_to_db_array (const float *power, float *db, gsize n_values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruMelBank, instru_mel_bank_free)

G_END_DECLS
