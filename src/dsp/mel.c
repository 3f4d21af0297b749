/* The mel scale is linear to 1 kHz and logarithmic above; each filter is a triangle over three
 * neighbouring centres, divided by half its width in Hz. */
#include "mel.h"

#include <math.h>
#include <string.h>

#include "front-end.h"

#define LINEAR_HZ_PER_MEL (200.0 / 3.0)
#define LOG_BEGIN_HZ      1000.0
#define LOG_BEGIN_MEL     (LOG_BEGIN_HZ / LINEAR_HZ_PER_MEL)
/* ln 6.4 over 27 mels: Slaney's logarithmic step. */
#define LOG_STEP  (1.8562979903656263 / 27.0)
#define MIN_POWER 1e-10f

struct _InstruMelBank
{
  gsize n_mels;
  gsize n_bins;
  gsize *first;  /* bin of the first weight of each band */
  gsize *count;  /* weights of each band, perhaps 0 */
  gsize *offset; /* of its first weight */
  float *weights;
};

double
instru_hz_to_mel (double hz)
{
  if (hz < LOG_BEGIN_HZ)
    return hz / LINEAR_HZ_PER_MEL;
  return LOG_BEGIN_MEL + log (hz / LOG_BEGIN_HZ) / LOG_STEP;
}

double
instru_mel_to_hz (double mel)
{
  if (mel < LOG_BEGIN_MEL)
    return mel * LINEAR_HZ_PER_MEL;
  return LOG_BEGIN_HZ * exp ((mel - LOG_BEGIN_MEL) * LOG_STEP);
}

/* Centre @band of @n_mels between two frequencies; −1 and n_mels are the outer edges. */
static double
get_centre_hz (int band, gsize n_mels, double fmin_hz, double fmax_hz)
{
  double low = instru_hz_to_mel (fmin_hz), high = instru_hz_to_mel (fmax_hz);

  return instru_mel_to_hz (low + (high - low) * (band + 1) / (double) (n_mels + 1));
}

double
instru_mel_band_centre_hz (int band)
{
  return get_centre_hz (band, INSTRU_N_MELS, 0.0, INSTRU_MAX_HZ);
}

static double
get_weight (double hz, double low_hz, double centre_hz, double high_hz)
{
  double rising = (hz - low_hz) / (centre_hz - low_hz);
  double falling = (high_hz - hz) / (high_hz - centre_hz);

  return MAX (0.0, MIN (rising, falling)) * 2.0 / (high_hz - low_hz);
}

InstruMelBank *
instru_mel_bank_new (double sample_rate_hz,
                     gsize fft_size,
                     gsize n_mels,
                     double fmin_hz,
                     double fmax_hz)
{
  InstruMelBank *self = g_new0 (InstruMelBank, 1);
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (float));

  self->n_mels = n_mels;
  self->n_bins = fft_size / 2 + 1;
  self->first = g_new0 (gsize, n_mels);
  self->count = g_new0 (gsize, n_mels);
  self->offset = g_new0 (gsize, n_mels);

  for (gsize band = 0; band < n_mels; band++)
    {
      double low_hz = get_centre_hz ((int) band - 1, n_mels, fmin_hz, fmax_hz);
      double centre_hz = get_centre_hz ((int) band, n_mels, fmin_hz, fmax_hz);
      double high_hz = get_centre_hz ((int) band + 1, n_mels, fmin_hz, fmax_hz);

      self->offset[band] = weights->len;
      for (gsize bin = 0; bin < self->n_bins; bin++)
        {
          double hz = (double) bin * sample_rate_hz / (double) fft_size;
          float weight = (float) get_weight (hz, low_hz, centre_hz, high_hz);

          if (weight <= 0.0f)
            continue;
          if (self->count[band]++ == 0)
            self->first[band] = bin;
          g_array_append_val (weights, weight);
        }
    }
  self->weights = g_memdup2 (weights->data, weights->len * sizeof (float));
  return self;
}

void
instru_mel_bank_free (InstruMelBank *self)
{
  if (self == NULL)
    return;
  g_free (self->first);
  g_free (self->count);
  g_free (self->offset);
  g_free (self->weights);
  g_free (self);
}

void
instru_mel_bank_apply (const InstruMelBank *self, const float *power, float *mel)
{
  for (gsize band = 0; band < self->n_mels; band++)
    {
      const float *weights = self->weights + self->offset[band];
      const float *bins = power + self->first[band];
      float sum = 0.0f;

      for (gsize i = 0; i < self->count[band]; i++)
        sum += weights[i] * bins[i];
      mel[band] = sum;
    }
}

void
instru_mel_bank_get_row (const InstruMelBank *self, gsize band, float *weights)
{
  g_return_if_fail (band < self->n_mels);

  memset (weights, 0, self->n_bins * sizeof (float));
  for (gsize i = 0; i < self->count[band]; i++)
    weights[self->first[band] + i] = self->weights[self->offset[band] + i];
}

float
instru_power_to_db (float power)
{
  return 10.0f * log10f (power > MIN_POWER ? power : MIN_POWER);
}

void
instru_power_to_db_array (const float *power, float *db, gsize n_values)
{
  for (gsize i = 0; i < n_values; i++)
    db[i] = instru_power_to_db (power[i]);
}
