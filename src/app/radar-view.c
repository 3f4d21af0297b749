/* The radar: its shape says at a glance whether the answer is sure. */
#include "radar-view.h"

#include <glib/gi18n-lib.h>

#include "plots.h"

#define WIDTH  248
#define HEIGHT 196

struct _InstruRadarView
{
  InstruPlotView parent_instance;
};

G_DEFINE_FINAL_TYPE (InstruRadarView, instru_radar_view, INSTRU_TYPE_PLOT_VIEW)

static void
instru_radar_view_draw (InstruPlotView *self,
                        InstruCanvas *canvas,
                        const InstruTheme *theme,
                        graphene_size_t size)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (instru_plot_view_get_analysis (self));
  InstruRect area = { 0.0, 0.0, (double) size.width, (double) size.height };

  instru_plot_radar (canvas, verdict, theme, area);
}

static char *
instru_radar_view_describe (InstruPlotView *self)
{
  return instru_describe_verdict (instru_plot_view_get_analysis (self));
}

static void
instru_radar_view_measure (GtkWidget *widget,
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
instru_radar_view_class_init (InstruRadarViewClass *klass)
{
  InstruPlotViewClass *view_class = INSTRU_PLOT_VIEW_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->measure = instru_radar_view_measure;
  view_class->draw = instru_radar_view_draw;
  view_class->describe = instru_radar_view_describe;
}

static void
instru_radar_view_init (InstruRadarView *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Radar of the eight families"), -1);
}
