/* An analysis for a person at a terminal: the answer first, then eight bars, then the numbers, and
 * last what to be careful about. Columns are counted as a terminal shows them, so that names in
 * any script keep the tables straight. */
#include "text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "facts.h"
#include "measures.h"

#define INDENT 2

/* — columns — */

static gsize
character_columns (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

static gsize
text_columns (const char *text)
{
  gsize columns = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    columns += character_columns (g_utf8_get_char (at));
  return columns;
}

static void
append_spaces (GString *text, gsize n_spaces)
{
  for (gsize i = 0; i < n_spaces; i++)
    g_string_append_c (text, ' ');
}

static void
append_padded (GString *text, const char *cell, gsize width)
{
  gsize columns = text_columns (cell);

  g_string_append (text, cell);
  append_spaces (text, columns < width ? width - columns : 0);
}

/* Flush right. */
static void
append_right (GString *text, const char *cell, gsize width)
{
  gsize columns = text_columns (cell);

  append_spaces (text, columns < width ? width - columns : 0);
  g_string_append (text, cell);
}

/* Words in lines of at most @width columns, each indented; a longer word stands alone. */
static void
append_wrapped (GString *text, const char *sentence, gsize indent, gsize width)
{
  g_auto (GStrv) words = g_strsplit (sentence, " ", -1);
  gsize column = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      gsize columns = text_columns (words[i]);

      if (columns == 0)
        continue;
      if (column > 0 && column + 1 + columns > width)
        {
          g_string_append_c (text, '\n');
          column = 0;
        }
      append_spaces (text, column == 0 ? indent : 1);
      g_string_append (text, words[i]);
      column += column == 0 ? indent + columns : 1 + columns;
    }
  g_string_append_c (text, '\n');
}

static void
append_wrapped_printable (GString *text, const char *sentence, gsize indent, gsize width)
{
  g_autofree char *printable = instru_facts_make_printable (sentence);

  append_wrapped (text, printable, indent, width);
}

/* — parts — */

static void
append_verdict (GString *text, const InstruVerdict *verdict, gsize width)
{
  g_autofree char *sentence = instru_verdict_describe (verdict);
  g_autofree char *score = instru_measures_format_score (verdict->confidence);
  g_autofree char *headline =
      verdict->sure ? g_strdup_printf ("%s %s", instru_verdict_get_headline (verdict), score)
                    : g_strdup (instru_verdict_get_headline (verdict));

  append_wrapped (text, headline, INDENT, width);
  append_wrapped (text, sentence, INDENT, width);
  g_string_append_c (text, '\n');
}

/* Eighths of a block where the terminal can show them, else whole signs. */
static void
append_bar (GString *text, double score, gsize width, gboolean has_blocks)
{
  static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
  double length = CLAMP (score, 0.0, 1.0) * (double) width;
  gsize n_whole = (gsize) (has_blocks ? length : rint (length));
  gsize n_eighths = has_blocks ? (gsize) rint (8.0 * (length - (double) n_whole)) : 0;

  if (n_eighths == 8)
    {
      n_whole++;
      n_eighths = 0;
    }
  for (gsize i = 0; i < n_whole; i++)
    g_string_append (text, has_blocks ? "█" : "#");
  g_string_append (text, eighths[n_eighths]);
  append_spaces (text, width - n_whole - (n_eighths > 0 ? 1 : 0));
}

static void
append_bars (GString *text, const InstruVerdict *verdict, gsize width)
{
  gboolean has_blocks = g_get_charset (NULL);
  gsize label_width = 0, bar_width;

  if (!verdict->has_scores)
    return;

  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    label_width = MAX (label_width, text_columns (instru_family_get_label ((InstruFamily) family)));
  /* The label, two spaces, the bar, a space, "100 %". */
  bar_width = width > INDENT + label_width + 18 ? width - INDENT - label_width - 8 : 10;
  bar_width = MIN (bar_width, 50);

  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      g_autofree char *score = instru_measures_format_score (verdict->scores[family]);

      append_spaces (text, INDENT);
      append_padded (text, instru_family_get_label ((InstruFamily) family), label_width + 2);
      append_bar (text, verdict->scores[family], bar_width, has_blocks);
      append_right (text, score, 6);
      g_string_append_c (text, '\n');
    }
  g_string_append_c (text, '\n');
}

static gsize
widest_label (GPtrArray *measures)
{
  gsize width = 0;

  for (guint i = 0; i < measures->len; i++)
    {
      const InstruMeasure *measure = g_ptr_array_index (measures, i);

      width = MAX (width, text_columns (measure->label));
    }
  return width;
}

static void
append_measures (GString *text, GPtrArray *measures, gsize label_width)
{
  for (guint i = 0; i < measures->len; i++)
    {
      const InstruMeasure *measure = g_ptr_array_index (measures, i);

      append_spaces (text, INDENT);
      append_padded (text, measure->label, label_width + 2);
      append_right (text, measure->value, 12);
      if (measure->spread != NULL)
        {
          append_spaces (text, 3);
          g_string_append (text, measure->spread);
        }
      g_string_append_c (text, '\n');
    }
}

static void
append_numbers (GString *text, const InstruAnalysis *analysis, gsize width)
{
  g_autoptr (GPtrArray) sound = instru_measures_of_sound (analysis);
  g_autoptr (GPtrArray) quality = instru_measures_of_quality (analysis);
  const InstruQuality *measured = instru_analysis_get_quality (analysis);
  g_autofree char *rating = g_strdup_printf (_ ("Quality of the recording: %s"),
                                             instru_measures_get_rating_label (measured->rating));
  gsize label_width = MAX (widest_label (sound), widest_label (quality));

  append_measures (text, sound, label_width);
  g_string_append_c (text, '\n');
  append_wrapped (text, rating, INDENT, width);
  append_measures (text, quality, label_width);
}

static void
append_kind (GString *text, const InstruAnalysis *analysis, gsize width)
{
  g_autofree char *duration =
      instru_measures_format_duration (instru_analysis_get_duration_s (analysis));
  g_autofree char *kind = instru_measures_format_kind (analysis);
  g_autofree char *tags = instru_measures_format_tags (analysis);
  g_autofree char *line = g_strjoin (" · ", duration, kind, tags, NULL);

  append_wrapped_printable (text, line, INDENT, width);
  g_string_append_c (text, '\n');
}

char *
instru_text_from_analysis (const InstruAnalysis *analysis, const char *name, gsize width)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (analysis);
  const char *const *warnings = instru_analysis_get_warnings (analysis);
  g_autofree char *printable = instru_facts_make_printable (name);
  GString *text = g_string_new (printable);

  g_string_append_c (text, '\n');
  append_kind (text, analysis, width);
  append_verdict (text, verdict, width);
  append_bars (text, verdict, width);
  append_numbers (text, analysis, width);
  for (gsize i = 0; warnings[i] != NULL; i++)
    {
      g_autofree char *warning = g_strdup_printf (_ ("Careful: %s"), warnings[i]);

      g_string_append_c (text, '\n');
      append_wrapped_printable (text, warning, INDENT, width);
    }
  return g_string_free (text, FALSE);
}
