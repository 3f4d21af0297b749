/* The gestures keep no state of their own but that of one drag or pinch, which lives as long as the
 * plot. */
#include "time-plot-gestures.h"

#include <math.h>

#define ZOOM_PER_NOTCH  1.25
#define PAN_PER_NOTCH   0.1  /* of what is visible */
#define PIXELS_A_NOTCH  40.0 /* of a touchpad, for zooming */
#define CLICK_RADIUS_PX 4.0

typedef enum
{
  DRAG_UNDECIDED, /* pressed, hardly moved */
  DRAG_PLAYHEAD,
  DRAG_SELECTION,
  DRAG_VIEW
} DragKind;

typedef struct
{
  InstruTimePlot *plot;
  DragKind kind;
  InstruTimeView view; /* when the drag or pinch began */
  double about_s;      /* what the pinch began over */
} Gestures;

static InstruTimeAxis *
get_axis (Gestures *self)
{
  return instru_time_plot_get_axis (self->plot);
}

static gboolean
is_ready (Gestures *self)
{
  return get_axis (self) != NULL &&
         instru_plot_view_get_analysis (INSTRU_PLOT_VIEW (self->plot)) != NULL;
}

static void
seek_to_x (Gestures *self, double x)
{
  instru_time_axis_seek (get_axis (self), instru_time_plot_get_time_at (self->plot, x));
}

/* — dragging — */

static gboolean
shift_is_held (GtkGesture *gesture)
{
  return (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)) &
          GDK_SHIFT_MASK) != 0;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, Gestures *self)
{
  if (!is_ready (self))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->view = *instru_time_axis_get_view (get_axis (self));
  if (shift_is_held (GTK_GESTURE (gesture)))
    self->kind = DRAG_SELECTION;
  else
    self->kind = instru_time_axis_shows_all (get_axis (self)) ? DRAG_PLAYHEAD : DRAG_UNDECIDED;
  if (self->kind == DRAG_PLAYHEAD)
    seek_to_x (self, x);
}

static void
drag_view (Gestures *self, double offset_x)
{
  InstruRect area = instru_time_plot_get_area (self->plot);
  double offset_s = -offset_x / area.width * (self->view.end_s - self->view.start_s);

  instru_time_axis_show (get_axis (self), self->view.start_s + offset_s,
                         self->view.end_s + offset_s);
}

static void
on_drag_update (GtkGestureDrag *gesture, double offset_x, double offset_y, Gestures *self)
{
  double x, y;

  if (!is_ready (self) || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (self->kind == DRAG_UNDECIDED && hypot (offset_x, offset_y) > CLICK_RADIUS_PX)
    self->kind = DRAG_VIEW;
  if (self->kind == DRAG_VIEW)
    drag_view (self, offset_x);
  else if (self->kind == DRAG_PLAYHEAD)
    seek_to_x (self, x + offset_x);
  else if (self->kind == DRAG_SELECTION)
    instru_time_axis_select (get_axis (self), instru_time_plot_get_time_at (self->plot, x),
                             instru_time_plot_get_time_at (self->plot, x + offset_x));
}

static void
on_drag_end (GtkGestureDrag *gesture, double offset_x, double offset_y, Gestures *self)
{
  double x, y;

  if (is_ready (self) && self->kind == DRAG_UNDECIDED &&
      gtk_gesture_drag_get_start_point (gesture, &x, &y))
    seek_to_x (self, x);
}

static void
on_pressed (GtkGestureClick *gesture, int n_presses, double x, double y, Gestures *self)
{
  if (n_presses == 2 && is_ready (self))
    instru_time_axis_show_all (get_axis (self));
}

/* — the wheel — */

static void
zoom_by_notches (Gestures *self, double n_notches)
{
  double about_s = instru_time_plot_get_pointed_time (self->plot);

  if (isnan (about_s))
    about_s = instru_time_axis_get_focus (get_axis (self));
  instru_time_axis_zoom (get_axis (self), pow (ZOOM_PER_NOTCH, n_notches), about_s);
}

/* Across moves the view always; up and down only where a part is visible, else the page. */
static gboolean
pan_by (Gestures *self, double dx, double dy, gboolean is_in_pixels, gboolean is_turned)
{
  const InstruTimeView *view = instru_time_axis_get_view (get_axis (self));
  double unit = is_in_pixels ? 1.0 / instru_time_plot_get_area (self->plot).width : PAN_PER_NOTCH;
  double way = is_turned || fabs (dx) < fabs (dy) ? dy : dx;

  if (instru_time_axis_shows_all (get_axis (self)))
    return GDK_EVENT_PROPAGATE;
  instru_time_axis_pan (get_axis (self), way * unit * (view->end_s - view->start_s));
  return GDK_EVENT_STOP;
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, Gestures *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean is_in_pixels =
      gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE;

  if (!is_ready (self))
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) == 0)
    return pan_by (self, dx, dy, is_in_pixels, (state & GDK_SHIFT_MASK) != 0);
  zoom_by_notches (self, is_in_pixels ? -dy / PIXELS_A_NOTCH : -dy);
  return GDK_EVENT_STOP;
}

/* — two fingers — */

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, Gestures *self)
{
  double x, y;

  if (!is_ready (self) || !gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->view = *instru_time_axis_get_view (get_axis (self));
  self->about_s = instru_time_plot_get_time_at (self->plot, x);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, Gestures *self)
{
  const InstruTimeView *view = instru_time_axis_get_view (get_axis (self));
  double wished_s = (self->view.end_s - self->view.start_s) / fmax (scale, 1e-3);

  instru_time_axis_zoom (get_axis (self), (view->end_s - view->start_s) / wished_s, self->about_s);
}

/* — the object — */

static void
add (Gestures *self, GtkEventController *controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self->plot), controller);
}

void
instru_time_plot_add_gestures (InstruTimePlot *plot)
{
  Gestures *self = g_new0 (Gestures, 1);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  self->plot = plot;
  g_object_set_data_full (G_OBJECT (plot), "instru-gestures", self, g_free);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  add (self, GTK_EVENT_CONTROLLER (drag));
  add (self, GTK_EVENT_CONTROLLER (click));
  add (self, GTK_EVENT_CONTROLLER (pinch));
  add (self, scroll);
}
