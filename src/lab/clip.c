/* The same chain as the program's own: mean of the channels, resampler, front end. */
#include "clip.h"

#include <math.h>

#include "feature-cache.h"
#include "mel.h"
#include "resampler.h"

#define BLOCK_FRAMES 4096
#define MAX_SAMPLES  (12 * INSTRU_SAMPLE_RATE_HZ)
#define MIN_LEVEL_DB (-100.0f)

GArray *
instru_clip_decode (InstruDecoder *decoder, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (InstruResampler) resampler = NULL;
  g_autofree float *block = NULL, *mono = NULL, *output = NULL;
  InstruAudioFormat format;
  gssize n_read;

  if (!instru_decoder_open (decoder, file, 0.0, NULL, error))
    return NULL;
  format = *instru_decoder_get_format (decoder);
  resampler = instru_resampler_new (format.sample_rate_hz, INSTRU_SAMPLE_RATE_HZ);
  block = g_new (float, BLOCK_FRAMES *format.n_channels);
  mono = g_new (float, BLOCK_FRAMES);
  output = g_new (float, instru_resampler_get_max_output (resampler, BLOCK_FRAMES));

  while (samples->len < MAX_SAMPLES &&
         (n_read = instru_decoder_read (decoder, block, BLOCK_FRAMES, NULL, error)) != 0)
    {
      if (n_read < 0)
        return NULL;
      for (gsize i = 0; i < (gsize) n_read; i++)
        {
          float sum = 0.0f;

          for (guint channel = 0; channel < format.n_channels; channel++)
            sum += block[i * format.n_channels + channel];
          mono[i] = sum / (float) format.n_channels;
        }
      g_array_append_vals (samples, output,
                           (guint) instru_resampler_push (resampler, mono, (gsize) n_read, output));
    }
  g_array_append_vals (samples, output, (guint) instru_resampler_finish (resampler, output));
  return g_steal_pointer (&samples);
}

GArray *
instru_clip_transpose (const GArray *samples, double ratio)
{
  const float *x = (const float *) (gconstpointer) samples->data;
  GArray *transposed = g_array_new (FALSE, FALSE, sizeof (float));

  for (gsize i = 0; samples->len > 1; i++)
    {
      double at = (double) i * ratio;
      gsize index = (gsize) at;
      float part = (float) (at - (double) index), value;

      if (index + 1 >= samples->len)
        break;
      value = (1.0f - part) * x[index] + part * x[index + 1];
      g_array_append_val (transposed, value);
    }
  return transposed;
}

static void
append_frame (gsize index, const InstruFrame *frame, gpointer user_data)
{
  float rms = frame->descriptors[INSTRU_DESCRIPTOR_RMS];
  float levels_db[INSTRU_CACHE_COLUMNS];
  gint16 row[INSTRU_CACHE_COLUMNS];

  instru_power_to_db_array (frame->mel_power, levels_db, INSTRU_N_MELS);
  levels_db[INSTRU_N_MELS] = fmaxf (20.0f * log10f (fmaxf (rms, 1e-9f)), MIN_LEVEL_DB);
  for (gsize i = 0; i < INSTRU_CACHE_COLUMNS; i++)
    row[i] = (gint16) lrintf (100.0f * levels_db[i]);
  g_array_append_vals (user_data, row, INSTRU_CACHE_COLUMNS);
}

gsize
instru_clip_append_frames (const GArray *samples, GArray *frames)
{
  g_autoptr (InstruFrontEnd) front_end = instru_front_end_new ();
  guint before = frames->len;

  instru_front_end_push (front_end, (const float *) (gconstpointer) samples->data, samples->len,
                         append_frame, frames);
  instru_front_end_finish (front_end, append_frame, frames);
  return (frames->len - before) / INSTRU_CACHE_COLUMNS;
}
