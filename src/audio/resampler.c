/* Streams one channel through GStreamer's resampling kernel. Its history starts with half a filter
 * of silence, so its first output lies at the first input: nothing has to be cut off, only the
 * second half of the filter has to be pushed out at the end. */
#include "resampler.h"

#include <gst/audio/audio.h>
#include <string.h>

/* Measured for 8 … 192 kHz to 22,050 Hz: quality 6 loses 0.5 dB at 10 kHz, quality 7 0.02 dB, with
 * everything that would fold to below 10 kHz under −108 dB. */
#define QUALITY 7

/* The kernel's output comes one step of its oversampled filter late. At its own choice of 16 steps
 * a sample that is a sixth of an output sample from 8 kHz; with this many it is a hundredth. */
#define FILTER_STEPS 256

struct _InstruResampler
{
  GstAudioResampler *kernel; /* NULL where the rates are equal */
  guint in_rate_hz;
  guint out_rate_hz;
  guint64 n_in;
  guint64 n_out;
};

static GstAudioResampler *
create_kernel (guint in_rate_hz, guint out_rate_hz)
{
  const GstAudioResamplerMethod method = GST_AUDIO_RESAMPLER_METHOD_KAISER;
  GstAudioResampler *kernel;
  GstStructure *options;

  gst_init_check (NULL, NULL, NULL);
  options = gst_structure_new_empty ("options");
  gst_audio_resampler_options_set_quality (method, QUALITY, (int) in_rate_hz, (int) out_rate_hz,
                                           options);
  gst_structure_set (options, GST_AUDIO_RESAMPLER_OPT_FILTER_OVERSAMPLE, G_TYPE_INT, FILTER_STEPS,
                     NULL);
  kernel = gst_audio_resampler_new (method, GST_AUDIO_RESAMPLER_FLAG_NONE, GST_AUDIO_FORMAT_F32, 1,
                                    (int) in_rate_hz, (int) out_rate_hz, options);
  gst_structure_free (options);
  return kernel;
}

InstruResampler *
instru_resampler_new (guint in_rate_hz, guint out_rate_hz)
{
  InstruResampler *self;

  g_return_val_if_fail (in_rate_hz > 0 && in_rate_hz <= G_MAXINT, NULL);
  g_return_val_if_fail (out_rate_hz > 0 && out_rate_hz <= G_MAXINT, NULL);

  self = g_new0 (InstruResampler, 1);
  self->in_rate_hz = in_rate_hz;
  self->out_rate_hz = out_rate_hz;
  if (in_rate_hz != out_rate_hz)
    self->kernel = create_kernel (in_rate_hz, out_rate_hz);
  return self;
}

void
instru_resampler_free (InstruResampler *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->kernel, gst_audio_resampler_free);
  g_free (self);
}

gsize
instru_resampler_get_max_output (InstruResampler *self, gsize n_samples)
{
  guint64 n_in;

  if (self->kernel == NULL)
    return n_samples;

  /* What waits in the filter comes out too; the rounding of both ends is one sample each. */
  n_in = (guint64) n_samples + 2 * gst_audio_resampler_get_max_latency (self->kernel) + 1;
  return (gsize) gst_util_uint64_scale_ceil (n_in, self->out_rate_hz, self->in_rate_hz) + 1;
}

gsize
instru_resampler_push (InstruResampler *self, const float *input, gsize n_samples, float *output)
{
  gpointer in[1] = { (gpointer) input };
  gpointer out[1] = { output };
  gsize n_out = n_samples;

  if (n_samples == 0)
    return 0;

  if (self->kernel == NULL)
    memcpy (output, input, n_samples * sizeof (float));
  else
    {
      n_out = gst_audio_resampler_get_out_frames (self->kernel, n_samples);
      gst_audio_resampler_resample (self->kernel, in, n_samples, out, n_out);
    }
  self->n_in += n_samples;
  self->n_out += n_out;
  return n_out;
}

gsize
instru_resampler_finish (InstruResampler *self, float *output)
{
  guint64 n_wanted = gst_util_uint64_scale_round (self->n_in, self->out_rate_hz, self->in_rate_hz);
  gpointer out[1] = { output };
  gsize n_left;

  if (self->kernel == NULL || n_wanted <= self->n_out)
    return 0;

  n_left = (gsize) (n_wanted - self->n_out);
  gst_audio_resampler_resample (
      self->kernel, NULL, gst_audio_resampler_get_in_frames (self->kernel, n_left), out, n_left);
  self->n_out = n_wanted;
  return n_left;
}
