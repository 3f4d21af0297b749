/* The whole front end against librosa 0.10 on six seconds of plucked notes, a chirp, noise and
 * digital silence. The signal is audio and lives in the reference folder only. */
#include <math.h>
#include <string.h>

#include "front-end.h"
#include "mel.h"
#include "npy.h"

#define MAX_FRAMES       300
#define WAV_HEADER_BYTES 44

typedef struct
{
  InstruFrame frames[MAX_FRAMES];
  gsize n_frames;
} Recorded;

static void
record (gsize index, const InstruFrame *frame, gpointer user_data)
{
  Recorded *recorded = user_data;

  g_assert_cmpuint (index, ==, recorded->n_frames);
  g_assert_cmpuint (index, <, MAX_FRAMES);
  recorded->frames[recorded->n_frames++] = *frame;
}

/* The samples of the reference's WAV (float32, or 16-bit), NULL where it is absent. */
static float *
load_signal (gsize *n_samples)
{
  g_autofree char *path = instru_test_reference ("reference/dsp/signal.wav");
  g_autofree char *bytes = NULL;
  const char *data;
  gsize length;
  float *samples;
  guint32 n_bytes;

  if (path == NULL || !g_file_get_contents (path, &bytes, &length, NULL))
    return NULL;
  for (data = bytes + 12; memcmp (data, "data", 4) != 0;)
    {
      memcpy (&n_bytes, data + 4, 4);
      data += 8 + n_bytes;
      g_assert_cmpuint ((gsize) (data - bytes), <, length);
    }
  memcpy (&n_bytes, data + 4, 4);
  *n_samples = n_bytes / sizeof (float);
  samples = g_new (float, *n_samples);
  memcpy (samples, data + 8, n_bytes);
  return samples;
}

static Recorded *
analyse (const float *samples, gsize n_samples, gsize block)
{
  g_autoptr (InstruFrontEnd) front_end = instru_front_end_new ();
  Recorded *recorded = g_new0 (Recorded, 1);

  for (gsize start = 0; start < n_samples; start += block)
    instru_front_end_push (front_end, samples + start, MIN (block, n_samples - start), record,
                           recorded);
  instru_front_end_finish (front_end, record, recorded);
  return recorded;
}

static InstruNpy *
load_reference (const char *name)
{
  g_autofree char *relative = g_strdup_printf ("reference/dsp/%s.npy", name);
  g_autofree char *path = instru_test_reference (relative);
  g_autoptr (GError) error = NULL;
  InstruNpy *npy = instru_npy_load (path, &error);

  g_assert_no_error (error);
  return npy;
}

/* Power within 1e-6 of the frame's maximum (float32 sums in another order give 3.6e-7), dB within
 * 0.01 where it is above the 80 dB floor. */
static void
test_mel (void)
{
  gsize n_samples;
  g_autofree float *samples = load_signal (&n_samples);
  g_autofree Recorded *recorded = NULL;
  g_autoptr (InstruNpy) power = NULL;
  g_autoptr (InstruNpy) db = NULL;
  double worst_power = 0.0, worst_db = 0.0, loudest = -INFINITY;

  if (samples == NULL)
    return;
  recorded = analyse (samples, n_samples, n_samples);
  power = load_reference ("mel_power");
  db = load_reference ("mel_db");
  g_assert_cmpuint (recorded->n_frames, ==, power->shape[1]);

  for (gsize i = 0; i < power->n_values; i++)
    loudest = fmax (loudest, instru_power_to_db (power->values[i]));
  for (gsize t = 0; t < recorded->n_frames; t++)
    {
      double maximum = 1e-30;

      for (gsize band = 0; band < INSTRU_N_MELS; band++)
        maximum = fmax (maximum, power->values[band * power->shape[1] + t]);
      for (gsize band = 0; band < INSTRU_N_MELS; band++)
        {
          gsize at = band * power->shape[1] + t;
          float ours = recorded->frames[t].mel_power[band];
          double ours_db = fmax (instru_power_to_db (ours) - loudest, -80.0);

          worst_power = fmax (worst_power, fabs (ours - power->values[at]) / maximum);
          worst_db = fmax (worst_db, fabs (ours_db - db->values[at]));
        }
    }
  g_test_message ("mel power differs by %.2g of the frame's maximum, dB by %.2g", worst_power,
                  worst_db);
  g_assert_cmpfloat (worst_power, <, 1e-6);
  g_assert_cmpfloat (worst_db, <, 0.01);
}

