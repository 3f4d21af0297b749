/* The pages with the pictures in time. All share one left edge, one right edge and one time axis;
 * what the captions leave of the page's height is shared among the plots by their weights. */
#include "pdf-pages.h"

#include <glib/gi18n-lib.h>

#include "measures.h"
#include "pdf-picture.h"
#include "plots.h"
#include "stretches.h"
#include "time-axis.h"

/* Heights of the plots: of a share, and of the axis at the bottom. */
#define LEAST_SHARE_PT 40.0
#define MOST_SHARE_PT  92.0
#define AXIS_PT        16.0

typedef enum
{
  PLOT_WAVEFORM,
  PLOT_SPECTROGRAM,
  PLOT_DESCRIPTOR
} PlotKind;

typedef struct
{
  PlotKind kind;
  InstruDescriptor descriptor; /* of PLOT_DESCRIPTOR */
  double weight;               /* of its height */
} Plot;

static const Plot sound_plots[] = {
  { .kind = PLOT_WAVEFORM, .weight = 1.0 },
  { .kind = PLOT_SPECTROGRAM, .weight = 2.2 },
  { PLOT_DESCRIPTOR, INSTRU_DESCRIPTOR_CENTROID_HZ, 1.0 },
  { PLOT_DESCRIPTOR, INSTRU_DESCRIPTOR_RMS, 1.0 },
  { PLOT_DESCRIPTOR, INSTRU_DESCRIPTOR_ZCR, 1.0 },
};

static const Plot timbre_plots[] = {
  { PLOT_DESCRIPTOR, INSTRU_DESCRIPTOR_BANDWIDTH_HZ, 1.0 },
  { PLOT_DESCRIPTOR, INSTRU_DESCRIPTOR_ROLLOFF_HZ, 1.0 },
  { PLOT_DESCRIPTOR, INSTRU_DESCRIPTOR_FLATNESS, 1.0 },
};

const char *
instru_pages_get_sound_heading (void)
{
  return _ ("The sound in time");
}

const char *
instru_pages_get_timbre_heading (void)
{
  return _ ("More about its colour");
}

static const char *
plot_title (const Plot *plot)
{
  switch (plot->kind)
    {
    case PLOT_WAVEFORM:
      return _ ("Waveform");
    case PLOT_SPECTROGRAM:
      return _ ("Mel-spectrogram");
    case PLOT_DESCRIPTOR:
    default:
      return instru_descriptor_get_label (plot->descriptor);
    }
}

/* What the curve means, before its numbers. */
static const char *
explain (InstruDescriptor descriptor)
{
  switch (descriptor)
    {
    case INSTRU_DESCRIPTOR_CENTROID_HZ:
      return _ ("The centre of gravity of the spectrum: the higher, the brighter it sounds.");
    case INSTRU_DESCRIPTOR_BANDWIDTH_HZ:
      return _ ("How far the spectrum spreads around its centre: a pure tone is narrow, a noise is "
                "wide.");
    case INSTRU_DESCRIPTOR_ROLLOFF_HZ:
      return _ ("The frequency below which 85 % of the spectrum lies.");
    case INSTRU_DESCRIPTOR_FLATNESS:
      return _ ("0 for a sound of pure tones, towards 1 for a noise.");
    case INSTRU_DESCRIPTOR_RMS:
      return _ ("The level of each moment, in dB under the loudest that a file can hold.");
    case INSTRU_DESCRIPTOR_ZCR:
    case INSTRU_N_DESCRIPTORS:
    default:
      return _ ("The share of samples at which the wave changes its sign: it rises with the pitch "
                "and with hiss.");
    }
}

static char *
caption_descriptor (const InstruAnalysis *analysis, InstruDescriptor descriptor)
{
  g_autofree char *numbers = instru_describe_descriptor (analysis, descriptor);

  return g_strdup_printf ("%s %s", explain (descriptor), numbers);
}

