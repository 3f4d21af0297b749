/* Plots as a screen reader, a reader's eye and a pointer meet them: their role, name and
 * description, their ink, what is read at a time, and that all share one axis. */
#include <adwaita.h>
#include <math.h>

#include "app-fixture.h"
#include "bars-view.h"
#include "descriptor-plot.h"
#include "plots.h"
#include "radar-view.h"
#include "../report/report-fixture.h"
#include "spectrogram-plot.h"
#include "timeline-plot.h"
#include "waveform-plot.h"

#define WIDTH      600
#define DURATION_S 5.0

static InstruAnalysis *
make_analysis (void)
{
  InstruAnalysis *analysis =
      instru_fixture_new ("/tmp/melody.flac", INSTRU_FIXTURE_MELODY, DURATION_S);

  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_GUITAR, 0.9, INSTRU_REASON_NONE);
  return analysis;
}

static GType
get_type (gsize index)
{
  const GType types[] = { INSTRU_TYPE_WAVEFORM_PLOT, INSTRU_TYPE_SPECTROGRAM_PLOT,
                          INSTRU_TYPE_DESCRIPTOR_PLOT, INSTRU_TYPE_TIMELINE_PLOT };

  return index < G_N_ELEMENTS (types) ? types[index] : G_TYPE_INVALID;
}

static InstruTimePlot *
make_plot (GType type, InstruAnalysis *analysis, InstruTimeAxis **axis)
{
  InstruTimePlot *plot = g_object_new (type, NULL);

  *axis = instru_time_axis_new ();
  instru_time_axis_set_duration (*axis, DURATION_S);
  instru_time_plot_set_axis (plot, *axis);
  instru_plot_view_set_analysis (INSTRU_PLOT_VIEW (plot), analysis);
  return plot;
}

static void
test_accessible (void)
{
  g_autoptr (InstruAnalysis) analysis = make_analysis ();
  g_autofree char *waveform = instru_describe_waveform (analysis);
  g_autofree char *curve = instru_describe_descriptor (analysis, INSTRU_DESCRIPTOR_CENTROID_HZ);
  const char *descriptions[] = { waveform, NULL, curve, NULL };

  for (gsize i = 0; get_type (i) != G_TYPE_INVALID; i++)
    {
      g_autoptr (InstruTimeAxis) axis = NULL;
      GtkWidget *plot = GTK_WIDGET (make_plot (get_type (i), analysis, &axis));

      g_object_ref_sink (plot);
      gtk_test_accessible_assert_role (plot, GTK_ACCESSIBLE_ROLE_IMG);
      g_assert_true (
          gtk_test_accessible_has_property (GTK_ACCESSIBLE (plot), GTK_ACCESSIBLE_PROPERTY_LABEL));
      g_assert_true (gtk_widget_get_focusable (plot));
      if (descriptions[i] != NULL)
        gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                             descriptions[i]);
      g_object_unref (plot);
    }
}

static void
test_verdict_views (void)
{
  g_autoptr (InstruAnalysis) analysis = make_analysis ();
  g_autofree char *description = instru_describe_verdict (analysis);
  const GType types[] = { INSTRU_TYPE_RADAR_VIEW, INSTRU_TYPE_BARS_VIEW };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *view = g_object_ref_sink (g_object_new (types[i], NULL));

      instru_plot_view_set_analysis (INSTRU_PLOT_VIEW (view), analysis);
      gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
      gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
      g_object_unref (view);
    }
}

static gboolean
is_picture_ready (gpointer plot)
{
  return !INSTRU_IS_SPECTROGRAM_PLOT (plot) || instru_spectrogram_plot_is_ready (plot);
}

/* Pixels that something was drawn on. */
static gsize
count_ink (GtkWidget *widget)
{
  int width, height;
  g_autofree guchar *pixels = instru_test_draw (widget, &width, &height);
  gsize n = 0;

  for (gsize i = 0; i < (gsize) width * (gsize) height; i++)
    n += pixels[4 * i + 3] > 64;
  return n;
}

