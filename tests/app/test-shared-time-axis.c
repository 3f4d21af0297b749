/* The axis that all plots share: who changes it, who hears of it. */
#include "shared-time-axis.h"

#include <math.h>

typedef struct
{
  guint n_changes;
  double sought_s;
} Heard;

static void
on_changed (Heard *heard)
{
  heard->n_changes++;
}

static void
on_seek (Heard *heard, double time_s)
{
  heard->sought_s = time_s;
}

static InstruTimeAxis *
make_axis (Heard *heard, const char *signal)
{
  InstruTimeAxis *axis = instru_time_axis_new ();

  instru_time_axis_set_duration (axis, 10.0);
  g_signal_connect_swapped (axis, signal, G_CALLBACK (on_changed), heard);
  g_signal_connect_swapped (axis, "seek", G_CALLBACK (on_seek), heard);
  return axis;
}

static void
test_duration (void)
{
  const double odd[] = { NAN, INFINITY, -1.0, 0.0 };
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "view-changed");

  instru_time_axis_set_duration (axis, 12.5);
  instru_time_axis_set_duration (axis, 12.5);
  g_assert_cmpuint (heard.n_changes, ==, 1);
  g_assert_cmpfloat (instru_time_axis_get_view (axis)->end_s, ==, 12.5);
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      instru_time_axis_set_duration (axis, odd[i]);
      g_assert_cmpfloat (instru_time_axis_get_view (axis)->end_s, >, 0.0);
    }
}

static void
test_cursor (void)
{
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "cursor-changed");

  g_assert_true (isnan (instru_time_axis_get_cursor (axis)));
  instru_time_axis_set_cursor (axis, NAN);
  g_assert_cmpuint (heard.n_changes, ==, 0);
  instru_time_axis_set_cursor (axis, 1.0);
  instru_time_axis_set_cursor (axis, 1.0);
  instru_time_axis_set_cursor (axis, NAN);
  g_assert_cmpuint (heard.n_changes, ==, 2);
}

static void
test_seek (void)
{
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "playhead-changed");

  instru_time_axis_seek (axis, 4.0);
  g_assert_cmpfloat (heard.sought_s, ==, 4.0);
  g_assert_cmpfloat (instru_time_axis_get_playhead (axis), ==, 4.0);
  instru_time_axis_seek (axis, 1e9);
  g_assert_cmpfloat (heard.sought_s, ==, 10.0);
  instru_time_axis_seek (axis, -3.0);
  g_assert_cmpfloat (heard.sought_s, ==, 0.0);
  g_assert_cmpuint (heard.n_changes, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shared-time-axis/duration", test_duration);
  g_test_add_func ("/shared-time-axis/cursor", test_cursor);
  g_test_add_func ("/shared-time-axis/seek", test_seek);
  return g_test_run ();
}
