/* The first page: the verdict largest of all, what it rests on, what was measured, and three lines
 * for a pencil. */
#include "pdf-pages.h"

#include <glib/gi18n-lib.h>

#include "facts.h"
#include "measures.h"
#include "pdf-picture.h"
#include "plots.h"
#include "stretches.h"

#define RADAR_WIDTH_PT  228.0
#define RADAR_HEIGHT_PT 196.0
#define COLUMN_GAP_PT   24.0
#define BARS_WIDTH_PT   180.0
#define TIMELINE_PT     20.0
#define AXIS_PT         14.0
#define FIELD_PT        26.0
#define FIELD_LABEL_PT  62.0

const char *
instru_pages_get_answer_heading (void)
{
  return _ ("What this recording sounds like");
}

/* — the recording — */

static void
add_title (InstruLayout *layout, const InstruAnalysis *analysis)
{
  g_autofree char *name = instru_facts_make_printable (instru_analysis_get_display_name (analysis));
  g_autofree char *duration =
      instru_measures_format_duration (instru_analysis_get_duration_s (analysis));
  g_autofree char *kind = instru_measures_format_kind (analysis);
  g_autofree char *tags = instru_measures_format_tags (analysis);
  g_autofree char *line = g_strjoin (" · ", name, duration, kind, tags, NULL);
  g_autofree char *printable = instru_facts_make_printable (line);

  instru_layout_add_heading (layout, instru_pages_get_answer_heading (), INSTRU_TYPE_TITLE);
  instru_layout_add_paragraph (layout, printable, layout->theme.dim);
  layout->y += INSTRU_LAYOUT_GAP_LARGE;
}

/* — the verdict — */

/* "Reed 94 %" on one line, smaller where a language needs a longer word. */
static double
draw_headline (InstruLayout *layout, const InstruVerdict *verdict, double y, double width)
{
  const char *headline = instru_verdict_get_headline (verdict);
  g_autofree char *score = instru_measures_format_score (verdict->confidence);
  InstruTextStyle style = instru_layout_get_style (INSTRU_TYPE_VERDICT);
  InstruTextStyle plain;
  double headline_width = instru_canvas_text_extents (layout->canvas, headline, &style).width;
  double gap = style.size * 0.25;
  double score_width = 0.0, needed;

  if (verdict->sure)
    score_width = gap + instru_canvas_text_extents (layout->canvas, score, &style).width;
  needed = headline_width + score_width;
  if (needed > width)
    {
      style.size *= width / needed;
      headline_width *= width / needed;
      gap *= width / needed;
    }

  plain = style;
  plain.bold = FALSE;
  instru_canvas_text (layout->canvas, layout->left, y + style.size, headline, &style,
                      layout->theme.text);
  if (verdict->sure)
    instru_canvas_text (layout->canvas, layout->left + headline_width + gap, y + style.size, score,
                        &plain, layout->theme.dim);
  return style.size * INSTRU_LAYOUT_LEADING;
}

static double
draw_verdict (InstruLayout *layout, const InstruVerdict *verdict, double y, double width)
{
  g_autofree char *sentence = instru_verdict_describe (verdict);
  double top = y;

  y += instru_layout_draw_text (layout, verdict->sure ? _ ("Sounds most like") : _ ("The answer"),
                                INSTRU_TYPE_BODY, layout->theme.dim, layout->left, y, width);
  y += draw_headline (layout, verdict, y, width) + INSTRU_LAYOUT_GAP_SMALL;
  y += instru_layout_draw_text (layout, sentence, INSTRU_TYPE_BODY, layout->theme.text,
                                layout->left, y, width);
  return y - top;
}