static char *
plot_caption (const Plot *plot, const InstruAnalysis *analysis)
{
  switch (plot->kind)
    {
    case PLOT_WAVEFORM:
      return instru_describe_waveform (analysis);
    case PLOT_SPECTROGRAM:
      return instru_describe_mel_spectrogram (analysis);
    case PLOT_DESCRIPTOR:
    default:
      return caption_descriptor (analysis, plot->descriptor);
    }
}

static void
draw_plot (InstruPicture *picture, const Plot *plot, const InstruAnalysis *analysis)
{
  InstruTimeView view = { 0.0, instru_analysis_get_duration_s (analysis) };

  switch (plot->kind)
    {
    case PLOT_WAVEFORM:
      instru_plot_waveform (picture->canvas, analysis, &view, picture->theme, picture->area);
      return;
    case PLOT_SPECTROGRAM:
      instru_plot_mel_spectrogram (picture->canvas, analysis, &view, picture->theme, picture->area);
      return;
    case PLOT_DESCRIPTOR:
    default:
      instru_plot_descriptor (picture->canvas, analysis, plot->descriptor, &view, picture->theme,
                              picture->area);
    }
}

/* The plain word, and beside it the field's word. */
static void
draw_title (InstruLayout *layout, const Plot *plot)
{
  InstruTextStyle bold = instru_layout_get_style (INSTRU_TYPE_BODY);
  InstruTextStyle plain = bold;
  const char *title = plot_title (plot);
  double base_line = layout->y + bold.size;

  bold.bold = TRUE;
  instru_canvas_text (layout->canvas, layout->left, base_line, title, &bold, layout->theme.text);
  if (plot->kind == PLOT_DESCRIPTOR)
    {
      double width = instru_canvas_text_extents (layout->canvas, title, &bold).width;

      instru_canvas_text (layout->canvas, layout->left + width + INSTRU_LAYOUT_GAP_SMALL, base_line,
                          instru_descriptor_get_term (plot->descriptor), &plain, layout->theme.dim);
    }
  layout->y += bold.size * INSTRU_LAYOUT_LEADING + INSTRU_LAYOUT_GAP_SMALL;
}

/* Height of all that is not plot. */
static double
measure_words (InstruLayout *layout, const Plot *plot, const InstruAnalysis *analysis)
{
  g_autofree char *caption = plot_caption (plot, analysis);
  double title = instru_layout_get_style (INSTRU_TYPE_BODY).size * INSTRU_LAYOUT_LEADING;

  return title + 2.0 * INSTRU_LAYOUT_GAP_SMALL + INSTRU_LAYOUT_GAP +
         instru_layout_measure_text (layout, caption, INSTRU_TYPE_SMALL,
                                     instru_picture_get_width (layout));
}

static void
add_plot (InstruLayout *layout,
          const Plot *plot,
          const InstruAnalysis *analysis,
          double height,
          gboolean has_axis)
{
  InstruTimeView view = { 0.0, instru_analysis_get_duration_s (analysis) };
  g_autofree char *caption = plot_caption (plot, analysis);
  InstruPicture picture;

  instru_layout_ensure (layout, measure_words (layout, plot, analysis) + height +
                                    (has_axis ? AXIS_PT : 0.0));
  draw_title (layout, plot);
  instru_picture_begin (&picture, layout, height);
  draw_plot (&picture, plot, analysis);
  if (has_axis)
    instru_plot_time_axis (picture.canvas, &view, picture.theme, picture.area);
  instru_picture_end (&picture);

  layout->y += height + (has_axis ? AXIS_PT : 0.0) + INSTRU_LAYOUT_GAP_SMALL;
  layout->y += instru_layout_draw_text (layout, caption, INSTRU_TYPE_SMALL, layout->theme.dim,
                                        instru_picture_get_left (layout), layout->y,
                                        instru_picture_get_width (layout)) +
               INSTRU_LAYOUT_GAP;
}

