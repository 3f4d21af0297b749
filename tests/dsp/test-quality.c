#include "quality.h"

#include <math.h>

#include "wav.h"

#define RATE 48000

static InstruQuality
measure (const float *interleaved, gsize n_frames, guint n_channels)
{
  g_autoptr (InstruQualityMeter) meter = instru_quality_meter_new (RATE, n_channels);
  InstruQuality quality;

  for (gsize start = 0; start < n_frames; start += 1000)
    instru_quality_meter_push (meter, interleaved + start * n_channels,
                               MIN (1000, n_frames - start));
  instru_quality_meter_get (meter, &quality);
  return quality;
}

/* EBU Tech 3341, case 1: a stereo sine of 1,000 Hz at −23 dBFS is −23 LUFS. */
static void
test_loudness (void)
{
  gsize n = 10 * RATE;
  g_autofree float *sine = instru_test_make_sine (RATE, 1000.0, pow (10.0, -23.0 / 20.0), n);
  g_autofree float *stereo = g_new (float, 2 * n);
  InstruQuality quality;

  for (gsize i = 0; i < n; i++)
    stereo[2 * i] = stereo[2 * i + 1] = sine[i];
  quality = measure (stereo, n, 2);
  g_assert_cmpfloat_with_epsilon (quality.loudness_lufs, -23.0, 0.1);
  g_assert_cmpfloat_with_epsilon (quality.peak_dbfs, -23.0, 0.01);
  g_assert_cmpfloat_with_epsilon (quality.channel_cancel_db, 0.0, 0.01);
  g_assert_cmpfloat_with_epsilon (quality.bandwidth_hz, 1000.0, 100.0);
  g_assert_true (isnan (quality.snr_db)); /* no pause to measure noise in */
  g_assert_cmpint (quality.rating, ==, INSTRU_RATING_GOOD);
}

static void
test_clipping (void)
{
  gsize n = RATE;
  g_autofree float *sine = instru_test_make_sine (RATE, 100.0, 1.5, n);
  InstruQuality quality;

  for (gsize i = 0; i < n; i++)
    sine[i] = CLAMP (sine[i], -1.0f, 1.0f);
  quality = measure (sine, n, 1);
  /* |1.5 sin| ≥ 1 for 1 − (2 / π) asin (1 / 1.5) of the time; two runs a period. */
  g_assert_cmpfloat_with_epsilon (quality.clipped_fraction, 1.0 - 2.0 / G_PI * asin (1.0 / 1.5),
                                  0.01);
  g_assert_cmpuint (quality.n_clipped_runs, ==, 200);
  g_assert_cmpint (quality.rating, ==, INSTRU_RATING_POOR);
}

/* A tone, then a second of noise 40 dB under it. */
static void
test_noise_in_a_pause (void)
{
  gsize n = 6 * RATE;
  g_autofree float *samples = instru_test_make_sine (RATE, 440.0, 0.5, n);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  InstruQuality quality;

  for (gsize i = 4 * RATE; i < n; i++)
    samples[i] = (float) g_rand_double_range (random, -0.00612, 0.00612); /* −49 dBFS */
  quality = measure (samples, n, 1);
  g_assert_cmpfloat_with_epsilon (quality.noise_floor_dbfs, -49.0, 0.5);
  g_assert_cmpfloat_with_epsilon (quality.snr_db, 40.0, 0.5);
}

/* A note that dies away has no pause. */
static void
test_decay_is_no_noise (void)
{
  gsize n = 4 * RATE;
  g_autofree float *samples = instru_test_make_sine (RATE, 440.0, 0.8, n);
  InstruQuality quality;

  for (gsize i = 0; i < n; i++)
    samples[i] *= (float) exp (-2.5 * (double) i / RATE);
  quality = measure (samples, n, 1);
  g_assert_true (isnan (quality.noise_floor_dbfs));
  g_assert_cmpint (quality.rating, ==, INSTRU_RATING_GOOD);
}

static void
test_cancelling_channels (void)
{
  gsize n = RATE;
  g_autofree float *sine = instru_test_make_sine (RATE, 440.0, 0.5, n);
  g_autofree float *stereo = g_new (float, 2 * n);

  for (gsize i = 0; i < n; i++)
    {
      stereo[2 * i] = sine[i];
      stereo[2 * i + 1] = -0.98f * sine[i];
    }
  /* The mean is 0.01 of the louder channel. */
  g_assert_cmpfloat_with_epsilon (measure (stereo, n, 2).channel_cancel_db, -40.0, 0.1);
}

static void
test_silence_has_no_numbers (void)
{
  g_autofree float *zeros = g_new0 (float, RATE);
  InstruQuality quality = measure (zeros, RATE, 1);
  InstruQuality nothing = measure (zeros, 0, 1);

  g_assert_true (isnan (quality.peak_dbfs) && isnan (quality.loudness_lufs));
  g_assert_true (isnan (quality.snr_db) && isnan (quality.bandwidth_hz));
  g_assert_cmpfloat (quality.clipped_fraction, ==, 0.0);
  g_assert_true (isnan (nothing.peak_dbfs));
}

/* Rates and channel counts outside of the loudness standard are no reason to fail. */
static void
test_odd_formats (void)
{
  static const guint rates_hz[] = { 1, 8000, 192000, 768000 };
  float frame[64] = { 0.5f };

  for (gsize i = 0; i < G_N_ELEMENTS (rates_hz); i++)
    {
      g_autoptr (InstruQualityMeter) meter = instru_quality_meter_new (rates_hz[i], 64);
      InstruQuality quality;

      for (int k = 0; k < 5000; k++)
        instru_quality_meter_push (meter, frame, 1);
      instru_quality_meter_get (meter, &quality);
      g_assert_cmpfloat_with_epsilon (quality.peak_dbfs, -6.02, 0.01);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/loudness", test_loudness);
  g_test_add_func ("/quality/clipping", test_clipping);
  g_test_add_func ("/quality/noise-in-a-pause", test_noise_in_a_pause);
  g_test_add_func ("/quality/decay-is-no-noise", test_decay_is_no_noise);
  g_test_add_func ("/quality/cancelling-channels", test_cancelling_channels);
  g_test_add_func ("/quality/silence-has-no-numbers", test_silence_has_no_numbers);
  g_test_add_func ("/quality/odd-formats", test_odd_formats);
  return g_test_run ();
}
