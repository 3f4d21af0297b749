/* Fills the labels of the card from an analysis. While a recording is read the card says so in
 * place of the verdict: an answer that still changes would not be one. */
#include "verdict-card.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "bars-view.h"
#include "measures.h"
#include "radar-view.h"
#include "row-column.h"
#include "widget-children.h"

struct _InstruVerdictCard
{
  GtkWidget parent_instance;

  GtkLabel *caption_label;
  GtkLabel *headline_label;
  GtkLabel *score_label;
  GtkLabel *sentence_label;
  GtkLabel *facts_label;
  GtkLabel *tags_label;
  GtkLabel *warning_label;
  GtkWidget *selection_box;
  GtkLabel *selection_label;
  GtkProgressBar *progress_bar;
  InstruPlotView *radar_view;
  InstruPlotView *bars_view;

  char *model_error;
};

G_DEFINE_FINAL_TYPE (InstruVerdictCard, instru_verdict_card, GTK_TYPE_WIDGET)

/* A label without text takes no room. */
static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static const char *
describe_rating (InstruRating rating)
{
  switch (rating)
    {
    case INSTRU_RATING_GOOD:
      return _ ("good recording");
    case INSTRU_RATING_FAIR:
      return _ ("fair recording");
    case INSTRU_RATING_POOR:
    default:
      return _ ("poor recording");
    }
}

/* "12.0 s · 44.1 kHz stereo FLAC · good recording" */
static char *
make_facts (const InstruAnalysis *analysis)
{
  g_autofree char *duration =
      instru_measures_format_duration (instru_analysis_get_duration_s (analysis));
  g_autofree char *kind = instru_measures_format_kind (analysis);
  const InstruQuality *quality = instru_analysis_get_quality (analysis);

  if (!instru_analysis_is_complete (analysis))
    return g_strdup_printf ("%s · %s", duration, kind);
  return g_strdup_printf ("%s · %s · %s", duration, kind, describe_rating (quality->rating));
}

static void
show_facts (InstruVerdictCard *self, const InstruAnalysis *analysis)
{
  g_autofree char *facts = NULL;
  g_autofree char *tags = NULL;
  g_autofree char *warnings = NULL;

  if (analysis != NULL)
    {
      facts = make_facts (analysis);
      tags = instru_measures_format_tags (analysis);
      warnings = g_strjoinv ("\n", (char **) instru_analysis_get_warnings (analysis));
    }
  set_text (self->facts_label, facts);
  set_text (self->tags_label, tags);
  set_text (self->warning_label, warnings);
}

static void
show_verdict (InstruVerdictCard *self, const InstruAnalysis *analysis)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (analysis);
  gboolean no_model = verdict->reason == INSTRU_REASON_NO_MODEL;
  g_autofree char *score = NULL;
  g_autofree char *sentence = NULL;

  if (verdict->sure)
    score = instru_measures_format_score (verdict->confidence);
  if (no_model && self->model_error != NULL)
    sentence = g_strdup (self->model_error);
  else
    sentence = instru_verdict_describe (verdict);

  set_text (self->caption_label, verdict->sure ? _ ("Sounds most like") : NULL);
  set_text (self->headline_label, instru_verdict_get_headline (verdict));
  set_text (self->score_label, score);
  set_text (self->sentence_label, sentence);
}

static void
show_progress (InstruVerdictCard *self, InstruRecording *recording)
{
  double progress = instru_recording_get_progress (recording);
  gboolean is_running = instru_recording_get_state (recording) == INSTRU_RECORDING_RUNNING;

  set_text (self->caption_label, NULL);
  set_text (self->headline_label, is_running ? _ ("Reading…") : _ ("Waiting…"));
  set_text (self->score_label, NULL);
  set_text (self->sentence_label,
            is_running ? NULL : _ ("Others are read first; this one comes soon."));
  if (progress >= 0.0)
    gtk_progress_bar_set_fraction (self->progress_bar, progress);
  else
    gtk_progress_bar_pulse (self->progress_bar);
}

void
instru_verdict_card_show (InstruVerdictCard *self, InstruRecording *recording)
{
  InstruAnalysis *analysis = NULL;
  gboolean is_done;

  g_return_if_fail (INSTRU_IS_VERDICT_CARD (self));

  if (recording != NULL)
    analysis = instru_recording_get_analysis (recording);
  is_done = analysis != NULL && instru_recording_get_state (recording) == INSTRU_RECORDING_DONE;

  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), recording != NULL && !is_done);
  if (is_done)
    show_verdict (self, analysis);
  else if (recording != NULL)
    show_progress (self, recording);
  show_facts (self, analysis);
  instru_plot_view_set_analysis (self->radar_view, analysis);
  instru_plot_view_set_analysis (self->bars_view, analysis);
}

/* "Brass 53 %", "Not sure" */
static char *
make_answer (const InstruVerdict *verdict)
{
  g_autofree char *score = NULL;

  if (!verdict->sure)
    return g_strdup (instru_verdict_get_headline (verdict));
  score = instru_measures_format_score (verdict->confidence);
  return g_strdup_printf ("%s %s", instru_verdict_get_headline (verdict), score);
}

void
instru_verdict_card_set_selection (InstruVerdictCard *self, const InstruSelection *selection)
{
  const InstruVerdict *verdict = selection != NULL ? &selection->verdict : NULL;

  g_return_if_fail (INSTRU_IS_VERDICT_CARD (self));

  instru_verdict_view_set_selection (INSTRU_VERDICT_VIEW (self->radar_view), verdict);
  instru_verdict_view_set_selection (INSTRU_VERDICT_VIEW (self->bars_view), verdict);
  if (selection != NULL)
    {
      g_autofree char *answer = make_answer (verdict);
      g_autofree char *text = g_strdup_printf (
          /* Translators: "Selected 1.20 – 2.45 s: Brass 53 %" */
          _ ("Selected %.2f – %.2f\u202fs: %s"), selection->start_s, selection->end_s, answer);

      gtk_label_set_label (self->selection_label, text);
    }
  gtk_widget_set_visible (self->selection_box, selection != NULL);
}

void
instru_verdict_card_set_model_error (InstruVerdictCard *self, const char *sentence)
{
  g_return_if_fail (INSTRU_IS_VERDICT_CARD (self));

  g_free (self->model_error);
  self->model_error = g_strdup (sentence);
}

static void
instru_verdict_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), INSTRU_TYPE_VERDICT_CARD);
  instru_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (instru_verdict_card_parent_class)->dispose (object);
}

static void
instru_verdict_card_finalize (GObject *object)
{
  g_free (INSTRU_VERDICT_CARD (object)->model_error);
  G_OBJECT_CLASS (instru_verdict_card_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, caption_label);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, headline_label);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, score_label);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, facts_label);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, tags_label);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, warning_label);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, selection_box);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, selection_label);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, radar_view);
  gtk_widget_class_bind_template_child (widget_class, InstruVerdictCard, bars_view);
}

static void
instru_verdict_card_class_init (InstruVerdictCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = instru_verdict_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = instru_verdict_card_finalize;

  g_type_ensure (INSTRU_TYPE_ROW_COLUMN);
  g_type_ensure (INSTRU_TYPE_RADAR_VIEW);
  g_type_ensure (INSTRU_TYPE_BARS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/instrunet/InstruNet/ui/verdict-card.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_children (widget_class);
}

static void
instru_verdict_card_init (InstruVerdictCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
