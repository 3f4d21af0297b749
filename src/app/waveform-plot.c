/* The waveform; it reads the extremes of the sound around the cursor. */
#include "waveform-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "plots.h"

#define AREA_HEIGHT 56

struct _InstruWaveformPlot
{
  InstruTimePlot parent_instance;
};

G_DEFINE_FINAL_TYPE (InstruWaveformPlot, instru_waveform_plot, INSTRU_TYPE_TIME_PLOT)

static InstruAnalysis *
get_analysis (gpointer self)
{
  return instru_plot_view_get_analysis (INSTRU_PLOT_VIEW (self));
}

static void
instru_waveform_plot_draw_area (InstruTimePlot *self,
                                InstruCanvas *canvas,
                                const InstruTheme *theme,
                                InstruRect area)
{
  const InstruTimeView *view = instru_time_axis_get_view (instru_time_plot_get_axis (self));

  instru_plot_waveform (canvas, get_analysis (self), view, theme, area);
}

static char *
instru_waveform_plot_describe (InstruPlotView *self)
{
  return instru_describe_waveform (get_analysis (self));
}

/* A signed number with a true minus. Returns: (transfer full) */
static char *
format_sample (double value)
{
  return g_strdup_printf ("%s%.2f", value < 0.0 ? "−" : "+", fabs (value));
}

static char *
instru_waveform_plot_read (InstruTimePlot *self, double time_s)
{
  g_autofree char *time = instru_time_plot_format_cursor (self, time_s);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  double start = floor (time_s * INSTRU_SAMPLE_RATE_HZ / INSTRU_PEAK_BLOCK) * INSTRU_PEAK_BLOCK;
  InstruPeak peak;

  instru_peaks_get_columns (instru_analysis_get_peaks (get_analysis (self)), start,
                            start + INSTRU_PEAK_BLOCK, 1, &peak);
  low = format_sample ((double) peak.minimum);
  high = format_sample ((double) peak.maximum);
  /* Translators: a moment, and the lowest and highest sample around it */
  return g_strdup_printf (_ ("%s · %s … %s"), time, low, high);
}

static char *
describe_clipping (const InstruQuality *quality)
{
  gsize n = quality->n_clipped_runs;

  if (n == 0)
    return g_strdup (_ ("no clipping"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "clipped in %" G_GSIZE_FORMAT " place",
                                       "clipped in %" G_GSIZE_FORMAT " places", n),
                          n);
}

static char *
instru_waveform_plot_summarise (InstruTimePlot *self)
{
  InstruAnalysis *analysis = get_analysis (self);
  const InstruQuality *quality = instru_analysis_get_quality (analysis);
  g_autofree char *clipping = NULL;

  if (!instru_analysis_is_complete (analysis) || !isfinite (quality->peak_dbfs))
    return g_strdup ("");
  clipping = describe_clipping (quality);
  return g_strdup_printf (_ ("peak %s%.1f\u202fdBFS · %s"), quality->peak_dbfs < 0.0 ? "−" : "",
                          fabs (quality->peak_dbfs), clipping);
}

static void
instru_waveform_plot_class_init (InstruWaveformPlotClass *klass)
{
  InstruTimePlotClass *plot_class = INSTRU_TIME_PLOT_CLASS (klass);

  INSTRU_PLOT_VIEW_CLASS (klass)->describe = instru_waveform_plot_describe;
  plot_class->draw_area = instru_waveform_plot_draw_area;
  plot_class->read = instru_waveform_plot_read;
  plot_class->summarise = instru_waveform_plot_summarise;
}

static void
instru_waveform_plot_init (InstruWaveformPlot *self)
{
  instru_time_plot_set_area_height (INSTRU_TIME_PLOT (self), AREA_HEIGHT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Waveform"), -1);
}
