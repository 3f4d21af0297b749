/* The resampler against what its header promises: pass band, aliases, alignment, length, streaming.
 */
#include "resampler.h"

#include <math.h>
#include <string.h>

#define OUT_RATE_HZ 22050

static const guint rates_hz[] = { 8000,  11025, 16000, 22050, 24000, 32000,
                                  44100, 47999, 48000, 88200, 96000, 192000 };

static float *
create_sine (gsize n_samples, double hz, double rate_hz)
{
  float *samples = g_new (float, n_samples);

  for (gsize i = 0; i < n_samples; i++)
    samples[i] = (float) sin (2.0 * G_PI * hz * (double) i / rate_hz + 0.3);
  return samples;
}

/* Pushes in blocks whose sizes go through 1 … 4,000. */
static float *
resample (const float *input, gsize n_samples, guint in_rate_hz, guint out_rate_hz, gsize *n_out)
{
  g_autoptr (InstruResampler) resampler = instru_resampler_new (in_rate_hz, out_rate_hz);
  g_autoptr (GArray) output = g_array_new (FALSE, FALSE, sizeof (float));
  gsize block = 1, at = 0, n;

  while (at < n_samples)
    {
      gsize n_block = MIN (block, n_samples - at);
      gsize max = instru_resampler_get_max_output (resampler, n_block);
      g_autofree float *out = g_new (float, max);

      n = instru_resampler_push (resampler, input + at, n_block, out);
      g_assert_cmpuint (n, <=, max);
      g_array_append_vals (output, out, (guint) n);
      at += n_block;
      block = block * 3 % 4001 + 1;
    }

  {
    gsize max = instru_resampler_get_max_output (resampler, 0);
    g_autofree float *out = g_new (float, max + 1);

    n = instru_resampler_finish (resampler, out);
    g_assert_cmpuint (n, <=, max);
    g_array_append_vals (output, out, (guint) n);
    g_assert_cmpuint (instru_resampler_finish (resampler, out), ==, 0);
  }
  *n_out = output->len;
  return (float *) g_array_free (g_steal_pointer (&output), FALSE);
}

static double
rms_db (const float *samples, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (double) samples[i] * samples[i];
  return 10.0 * log10 (2.0 * sum / (double) n + 1e-30); /* of a sine's amplitude */
}

static void
test_length (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rates_hz); i++)
    for (gsize n = 0; n < 6000; n += n < 20 ? 1 : 997)
      {
        g_autofree float *input = create_sine (MAX (n, 1), 440.0, rates_hz[i]);
        g_autofree float *output = NULL;
        gsize n_out;

        output = resample (input, n, rates_hz[i], OUT_RATE_HZ, &n_out);
        g_assert_cmpuint (n_out, ==, (gsize) floor ((double) n * OUT_RATE_HZ / rates_hz[i] + 0.5));
      }
}

/* Every output lies where the input says, to the edges of the filter: no delay is left. */
static void
test_alignment (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rates_hz); i++)
    {
      gsize n_in = rates_hz[i], n_out;
      g_autofree float *input = create_sine (n_in, 1000.0, rates_hz[i]);
      g_autofree float *expected = create_sine (OUT_RATE_HZ, 1000.0, OUT_RATE_HZ);
      g_autofree float *output = resample (input, n_in, rates_hz[i], OUT_RATE_HZ, &n_out);

      g_assert_cmpuint (n_out, ==, OUT_RATE_HZ);
      /* 4e-3: a delay of a hundredth of an output sample gives 2.9e-3 at 1 kHz. */
      for (gsize k = 300; k < n_out - 300; k++)
        g_assert_cmpfloat_with_epsilon (output[k], expected[k], 4e-3);
    }
}

