#include "verdict.h"

#include <math.h>

static const char *const outputs[] = { "brass", "flute",  "guitar", "keyboard", "mallet",
                                       "reed",  "string", "vocal",  "none",     NULL };

static InstruModelInfo
make_info (void)
{
  return (InstruModelInfo){ .n_outputs = 9,
                            .outputs = outputs,
                            .temperature = 2.0,
                            .sure_threshold = 0.5,
                            .none_threshold = 0.4,
                            .energy_threshold = -1.0 };
}

static void
test_scores_are_a_softmax (void)
{
  InstruModelInfo info = make_info ();
  float logits[9] = { 0, 0, 0, 0, 0, 2.0f, 0, 0, -100.0f };
  double denominator = 7.0 + exp (1.0), sum = 0.0; /* logits / temperature: seven 0 and one 1 */
  InstruVote vote;

  instru_vote_from_logits (&vote, logits, &info);
  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    sum += vote.scores[i];
  g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (vote.scores[INSTRU_FAMILY_REED], exp (1.0) / denominator, 1e-12);
  g_assert_cmpfloat_with_epsilon (vote.none, 0.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (vote.energy, log (7.0 + exp (2.0)), 1e-12);
}

static void
test_huge_logits_stay_finite (void)
{
  InstruModelInfo info = make_info ();
  float logits[9] = { 3e38f, -3e38f, 0, 0, 0, 0, 0, 0, 3e38f };
  InstruVote vote;

  instru_vote_from_logits (&vote, logits, &info);
  g_assert_cmpfloat_with_epsilon (vote.scores[0], 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (vote.none, 0.5, 1e-12);
}

static void
test_reasons (void)
{
  InstruModelInfo info = make_info ();
  InstruVote vote = { .scores = { [INSTRU_FAMILY_STRING] = 0.7, [INSTRU_FAMILY_REED] = 0.3 } };
  InstruVerdict verdict;

  instru_verdict_from_vote (&verdict, &vote, &info);
  g_assert_true (verdict.sure && verdict.has_scores);
  g_assert_cmpint (verdict.family, ==, INSTRU_FAMILY_STRING);
  g_assert_cmpstr (instru_verdict_get_headline (&verdict), ==, "String");

  vote.none = 0.41;
  instru_verdict_from_vote (&verdict, &vote, &info);
  g_assert_false (verdict.sure);
  g_assert_cmpint (verdict.reason, ==, INSTRU_REASON_UNLIKE);

  vote = (InstruVote){ .scores = { [0] = 0.49, [1] = 0.46, [2] = 0.05 } };
  instru_verdict_from_vote (&verdict, &vote, &info);
  g_assert_cmpint (verdict.reason, ==, INSTRU_REASON_LOW_SCORE);
  g_assert_cmpint (verdict.family, ==, INSTRU_FAMILY_BRASS);

  vote.energy = -1.5;
  instru_verdict_from_vote (&verdict, &vote, &info);
  g_assert_cmpint (verdict.reason, ==, INSTRU_REASON_UNLIKE);

  instru_verdict_silence (&verdict);
  g_assert_false (verdict.sure || verdict.has_scores);
  g_assert_cmpstr (instru_reason_get_id (verdict.reason), ==, "silence");
}

/* Every reason has words, and no per cent claims a certainty that is not there. */
static void
test_words (void)
{
  InstruVerdict verdict = { .scores = { 0.996, 0.004 }, .confidence = 0.996 };

  for (int reason = INSTRU_REASON_NONE; reason <= INSTRU_REASON_NO_MODEL; reason++)
    {
      g_autofree char *words = NULL;

      verdict.reason = (InstruReason) reason;
      words = instru_verdict_describe (&verdict);
      g_assert_true (g_str_has_suffix (words, "."));
      g_assert_cmpuint (strlen (instru_verdict_get_headline (&verdict)), >, 3);
      g_assert_true ((instru_reason_get_id (verdict.reason) == NULL) ==
                     (verdict.reason == INSTRU_REASON_NONE));
    }
  g_assert_cmpint (instru_verdict_get_percent (&verdict, INSTRU_FAMILY_BRASS), ==, 99);
  verdict.scores[0] = 1.0;
  g_assert_cmpint (instru_verdict_get_percent (&verdict, INSTRU_FAMILY_BRASS), ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict/scores-are-a-softmax", test_scores_are_a_softmax);
  g_test_add_func ("/verdict/huge-logits-stay-finite", test_huge_logits_stay_finite);
  g_test_add_func ("/verdict/reasons", test_reasons);
  g_test_add_func ("/verdict/words", test_words);
  return g_test_run ();
}
