/* From logits to an answer: scores of the eight families, and whether to be sure of the best. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* What one window says, or the mean of several. */
typedef struct
{
  double scores[INSTRU_N_FAMILIES]; /* softmax over the eight family logits / temperature */
  double none;                      /* of "none" in the softmax over all outputs; 0 where absent */
  double energy;                    /* log Σ exp of the family logits (Liu et al., Energy-based
                                     * out-of-distribution detection, 2020) */
} InstruVote;

/* @logits: the model's outputs, families first. */
void instru_vote_from_logits (InstruVote *vote, const float *logits, const InstruModelInfo *info);

/* The answer for a vote by the thresholds of @info. */
void instru_verdict_from_vote (InstruVerdict *verdict,
                               const InstruVote *vote,
                               const InstruModelInfo *info);

/* The answer where nothing voted. */
void instru_verdict_silence (InstruVerdict *verdict);

G_END_DECLS
