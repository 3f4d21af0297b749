/* The rules that all outputs share. */
#include "facts.h"

#include <math.h>

static void
test_also (void)
{
  InstruVerdict verdict = {
    .has_scores = TRUE,
    .family = INSTRU_FAMILY_STRING,
    .confidence = 0.4,
    .scores = { 0.16, 0.1499, 0.0, 0.0, 0.0, 0.28, 0.4, 0.0101 },
  };
  InstruFamily also[INSTRU_N_FAMILIES];

  g_assert_cmpuint (instru_facts_list_also (&verdict, also), ==, 2);
  g_assert_cmpint (also[0], ==, INSTRU_FAMILY_REED);
  g_assert_cmpint (also[1], ==, INSTRU_FAMILY_BRASS);
}

static void
test_also_is_empty_without_scores (void)
{
  InstruVerdict verdict = { .has_scores = FALSE, .scores = { 1.0, 1.0, 1.0 } };
  InstruFamily also[INSTRU_N_FAMILIES];

  g_assert_cmpuint (instru_facts_list_also (&verdict, also), ==, 0);
  verdict.has_scores = TRUE;
  verdict.scores[1] = (double) NAN;
  verdict.scores[2] = 0.0;
  g_assert_cmpuint (instru_facts_list_also (&verdict, also), ==, 0);
}

static void
check_printable (const char *name, const char *expected)
{
  g_autofree char *printable = instru_facts_make_printable (name);

  g_assert_cmpstr (printable, ==, expected);
}

static void
test_printable (void)
{
  check_printable ("Größe Ёлка 笛.flac", "Größe Ёлка 笛.flac");
  check_printable ("a\nb\tc", "a\\nb\\tc");
  check_printable ("\033[31mred", "\\u001b[31mred");
  check_printable ("bad\xff.wav", "bad\xef\xbf\xbd.wav");
  check_printable ("gpj.\u202ewav.exe", "gpj.\\u202ewav.exe");
  check_printable ("", "");
}

static void
test_features_are_all_there (void)
{
  gboolean seen[INSTRU_N_DESCRIPTORS] = { FALSE };

  for (gsize i = 0; i < INSTRU_N_FEATURES; i++)
    seen[instru_facts_get_feature (i)->descriptor] = TRUE;
  for (int i = 0; i < INSTRU_N_DESCRIPTORS; i++)
    g_assert_true (seen[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts/also", test_also);
  g_test_add_func ("/facts/also-is-empty-without-scores", test_also_is_empty_without_scores);
  g_test_add_func ("/facts/printable", test_printable);
  g_test_add_func ("/facts/features-are-all-there", test_features_are_all_there);
  return g_test_run ();
}
