/* Under the axes lie tiles that a worker made. Only the newest picture is waited for: while one is
 * being made, what changes meanwhile is remembered and asked for once it is there; the older tiles
 * are shown until then. */
#include "spectrogram-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "mel.h"
#include "plots.h"
#include "spectrogram-tiles.h"
#include "widget-theme.h"

#define AREA_HEIGHT 150

struct _InstruSpectrogramPlot
{
  InstruTimePlot parent_instance;

  InstruSpectrogramTiles *tiles; /* nullable */
  GCancellable *rendering;       /* NULL where no worker is busy */
  gboolean is_stale;             /* what is being made is not the newest any more */
  double pointed_hz;             /* NAN: read the strongest band */
};

G_DEFINE_FINAL_TYPE (InstruSpectrogramPlot, instru_spectrogram_plot, INSTRU_TYPE_TIME_PLOT)

static InstruAnalysis *
get_analysis (gpointer self)
{
  return instru_plot_view_get_analysis (INSTRU_PLOT_VIEW (self));
}

/* — the picture — */

static void render (InstruSpectrogramPlot *self);

static void
on_tiles_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InstruSpectrogramPlot) self = user_data;
  g_autoptr (InstruSpectrogramTiles) tiles = instru_spectrogram_tiles_new_finish (result, NULL);

  /* A cancelled request was replaced or is not wanted any more. */
  if (self->rendering != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->rendering);

  if (tiles != NULL)
    {
      g_clear_pointer (&self->tiles, instru_spectrogram_tiles_free);
      self->tiles = g_steal_pointer (&tiles);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  if (self->is_stale)
    render (self);
}

static void
render (InstruSpectrogramPlot *self)
{
  InstruTimeAxis *axis = instru_time_plot_get_axis (INSTRU_TIME_PLOT (self));
  InstruTheme theme = instru_widget_theme (GTK_WIDGET (self));
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  InstruRect area = instru_time_plot_get_area (INSTRU_TIME_PLOT (self));

  self->is_stale = self->rendering != NULL;
  if (self->is_stale || axis == NULL || get_analysis (self) == NULL || area.width <= 1.0)
    return;

  self->rendering = g_cancellable_new ();
  instru_spectrogram_tiles_new_async (get_analysis (self), instru_time_axis_get_view (axis),
                                      theme.color_map, (gsize) round (area.width * scale),
                                      (gsize) round (area.height * scale), self->rendering,
                                      on_tiles_ready, g_object_ref (self));
}

/* Of another recording nothing may remain; the same one grows. */
static gboolean
is_same_recording (InstruAnalysis *one, InstruAnalysis *other)
{
  return one != NULL && other != NULL &&
         g_file_equal (instru_analysis_get_file (one), instru_analysis_get_file (other));
}

static void
instru_spectrogram_plot_analysis_changed (InstruPlotView *view, InstruAnalysis *old_analysis)
{
  InstruSpectrogramPlot *self = INSTRU_SPECTROGRAM_PLOT (view);

  INSTRU_PLOT_VIEW_CLASS (instru_spectrogram_plot_parent_class)
      ->analysis_changed (view, old_analysis);

  if (!is_same_recording (get_analysis (self), old_analysis))
    {
      g_cancellable_cancel (self->rendering);
      g_clear_object (&self->rendering);
      g_clear_pointer (&self->tiles, instru_spectrogram_tiles_free);
    }
  render (self);
}

/* Where the tiles' time is now. */
static graphene_rect_t
get_bounds (InstruSpectrogramPlot *self)
{
  InstruTimeAxis *axis = instru_time_plot_get_axis (INSTRU_TIME_PLOT (self));
  InstruRect area = instru_time_plot_get_area (INSTRU_TIME_PLOT (self));
  const InstruTimeView *view = instru_time_axis_get_view (axis);
  const InstruTimeView *of_tiles = instru_spectrogram_tiles_get_view (self->tiles);
  double left = instru_time_view_to_x (view, area, of_tiles->start_s);
  double right = instru_time_view_to_x (view, area, of_tiles->end_s);

  return GRAPHENE_RECT_INIT ((float) left, (float) area.y, (float) (right - left),
                             (float) area.height);
}

