/* Axis and adjustment tell each other; the axis ignores a view that it has already, which ends the
 * conversation. */
#include "time-scroll-bar.h"

#define STEP_SHARE 0.1 /* of what is visible */

static void
show_view (GtkScrollbar *bar, InstruTimeAxis *axis)
{
  const InstruTimeView *view = instru_time_axis_get_view (axis);
  double span_s = view->end_s - view->start_s;
  gboolean is_needed = !instru_time_axis_shows_all (axis);

  gtk_adjustment_configure (gtk_scrollbar_get_adjustment (bar), view->start_s, 0.0,
                            instru_time_axis_get_duration (axis), STEP_SHARE * span_s, span_s,
                            span_s);
  gtk_widget_set_opacity (GTK_WIDGET (bar), is_needed ? 1.0 : 0.0);
  gtk_widget_set_sensitive (GTK_WIDGET (bar), is_needed);
}

static void
on_view_changed (InstruTimeAxis *axis, GtkScrollbar *bar)
{
  show_view (bar, axis);
}

static void
on_value_changed (GtkAdjustment *adjustment, InstruTimeAxis *axis)
{
  double start_s = gtk_adjustment_get_value (adjustment);

  instru_time_axis_show (axis, start_s, start_s + gtk_adjustment_get_page_size (adjustment));
}

void
instru_time_scroll_bar_connect (GtkScrollbar *bar, InstruTimeAxis *axis)
{
  g_return_if_fail (GTK_IS_SCROLLBAR (bar));
  g_return_if_fail (INSTRU_IS_TIME_AXIS (axis));

  show_view (bar, axis);
  g_signal_connect_object (axis, "view-changed", G_CALLBACK (on_view_changed), bar, 0);
  g_signal_connect_object (gtk_scrollbar_get_adjustment (bar), "value-changed",
                           G_CALLBACK (on_value_changed), axis, 0);
}
