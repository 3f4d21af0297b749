/* One playhead and one reading cursor across all plots: drawn here as thin rectangles over the kept
 * picture, moved here by pointer and keys. */
#include "time-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "plots.h"
#include "time-plot-gestures.h"
#include "time-plot-keys.h"
#include "widget-theme.h"

#define TOP_MARGIN      8.0
#define AXIS_HEIGHT     24.0
#define LEAST_WIDTH     200
#define PLAYHEAD_WIDTH  2.0f
#define CURSOR_WIDTH    1.0f
#define SELECTION_WIDTH 2.0f
#define VEIL_ALPHA      0.6f
/* The playhead stands out a little above and below the area, so that it is seen to cross all. */
#define PLAYHEAD_OVERHANG 2.0f
/* Closer than this, the cursor is still where the pointer put it. */
#define CURSOR_EPSILON_S 1e-9

typedef struct
{
  InstruTimeAxis *axis;
  char *read_out;
  int area_height;
  gboolean shows_axis;
  graphene_point_t pointer; /* where it last was, in the plot; NAN: not over it */
  double pointed_s;         /* the time that the pointer last chose */
} InstruTimePlotPrivate;

enum
{
  PROP_0,
  PROP_READ_OUT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (InstruTimePlot, instru_time_plot, INSTRU_TYPE_PLOT_VIEW)

InstruRect
instru_time_plot_get_area (InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double bottom = priv->shows_axis ? AXIS_HEIGHT : TOP_MARGIN;

  return (InstruRect){ .x = INSTRU_PLOT_LEFT_MARGIN,
                       .y = TOP_MARGIN,
                       .width =
                           MAX (width - INSTRU_PLOT_LEFT_MARGIN - INSTRU_PLOT_RIGHT_MARGIN, 1.0),
                       .height = MAX (height - TOP_MARGIN - bottom, 1.0) };
}

/* — drawing — */

static void
instru_time_plot_draw (InstruPlotView *view,
                       InstruCanvas *canvas,
                       const InstruTheme *theme,
                       graphene_size_t size)
{
  InstruTimePlot *self = INSTRU_TIME_PLOT (view);
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  InstruRect area = instru_time_plot_get_area (self);

  if (priv->axis == NULL)
    return;
  INSTRU_TIME_PLOT_GET_CLASS (self)->draw_area (self, canvas, theme, area);
  if (priv->shows_axis)
    instru_plot_time_axis (canvas, instru_time_axis_get_view (priv->axis), theme, area);
}

/* A line at @time_s; nothing where it is not visible. */
static void
append_line (InstruTimePlot *self,
             GtkSnapshot *snapshot,
             double time_s,
             float line_width,
             InstruColor color)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  const InstruTimeView *view = instru_time_axis_get_view (priv->axis);
  InstruRect area = instru_time_plot_get_area (self);
  GdkRGBA rgba = instru_color_to_rgba (color);
  float x;

  if (!(time_s >= view->start_s && time_s <= view->end_s))
    return;
  x = (float) round (instru_time_view_to_x (view, area, time_s) - 0.5 * (double) line_width);
  gtk_snapshot_append_color (snapshot, &rgba,
                             &GRAPHENE_RECT_INIT (x, (float) area.y - PLAYHEAD_OVERHANG, line_width,
                                                  (float) area.height + 2 * PLAYHEAD_OVERHANG));
}

static void
append_veil (GtkSnapshot *snapshot,
             InstruRect area,
             double left,
             double right,
             const GdkRGBA *color)
{
  if (right > left)
    gtk_snapshot_append_color (
        snapshot, color,
        &GRAPHENE_RECT_INIT ((float) left, (float) area.y - PLAYHEAD_OVERHANG,
                             (float) (right - left), (float) area.height + 2 * PLAYHEAD_OVERHANG));
}

/* What is not selected steps back. */
static void
append_selection (InstruTimePlot *self, GtkSnapshot *snapshot, const InstruTheme *theme)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  const InstruTimeView *view = instru_time_axis_get_view (priv->axis);
  InstruRect area = instru_time_plot_get_area (self);
  GdkRGBA veil = instru_color_to_rgba (theme->background);
  double right_edge = area.x + area.width, left, right;
  InstruTimeView selection;

  if (!instru_time_axis_get_selection (priv->axis, &selection))
    return;
  veil.alpha = VEIL_ALPHA;
  left = CLAMP (instru_time_view_to_x (view, area, selection.start_s), area.x, right_edge);
  right = CLAMP (instru_time_view_to_x (view, area, selection.end_s), area.x, right_edge);
  append_veil (snapshot, area, area.x, left, &veil);
  append_veil (snapshot, area, right, right_edge, &veil);
  append_line (self, snapshot, selection.start_s, SELECTION_WIDTH, theme->accent);
  append_line (self, snapshot, selection.end_s, SELECTION_WIDTH, theme->accent);
}

