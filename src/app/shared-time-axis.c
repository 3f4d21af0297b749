/* The shared axis is a handful of numbers and the signals that tell of them. */
#include "shared-time-axis.h"

#include <math.h>

#define LEAST_DURATION_S 0.01

struct _InstruTimeAxis
{
  GObject parent_instance;

  InstruTimeView view;
  double duration_s;
  double playhead_s;
  double cursor_s;
  InstruTimeView selection; /* of no length: nothing */
};

enum
{
  VIEW_CHANGED,
  PLAYHEAD_CHANGED,
  CURSOR_CHANGED,
  SELECTION_CHANGED,
  SEEK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InstruTimeAxis, instru_time_axis, G_TYPE_OBJECT)

/* Equal as stored numbers, where NAN equals NAN. */
static gboolean
is_same (double a, double b)
{
  return (isnan (a) && isnan (b)) || !(a < b || a > b || isnan (a) || isnan (b));
}

/* The possible view that is nearest to the wished one: first its length, then its place. */
static InstruTimeView
fit_view (InstruTimeAxis *self, double start_s, double end_s)
{
  double span_s = CLAMP (end_s - start_s, INSTRU_TIME_AXIS_LEAST_SPAN_S, self->duration_s);
  double fitted_s = CLAMP (start_s, 0.0, self->duration_s - span_s);

  return (InstruTimeView){ .start_s = fitted_s, .end_s = fitted_s + span_s };
}