static void
check_descriptor (const Recorded *recorded, InstruDescriptor descriptor, const char *name)
{
  g_autoptr (InstruNpy) reference = load_reference (name);
  double worst = 0.0, largest = 0.0;

  g_assert_cmpuint (reference->n_values, ==, recorded->n_frames);
  for (gsize t = 0; t < recorded->n_frames; t++)
    {
      double expected = reference->values[t];
      double ours = recorded->frames[t].descriptors[descriptor];

      largest = fmax (largest, fabs (expected));
      if (fabs (ours - expected) > 1e-4 * fabs (expected))
        g_test_message ("%s frame %zu: %.9g, expected %.9g", name, t, ours, expected);
      worst = fmax (worst, fabs (ours - expected) / fmax (fabs (expected), 1e-6));
    }
  g_test_message ("%s: largest %g, relative difference %.2g", name, largest, worst);
  g_assert_cmpfloat (worst, <, 1e-4);
}

static void
test_descriptors (void)
{
  gsize n_samples;
  g_autofree float *samples = load_signal (&n_samples);
  g_autofree Recorded *recorded = NULL;

  if (samples == NULL)
    return;
  recorded = analyse (samples, n_samples, n_samples);
  check_descriptor (recorded, INSTRU_DESCRIPTOR_CENTROID_HZ, "spectral_centroid_hz");
  check_descriptor (recorded, INSTRU_DESCRIPTOR_BANDWIDTH_HZ, "spectral_bandwidth_hz");
  check_descriptor (recorded, INSTRU_DESCRIPTOR_ROLLOFF_HZ, "spectral_rolloff_hz");
  check_descriptor (recorded, INSTRU_DESCRIPTOR_FLATNESS, "spectral_flatness");
  check_descriptor (recorded, INSTRU_DESCRIPTOR_RMS, "rms");
  check_descriptor (recorded, INSTRU_DESCRIPTOR_ZCR, "zcr");
}

static void
test_any_block_size (void)
{
  static const gsize blocks[] = { 1, 7, 511, 512, 513, 4096, 100000 };
  gsize n_samples;
  g_autofree float *samples = load_signal (&n_samples);
  g_autofree Recorded *whole = NULL;

  if (samples == NULL)
    return;
  whole = analyse (samples, n_samples, n_samples);
  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      g_autofree Recorded *parts = analyse (samples, n_samples, blocks[i]);

      g_assert_cmpuint (parts->n_frames, ==, whole->n_frames);
      g_assert_true (memcmp (parts->frames, whole->frames, sizeof parts->frames) == 0);
    }
}

static void
test_filter_bank (void)
{
  g_autofree char *path = instru_test_reference ("reference/dsp/mel_filterbank.npy");
  g_autoptr (InstruMelBank) bank = NULL;
  g_autoptr (InstruNpy) reference = NULL;
  float row[INSTRU_N_BINS];

  if (path == NULL)
    return;
  bank = instru_mel_bank_new (INSTRU_SAMPLE_RATE_HZ, INSTRU_FFT_SIZE, INSTRU_N_MELS, 0.0,
                              INSTRU_MAX_HZ);
  reference = load_reference ("mel_filterbank");
  for (gsize band = 0; band < INSTRU_N_MELS; band++)
    {
      instru_mel_bank_get_row (bank, band, row);
      for (gsize bin = 0; bin < INSTRU_N_BINS; bin++)
        g_assert_cmpfloat_with_epsilon (row[bin], reference->values[band * INSTRU_N_BINS + bin],
                                        1e-8);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference/filter-bank", test_filter_bank);
  g_test_add_func ("/reference/mel", test_mel);
  g_test_add_func ("/reference/descriptors", test_descriptors);
  g_test_add_func ("/reference/any-block-size", test_any_block_size);
  return g_test_run ();
}