static void
instru_time_plot_snapshot_above (InstruPlotView *view, GtkSnapshot *snapshot)
{
  InstruTimePlot *self = INSTRU_TIME_PLOT (view);
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  InstruTheme theme = instru_widget_theme (GTK_WIDGET (self));

  if (priv->axis == NULL)
    return;
  append_selection (self, snapshot, &theme);
  append_line (self, snapshot, instru_time_axis_get_cursor (priv->axis), CURSOR_WIDTH, theme.dim);
  append_line (self, snapshot, instru_time_axis_get_playhead (priv->axis), PLAYHEAD_WIDTH,
               theme.playhead);
}

static void
instru_time_plot_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (INSTRU_TIME_PLOT (widget));
  int bottom = (int) (priv->shows_axis ? AXIS_HEIGHT : TOP_MARGIN);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL
                 ? LEAST_WIDTH
                 : priv->area_height + (int) TOP_MARGIN + bottom;
  *natural = *minimum;
}

/* — reading — */

gboolean
instru_time_plot_find_frame (InstruTimePlot *self, double time_s, gsize *frame)
{
  InstruAnalysis *analysis = instru_plot_view_get_analysis (INSTRU_PLOT_VIEW (self));
  gsize n_frames = analysis != NULL ? instru_analysis_get_n_frames (analysis) : 0;

  if (n_frames == 0 || !(time_s >= 0.0) ||
      time_s > (double) n_frames * INSTRU_FRAME_S + INSTRU_FRAME_S)
    return FALSE;
  *frame = MIN ((gsize) (time_s / INSTRU_FRAME_S + 0.5), n_frames - 1);
  return TRUE;
}

/* Hundredths, and more where the visible part is so short that they would stand still. */
char *
instru_time_plot_format_cursor (InstruTimePlot *self, double time_s)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  const InstruTimeView *view = instru_time_axis_get_view (priv->axis);
  double span_s = view->end_s - view->start_s;
  int n_decimals = span_s < 0.05 ? 4 : span_s < 1.0 ? 3 : 2;

  /* Translators: a moment of the recording in seconds; the space is a thin one */
  return g_strdup_printf (_ ("%.*f\u202fs"), n_decimals, time_s);
}

static char *
make_read_out (InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  InstruTimePlotClass *klass = INSTRU_TIME_PLOT_GET_CLASS (self);
  double cursor_s;

  if (priv->axis == NULL || instru_plot_view_get_analysis (INSTRU_PLOT_VIEW (self)) == NULL)
    return g_strdup ("");
  cursor_s = instru_time_axis_get_cursor (priv->axis);
  return isnan (cursor_s) ? klass->summarise (self) : klass->read (self, cursor_s);
}

void
instru_time_plot_update_read_out (InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  g_autofree char *read_out = make_read_out (self);

  if (g_strcmp0 (priv->read_out, read_out) == 0)
    return;
  g_free (priv->read_out);
  priv->read_out = g_steal_pointer (&read_out);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ_OUT]);
  if (gtk_widget_has_focus (GTK_WIDGET (self)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                    priv->read_out, -1);
}

const char *
instru_time_plot_get_read_out (InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);

  return priv->read_out;
}

/* — pointer — */

double
instru_time_plot_get_time_at (InstruTimePlot *self, double x)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  double time_s = instru_time_view_from_x (instru_time_axis_get_view (priv->axis),
                                           instru_time_plot_get_area (self), x);

  return CLAMP (time_s, 0.0, instru_time_axis_get_duration (priv->axis));
}

static void
point_at (InstruTimePlot *self, double y)
{
  InstruTimePlotClass *klass = INSTRU_TIME_PLOT_GET_CLASS (self);

  if (klass->point != NULL)
    klass->point (self, y);
}

/* GTK reports motion again whenever something under the pointer is laid out anew. A pointer that
 * lies still must not take the cursor back from the keys. */
static gboolean
has_moved (InstruTimePlot *self, double x, double y)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  graphene_point_t before = priv->pointer;

  priv->pointer = GRAPHENE_POINT_INIT ((float) x, (float) y);
  return !graphene_point_near (&before, &priv->pointer, 0.5f);
}

double
instru_time_plot_get_pointed_time (InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);

  return isnan (priv->pointer.x) ? NAN
                                 : instru_time_plot_get_time_at (self, (double) priv->pointer.x);
}