static void
add_plots (InstruLayout *layout, const Plot *plots, gsize n_plots, const InstruAnalysis *analysis)
{
  double free_height = layout->bottom - layout->y - AXIS_PT;
  double weights = 0.0, share;

  for (gsize i = 0; i < n_plots; i++)
    {
      free_height -= measure_words (layout, &plots[i], analysis);
      weights += plots[i].weight;
    }
  share = CLAMP ((free_height - 1.0) / weights, LEAST_SHARE_PT, MOST_SHARE_PT);

  for (gsize i = 0; i < n_plots; i++)
    add_plot (layout, &plots[i], analysis, share * plots[i].weight, i + 1 == n_plots);
}

/* — families over time, in numbers — */

static void
draw_stretch (InstruLayout *layout, const InstruStretch *stretch, const double *columns)
{
  g_autofree char *start = instru_format_time (stretch->start_s, 0.1);
  g_autofree char *end = instru_format_time (stretch->end_s, 0.1);
  g_autofree char *score = instru_measures_format_score (stretch->score);
  gboolean silent = stretch->family < 0;
  const char *cells[] = {
    start,
    end,
    silent ? _ ("Silence") : instru_family_get_label ((InstruFamily) stretch->family),
    silent ? "" : score,
  };

  instru_layout_draw_row (layout, cells, columns, G_N_ELEMENTS (cells), layout->y, FALSE);
  layout->y += INSTRU_LAYOUT_ROW;
}

/* As many stretches as the page has room for. */
static void
add_stretches (InstruLayout *layout, const InstruAnalysis *analysis)
{
  g_autoptr (GArray) stretches = instru_stretches_from_analysis (analysis);
  double width = instru_layout_get_width (layout);
  const double columns[] = { layout->left, layout->left + 0.2 * width, layout->left + 0.4 * width,
                             layout->left + 0.7 * width, layout->right };
  const char *head[] = { _ ("From"), _ ("To"), _ ("Family"), _ ("Mean score") };
  double room = layout->bottom - layout->y - 4.0 * INSTRU_LAYOUT_ROW;
  guint n_rows = (guint) MIN (MAX (room / INSTRU_LAYOUT_ROW, 0.0), stretches->len);

  if (n_rows == 0)
    return;

  layout->y += INSTRU_LAYOUT_GAP;
  instru_layout_add_heading (layout, _ ("Families over time"), INSTRU_TYPE_SECTION);
  instru_layout_draw_row (layout, head, columns, G_N_ELEMENTS (head), layout->y, TRUE);
  layout->y += INSTRU_LAYOUT_ROW;
  for (guint i = 0; i < n_rows; i++)
    draw_stretch (layout, &g_array_index (stretches, InstruStretch, i), columns);
  if (n_rows < stretches->len)
    {
      g_autofree char *more =
          g_strdup_printf (_ ("%u more stretches follow."), stretches->len - n_rows);

      layout->y += INSTRU_LAYOUT_GAP_SMALL;
      instru_layout_add_paragraph (layout, more, layout->theme.dim);
    }
}

void
instru_pages_add_sound (InstruLayout *layout, const InstruAnalysis *analysis)
{
  instru_layout_add_page (layout);
  instru_layout_add_heading (layout, instru_pages_get_sound_heading (), INSTRU_TYPE_TITLE);
  layout->y += INSTRU_LAYOUT_GAP;
  add_plots (layout, sound_plots, G_N_ELEMENTS (sound_plots), analysis);
}

void
instru_pages_add_timbre (InstruLayout *layout, const InstruAnalysis *analysis)
{
  instru_layout_add_page (layout);
  instru_layout_add_heading (layout, instru_pages_get_timbre_heading (), INSTRU_TYPE_TITLE);
  layout->y += INSTRU_LAYOUT_GAP;
  add_plots (layout, timbre_plots, G_N_ELEMENTS (timbre_plots), analysis);
  add_stretches (layout, analysis);
}
