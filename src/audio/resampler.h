/* One channel at any rate in, one channel at another rate out, streamed: GStreamer's audioresample
 * kernel at the lowest quality that keeps 10 kHz within 0.1 dB and aliases under −80 dB.
 * The output is aligned with the input to a hundredth of an output sample, and its length is
 * round (input × out_rate / in_rate). Equal rates pass through unchanged. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InstruResampler InstruResampler;

InstruResampler *instru_resampler_new (guint in_rate_hz, guint out_rate_hz);
void instru_resampler_free (InstruResampler *self);

/* The most samples that a push of @n_samples, or finish (n_samples = 0), can give. */
gsize instru_resampler_get_max_output (InstruResampler *self, gsize n_samples);

/* Returns: the samples written to @output, which has room for get_max_output (@n_samples). */
gsize
instru_resampler_push (InstruResampler *self, const float *input, gsize n_samples, float *output);

/* Gives what is still in the filter. */
gsize instru_resampler_finish (InstruResampler *self, float *output);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruResampler, instru_resampler_free)

G_END_DECLS
