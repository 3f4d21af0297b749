/* Signals whose numbers are known by heart; they need no reference files. */
#include <math.h>

#include "front-end.h"
#include "mel.h"
#include "rms.h"
#include "wav.h"

typedef struct
{
  InstruFrame frame; /* the one in the middle */
  gsize wanted;
  gsize n_frames;
} Middle;

static void
keep_middle (gsize index, const InstruFrame *frame, gpointer user_data)
{
  Middle *middle = user_data;

  if (index == middle->wanted)
    middle->frame = *frame;
  middle->n_frames++;
}

static Middle
analyse (const float *samples, gsize n_samples)
{
  g_autoptr (InstruFrontEnd) front_end = instru_front_end_new ();
  Middle middle = { .wanted = n_samples / INSTRU_HOP / 2 };

  instru_front_end_push (front_end, samples, n_samples, keep_middle, &middle);
  instru_front_end_finish (front_end, keep_middle, &middle);
  return middle;
}

static void
test_sines (void)
{
  static const double tones_hz[] = { 200.0, 440.0, 1234.5, 5000.0, 9000.0 };
  const double half_a_bin_hz = 0.5 * INSTRU_SAMPLE_RATE_HZ / INSTRU_FFT_SIZE;

  for (gsize i = 0; i < G_N_ELEMENTS (tones_hz); i++)
    {
      g_autofree float *sine =
          instru_test_make_sine (INSTRU_SAMPLE_RATE_HZ, tones_hz[i], 1.0, INSTRU_SAMPLE_RATE_HZ);
      const float *numbers;
      Middle middle = analyse (sine, INSTRU_SAMPLE_RATE_HZ);

      numbers = middle.frame.descriptors;
      g_assert_cmpfloat_with_epsilon (numbers[INSTRU_DESCRIPTOR_CENTROID_HZ], tones_hz[i],
                                      half_a_bin_hz);
      g_assert_cmpfloat_with_epsilon (20.0 * log10 (numbers[INSTRU_DESCRIPTOR_RMS]), -3.01, 0.02);
      /* Two crossings a period, and one more or less in a frame. */
      g_assert_cmpfloat_with_epsilon (numbers[INSTRU_DESCRIPTOR_ZCR],
                                      2.0 * tones_hz[i] / INSTRU_SAMPLE_RATE_HZ,
                                      1.5 / INSTRU_FFT_SIZE);
    }
}

static void
test_silence (void)
{
  g_autofree float *zeros = g_new0 (float, INSTRU_SAMPLE_RATE_HZ);
  Middle middle = analyse (zeros, INSTRU_SAMPLE_RATE_HZ);

  for (int i = 0; i < INSTRU_N_DESCRIPTORS; i++)
    g_assert_cmpfloat (middle.frame.descriptors[i], ==,
                       i == INSTRU_DESCRIPTOR_FLATNESS ? 1.0 : 0.0);
  for (gsize band = 0; band < INSTRU_N_MELS; band++)
    g_assert_cmpfloat (instru_power_to_db (middle.frame.mel_power[band]), ==, -100.0f);
}

/* Also those that do not fill a window, and none at all. */
static void
test_number_of_frames (void)
{
  static const gsize lengths[] = { 0, 1, 511, 512, 1023, 1024, 2047, 2048, 22050 };
  g_autofree float *zeros = g_new0 (float, 22050);

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    g_assert_cmpuint (analyse (zeros, lengths[i]).n_frames, ==,
                      lengths[i] == 0 ? 0 : 1 + lengths[i] / INSTRU_HOP);
}

/* After finish () a front end is as new. */
static void
test_used_again (void)
{
  g_autoptr (InstruFrontEnd) front_end = instru_front_end_new ();
  g_autofree float *noise = instru_test_make_sine (INSTRU_SAMPLE_RATE_HZ, 3000.0, -1.0, 5000);
  g_autofree float *sine = instru_test_make_sine (INSTRU_SAMPLE_RATE_HZ, 500.0, 0.4, 5000);
  Middle fresh = analyse (sine, 5000), ignored = { 0 }, again = { .wanted = fresh.wanted };

  instru_front_end_push (front_end, noise, 5000, keep_middle, &ignored);
  instru_front_end_finish (front_end, keep_middle, &ignored);
  instru_front_end_push (front_end, sine, 5000, keep_middle, &again);
  instru_front_end_finish (front_end, keep_middle, &again);
  g_assert_cmpuint (again.n_frames, ==, fresh.n_frames);
  for (gsize band = 0; band < INSTRU_N_MELS; band++)
    g_assert_cmpfloat (again.frame.mel_power[band], ==, fresh.frame.mel_power[band]);
}

/* Slaney: linear to 1 kHz at 15 mel, then 27 mel for each factor of 6.4. */
static void
test_mel_scale (void)
{
  g_assert_cmpfloat_with_epsilon (instru_hz_to_mel (500.0), 7.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (instru_hz_to_mel (1000.0), 15.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (instru_hz_to_mel (6400.0), 42.0, 1e-9);
  for (double hz = 0.0; hz < 11025.0; hz += 97.0)
    g_assert_cmpfloat_with_epsilon (instru_mel_to_hz (instru_hz_to_mel (hz)), hz, 1e-8);
  g_assert_cmpfloat (instru_mel_band_centre_hz (-1), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (instru_mel_band_centre_hz (INSTRU_N_MELS), INSTRU_MAX_HZ, 1e-6);
}

static void
test_rms_of_any_length (void)
{
  float ones[40];

  for (gsize i = 0; i < G_N_ELEMENTS (ones); i++)
    ones[i] = 0.25f;
  for (gsize n = 1; n <= G_N_ELEMENTS (ones); n++)
    g_assert_cmpfloat_with_epsilon (instru_rms (ones, n), 0.25, 1e-7);
  g_assert_cmpfloat (instru_rms (ones, 0), ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/closed-forms/sines", test_sines);
  g_test_add_func ("/closed-forms/silence", test_silence);
  g_test_add_func ("/closed-forms/number-of-frames", test_number_of_frames);
  g_test_add_func ("/closed-forms/used-again", test_used_again);
  g_test_add_func ("/closed-forms/mel-scale", test_mel_scale);
  g_test_add_func ("/closed-forms/rms-of-any-length", test_rms_of_any_length);
  return g_test_run ();
}
