/* Hands every new analysis of the recording to the card and the plots. A partial one that comes
 * while the last is still being drawn simply replaces it. */
#include "recording-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "descriptor-section.h"
#include "plot-section.h"
#include "selection.h"
#include "spectrogram-plot.h"
#include "time-scroll-bar.h"
#include "timeline-plot.h"
#include "transport.h"
#include "verdict-card.h"
#include "waveform-plot.h"
#include "widget-children.h"

struct _InstruRecordingPage
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwStatusPage *failed_page;
  InstruVerdictCard *verdict_card;
  InstruWaveformPlot *waveform_plot;
  InstruSpectrogramPlot *spectrogram_plot;
  InstruDescriptorSection *descriptor_section;
  InstruTimelinePlot *timeline_plot;
  GtkScrollbar *time_scroll_bar;
  InstruTransport *transport;

  InstruTimeAxis *axis;
  InstruPlayer *player;
  InstruRecording *recording; /* nullable */
  GCancellable *measuring;    /* of the selection; NULL where none is measured */
};

G_DEFINE_FINAL_TYPE (InstruRecordingPage, instru_recording_page, GTK_TYPE_WIDGET)

#define N_TIME_PLOTS 4

static void
list_time_plots (InstruRecordingPage *self, InstruTimePlot *plots[N_TIME_PLOTS])
{
  plots[0] = INSTRU_TIME_PLOT (self->waveform_plot);
  plots[1] = INSTRU_TIME_PLOT (self->spectrogram_plot);
  plots[2] = instru_descriptor_section_get_plot (self->descriptor_section);
  plots[3] = INSTRU_TIME_PLOT (self->timeline_plot);
}

/* — what is heard — */

static gboolean
can_play (InstruRecordingPage *self)
{
  return self->recording != NULL && instru_recording_get_analysis (self->recording) != NULL;
}

static void
update_playback (InstruRecordingPage *self, const InstruAnalysis *analysis)
{
  double duration_s = analysis != NULL ? instru_analysis_get_duration_s (analysis) : 0.0;

  g_object_set (self->player, "duration-s", duration_s, NULL);
  instru_transport_set_duration (self->transport, duration_s);
  gtk_widget_set_sensitive (GTK_WIDGET (self->transport), can_play (self));
}

/* — what is seen — */

static void
update_plots (InstruRecordingPage *self, InstruAnalysis *analysis)
{
  InstruTimePlot *plots[N_TIME_PLOTS];

  list_time_plots (self, plots);
  if (analysis != NULL)
    instru_time_axis_set_duration (self->axis, instru_analysis_get_expected_duration_s (analysis));
  for (gsize i = 0; i < N_TIME_PLOTS; i++)
    instru_plot_view_set_analysis (INSTRU_PLOT_VIEW (plots[i]), analysis);
}

/* — what is selected — */

static void
show_selection (InstruRecordingPage *self, const InstruSelection *selection)
{
  instru_verdict_card_set_selection (self->verdict_card, selection);
  instru_descriptor_section_set_selection (self->descriptor_section, selection);
}

static void
on_selection_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InstruRecordingPage) self = user_data;
  g_autofree InstruSelection *selection = instru_selection_measure_finish (result, NULL);

  /* A cancelled request was replaced or is not wanted any more. */
  if (self->measuring != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->measuring);
  if (selection != NULL)
    show_selection (self, selection);
}

/* What was measured last stays until its successor is there, so that nothing flickers. */
static void
update_selection (InstruRecordingPage *self)
{
  InstruAnalysis *analysis = NULL;
  InstruTimeView selection;

  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  if (self->recording != NULL)
    analysis = instru_recording_get_analysis (self->recording);
  if (analysis == NULL || !instru_time_axis_get_selection (self->axis, &selection))
    {
      show_selection (self, NULL);
      return;
    }
  self->measuring = g_cancellable_new ();
  instru_selection_measure_async (analysis, selection.start_s, selection.end_s, self->measuring,
                                  on_selection_measured, g_object_ref (self));
}

/* — what is shown — */