/* The words beside the radar, in the middle of its height; alone where nothing has a score. */
static void
add_verdict (InstruLayout *layout, const InstruAnalysis *analysis)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (analysis);
  double width = instru_layout_get_width (layout);
  InstruPicture picture;

  if (!verdict->has_scores)
    {
      layout->y += INSTRU_LAYOUT_GAP_LARGE;
      layout->y += draw_verdict (layout, verdict, layout->y, width) + 2 * INSTRU_LAYOUT_GAP_LARGE;
      return;
    }

  instru_picture_begin_at (
      &picture, layout,
      (InstruRect){ layout->right - RADAR_WIDTH_PT, layout->y, RADAR_WIDTH_PT, RADAR_HEIGHT_PT });
  instru_plot_radar (picture.canvas, verdict, NULL, picture.theme, picture.area);
  instru_picture_end (&picture);
  draw_verdict (layout, verdict, layout->y + 0.22 * RADAR_HEIGHT_PT,
                width - RADAR_WIDTH_PT - COLUMN_GAP_PT);
  layout->y += RADAR_HEIGHT_PT + INSTRU_LAYOUT_GAP_LARGE;
}

/* — tables — */

/* Label, mean and spread in three columns. */
static double
draw_sound_table (InstruLayout *layout, GPtrArray *measures, double x, double y, double width)
{
  const double columns[] = { x, x + width - 132.0, x + width - 64.0, x + width };
  const char *head[] = { _ ("Measure"), _ ("Mean"), _ ("Spread") };
  double top = y;

  instru_layout_draw_row (layout, head, columns, G_N_ELEMENTS (head), y, TRUE);
  for (guint i = 0; i < measures->len; i++)
    {
      const InstruMeasure *measure = g_ptr_array_index (measures, i);
      const char *cells[] = { measure->label, measure->value, measure->spread };

      y += INSTRU_LAYOUT_ROW;
      instru_layout_draw_row (layout, cells, columns, G_N_ELEMENTS (cells), y, FALSE);
    }
  return y + INSTRU_LAYOUT_ROW - top;
}

/* All measures side by side, the names above their values. */
static double
draw_quality_table (InstruLayout *layout, GPtrArray *measures, double y)
{
  double column = instru_layout_get_width (layout) / measures->len;
  g_autofree const char **labels = g_new (const char *, measures->len);
  g_autofree const char **values = g_new (const char *, measures->len);
  g_autofree double *columns = g_new (double, measures->len + 1);

  for (guint i = 0; i < measures->len; i++)
    {
      const InstruMeasure *measure = g_ptr_array_index (measures, i);

      labels[i] = measure->label;
      values[i] = measure->value;
      columns[i] = layout->left + i * column;
    }
  columns[measures->len] = layout->right;
  instru_layout_draw_row (layout, labels, columns, measures->len, y, TRUE);
  instru_layout_draw_row (layout, values, columns, measures->len, y + INSTRU_LAYOUT_ROW, FALSE);
  return 2.0 * INSTRU_LAYOUT_ROW;
}

/* Bars on the left and measures on the right; the measures alone where there are no scores. */
static void
add_numbers (InstruLayout *layout, const InstruAnalysis *analysis)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (analysis);
  g_autoptr (GPtrArray) measures = instru_measures_of_sound (analysis);
  double table_x = layout->left, height;
  InstruPicture picture;

  instru_layout_add_heading (
      layout, verdict->has_scores ? _ ("All eight families") : _ ("What was measured"),
      INSTRU_TYPE_SECTION);
  layout->y += INSTRU_LAYOUT_GAP_SMALL;
  if (verdict->has_scores)
    table_x += BARS_WIDTH_PT + COLUMN_GAP_PT;

  height = draw_sound_table (layout, measures, table_x, layout->y, layout->right - table_x);
  if (verdict->has_scores)
    {
      instru_picture_begin_at (&picture, layout,
                               (InstruRect){ layout->left, layout->y, BARS_WIDTH_PT, height });
      instru_plot_family_bars (picture.canvas, verdict, NULL, picture.theme, picture.area);
      instru_picture_end (&picture);
    }
  layout->y += height + INSTRU_LAYOUT_GAP_LARGE;
}

/* — families over time — */

