/* One curve at a time; the tabs above it choose which. */
#include "descriptor-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "plots.h"

#define AREA_HEIGHT 72

struct _InstruDescriptorPlot
{
  InstruTimePlot parent_instance;

  InstruDescriptor descriptor;
  InstruSelection selection; /* of no frames: nothing is selected */
};

G_DEFINE_FINAL_TYPE (InstruDescriptorPlot, instru_descriptor_plot, INSTRU_TYPE_TIME_PLOT)

static InstruAnalysis *
get_analysis (gpointer self)
{
  return instru_plot_view_get_analysis (INSTRU_PLOT_VIEW (self));
}

static void
instru_descriptor_plot_draw_area (InstruTimePlot *plot,
                                  InstruCanvas *canvas,
                                  const InstruTheme *theme,
                                  InstruRect area)
{
  InstruDescriptorPlot *self = INSTRU_DESCRIPTOR_PLOT (plot);
  const InstruTimeView *view = instru_time_axis_get_view (instru_time_plot_get_axis (plot));

  instru_plot_descriptor (canvas, get_analysis (self), self->descriptor, view, theme, area);
}

static char *
instru_descriptor_plot_describe (InstruPlotView *view)
{
  InstruDescriptorPlot *self = INSTRU_DESCRIPTOR_PLOT (view);

  return instru_describe_descriptor (get_analysis (self), self->descriptor);
}

static double
get_value (InstruDescriptorPlot *self, gsize frame)
{
  if (self->descriptor == INSTRU_DESCRIPTOR_RMS)
    return instru_analysis_get_level_dbfs (get_analysis (self), frame);
  return (double) instru_analysis_get_descriptor (get_analysis (self), self->descriptor, frame);
}

static char *
instru_descriptor_plot_read (InstruTimePlot *plot, double time_s)
{
  InstruDescriptorPlot *self = INSTRU_DESCRIPTOR_PLOT (plot);
  g_autofree char *time = instru_time_plot_format_cursor (plot, time_s);
  g_autofree char *value = NULL;
  gsize frame;

  if (!instru_time_plot_find_frame (plot, time_s, &frame))
    return g_steal_pointer (&time);
  value = instru_format_descriptor (self->descriptor, get_value (self, frame));
  return g_strdup_printf ("%s · %s", time, value);
}

/* A spread has the unit of its value, but dB where that is a level. */
static char *
format_spread (InstruDescriptor descriptor, double spread)
{
  if (descriptor == INSTRU_DESCRIPTOR_RMS)
    return g_strdup_printf (_ ("%.1f\u202fdB"), spread);
  return instru_format_descriptor (descriptor, spread);
}

/* "1 333 Hz ± 520 Hz"; NULL where there is nothing to measure. Returns: (transfer full) */
static char *
format_statistics (InstruDescriptor descriptor, InstruStatistics statistics)
{
  g_autofree char *mean = NULL;
  g_autofree char *spread = NULL;

  if (!isfinite (statistics.mean))
    return NULL;
  mean = instru_format_descriptor (descriptor, statistics.mean);
  spread = format_spread (descriptor, statistics.standard_deviation);
  return g_strdup_printf ("%s ± %s", mean, spread);
}

static char *
instru_descriptor_plot_summarise (InstruTimePlot *plot)
{
  InstruDescriptorPlot *self = INSTRU_DESCRIPTOR_PLOT (plot);
  const char *term = instru_descriptor_get_term (self->descriptor);
  g_autofree char *whole = format_statistics (
      self->descriptor, instru_analysis_get_statistics (get_analysis (self), self->descriptor));
  g_autofree char *selected = NULL;

  if (whole == NULL)
    return g_strdup (term);
  if (self->selection.n_frames > 0)
    selected = format_statistics (self->descriptor, self->selection.statistics[self->descriptor]);
  if (selected == NULL)
    /* Translators: "spectral centroid, mean 1 333 Hz ± 520 Hz" */
    return g_strdup_printf (_ ("%s, mean %s"), term, whole);
  /* Translators: "spectral centroid, selected 1 402 Hz ± 80 Hz, whole 1 333 Hz ± 520 Hz" */
  return g_strdup_printf (_ ("%s, selected %s, whole %s"), term, selected, whole);
}

static void
update_label (InstruDescriptorPlot *self)
{
  g_autofree char *label =
      g_strdup_printf ("%s (%s)", instru_descriptor_get_label (self->descriptor),
                       instru_descriptor_get_term (self->descriptor));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
instru_descriptor_plot_set_descriptor (InstruDescriptorPlot *self, InstruDescriptor descriptor)
{
  g_return_if_fail (INSTRU_IS_DESCRIPTOR_PLOT (self));

  self->descriptor = descriptor;
  update_label (self);
  instru_plot_view_invalidate (INSTRU_PLOT_VIEW (self));
  instru_plot_view_update_description (INSTRU_PLOT_VIEW (self));
  instru_time_plot_update_read_out (INSTRU_TIME_PLOT (self));
}

void
instru_descriptor_plot_set_selection (InstruDescriptorPlot *self, const InstruSelection *selection)
{
  g_return_if_fail (INSTRU_IS_DESCRIPTOR_PLOT (self));

  self->selection = selection != NULL ? *selection : (InstruSelection){ .n_frames = 0 };
  instru_time_plot_update_read_out (INSTRU_TIME_PLOT (self));
}

InstruDescriptor
instru_descriptor_plot_get_descriptor (InstruDescriptorPlot *self)
{
  return self->descriptor;
}

static void
instru_descriptor_plot_class_init (InstruDescriptorPlotClass *klass)
{
  InstruTimePlotClass *plot_class = INSTRU_TIME_PLOT_CLASS (klass);

  INSTRU_PLOT_VIEW_CLASS (klass)->describe = instru_descriptor_plot_describe;
  plot_class->draw_area = instru_descriptor_plot_draw_area;
  plot_class->read = instru_descriptor_plot_read;
  plot_class->summarise = instru_descriptor_plot_summarise;
}

static void
instru_descriptor_plot_init (InstruDescriptorPlot *self)
{
  self->descriptor = INSTRU_DESCRIPTOR_CENTROID_HZ;
  instru_time_plot_set_area_height (INSTRU_TIME_PLOT (self), AREA_HEIGHT);
  instru_time_plot_set_shows_axis (INSTRU_TIME_PLOT (self), TRUE);
  update_label (self);
}
