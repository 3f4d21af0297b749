/* Windows of one family become one stretch. */
#include "stretches.h"

#include "report-fixture.h"

static void
test_joined (void)
{
  g_autoptr (InstruAnalysis) analysis =
      instru_fixture_new ("/nowhere/a.flac", INSTRU_FIXTURE_SINE, 12.0);
  g_autoptr (GArray) stretches = NULL;
  const InstruStretch *first, *second, *third;

  /* Eight windows; the fifth names the next family. */
  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_REED, 0.9, INSTRU_REASON_NONE);
  g_assert_cmpuint (instru_analysis_get_n_windows (analysis), ==, 8);
  stretches = instru_stretches_from_analysis (analysis);
  g_assert_cmpuint (stretches->len, ==, 3);

  first = &g_array_index (stretches, InstruStretch, 0);
  second = &g_array_index (stretches, InstruStretch, 1);
  third = &g_array_index (stretches, InstruStretch, 2);
  g_assert_cmpint (first->family, ==, INSTRU_FAMILY_REED);
  g_assert_cmpint (second->family, ==, INSTRU_FAMILY_STRING);
  g_assert_cmpuint (first->n_windows, ==, 4);
  g_assert_cmpuint (second->n_windows, ==, 1);
  g_assert_cmpfloat_with_epsilon (first->score, 0.9, 1e-6);

  /* No gaps, no overlaps; the boundary is between the centres of windows 4 and 5. */
  g_assert_cmpfloat (first->start_s, ==, 0.0);
  g_assert_cmpfloat_with_epsilon (first->end_s, (3.5 + 1.0) * 64 * INSTRU_FRAME_S, 1e-9);
  g_assert_cmpfloat (first->end_s, ==, second->start_s);
  g_assert_cmpfloat (second->end_s, ==, third->start_s);
  g_assert_cmpfloat (third->end_s, ==, 12.0);
}

static void
test_silence_and_nothing (void)
{
  g_autoptr (InstruAnalysis) analysis =
      instru_fixture_new ("/nowhere/a.flac", INSTRU_FIXTURE_SILENCE, 12.0);
  g_autoptr (GArray) nothing = instru_stretches_from_analysis (analysis);
  g_autoptr (GArray) silence = NULL;

  g_assert_cmpuint (nothing->len, ==, 0);

  instru_fixture_set_silence (analysis);
  silence = instru_stretches_from_analysis (analysis);
  g_assert_cmpuint (silence->len, ==, 1);
  g_assert_cmpint (g_array_index (silence, InstruStretch, 0).family, ==, -1);
  g_assert_cmpfloat (g_array_index (silence, InstruStretch, 0).end_s, ==, 12.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stretches/joined", test_joined);
  g_test_add_func ("/stretches/silence-and-nothing", test_silence_and_nothing);
  return g_test_run ();
}