void
instru_time_axis_set_duration (InstruTimeAxis *self, double duration_s)
{
  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (!isfinite (duration_s) || duration_s < LEAST_DURATION_S)
    duration_s = LEAST_DURATION_S;
  if (is_same (self->duration_s, duration_s))
    return;

  if (instru_time_axis_shows_all (self))
    self->view = (InstruTimeView){ .start_s = 0.0, .end_s = duration_s };
  self->duration_s = duration_s;
  self->view = fit_view (self, self->view.start_s, self->view.end_s);
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

double
instru_time_axis_get_duration (InstruTimeAxis *self)
{
  return self->duration_s;
}

const InstruTimeView *
instru_time_axis_get_view (InstruTimeAxis *self)
{
  return &self->view;
}

void
instru_time_axis_show (InstruTimeAxis *self, double start_s, double end_s)
{
  InstruTimeView view;

  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (!isfinite (start_s) || !isfinite (end_s))
    return;
  view = fit_view (self, start_s, end_s);
  if (is_same (view.start_s, self->view.start_s) && is_same (view.end_s, self->view.end_s))
    return;
  self->view = view;
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

void
instru_time_axis_show_all (InstruTimeAxis *self)
{
  instru_time_axis_show (self, 0.0, self->duration_s);
}

gboolean
instru_time_axis_shows_all (InstruTimeAxis *self)
{
  return self->view.start_s <= 0.0 && self->view.end_s >= self->duration_s;
}

void
instru_time_axis_zoom (InstruTimeAxis *self, double factor, double about_s)
{
  const InstruTimeView *view = &self->view;
  double span_s, start_s;

  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (!isfinite (about_s) || !isfinite (factor) || factor <= 0.0)
    return;
  about_s = CLAMP (about_s, view->start_s, view->end_s);
  span_s = CLAMP ((view->end_s - view->start_s) / factor, INSTRU_TIME_AXIS_LEAST_SPAN_S,
                  self->duration_s);
  start_s = about_s - (about_s - view->start_s) / (view->end_s - view->start_s) * span_s;
  instru_time_axis_show (self, start_s, start_s + span_s);
}

void
instru_time_axis_pan (InstruTimeAxis *self, double offset_s)
{
  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  instru_time_axis_show (self, self->view.start_s + offset_s, self->view.end_s + offset_s);
}

void
instru_time_axis_reveal (InstruTimeAxis *self, double time_s)
{
  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (time_s < self->view.start_s)
    instru_time_axis_pan (self, time_s - self->view.start_s);
  else if (time_s > self->view.end_s)
    instru_time_axis_pan (self, time_s - self->view.end_s);
}

static gboolean
is_visible (InstruTimeAxis *self, double time_s)
{
  return time_s >= self->view.start_s && time_s <= self->view.end_s;
}

double
instru_time_axis_get_focus (InstruTimeAxis *self)
{
  if (is_visible (self, self->cursor_s))
    return self->cursor_s;
  if (is_visible (self, self->playhead_s))
    return self->playhead_s;
  return 0.5 * (self->view.start_s + self->view.end_s);
}

void
instru_time_axis_set_playhead (InstruTimeAxis *self, double time_s)
{
  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (is_same (self->playhead_s, time_s))
    return;
  self->playhead_s = time_s;
  g_signal_emit (self, signals[PLAYHEAD_CHANGED], 0);
}

void
instru_time_axis_follow_playhead (InstruTimeAxis *self, double time_s)
{
  double span_s = self->view.end_s - self->view.start_s;
  gboolean runs_out = is_visible (self, self->playhead_s) && time_s > self->view.end_s;

  instru_time_axis_set_playhead (self, time_s);
  if (runs_out)
    instru_time_axis_show (self, time_s, time_s + span_s);
}

double
instru_time_axis_get_playhead (InstruTimeAxis *self)
{
  return self->playhead_s;
}

void
instru_time_axis_set_cursor (InstruTimeAxis *self, double time_s)
{
  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (is_same (self->cursor_s, time_s))
    return;
  self->cursor_s = time_s;
  g_signal_emit (self, signals[CURSOR_CHANGED], 0);
}

double
instru_time_axis_get_cursor (InstruTimeAxis *self)
{
  return self->cursor_s;
}

void
instru_time_axis_select (InstruTimeAxis *self, double one_s, double other_s)
{
  InstruTimeView selection;

  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (!isfinite (one_s) || !isfinite (other_s))
    return;
  selection.start_s = CLAMP (MIN (one_s, other_s), 0.0, self->duration_s);
  selection.end_s = CLAMP (MAX (one_s, other_s), 0.0, self->duration_s);
  if (is_same (selection.start_s, self->selection.start_s) &&
      is_same (selection.end_s, self->selection.end_s))
    return;
  self->selection = selection;
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
instru_time_axis_clear_selection (InstruTimeAxis *self)
{
  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (instru_time_axis_get_selection (self, NULL))
    instru_time_axis_select (self, 0.0, 0.0);
}

gboolean
instru_time_axis_get_selection (InstruTimeAxis *self, InstruTimeView *selection)
{
  gboolean is_selected = self->selection.end_s > self->selection.start_s;

  if (is_selected && selection != NULL)
    *selection = self->selection;
  return is_selected;
}

void
instru_time_axis_seek (InstruTimeAxis *self, double time_s)
{
  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  time_s = CLAMP (time_s, 0.0, self->duration_s);
  instru_time_axis_set_playhead (self, time_s);
  g_signal_emit (self, signals[SEEK], 0, time_s);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, INSTRU_TYPE_TIME_AXIS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
instru_time_axis_class_init (InstruTimeAxisClass *klass)
{
  signals[VIEW_CHANGED] = add_signal ("view-changed");
  signals[PLAYHEAD_CHANGED] = add_signal ("playhead-changed");
  signals[CURSOR_CHANGED] = add_signal ("cursor-changed");
  signals[SELECTION_CHANGED] = add_signal ("selection-changed");
  signals[SEEK] = g_signal_new ("seek", INSTRU_TYPE_TIME_AXIS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
instru_time_axis_init (InstruTimeAxis *self)
{
  self->duration_s = LEAST_DURATION_S;
  self->view.end_s = LEAST_DURATION_S;
  self->cursor_s = NAN;
}

InstruTimeAxis *
instru_time_axis_new (void)
{
  return g_object_new (INSTRU_TYPE_TIME_AXIS, NULL);
}
