/* The last page: how the answer came about, in words that need no course in signal processing, and
 * everything that somebody needs to get the same numbers again. */
#include "pdf-pages.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "facts.h"
#include "instru-config.h"
#include "measures.h"

#define LABEL_PT 96.0

const char *
instru_pages_get_method_heading (void)
{
  return _ ("How this was made");
}

static void
add_section (InstruLayout *layout, const char *heading)
{
  layout->y += INSTRU_LAYOUT_GAP;
  instru_layout_ensure (layout, 4.0 * INSTRU_LAYOUT_GAP_LARGE);
  instru_layout_add_heading (layout, heading, INSTRU_TYPE_SECTION);
  layout->y += INSTRU_LAYOUT_GAP_SMALL / 2.0;
}

static void
add_paragraph (InstruLayout *layout, const char *text)
{
  instru_layout_add_paragraph (layout, text, layout->theme.text);
  layout->y += INSTRU_LAYOUT_GAP_SMALL;
}

/* A row with its name in the left column; text from a file is made printable. */
static void
add_row (InstruLayout *layout, const char *label, const char *text)
{
  double width = instru_layout_get_width (layout) - LABEL_PT;
  g_autofree char *printable = instru_facts_make_printable (text);
  double height = instru_layout_measure_text (layout, printable, INSTRU_TYPE_BODY, width);

  instru_layout_ensure (layout, height);
  instru_layout_draw_text (layout, label, INSTRU_TYPE_BODY, layout->theme.dim, layout->left,
                           layout->y, LABEL_PT - INSTRU_LAYOUT_GAP);
  instru_layout_draw_text (layout, printable, INSTRU_TYPE_BODY, layout->theme.text,
                           layout->left + LABEL_PT, layout->y, width);
  layout->y += height + INSTRU_LAYOUT_GAP_SMALL;
}

static void
add_point (InstruLayout *layout, const char *text)
{
  double indent = INSTRU_LAYOUT_GAP;
  double width = instru_layout_get_width (layout) - indent;
  double height = instru_layout_measure_text (layout, text, INSTRU_TYPE_BODY, width);

  instru_layout_ensure (layout, height);
  instru_layout_draw_text (layout, "•", INSTRU_TYPE_BODY, layout->theme.dim, layout->left,
                           layout->y, indent);
  instru_layout_draw_text (layout, text, INSTRU_TYPE_BODY, layout->theme.text,
                           layout->left + indent, layout->y, width);
  layout->y += height + INSTRU_LAYOUT_GAP_SMALL / 2.0;
}

static void
add_method (InstruLayout *layout, const InstruModelInfo *model)
{
  add_section (layout, _ ("The method"));
  add_paragraph (layout,
                 _ ("The recording was decoded at its own rate; the quality was measured there, "
                    "over all channels. Then the mean of the channels was brought to 22,050 "
                    "samples a second. Every 23 ms, a piece of 93 ms was taken apart into its "
                    "frequencies (short-time Fourier transform: Hann window of 2,048 samples, hop "
                    "512), and these were gathered into 128 bands from 0 to 11 kHz that are spaced "
                    "as the ear hears them (the mel scale). That is the mel-spectrogram."));
  add_paragraph (layout,
                 _ ("Brightness is the centre of gravity of the spectrum, loudness the root of the "
                    "mean square of the samples against full scale, zero crossings the share of "
                    "samples at which the wave changes its sign. Means and spreads (one standard "
                    "deviation) are over all frames that are not digital silence."));
  if (model != NULL)
    add_paragraph (layout,
                   _ ("A neural network, trained on examples, looked at the mel-spectrogram "
                      "through windows of 2.97 s, one every 1.49 s, and gave each family a score. "
                      "The scores of the recording are the means over its windows; windows under "
                      "−60 dBFS are silence and do not count. They add up to 100 %."));
}

static void
add_model (InstruLayout *layout, const InstruModelInfo *model)
{
  g_autofree char *n_parameters = NULL;
  g_autofree char *name = NULL;
  g_autofree char *threshold = NULL;
  g_autofree char *threshold_sentence = NULL;

  add_section (layout, _ ("The model"));
  if (model == NULL)
    {
      add_paragraph (layout, _ ("No model was loaded, so the recording was measured but not "
                                "recognised."));
      return;
    }

  n_parameters = instru_measures_format_count (model->n_parameters);
  name = g_strdup_printf (_ ("%s, version %s, %s trainable parameters"), model->name,
                          model->version, n_parameters);
  threshold = instru_measures_format_score (model->sure_threshold);
  threshold_sentence =
      g_strdup_printf (_ ("The answer is “not sure” under %s, or where the sound is unlike "
                          "everything that the model was trained on."),
                       threshold);
  add_row (layout, _ ("Name"), name);
  add_row (layout, _ ("SHA-256"), model->sha256);
  add_row (layout, _ ("Training"), model->training_summary);
  add_row (layout, _ ("Accuracy"), model->accuracy_summary);
  add_row (layout, _ ("Not sure"), threshold_sentence);
}

static void
add_limits (InstruLayout *layout, const InstruModelInfo *model)
{
  add_section (layout, _ ("What to keep in mind"));
  if (model != NULL)
    {
      add_point (layout, _ ("It can name only the eight families. Anything else should give “not "
                            "sure”, but does not always."));
      add_point (layout, _ ("It hears one instrument at a time: where several play, the scores "
                            "say which sounds most like what it has learned, not who plays."));
      add_point (layout, _ ("A score is the model’s own estimate, not a measurement. Effects, "
                            "strong reverberation and noise mislead it."));
    }
  add_point (layout, _ ("Nothing above 11 kHz takes part in brightness, width, upper edge and "
                        "noisiness; the loudness and bandwidth under “quality” are of the original "
                        "recording."));
}

static void
add_versions (InstruLayout *layout, const InstruAnalysis *analysis)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%-d %B %Y, %H:%M");
  g_autofree char *duration =
      instru_measures_format_duration (instru_analysis_get_duration_s (analysis));
  g_autofree char *kind = instru_measures_format_kind (analysis);
  g_autofree char *recording =
      g_strjoin (" · ", instru_analysis_get_display_name (analysis), duration, kind, NULL);

  add_section (layout, _ ("This report"));
  add_row (layout, _ ("Recording"), recording);
  add_row (layout, _ ("Made on"), date);
  add_row (layout, _ ("Program"), "InstruNet " INSTRU_VERSION);
  add_row (layout, _ ("Built with"), INSTRU_LIBRARIES ", libharu " HPDF_VERSION_TEXT);
}

void
instru_pages_add_method (InstruLayout *layout, const InstruAnalysis *analysis)
{
  const InstruModelInfo *model = instru_analysis_get_model_info (analysis);

  instru_layout_add_page (layout);
  instru_layout_add_heading (layout, instru_pages_get_method_heading (), INSTRU_TYPE_TITLE);
  add_method (layout, model);
  add_model (layout, model);
  add_limits (layout, model);
  add_versions (layout, analysis);
}