/* What is under a pointer that lies still changes where the visible part moves. */
static void
on_view_changed (InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);
  double pointed_s = instru_time_plot_get_pointed_time (self);
  gboolean cursor_is_pointed =
      fabs (instru_time_axis_get_cursor (priv->axis) - priv->pointed_s) < CURSOR_EPSILON_S;

  if (!isnan (pointed_s) && cursor_is_pointed)
    {
      priv->pointed_s = pointed_s;
      instru_time_axis_set_cursor (priv->axis, pointed_s);
    }
  instru_plot_view_invalidate (INSTRU_PLOT_VIEW (self));
  instru_time_plot_update_read_out (self);
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);

  if (priv->axis == NULL || !has_moved (self, x, y))
    return;
  point_at (self, y);
  priv->pointed_s = instru_time_plot_get_time_at (self, x);
  instru_time_axis_set_cursor (priv->axis, priv->pointed_s);
  instru_time_plot_update_read_out (self);
}

static void
on_leave (GtkEventControllerMotion *controller, InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);

  priv->pointer = GRAPHENE_POINT_INIT (NAN, NAN);
  if (priv->axis == NULL)
    return;
  point_at (self, NAN);
  if (fabs (instru_time_axis_get_cursor (priv->axis) - priv->pointed_s) < CURSOR_EPSILON_S)
    instru_time_axis_set_cursor (priv->axis, NAN);
}

/* — the axis — */

static void
on_cursor_changed (InstruTimePlot *self)
{
  instru_time_plot_update_read_out (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
instru_time_plot_set_axis (InstruTimePlot *self, InstruTimeAxis *axis)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);

  g_return_if_fail (INSTRU_IS_TIME_PLOT (self));
  g_return_if_fail (priv->axis == NULL);

  priv->axis = g_object_ref (axis);
  g_signal_connect_object (axis, "view-changed", G_CALLBACK (on_view_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (axis, "playhead-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (axis, "selection-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (axis, "cursor-changed", G_CALLBACK (on_cursor_changed), self,
                           G_CONNECT_SWAPPED);
  if (INSTRU_TIME_PLOT_GET_CLASS (self)->axis_set != NULL)
    INSTRU_TIME_PLOT_GET_CLASS (self)->axis_set (self);
}

InstruTimeAxis *
instru_time_plot_get_axis (InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);

  return priv->axis;
}

void
instru_time_plot_set_shows_axis (InstruTimePlot *self, gboolean shows_axis)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);

  priv->shows_axis = shows_axis;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
instru_time_plot_set_area_height (InstruTimePlot *self, int height)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);

  priv->area_height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* — the object — */

static void
instru_time_plot_analysis_changed (InstruPlotView *view, InstruAnalysis *old_analysis)
{
  INSTRU_PLOT_VIEW_CLASS (instru_time_plot_parent_class)->analysis_changed (view, old_analysis);
  instru_time_plot_update_read_out (INSTRU_TIME_PLOT (view));
}

static void
instru_time_plot_dispose (GObject *object)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (INSTRU_TIME_PLOT (object));

  g_clear_object (&priv->axis);
  G_OBJECT_CLASS (instru_time_plot_parent_class)->dispose (object);
}

static void
instru_time_plot_finalize (GObject *object)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (INSTRU_TIME_PLOT (object));

  g_free (priv->read_out);
  G_OBJECT_CLASS (instru_time_plot_parent_class)->finalize (object);
}

static void
instru_time_plot_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (INSTRU_TIME_PLOT (object));

  if (id == PROP_READ_OUT)
    g_value_set_string (value, priv->read_out);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
instru_time_plot_class_init (InstruTimePlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  InstruPlotViewClass *view_class = INSTRU_PLOT_VIEW_CLASS (klass);

  object_class->dispose = instru_time_plot_dispose;
  object_class->finalize = instru_time_plot_finalize;
  object_class->get_property = instru_time_plot_get_property;
  widget_class->measure = instru_time_plot_measure;
  view_class->draw = instru_time_plot_draw;
  view_class->snapshot_above = instru_time_plot_snapshot_above;
  view_class->analysis_changed = instru_time_plot_analysis_changed;

  properties[PROP_READ_OUT] =
      g_param_spec_string ("read-out", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
add_controllers (InstruTimePlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  instru_time_plot_add_gestures (self);
  instru_time_plot_add_keys (self);
}

static void
instru_time_plot_init (InstruTimePlot *self)
{
  InstruTimePlotPrivate *priv = instru_time_plot_get_instance_private (self);

  priv->area_height = 72;
  priv->pointer = GRAPHENE_POINT_INIT (NAN, NAN);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  add_controllers (self);
}