static void
append_background (InstruSpectrogramPlot *self, GtkSnapshot *snapshot, graphene_rect_t bounds)
{
  InstruTheme theme = instru_widget_theme (GTK_WIDGET (self));
  guint32 color = instru_color_map_get_table (theme.color_map)[0];
  GdkRGBA rgba = { (float) (color >> 16 & 0xff) / 255.0f, (float) (color >> 8 & 0xff) / 255.0f,
                   (float) (color & 0xff) / 255.0f, 1.0f };

  gtk_snapshot_append_color (snapshot, &rgba, &bounds);
}

static void
instru_spectrogram_plot_snapshot_below (InstruPlotView *view, GtkSnapshot *snapshot)
{
  InstruSpectrogramPlot *self = INSTRU_SPECTROGRAM_PLOT (view);
  InstruRect area = instru_time_plot_get_area (INSTRU_TIME_PLOT (self));
  graphene_rect_t clip =
      GRAPHENE_RECT_INIT ((float) area.x, (float) area.y, (float) area.width, (float) area.height);
  graphene_rect_t bounds;

  append_background (self, snapshot, clip);
  if (self->tiles == NULL)
    return;
  bounds = get_bounds (self);
  gtk_snapshot_push_clip (snapshot, &clip);
  instru_spectrogram_tiles_snapshot (self->tiles, snapshot, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
instru_spectrogram_plot_draw_area (InstruTimePlot *self,
                                   InstruCanvas *canvas,
                                   const InstruTheme *theme,
                                   InstruRect area)
{
  instru_plot_mel_axis (canvas, theme, area);
}

/* — reading — */

static int
find_strongest_band (const gint16 *levels)
{
  int strongest = 0;

  for (int band = 1; band < INSTRU_N_MELS; band++)
    if (levels[band] > levels[strongest])
      strongest = band;
  return strongest;
}

static int
find_band (double hz)
{
  double nearest_hz = INFINITY;
  int nearest = 0;

  for (int band = 0; band < INSTRU_N_MELS; band++)
    {
      double distance_hz = fabs (instru_mel_band_centre_hz (band) - hz);

      if (distance_hz < nearest_hz)
        {
          nearest_hz = distance_hz;
          nearest = band;
        }
    }
  return nearest;
}

/* "4.86 s · 1 245 Hz · −23 dB" */
static char *
instru_spectrogram_plot_read (InstruTimePlot *plot, double time_s)
{
  InstruSpectrogramPlot *self = INSTRU_SPECTROGRAM_PLOT (plot);
  g_autofree char *time = instru_time_plot_format_cursor (plot, time_s);
  g_autofree char *frequency = NULL;
  const gint16 *levels;
  double hz, level_db;
  gsize frame;
  int band;

  if (!instru_time_plot_find_frame (plot, time_s, &frame))
    return g_steal_pointer (&time);

  levels = instru_analysis_get_mel_frame (get_analysis (self), frame);
  band = isnan (self->pointed_hz) ? find_strongest_band (levels) : find_band (self->pointed_hz);
  hz = isnan (self->pointed_hz) ? instru_mel_band_centre_hz (band) : self->pointed_hz;
  level_db = (levels[band] - instru_analysis_get_mel_maximum (get_analysis (self))) / 100.0;
  frequency = instru_format_descriptor (INSTRU_DESCRIPTOR_CENTROID_HZ, hz);
  return g_strdup_printf (_ ("%s · %s · %s%.0f\u202fdB"), time, frequency,
                          level_db <= -0.5 ? "−" : "", fabs (level_db));
}

static char *
instru_spectrogram_plot_summarise (InstruTimePlot *self)
{
  return g_strdup (_ ("0 dB is the loudest moment"));
}

static void
instru_spectrogram_plot_point (InstruTimePlot *plot, double y)
{
  InstruSpectrogramPlot *self = INSTRU_SPECTROGRAM_PLOT (plot);
  InstruRect area = instru_time_plot_get_area (plot);

  if (y >= area.y && y <= area.y + area.height)
    self->pointed_hz = instru_plot_mel_y_to_hz (area, y);
  else
    self->pointed_hz = NAN;
}

/* The keyboard's way up and down: one band a step. */
static gboolean
instru_spectrogram_plot_step (InstruTimePlot *plot, int direction)
{
  InstruSpectrogramPlot *self = INSTRU_SPECTROGRAM_PLOT (plot);
  double from_hz = isnan (self->pointed_hz) ? instru_mel_band_centre_hz (0) : self->pointed_hz;
  int band = CLAMP (find_band (from_hz) + direction, 0, INSTRU_N_MELS - 1);

  self->pointed_hz = instru_mel_band_centre_hz (band);
  instru_time_plot_update_read_out (plot);
  return TRUE;
}

static char *
instru_spectrogram_plot_describe (InstruPlotView *self)
{
  return instru_describe_mel_spectrogram (get_analysis (self));
}

gboolean
instru_spectrogram_plot_is_ready (InstruSpectrogramPlot *self)
{
  g_return_val_if_fail (INSTRU_IS_SPECTROGRAM_PLOT (self), FALSE);

  return self->tiles != NULL && self->rendering == NULL;
}

/* — the object — */

static void
instru_spectrogram_plot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (instru_spectrogram_plot_parent_class)
      ->size_allocate (widget, width, height, baseline);
  render (INSTRU_SPECTROGRAM_PLOT (widget));
}

/* Another view needs other tiles; until they come the old ones are stretched to where they belong.
 */
static void
instru_spectrogram_plot_axis_set (InstruTimePlot *plot)
{
  g_signal_connect_object (instru_time_plot_get_axis (plot), "view-changed", G_CALLBACK (render),
                           plot, G_CONNECT_SWAPPED);
}

static void
instru_spectrogram_plot_dispose (GObject *object)
{
  InstruSpectrogramPlot *self = INSTRU_SPECTROGRAM_PLOT (object);

  g_cancellable_cancel (self->rendering);
  g_clear_object (&self->rendering);
  g_clear_pointer (&self->tiles, instru_spectrogram_tiles_free);
  G_OBJECT_CLASS (instru_spectrogram_plot_parent_class)->dispose (object);
}

static void
instru_spectrogram_plot_class_init (InstruSpectrogramPlotClass *klass)
{
  InstruPlotViewClass *view_class = INSTRU_PLOT_VIEW_CLASS (klass);
  InstruTimePlotClass *plot_class = INSTRU_TIME_PLOT_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = instru_spectrogram_plot_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = instru_spectrogram_plot_size_allocate;
  view_class->describe = instru_spectrogram_plot_describe;
  view_class->snapshot_below = instru_spectrogram_plot_snapshot_below;
  view_class->analysis_changed = instru_spectrogram_plot_analysis_changed;
  plot_class->draw_area = instru_spectrogram_plot_draw_area;
  plot_class->read = instru_spectrogram_plot_read;
  plot_class->summarise = instru_spectrogram_plot_summarise;
  plot_class->point = instru_spectrogram_plot_point;
  plot_class->axis_set = instru_spectrogram_plot_axis_set;
  plot_class->step = instru_spectrogram_plot_step;
}

static void
instru_spectrogram_plot_init (InstruSpectrogramPlot *self)
{
  self->pointed_hz = NAN;
  instru_time_plot_set_area_height (INSTRU_TIME_PLOT (self), AREA_HEIGHT);
  instru_time_plot_set_shows_axis (INSTRU_TIME_PLOT (self), TRUE);
  instru_widget_watch_theme (GTK_WIDGET (self), G_CALLBACK (render));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (render), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Mel-spectrogram"), -1);
}
