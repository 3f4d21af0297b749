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

static void
assert_view (InstruTimeAxis *axis, double start_s, double end_s)
{
  const InstruTimeView *view = instru_time_axis_get_view (axis);

  g_assert_cmpfloat_with_epsilon (view->start_s, start_s, 1e-9);
  g_assert_cmpfloat_with_epsilon (view->end_s, end_s, 1e-9);
}

/* What one points at stays where it is; the ends of the recording and the least span hold. */
static void
test_zoom (void)
{
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "view-changed");

  instru_time_axis_zoom (axis, 0.5, 3.0);
  g_assert_cmpuint (heard.n_changes, ==, 0);
  g_assert_true (instru_time_axis_shows_all (axis));
  instru_time_axis_zoom (axis, 2.0, 4.0);
  assert_view (axis, 2.0, 7.0);
  instru_time_axis_zoom (axis, 2.5, 2.0);
  assert_view (axis, 2.0, 4.0);
  g_assert_cmpuint (heard.n_changes, ==, 2);
  instru_time_axis_zoom (axis, 1e9, 3.0);
  assert_view (axis, 3.0 - 0.5 * INSTRU_TIME_AXIS_LEAST_SPAN_S,
               3.0 + 0.5 * INSTRU_TIME_AXIS_LEAST_SPAN_S);
  instru_time_axis_zoom (axis, NAN, 3.0);
  instru_time_axis_zoom (axis, 2.0, NAN);
  g_assert_cmpuint (heard.n_changes, ==, 3);
  instru_time_axis_zoom (axis, 1e-9, 3.0);
  assert_view (axis, 0.0, 10.0);
}

static void
test_pan (void)
{
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "view-changed");

  instru_time_axis_pan (axis, 1.0);
  g_assert_cmpuint (heard.n_changes, ==, 0);
  instru_time_axis_show (axis, 2.0, 5.0);
  instru_time_axis_pan (axis, 1.5);
  assert_view (axis, 3.5, 6.5);
  instru_time_axis_pan (axis, 100.0);
  assert_view (axis, 7.0, 10.0);
  instru_time_axis_pan (axis, -100.0);
  assert_view (axis, 0.0, 3.0);
  instru_time_axis_show (axis, NAN, 2.0);
  assert_view (axis, 0.0, 3.0);
  instru_time_axis_show_all (axis);
  assert_view (axis, 0.0, 10.0);
}

/* While a recording is read its length grows: who sees all goes on seeing all, who looks at a part
 * goes on looking at it. */
static void
test_duration_while_zoomed (void)
{
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "view-changed");

  instru_time_axis_set_duration (axis, 12.0);
  assert_view (axis, 0.0, 12.0);
  instru_time_axis_show (axis, 6.0, 9.0);
  instru_time_axis_set_duration (axis, 20.0);
  assert_view (axis, 6.0, 9.0);
  instru_time_axis_set_duration (axis, 8.0);
  assert_view (axis, 5.0, 8.0);
  instru_time_axis_set_duration (axis, 1.0);
  assert_view (axis, 0.0, 1.0);
}

static void
test_focus (void)
{
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "view-changed");

  instru_time_axis_set_playhead (axis, 1.0);
  g_assert_cmpfloat (instru_time_axis_get_focus (axis), ==, 1.0);
  instru_time_axis_show (axis, 4.0, 8.0);
  g_assert_cmpfloat (instru_time_axis_get_focus (axis), ==, 6.0);
  instru_time_axis_set_cursor (axis, 5.0);
  g_assert_cmpfloat (instru_time_axis_get_focus (axis), ==, 5.0);
}

/* The visible part turns the page with a playhead that runs out of it, but does not run after one
 * that was not visible. */
static void
test_follow_playhead (void)
{
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "view-changed");

  instru_time_axis_show (axis, 2.0, 4.0);
  instru_time_axis_set_playhead (axis, 3.9);
  instru_time_axis_follow_playhead (axis, 4.1);
  assert_view (axis, 4.1, 6.1);
  instru_time_axis_follow_playhead (axis, 5.0);
  assert_view (axis, 4.1, 6.1);
  instru_time_axis_show (axis, 0.0, 2.0);
  instru_time_axis_follow_playhead (axis, 5.1);
  assert_view (axis, 0.0, 2.0);
}

static void
assert_selection (InstruTimeAxis *axis, double start_s, double end_s)
{
  InstruTimeView selection;

  g_assert_true (instru_time_axis_get_selection (axis, &selection));
  g_assert_cmpfloat (selection.start_s, ==, start_s);
  g_assert_cmpfloat (selection.end_s, ==, end_s);
}

static void
test_selection (void)
{
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "selection-changed");

  g_assert_false (instru_time_axis_get_selection (axis, NULL));
  instru_time_axis_clear_selection (axis);
  instru_time_axis_select (axis, NAN, 3.0);
  g_assert_cmpuint (heard.n_changes, ==, 0);
  instru_time_axis_select (axis, 2.0, 3.0);
  assert_selection (axis, 2.0, 3.0);
  instru_time_axis_select (axis, 3.0, 2.0);
  g_assert_cmpuint (heard.n_changes, ==, 1);
  instru_time_axis_select (axis, 99.0, -99.0);
  assert_selection (axis, 0.0, 10.0);
  instru_time_axis_clear_selection (axis);
  g_assert_false (instru_time_axis_get_selection (axis, NULL));
  instru_time_axis_select (axis, 4.0, 4.0);
  g_assert_false (instru_time_axis_get_selection (axis, NULL));
}

static void
test_reveal (void)
{
  Heard heard = { 0 };
  g_autoptr (InstruTimeAxis) axis = make_axis (&heard, "view-changed");

  instru_time_axis_show (axis, 4.0, 6.0);
  instru_time_axis_reveal (axis, 5.0);
  assert_view (axis, 4.0, 6.0);
  instru_time_axis_reveal (axis, 7.0);
  assert_view (axis, 5.0, 7.0);
  instru_time_axis_reveal (axis, 1.0);
  assert_view (axis, 1.0, 3.0);
  instru_time_axis_reveal (axis, NAN);
  assert_view (axis, 1.0, 3.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shared-time-axis/duration", test_duration);
  g_test_add_func ("/shared-time-axis/cursor", test_cursor);
  g_test_add_func ("/shared-time-axis/seek", test_seek);
  g_test_add_func ("/shared-time-axis/zoom", test_zoom);
  g_test_add_func ("/shared-time-axis/pan", test_pan);
  g_test_add_func ("/shared-time-axis/duration-while-zoomed", test_duration_while_zoomed);
  g_test_add_func ("/shared-time-axis/focus", test_focus);
  g_test_add_func ("/shared-time-axis/follow-playhead", test_follow_playhead);
  g_test_add_func ("/shared-time-axis/selection", test_selection);
  g_test_add_func ("/shared-time-axis/reveal", test_reveal);
  return g_test_run ();
}
