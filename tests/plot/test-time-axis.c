#include "time-axis.h"

#include <math.h>

static void
test_nice_steps (void)
{
  static const struct
  {
    double span, n_wanted, step;
  } cases[] = {
    { 10, 10, 1 }, { 12, 8, 2 }, { 100, 30, 5 }, { 0.03, 6, 0.005 }, { 3600, 7, 1000 }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (instru_nice_step (cases[i].span, cases[i].n_wanted),
                                    cases[i].step, cases[i].step * 1e-9);
}

/* Whatever it is given, a step is a positive number: nothing may loop on it for ever. */
static void
test_no_step_is_useless (void)
{
  static const double odd[] = { 0.0, -5.0, NAN, INFINITY, -INFINITY, 1e-300, 1e300 };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (odd); k++)
      {
        double step = instru_nice_step (odd[i], odd[k]);

        g_assert_true (isfinite (step));
        g_assert_cmpfloat (step, >, 0.0);
      }
}

static void
test_there_and_back (void)
{
  InstruTimeView view = { 12.5, 17.0 };
  InstruRect area = { 54, 0, 900, 60 };

  g_assert_cmpfloat (instru_time_view_to_x (&view, area, 12.5), ==, 54.0);
  g_assert_cmpfloat (instru_time_view_to_x (&view, area, 17.0), ==, 954.0);
  for (double time_s = 10.0; time_s < 20.0; time_s += 0.37)
    g_assert_cmpfloat_with_epsilon (
        instru_time_view_from_x (&view, area, instru_time_view_to_x (&view, area, time_s)), time_s,
        1e-9);

  view.end_s = view.start_s;
  g_assert_true (isfinite (instru_time_view_to_x (&view, area, 13.0)));
  area.width = 0.0;
  g_assert_true (isfinite (instru_time_view_from_x (&view, area, 13.0)));
}

static void
test_labels (void)
{
  static const struct
  {
    double time_s, step_s;
    const char *label;
  } cases[] = {
    { 0, 2, "0\u202fs" },
    { 12, 2, "12\u202fs" },
    { 0.25, 0.05, "0.25\u202fs" },
    { 1.5, 0.5, "1.5\u202fs" },
    { 65, 5, "1:05" },
    { 65.5, 0.5, "1:05.5" },
    { 3600, 60, "1:00:00" },
    { 3723, 1, "1:02:03" },
    { NAN, 1, "–" },
    { 59.999, 1, "60\u202fs" },
    { 0.0049, 0.001, "0.005\u202fs" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = instru_format_time (cases[i].time_s, cases[i].step_s);

      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-axis/nice-steps", test_nice_steps);
  g_test_add_func ("/time-axis/no-step-is-useless", test_no_step_is_useless);
  g_test_add_func ("/time-axis/there-and-back", test_there_and_back);
  g_test_add_func ("/time-axis/labels", test_labels);
  return g_test_run ();
}
