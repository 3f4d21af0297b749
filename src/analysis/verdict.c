/* Scores, thresholds, and the words for them. */
#include "verdict.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Σ exp ((x − maximum) / temperature), which cannot overflow. */
static double
sum_below_maximum (const float *x, gsize n, double temperature, double *maximum)
{
  double sum = 0.0;

  *maximum = x[0];
  for (gsize i = 1; i < n; i++)
    *maximum = MAX (*maximum, x[i]);
  for (gsize i = 0; i < n; i++)
    sum += exp ((x[i] - *maximum) / temperature);
  return sum;
}

void
instru_vote_from_logits (InstruVote *vote, const float *logits, const InstruModelInfo *info)
{
  double maximum;
  double sum = sum_below_maximum (logits, INSTRU_N_FAMILIES, info->temperature, &maximum);

  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    vote->scores[i] = exp ((logits[i] - maximum) / info->temperature) / sum;

  vote->none = 0.0;
  if (info->n_outputs > INSTRU_N_FAMILIES)
    {
      sum = sum_below_maximum (logits, info->n_outputs, info->temperature, &maximum);
      vote->none = exp ((logits[INSTRU_N_FAMILIES] - maximum) / info->temperature) / sum;
    }

  /* log Σ exp x */
  sum = sum_below_maximum (logits, INSTRU_N_FAMILIES, 1.0, &maximum);
  vote->energy = maximum + log (sum);
}

void
instru_verdict_from_vote (InstruVerdict *verdict,
                          const InstruVote *vote,
                          const InstruModelInfo *info)
{
  *verdict = (InstruVerdict){ .has_scores = TRUE };

  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    {
      verdict->scores[i] = vote->scores[i];
      if (vote->scores[i] > vote->scores[verdict->family])
        verdict->family = (InstruFamily) i;
    }
  verdict->confidence = verdict->scores[verdict->family];

  if (vote->none > info->none_threshold || vote->energy < info->energy_threshold)
    verdict->reason = INSTRU_REASON_UNLIKE;
  else if (verdict->confidence < info->sure_threshold)
    verdict->reason = INSTRU_REASON_LOW_SCORE;
  else
    verdict->reason = INSTRU_REASON_NONE;
  verdict->sure = verdict->reason == INSTRU_REASON_NONE;
}

void
instru_verdict_silence (InstruVerdict *verdict)
{
  *verdict = (InstruVerdict){ .reason = INSTRU_REASON_SILENCE };
}

const char *
instru_reason_get_id (InstruReason reason)
{
  switch (reason)
    {
    case INSTRU_REASON_LOW_SCORE:
      return "low-score";
    case INSTRU_REASON_UNLIKE:
      return "unlike";
    case INSTRU_REASON_SILENCE:
      return "silence";
    case INSTRU_REASON_NO_MODEL:
      return "no-model";
    case INSTRU_REASON_NONE:
    default:
      return NULL;
    }
}

const char *
instru_verdict_get_headline (const InstruVerdict *verdict)
{
  switch (verdict->reason)
    {
    case INSTRU_REASON_LOW_SCORE:
    case INSTRU_REASON_UNLIKE:
      return _ ("Not sure");
    case INSTRU_REASON_SILENCE:
      return _ ("Silence");
    case INSTRU_REASON_NO_MODEL:
      return _ ("Not recognised");
    case INSTRU_REASON_NONE:
    default:
      return instru_family_get_label (verdict->family);
    }
}

static InstruFamily
second_family (const InstruVerdict *verdict)
{
  InstruFamily second = verdict->family == 0 ? (InstruFamily) 1 : (InstruFamily) 0;

  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    if ((InstruFamily) i != verdict->family && verdict->scores[i] > verdict->scores[second])
      second = (InstruFamily) i;
  return second;
}

int
instru_verdict_get_percent (const InstruVerdict *verdict, InstruFamily family)
{
  double score = verdict->scores[family];
  int percent = (int) lrint (100.0 * score);

  return percent == 100 && score < 0.9995 ? 99 : percent;
}

char *
instru_verdict_describe (const InstruVerdict *verdict)
{
  const char *best = instru_family_get_label (verdict->family);
  InstruFamily second = second_family (verdict);
  const char *next = instru_family_get_label (second);
  int best_percent = instru_verdict_get_percent (verdict, verdict->family);
  int next_percent = instru_verdict_get_percent (verdict, second);

  switch (verdict->reason)
    {
    case INSTRU_REASON_LOW_SCORE:
      return g_strdup_printf (_ ("No family stands out. Closest: %s %d %%, then %s %d %%."), best,
                              best_percent, next, next_percent);
    case INSTRU_REASON_UNLIKE:
      return g_strdup_printf (_ ("It sounds like no instrument the model has learned. "
                                 "Closest: %s %d %%."),
                              best, best_percent);
    case INSTRU_REASON_SILENCE:
      return g_strdup (_ ("Nothing in this recording is louder than −60 dBFS."));
    case INSTRU_REASON_NO_MODEL:
      return g_strdup (_ ("The model could not be loaded, so no family is named."));
    case INSTRU_REASON_NONE:
    default:
      return g_strdup_printf (_ ("Next: %s %d %%."), next, next_percent);
    }
}