static void
test_pass_band (void)
{
  static const double hz[] = { 50.0, 1000.0, 5000.0, 9000.0, 10000.0 };

  for (gsize i = 0; i < G_N_ELEMENTS (rates_hz); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (hz) && hz[k] < 0.45 * rates_hz[i]; k++)
      {
        gsize n_out;
        g_autofree float *input = create_sine (rates_hz[i], hz[k], rates_hz[i]);
        g_autofree float *output = resample (input, rates_hz[i], rates_hz[i], OUT_RATE_HZ, &n_out);

        g_assert_cmpfloat_with_epsilon (rms_db (output + 525, OUT_RATE_HZ - 1050), 0.0, 0.1);
      }
}

/* What would fold to 10 kHz or below: everything from 12,050 Hz on. */
static void
test_aliases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rates_hz); i++)
    for (double hz = OUT_RATE_HZ - 10000.0; hz < rates_hz[i] / 2.0 - 20.0; hz += 1873.0)
      {
        gsize n_out;
        g_autofree float *input = create_sine (rates_hz[i], hz, rates_hz[i]);
        g_autofree float *output = resample (input, rates_hz[i], rates_hz[i], OUT_RATE_HZ, &n_out);

        g_assert_cmpfloat (rms_db (output + 525, OUT_RATE_HZ - 1050), <, -80.0);
      }
}

/* The level of a sinusoid among others that have whole periods in @n samples. */
static double
level_db (const float *samples, gsize n, double hz)
{
  double re = 0.0, im = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      double phase = 2.0 * G_PI * hz * (double) i / OUT_RATE_HZ;

      re += samples[i] * cos (phase);
      im += samples[i] * sin (phase);
    }
  return 20.0 * log10 (2.0 * hypot (re, im) / (double) n + 1e-15);
}

/* What would appear above the input's band when the rate is raised: 8,000 ± 3,000 Hz. */
static void
test_images (void)
{
  gsize n_out;
  g_autofree float *input = create_sine (8000, 3000.0, 8000.0);
  g_autofree float *output = resample (input, 8000, 8000, OUT_RATE_HZ, &n_out);

  g_assert_cmpfloat_with_epsilon (level_db (output + 525, 8 * 2205, 3000.0), 0.0, 0.1);
  g_assert_cmpfloat (level_db (output + 525, 8 * 2205, 5000.0), <, -80.0);
  g_assert_cmpfloat (level_db (output + 525, 8 * 2205, 11000.0), <, -80.0);
}

static void
test_equal_rates (void)
{
  gsize n_out;
  g_autofree float *input = create_sine (5000, 440.0, OUT_RATE_HZ);
  g_autofree float *output = resample (input, 5000, OUT_RATE_HZ, OUT_RATE_HZ, &n_out);

  g_assert_cmpuint (n_out, ==, 5000);
  g_assert_cmpint (memcmp (input, output, n_out * sizeof (float)), ==, 0);
}

/* The blocks that the samples come in make no difference. */
static void
test_blocks (void)
{
  gsize n = 30000, n_out, n_whole;
  g_autofree float *input = create_sine (n, 440.0, 48000.0);
  g_autofree float *in_blocks = resample (input, n, 48000, OUT_RATE_HZ, &n_out);
  g_autoptr (InstruResampler) resampler = instru_resampler_new (48000, OUT_RATE_HZ);
  g_autofree float *whole = g_new (float, instru_resampler_get_max_output (resampler, n) +
                                              instru_resampler_get_max_output (resampler, 0));

  n_whole = instru_resampler_push (resampler, input, n, whole);
  n_whole += instru_resampler_finish (resampler, whole + n_whole);
  g_assert_cmpuint (n_whole, ==, n_out);
  g_assert_cmpint (memcmp (whole, in_blocks, n_out * sizeof (float)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resampler/length", test_length);
  g_test_add_func ("/resampler/alignment", test_alignment);
  g_test_add_func ("/resampler/pass-band", test_pass_band);
  g_test_add_func ("/resampler/aliases", test_aliases);
  g_test_add_func ("/resampler/images", test_images);
  g_test_add_func ("/resampler/equal-rates", test_equal_rates);
  g_test_add_func ("/resampler/blocks", test_blocks);
  return g_test_run ();
}
