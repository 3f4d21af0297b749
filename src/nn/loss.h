/* Cross-entropy of a softmax with soft targets, mean over the batch, and its gradient:
 *
 *   loss = −(1/N) Σ t log softmax (z),   ∂loss/∂z = (softmax (z) − t) / N     where Σ t = 1
 *
 * Label smoothing and mixup are the caller's: they only change the targets. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @logits and @gradient: n_outputs × N; @targets: N × n_outputs, rows that add up to 1.
 * @n_correct: nullable; images whose largest logit is that of their largest target. */
double instru_cross_entropy (const float *logits,
                             const float *targets,
                             gsize n_outputs,
                             gsize batch,
                             float *gradient,
                             gsize *n_correct);

/* t = (1 − smoothing) × one-hot + smoothing / n_outputs. */
void instru_smooth_target (float *target, gsize n_outputs, gsize label, double smoothing);

G_END_DECLS