static void
add_timeline (InstruLayout *layout, const InstruAnalysis *analysis)
{
  InstruTimeView view = { 0.0, instru_analysis_get_duration_s (analysis) };
  g_autofree char *sentence = NULL;
  InstruPicture picture;

  if (instru_analysis_get_n_windows (analysis) == 0)
    return;

  sentence = instru_stretches_summarize (analysis);
  instru_layout_add_heading (layout, _ ("Families over time"), INSTRU_TYPE_SECTION);
  layout->y += INSTRU_LAYOUT_GAP_SMALL;
  instru_picture_begin_at (
      &picture, layout,
      (InstruRect){ layout->left, layout->y, instru_layout_get_width (layout), TIMELINE_PT });
  instru_plot_timeline (picture.canvas, analysis, &view, picture.theme, picture.area);
  instru_plot_time_axis (picture.canvas, &view, picture.theme, picture.area);
  instru_picture_end (&picture);
  layout->y += TIMELINE_PT + AXIS_PT + INSTRU_LAYOUT_GAP_SMALL;
  layout->y += instru_layout_draw_text (layout, sentence, INSTRU_TYPE_SMALL, layout->theme.dim,
                                        layout->left, layout->y, instru_layout_get_width (layout)) +
               INSTRU_LAYOUT_GAP_LARGE;
}

/* — the recording's quality, and what to be careful about — */

static void
add_quality (InstruLayout *layout, const InstruAnalysis *analysis)
{
  g_autoptr (GPtrArray) measures = instru_measures_of_quality (analysis);
  InstruRating rating = instru_analysis_get_quality (analysis)->rating;
  g_autofree char *heading = g_strdup_printf (_ ("Quality of the recording: %s"),
                                              instru_measures_get_rating_label (rating));

  instru_layout_ensure (layout, 4.0 * INSTRU_LAYOUT_ROW);
  instru_layout_add_heading (layout, heading, INSTRU_TYPE_SECTION);
  layout->y += draw_quality_table (layout, measures, layout->y) + INSTRU_LAYOUT_GAP_LARGE;
}

static void
add_warnings (InstruLayout *layout, const InstruAnalysis *analysis)
{
  const char *const *warnings = instru_analysis_get_warnings (analysis);

  if (warnings[0] == NULL)
    return;

  instru_layout_ensure (layout, 3.0 * INSTRU_LAYOUT_ROW);
  instru_layout_add_heading (layout, _ ("Careful"), INSTRU_TYPE_SECTION);
  for (gsize i = 0; warnings[i] != NULL; i++)
    {
      g_autofree char *printable = instru_facts_make_printable (warnings[i]);

      instru_layout_add_paragraph (layout, printable, layout->theme.text);
      layout->y += INSTRU_LAYOUT_GAP_SMALL;
    }
  layout->y += INSTRU_LAYOUT_GAP;
}

/* Name, class and comment stand at the foot of the page, wherever the rest ended; on a page of
 * their own they stand at its top. */
static void
add_fields (InstruLayout *layout)
{
  const char *const labels[] = { _ ("Name"), _ ("Class"), _ ("Comment"), NULL };
  double height = G_N_ELEMENTS (labels) * FIELD_PT;
  guint n_pages = layout->canvases->len;

  instru_layout_ensure (layout, height);
  if (layout->canvases->len == n_pages)
    layout->y = layout->bottom - height;
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      layout->y += FIELD_PT;
      if (labels[i] != NULL)
        instru_layout_draw_text (layout, labels[i], INSTRU_TYPE_SMALL, layout->theme.dim,
                                 layout->left, layout->y - 12.0, FIELD_LABEL_PT);
      instru_layout_draw_rule (layout, layout->left + FIELD_LABEL_PT, layout->y,
                               instru_layout_get_width (layout) - FIELD_LABEL_PT);
    }
}

void
instru_pages_add_answer (InstruLayout *layout, const InstruAnalysis *analysis)
{
  instru_layout_add_page (layout);
  add_title (layout, analysis);
  add_verdict (layout, analysis);
  add_numbers (layout, analysis);
  add_timeline (layout, analysis);
  add_quality (layout, analysis);
  add_warnings (layout, analysis);
  add_fields (layout);
}
