/* Keeps the picture as a render node, so that a moving playhead never draws a curve again. */
#include "plot-view.h"

#include "canvas-cairo.h"
#include "widget-theme.h"

typedef struct
{
  InstruAnalysis *analysis;
  GskRenderNode *picture; /* NULL: to be drawn */
} InstruPlotViewPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (InstruPlotView, instru_plot_view, GTK_TYPE_WIDGET)

static GskRenderNode *
draw_picture (InstruPlotView *self, graphene_size_t size)
{
  InstruTheme theme = instru_widget_theme (GTK_WIDGET (self));
  g_autofree char *font_family = instru_widget_get_font_family (GTK_WIDGET (self));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, size.width, size.height));
  g_autoptr (InstruCanvas) canvas = instru_canvas_new_for_cairo (cr, font_family);

  INSTRU_PLOT_VIEW_GET_CLASS (self)->draw (self, canvas, &theme, size);
  g_clear_pointer (&canvas, instru_canvas_free);
  cairo_destroy (cr);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
append_picture (InstruPlotView *self, GtkSnapshot *snapshot, graphene_size_t size)
{
  InstruPlotViewPrivate *priv = instru_plot_view_get_instance_private (self);

  if (priv->picture == NULL)
    priv->picture = draw_picture (self, size);
  if (priv->picture != NULL)
    gtk_snapshot_append_node (snapshot, priv->picture);
}

static void
instru_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  InstruPlotView *self = INSTRU_PLOT_VIEW (widget);
  InstruPlotViewPrivate *priv = instru_plot_view_get_instance_private (self);
  InstruPlotViewClass *klass = INSTRU_PLOT_VIEW_GET_CLASS (self);
  graphene_size_t size = { (float) gtk_widget_get_width (widget),
                           (float) gtk_widget_get_height (widget) };

  if (priv->analysis == NULL || size.width <= 0.0f || size.height <= 0.0f)
    return;

  if (klass->snapshot_below != NULL)
    klass->snapshot_below (self, snapshot);
  append_picture (self, snapshot, size);
  if (klass->snapshot_above != NULL)
    klass->snapshot_above (self, snapshot);
}

void
instru_plot_view_invalidate (InstruPlotView *self)
{
  InstruPlotViewPrivate *priv = instru_plot_view_get_instance_private (self);

  g_clear_pointer (&priv->picture, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
instru_plot_view_update_description (InstruPlotView *self)
{
  InstruPlotViewPrivate *priv = instru_plot_view_get_instance_private (self);
  g_autofree char *description = NULL;

  if (priv->analysis != NULL)
    description = INSTRU_PLOT_VIEW_GET_CLASS (self)->describe (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
}

void
instru_plot_view_set_analysis (InstruPlotView *self, InstruAnalysis *analysis)
{
  InstruPlotViewPrivate *priv = instru_plot_view_get_instance_private (self);
  g_autoptr (InstruAnalysis) old_analysis = NULL;

  g_return_if_fail (INSTRU_IS_PLOT_VIEW (self));

  if (priv->analysis == analysis)
    return;
  old_analysis = g_steal_pointer (&priv->analysis);
  priv->analysis = analysis != NULL ? instru_analysis_ref (analysis) : NULL;
  instru_plot_view_invalidate (self);
  if (analysis == NULL || instru_analysis_is_complete (analysis))
    instru_plot_view_update_description (self);
  INSTRU_PLOT_VIEW_GET_CLASS (self)->analysis_changed (self, old_analysis);
}

InstruAnalysis *
instru_plot_view_get_analysis (InstruPlotView *self)
{
  InstruPlotViewPrivate *priv = instru_plot_view_get_instance_private (self);

  g_return_val_if_fail (INSTRU_IS_PLOT_VIEW (self), NULL);

  return priv->analysis;
}

static void
instru_plot_view_analysis_changed (InstruPlotView *self, InstruAnalysis *old_analysis)
{
}

static void
instru_plot_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  InstruPlotViewPrivate *priv = instru_plot_view_get_instance_private (INSTRU_PLOT_VIEW (widget));

  g_clear_pointer (&priv->picture, gsk_render_node_unref);
}

static void
instru_plot_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (instru_plot_view_parent_class)->css_changed (widget, change);
  instru_plot_view_invalidate (INSTRU_PLOT_VIEW (widget));
}

static void
instru_plot_view_dispose (GObject *object)
{
  InstruPlotViewPrivate *priv = instru_plot_view_get_instance_private (INSTRU_PLOT_VIEW (object));

  g_clear_pointer (&priv->picture, gsk_render_node_unref);
  g_clear_pointer (&priv->analysis, instru_analysis_unref);
  G_OBJECT_CLASS (instru_plot_view_parent_class)->dispose (object);
}

static void
instru_plot_view_class_init (InstruPlotViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = instru_plot_view_dispose;
  widget_class->snapshot = instru_plot_view_snapshot;
  widget_class->size_allocate = instru_plot_view_size_allocate;
  widget_class->css_changed = instru_plot_view_css_changed;
  klass->analysis_changed = instru_plot_view_analysis_changed;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "plot");
}

static void
instru_plot_view_init (InstruPlotView *self)
{
  instru_widget_watch_theme (GTK_WIDGET (self), G_CALLBACK (instru_plot_view_invalidate));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (instru_plot_view_invalidate), NULL);
}
