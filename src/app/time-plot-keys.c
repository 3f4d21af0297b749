/* The reading cursor goes as far with one press as can be told apart by eye, so each step shows. */
#include "time-plot-keys.h"

#include <math.h>

/* Shift moves the reading cursor this much further. */
#define LARGE_STEP 10.0

/* Small enough to reach every frame that can be told apart by eye. */
static double
get_step_s (InstruTimePlot *self, GdkModifierType state)
{
  InstruTimeAxis *axis = instru_time_plot_get_axis (self);
  const InstruTimeView *view = instru_time_axis_get_view (axis);
  double step_s = MAX (INSTRU_FRAME_S, (view->end_s - view->start_s) / 200.0);

  return (state & GDK_SHIFT_MASK) != 0 ? LARGE_STEP * step_s : step_s;
}

static void
read_at (InstruTimePlot *self, double time_s)
{
  InstruTimeAxis *axis = instru_time_plot_get_axis (self);

  time_s = CLAMP (time_s, 0.0, instru_time_axis_get_duration (axis));
  instru_time_axis_set_cursor (axis, time_s);
  instru_time_axis_reveal (axis, time_s);
}

/* Moves the selection's start or end to @time_s; the other one stays, or is the recording's. */
static void
select_from_cursor (InstruTimePlot *self, double time_s, gboolean is_start)
{
  InstruTimeAxis *axis = instru_time_plot_get_axis (self);
  InstruTimeView selection = { 0.0, instru_time_axis_get_duration (axis) };

  instru_time_axis_get_selection (axis, &selection);
  if (is_start)
    instru_time_axis_select (axis, time_s,
                             selection.end_s > time_s ? selection.end_s
                                                      : instru_time_axis_get_duration (axis));
  else
    instru_time_axis_select (axis, selection.start_s < time_s ? selection.start_s : 0.0, time_s);
}

static gboolean
step_value (InstruTimePlot *self, int direction)
{
  InstruTimePlotClass *klass = INSTRU_TIME_PLOT_GET_CLASS (self);

  return klass->step != NULL && klass->step (self, direction);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                InstruTimePlot *self)
{
  InstruTimeAxis *axis = instru_time_plot_get_axis (self);
  double from_s;

  if (axis == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  from_s = instru_time_axis_get_cursor (axis);
  if (isnan (from_s))
    from_s = instru_time_axis_get_playhead (axis);

  switch (key)
    {
    case GDK_KEY_Left:
      read_at (self, from_s - get_step_s (self, state));
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
      read_at (self, from_s + get_step_s (self, state));
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      read_at (self, 0.0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      read_at (self, G_MAXDOUBLE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      return step_value (self, +1);
    case GDK_KEY_Down:
      return step_value (self, -1);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      instru_time_axis_seek (axis, from_s);
      return GDK_EVENT_STOP;
    case GDK_KEY_bracketleft:
      select_from_cursor (self, from_s, TRUE);
      return GDK_EVENT_STOP;
    case GDK_KEY_bracketright:
      select_from_cursor (self, from_s, FALSE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      instru_time_axis_set_cursor (axis, NAN);
      instru_time_axis_clear_selection (axis);
      return GDK_EVENT_PROPAGATE;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
instru_time_plot_add_keys (InstruTimePlot *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}
