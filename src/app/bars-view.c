/* The bars carry the numbers; all eight families, always in the same order. */
#include "bars-view.h"

#include <glib/gi18n-lib.h>

#include "plots.h"

#define WIDTH  264
#define HEIGHT 168

struct _InstruBarsView
{
  InstruPlotView parent_instance;
};

G_DEFINE_FINAL_TYPE (InstruBarsView, instru_bars_view, INSTRU_TYPE_PLOT_VIEW)

static void
instru_bars_view_draw (InstruPlotView *self,
                       InstruCanvas *canvas,
                       const InstruTheme *theme,
                       graphene_size_t size)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (instru_plot_view_get_analysis (self));
  InstruRect area = { 0.0, 0.0, (double) size.width, (double) size.height };

  instru_plot_family_bars (canvas, verdict, theme, area);
}

static char *
instru_bars_view_describe (InstruPlotView *self)
{
  return instru_describe_verdict (instru_plot_view_get_analysis (self));
}

static void
instru_bars_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
instru_bars_view_class_init (InstruBarsViewClass *klass)
{
  InstruPlotViewClass *view_class = INSTRU_PLOT_VIEW_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->measure = instru_bars_view_measure;
  view_class->draw = instru_bars_view_draw;
  view_class->describe = instru_bars_view_describe;
}

static void
instru_bars_view_init (InstruBarsView *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Scores of the eight families"), -1);
}
