#include "wav.h"

#include <math.h>
#include <string.h>

#define HEADER_BYTES      44
#define FORMAT_IEEE_FLOAT 3

static void
append_u16 (GByteArray *bytes, guint value)
{
  guint16 little = GUINT16_TO_LE ((guint16) value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
append_u32 (GByteArray *bytes, gsize value)
{
  guint32 little = GUINT32_TO_LE ((guint32) value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
append_tag (GByteArray *bytes, const char *tag)
{
  g_byte_array_append (bytes, (const guint8 *) tag, 4);
}

gboolean
instru_test_write_wav (const char *path,
                       guint sample_rate_hz,
                       guint n_channels,
                       const float *interleaved,
                       gsize n_frames,
                       GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize n_data = n_frames * n_channels * sizeof (float);

  append_tag (bytes, "RIFF");
  append_u32 (bytes, HEADER_BYTES - 8 + n_data);
  append_tag (bytes, "WAVE");
  append_tag (bytes, "fmt ");
  append_u32 (bytes, 16);
  append_u16 (bytes, FORMAT_IEEE_FLOAT);
  append_u16 (bytes, n_channels);
  append_u32 (bytes, sample_rate_hz);
  append_u32 (bytes, sample_rate_hz * n_channels * sizeof (float));
  append_u16 (bytes, n_channels * (guint) sizeof (float));
  append_u16 (bytes, 8 * sizeof (float));
  append_tag (bytes, "data");
  append_u32 (bytes, n_data);
  g_byte_array_append (bytes, (const guint8 *) interleaved, (guint) n_data);
  return g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, error);
}

float *
instru_test_make_sine (guint sample_rate_hz, double frequency_hz, double amplitude, gsize n_samples)
{
  float *samples = g_new (float, MAX (n_samples, 1));

  for (gsize i = 0; i < n_samples; i++)
    samples[i] =
        (float) (amplitude * sin (2.0 * G_PI * frequency_hz * (double) i / sample_rate_hz));
  return samples;
}