static void
show_failure (InstruRecordingPage *self)
{
  const GError *error = instru_recording_get_error (self->recording);
  gboolean cancelled = instru_recording_get_state (self->recording) == INSTRU_RECORDING_CANCELLED;
  g_autofree char *description = g_markup_escape_text (error != NULL ? error->message : "", -1);

  adw_status_page_set_title (self->failed_page, cancelled ? _ ("Stopped") : _ ("Cannot be read"));
  adw_status_page_set_description (self->failed_page, description);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
update (InstruRecordingPage *self)
{
  InstruAnalysis *analysis = NULL;
  InstruRecordingState state = INSTRU_RECORDING_WAITING;

  if (self->recording != NULL)
    {
      analysis = instru_recording_get_analysis (self->recording);
      state = instru_recording_get_state (self->recording);
    }
  update_plots (self, analysis);
  update_playback (self, analysis);
  update_selection (self);
  instru_verdict_card_show (self->verdict_card, self->recording);
  if (state == INSTRU_RECORDING_FAILED || state == INSTRU_RECORDING_CANCELLED)
    show_failure (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "sound");
}

static void
on_progress (InstruRecordingPage *self)
{
  instru_verdict_card_show (self->verdict_card, self->recording);
}

/* — following a recording — */

static void
follow (InstruRecordingPage *self, InstruRecording *recording)
{
  if (self->recording != NULL)
    g_signal_handlers_disconnect_by_data (self->recording, self);
  g_set_object (&self->recording, recording);
  if (recording == NULL)
    return;
  g_signal_connect_object (recording, "notify::analysis", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (recording, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (recording, "notify::progress", G_CALLBACK (on_progress), self,
                           G_CONNECT_SWAPPED);
}

void
instru_recording_page_set_recording (InstruRecordingPage *self, InstruRecording *recording)
{
  GFile *file = recording != NULL ? instru_recording_get_file (recording) : NULL;

  g_return_if_fail (INSTRU_IS_RECORDING_PAGE (self));
  g_return_if_fail (INSTRU_IS_PLAYER (self->player));

  if (self->recording == recording)
    return;
  follow (self, recording);
  instru_player_set_file (self->player, file, 0.0);
  instru_time_axis_set_cursor (self->axis, NAN);
  instru_time_axis_set_playhead (self->axis, 0.0);
  instru_time_axis_show_all (self->axis);
  instru_time_axis_clear_selection (self->axis);
  update (self);
}

void
instru_recording_page_set_player (InstruRecordingPage *self, InstruPlayer *player)
{
  g_return_if_fail (INSTRU_IS_RECORDING_PAGE (self));
  g_return_if_fail (self->player == NULL);

  self->player = g_object_ref (player);
  instru_transport_connect (self->transport, player, self->axis);
}

void
instru_recording_page_set_model_error (InstruRecordingPage *self, const char *sentence)
{
  g_return_if_fail (INSTRU_IS_RECORDING_PAGE (self));

  instru_verdict_card_set_model_error (self->verdict_card, sentence);
  instru_verdict_card_show (self->verdict_card, self->recording);
}

void
instru_recording_page_toggle_playing (InstruRecordingPage *self)
{
  g_return_if_fail (INSTRU_IS_RECORDING_PAGE (self));

  if (can_play (self))
    instru_transport_toggle (self->transport);
}

void
instru_recording_page_skip (InstruRecordingPage *self, double offset_s)
{
  g_return_if_fail (INSTRU_IS_RECORDING_PAGE (self));

  if (can_play (self))
    instru_transport_skip (self->transport, offset_s);
}

void
instru_recording_page_zoom (InstruRecordingPage *self, double factor)
{
  g_return_if_fail (INSTRU_IS_RECORDING_PAGE (self));

  instru_time_axis_zoom (self->axis, factor, instru_time_axis_get_focus (self->axis));
}

void
instru_recording_page_zoom_out_all (InstruRecordingPage *self)
{
  g_return_if_fail (INSTRU_IS_RECORDING_PAGE (self));

  instru_time_axis_show_all (self->axis);
}

InstruTimeAxis *
instru_recording_page_get_time_axis (InstruRecordingPage *self)
{
  return self->axis;
}

/* — the object — */

static void
instru_recording_page_dispose (GObject *object)
{
  InstruRecordingPage *self = INSTRU_RECORDING_PAGE (object);

  follow (self, NULL);
  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  gtk_widget_dispose_template (GTK_WIDGET (self), INSTRU_TYPE_RECORDING_PAGE);
  instru_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->axis);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (instru_recording_page_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (INSTRU_TYPE_DESCRIPTOR_SECTION);
  g_type_ensure (INSTRU_TYPE_PLOT_SECTION);
  g_type_ensure (INSTRU_TYPE_SPECTROGRAM_PLOT);
  g_type_ensure (INSTRU_TYPE_TIMELINE_PLOT);
  g_type_ensure (INSTRU_TYPE_TRANSPORT);
  g_type_ensure (INSTRU_TYPE_VERDICT_CARD);
  g_type_ensure (INSTRU_TYPE_WAVEFORM_PLOT);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingPage, verdict_card);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingPage, waveform_plot);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingPage, spectrogram_plot);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingPage, descriptor_section);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingPage, timeline_plot);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingPage, time_scroll_bar);
  gtk_widget_class_bind_template_child (widget_class, InstruRecordingPage, transport);
}

static void
instru_recording_page_class_init (InstruRecordingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = instru_recording_page_dispose;

  ensure_types ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/instrunet/InstruNet/ui/recording-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_children (widget_class);
}

static void
instru_recording_page_init (InstruRecordingPage *self)
{
  InstruTimePlot *plots[N_TIME_PLOTS];

  self->axis = instru_time_axis_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  list_time_plots (self, plots);
  for (gsize i = 0; i < N_TIME_PLOTS; i++)
    instru_time_plot_set_axis (plots[i], self->axis);
  instru_time_scroll_bar_connect (self->time_scroll_bar, self->axis);
  g_signal_connect_object (self->axis, "selection-changed", G_CALLBACK (update_selection), self,
                           G_CONNECT_SWAPPED);
}
