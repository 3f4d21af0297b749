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
};

enum
{
  VIEW_CHANGED,
  PLAYHEAD_CHANGED,
  CURSOR_CHANGED,
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

void
instru_time_axis_set_duration (InstruTimeAxis *self, double duration_s)
{
  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (!isfinite (duration_s) || duration_s < LEAST_DURATION_S)
    duration_s = LEAST_DURATION_S;
  if (is_same (self->duration_s, duration_s))
    return;

  self->duration_s = duration_s;
  self->view = (InstruTimeView){ .start_s = 0.0, .end_s = duration_s };
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
instru_time_axis_set_playhead (InstruTimeAxis *self, double time_s)
{
  g_return_if_fail (INSTRU_IS_TIME_AXIS (self));

  if (is_same (self->playhead_s, time_s))
    return;
  self->playhead_s = time_s;
  g_signal_emit (self, signals[PLAYHEAD_CHANGED], 0);
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
