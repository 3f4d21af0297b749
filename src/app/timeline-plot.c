/* The families over time; it reads the window whose middle is nearest to the cursor. */
#include "timeline-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "measures.h"
#include "plots.h"

#define AREA_HEIGHT 24

struct _InstruTimelinePlot
{
  InstruTimePlot parent_instance;
};

G_DEFINE_FINAL_TYPE (InstruTimelinePlot, instru_timeline_plot, INSTRU_TYPE_TIME_PLOT)

static InstruAnalysis *
get_analysis (gpointer self)
{
  return instru_plot_view_get_analysis (INSTRU_PLOT_VIEW (self));
}

static void
instru_timeline_plot_draw_area (InstruTimePlot *self,
                                InstruCanvas *canvas,
                                const InstruTheme *theme,
                                InstruRect area)
{
  const InstruTimeView *view = instru_time_axis_get_view (instru_time_plot_get_axis (self));

  instru_plot_timeline (canvas, get_analysis (self), view, theme, area);
}

static char *
instru_timeline_plot_describe (InstruPlotView *self)
{
  return instru_describe_timeline (get_analysis (self));
}

/* The window with the nearest middle; NULL where there is none yet. */
static const InstruTimelineWindow *
find_window (const InstruAnalysis *analysis, double time_s)
{
  const InstruTimelineWindow *nearest = NULL;
  double least_distance_s = INFINITY;

  for (gsize i = 0; i < instru_analysis_get_n_windows (analysis); i++)
    {
      const InstruTimelineWindow *window = instru_analysis_get_window (analysis, i);
      double distance_s = fabs (0.5 * (window->start_s + window->end_s) - time_s);

      if (distance_s < least_distance_s)
        {
          least_distance_s = distance_s;
          nearest = window;
        }
    }
  return nearest;
}

static char *
instru_timeline_plot_read (InstruTimePlot *self, double time_s)
{
  const InstruTimelineWindow *window = find_window (get_analysis (self), time_s);
  g_autofree char *time = instru_time_plot_format_cursor (self, time_s);
  g_autofree char *score = NULL;
  int family;

  if (window == NULL)
    return g_steal_pointer (&time);
  family = instru_timeline_window_get_family (window);
  if (family < 0)
    return g_strdup_printf (_ ("%s · silence"), time);
  score = instru_measures_format_score ((double) window->scores[family]);
  return g_strdup_printf ("%s · %s %s", time, instru_family_get_label ((InstruFamily) family),
                          score);
}

static char *
instru_timeline_plot_summarise (InstruTimePlot *self)
{
  gsize n = instru_analysis_get_n_windows (get_analysis (self));

  if (n == 0)
    return g_strdup ("");
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" G_GSIZE_FORMAT " window of 3\u202fs",
                                       "%" G_GSIZE_FORMAT " windows of 3\u202fs", n),
                          n);
}

static void
instru_timeline_plot_class_init (InstruTimelinePlotClass *klass)
{
  InstruTimePlotClass *plot_class = INSTRU_TIME_PLOT_CLASS (klass);

  INSTRU_PLOT_VIEW_CLASS (klass)->describe = instru_timeline_plot_describe;
  plot_class->draw_area = instru_timeline_plot_draw_area;
  plot_class->read = instru_timeline_plot_read;
  plot_class->summarise = instru_timeline_plot_summarise;
}

static void
instru_timeline_plot_init (InstruTimelinePlot *self)
{
  instru_time_plot_set_area_height (INSTRU_TIME_PLOT (self), AREA_HEIGHT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Families over time"), -1);
}