static void
test_ink (void)
{
  g_autoptr (InstruAnalysis) analysis = make_analysis ();

  for (gsize i = 0; get_type (i) != G_TYPE_INVALID; i++)
    {
      g_autoptr (InstruTimeAxis) axis = NULL;
      InstruTimePlot *plot = make_plot (get_type (i), analysis, &axis);
      GtkWidget *window = instru_test_show (GTK_WIDGET (plot), WIDTH, 220);

      instru_test_wait (is_picture_ready, plot);
      /* A curve alone is some pixels a column of the plot. */
      g_assert_cmpuint (count_ink (GTK_WIDGET (plot)), >, WIDTH / 2);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* Without an analysis nothing is drawn, and nothing is said. */
static void
test_empty (void)
{
  for (gsize i = 0; get_type (i) != G_TYPE_INVALID; i++)
    {
      g_autoptr (InstruTimeAxis) axis = NULL;
      InstruTimePlot *plot = make_plot (get_type (i), NULL, &axis);

      g_object_ref_sink (plot);
      instru_time_axis_set_cursor (axis, 1.0);
      g_assert_cmpstr (instru_time_plot_get_read_out (plot), ==, "");
      g_object_unref (plot);
    }
}

/* The read-out says the number of the frame under the cursor. */
static void
test_read_out (void)
{
  g_autoptr (InstruAnalysis) analysis = make_analysis ();
  g_autoptr (InstruTimeAxis) axis = NULL;
  InstruTimePlot *plot = make_plot (INSTRU_TYPE_DESCRIPTOR_PLOT, analysis, &axis);
  const gsize frame = 40;
  g_autofree char *value = instru_format_descriptor (
      INSTRU_DESCRIPTOR_CENTROID_HZ,
      (double) instru_analysis_get_descriptor (analysis, INSTRU_DESCRIPTOR_CENTROID_HZ, frame));
  g_autofree char *summary = NULL;

  g_object_ref_sink (plot);
  summary = g_strdup (instru_time_plot_get_read_out (plot));
  instru_time_axis_set_cursor (axis, (double) frame * INSTRU_FRAME_S);
  g_assert_nonnull (strstr (instru_time_plot_get_read_out (plot), value));
  instru_time_axis_set_cursor (axis, NAN);
  g_assert_cmpstr (instru_time_plot_get_read_out (plot), ==, summary);
  g_object_unref (plot);
}

/* Each plot reads something at every time, also past the end and before the beginning. */
static void
test_read_anywhere (void)
{
  g_autoptr (InstruAnalysis) analysis = make_analysis ();
  const double times_s[] = { 0.0, 2.5, DURATION_S, 1e9, -1.0 };

  for (gsize i = 0; get_type (i) != G_TYPE_INVALID; i++)
    {
      g_autoptr (InstruTimeAxis) axis = NULL;
      InstruTimePlot *plot = make_plot (get_type (i), analysis, &axis);

      g_object_ref_sink (plot);
      for (gsize k = 0; k < G_N_ELEMENTS (times_s); k++)
        {
          instru_time_axis_set_cursor (axis, times_s[k]);
          g_assert_cmpstr (instru_time_plot_get_read_out (plot), !=, "");
        }
      g_object_unref (plot);
    }
}

/* Which columns are drawn in the playhead's colour tells where it is: they move with it. */
static void
test_playhead (void)
{
  g_autoptr (InstruAnalysis) analysis = make_analysis ();
  g_autoptr (InstruTimeAxis) axis = NULL;
  InstruTimePlot *plot = make_plot (INSTRU_TYPE_TIMELINE_PLOT, analysis, &axis);
  GtkWidget *window = instru_test_show (GTK_WIDGET (plot), WIDTH, 60);
  InstruRect area = instru_time_plot_get_area (plot);
  int width, height;

  for (double time_s = 1.0; time_s < 5.0; time_s += 1.0)
    {
      int x = (int) (instru_time_view_to_x (instru_time_axis_get_view (axis), area, time_s));
      g_autofree guchar *without = instru_test_draw (GTK_WIDGET (plot), &width, &height);
      g_autofree guchar *with = NULL;
      gsize at = 4 * ((gsize) (area.y + area.height / 2) * (gsize) width + (gsize) x);

      instru_time_axis_set_playhead (axis, time_s);
      with = instru_test_draw (GTK_WIDGET (plot), &width, &height);
      g_assert_cmpint (memcmp (without + at, with + at, 4), !=, 0);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The spectrogram's picture of one recording is not shown for another. */
static void
test_other_recording (void)
{
  g_autoptr (InstruAnalysis) first = make_analysis ();
  g_autoptr (InstruAnalysis) second =
      instru_fixture_new ("/tmp/other.flac", INSTRU_FIXTURE_SINE, DURATION_S);
  g_autoptr (InstruTimeAxis) axis = NULL;
  InstruTimePlot *plot = make_plot (INSTRU_TYPE_SPECTROGRAM_PLOT, first, &axis);
  GtkWidget *window = instru_test_show (GTK_WIDGET (plot), WIDTH, 220);

  instru_test_wait (is_picture_ready, plot);
  instru_plot_view_set_analysis (INSTRU_PLOT_VIEW (plot), second);
  g_assert_false (is_picture_ready (plot));
  instru_test_wait (is_picture_ready, plot);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  instru_test_init_app (&argc, &argv);

  g_test_add_func ("/plots/accessible", test_accessible);
  g_test_add_func ("/plots/verdict-views", test_verdict_views);
  g_test_add_func ("/plots/ink", test_ink);
  g_test_add_func ("/plots/empty", test_empty);
  g_test_add_func ("/plots/read-out", test_read_out);
  g_test_add_func ("/plots/read-anywhere", test_read_anywhere);
  g_test_add_func ("/plots/playhead", test_playhead);
  g_test_add_func ("/plots/other-recording", test_other_recording);
  return g_test_run ();
}
