#include "statistics.h"

#include <math.h>

static void
test_closed_form (void)
{
  InstruRunningStatistics running = { 0 };
  InstruStatistics statistics;

  /* 1 … n: mean (n + 1) / 2, variance (n² − 1) / 12; on a large offset, where a plain sum of
   * squares would lose every digit. */
  for (int i = 1; i <= 1000; i++)
    instru_running_statistics_push (&running, 1e9 + i);
  statistics = instru_running_statistics_get (&running);

  g_assert_cmpfloat_with_epsilon (statistics.mean, 1e9 + 500.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (statistics.standard_deviation,
                                  sqrt ((1000.0 * 1000.0 - 1.0) / 12.0), 1e-4);
}

static void
test_nothing_is_not_a_number (void)
{
  InstruRunningStatistics running = { 0 };
  InstruStatistics statistics = instru_running_statistics_get (&running);

  g_assert_true (isnan (statistics.mean));
  g_assert_true (isnan (statistics.standard_deviation));

  instru_running_statistics_push (&running, 3.0);
  statistics = instru_running_statistics_get (&running);
  g_assert_cmpfloat (statistics.mean, ==, 3.0);
  g_assert_cmpfloat (statistics.standard_deviation, ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/closed-form", test_closed_form);
  g_test_add_func ("/statistics/nothing-is-not-a-number", test_nothing_is_not_a_number);
  return g_test_run ();
}
