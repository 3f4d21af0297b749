/* What radar and bars have in common: where their numbers come from. */
#include "verdict-view.h"

#include "plots.h"

typedef struct
{
  InstruVerdict selection;
  gboolean has_selection;
} InstruVerdictViewPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (InstruVerdictView, instru_verdict_view, INSTRU_TYPE_PLOT_VIEW)

static void
instru_verdict_view_draw (InstruPlotView *view,
                          InstruCanvas *canvas,
                          const InstruTheme *theme,
                          graphene_size_t size)
{
  InstruVerdictView *self = INSTRU_VERDICT_VIEW (view);
  InstruVerdictViewPrivate *priv = instru_verdict_view_get_instance_private (self);
  const InstruVerdict *verdict = instru_analysis_get_verdict (instru_plot_view_get_analysis (view));
  InstruRect area = { 0.0, 0.0, (double) size.width, (double) size.height };

  INSTRU_VERDICT_VIEW_GET_CLASS (self)->draw_scores (
      canvas, verdict, priv->has_selection ? &priv->selection : NULL, theme, area);
}

static char *
instru_verdict_view_describe (InstruPlotView *view)
{
  return instru_describe_verdict (instru_plot_view_get_analysis (view));
}

static void
instru_verdict_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  InstruVerdictViewClass *klass = INSTRU_VERDICT_VIEW_GET_CLASS (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? klass->width : klass->height;
}

void
instru_verdict_view_set_selection (InstruVerdictView *self, const InstruVerdict *verdict)
{
  InstruVerdictViewPrivate *priv = instru_verdict_view_get_instance_private (self);

  g_return_if_fail (INSTRU_IS_VERDICT_VIEW (self));

  if (verdict == NULL && !priv->has_selection)
    return;
  priv->has_selection = verdict != NULL;
  if (verdict != NULL)
    priv->selection = *verdict;
  instru_plot_view_invalidate (INSTRU_PLOT_VIEW (self));
}

static void
instru_verdict_view_class_init (InstruVerdictViewClass *klass)
{
  InstruPlotViewClass *view_class = INSTRU_PLOT_VIEW_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->measure = instru_verdict_view_measure;
  view_class->draw = instru_verdict_view_draw;
  view_class->describe = instru_verdict_view_describe;
}

static void
instru_verdict_view_init (InstruVerdictView *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}
