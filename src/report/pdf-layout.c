/* The flow of the document. Paragraphs, headings and pictures ask for their height first, so that
 * nothing is ever cut by the end of a page. */
#include "pdf-layout.h"

#include <string.h>

/* A4 at 72 points an inch. */
#define PAGE_WIDTH_PT  595.28
#define PAGE_HEIGHT_PT 841.89
#define MARGIN_PT      48.0
/* Under the header line, over the footer line. */
#define TOP_PT    78.0
#define BOTTOM_PT (PAGE_HEIGHT_PT - 62.0)
/* Inside a row of a table. */
#define CELL_BASE_LINE_PT 12.0
#define CELL_GAP_PT       4.0

InstruLayout *
instru_layout_new (InstruPdf *pdf)
{
  InstruLayout *self = g_new0 (InstruLayout, 1);

  self->pdf = pdf;
  self->canvases = g_ptr_array_new_with_free_func ((GDestroyNotify) instru_canvas_free);
  self->pages = g_array_new (FALSE, FALSE, sizeof (HPDF_Page));
  self->theme = instru_theme_paper ();
  self->left = MARGIN_PT;
  self->right = PAGE_WIDTH_PT - MARGIN_PT;
  self->bottom = BOTTOM_PT;
  return self;
}

void
instru_layout_free (InstruLayout *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->canvases);
  g_array_unref (self->pages);
  g_free (self);
}

void
instru_layout_add_page (InstruLayout *self)
{
  HPDF_Page page;

  self->canvas = instru_pdf_add_page (self->pdf, PAGE_WIDTH_PT, PAGE_HEIGHT_PT);
  g_ptr_array_add (self->canvases, self->canvas);
  page = HPDF_GetCurrentPage (instru_pdf_get_document (self->pdf));
  g_array_append_val (self->pages, page);
  self->y = TOP_PT;
}

void
instru_layout_ensure (InstruLayout *self, double height)
{
  if (self->y + height > self->bottom && self->y > TOP_PT)
    instru_layout_add_page (self);
}

double
instru_layout_get_width (const InstruLayout *self)
{
  return self->right - self->left;
}

InstruTextStyle
instru_layout_get_style (InstruType type)
{
  static const InstruTextStyle styles[INSTRU_N_TYPES] = {
    [INSTRU_TYPE_SMALL] = { .size = 8.0 },
    [INSTRU_TYPE_BODY] = { .size = 9.0 },
    [INSTRU_TYPE_TABLE] = { .size = 8.5 },
    [INSTRU_TYPE_SECTION] = { .size = 10.5, .bold = TRUE },
    [INSTRU_TYPE_TITLE] = { .size = 18.0, .bold = TRUE },
    [INSTRU_TYPE_VERDICT] = { .size = 38.0, .bold = TRUE },
  };

  return styles[type];
}

/* — text — */

static double
text_width (InstruCanvas *canvas, const char *text, const InstruTextStyle *style)
{
  return instru_canvas_text_extents (canvas, text, style).width;
}

/* How many bytes at the start of @text fit into @width, at least one character. */
static gsize
fitting_bytes (InstruCanvas *canvas, const char *text, const InstruTextStyle *style, double width)
{
  glong least = 1, most = g_utf8_strlen (text, -1);

  while (least < most)
    {
      glong middle = (least + most + 1) / 2;
      g_autofree char *start = g_utf8_substring (text, 0, middle);

      if (text_width (canvas, start, style) <= width)
        least = middle;
      else
        most = middle - 1;
    }
  return (gsize) (g_utf8_offset_to_pointer (text, least) - text);
}

static void
end_line (GPtrArray *lines, GString *line)
{
  g_ptr_array_add (lines, g_strdup (line->str));
  g_string_truncate (line, 0);
}

/* A word wider than a line (a long name, or a script without spaces) is cut between characters. */
static void
cut_word (GPtrArray *lines,
          GString *line,
          InstruCanvas *canvas,
          const InstruTextStyle *style,
          double width)
{
  while (text_width (canvas, line->str, style) > width)
    {
      gsize n_bytes = fitting_bytes (canvas, line->str, style, width);

      if (n_bytes == line->len)
        return;
      g_ptr_array_add (lines, g_strndup (line->str, n_bytes));
      g_string_erase (line, 0, (gssize) n_bytes);
    }
}

GStrv
instru_layout_wrap (InstruCanvas *canvas,
                    const char *text,
                    const InstruTextStyle *style,
                    double width)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  double space = text_width (canvas, " ", style);
  double line_width = 0.0;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      double word_width = text_width (canvas, words[i], style);

      if (words[i][0] == '\0')
        continue;
      if (line->len > 0 && line_width + space + word_width > width)
        end_line (lines, line);
      line_width = line->len > 0 ? line_width + space + word_width : word_width;
      if (line->len > 0)
        g_string_append_c (line, ' ');
      g_string_append (line, words[i]);
      if (line_width > width)
        {
          cut_word (lines, line, canvas, style, width);
          line_width = text_width (canvas, line->str, style);
        }
    }
  end_line (lines, line);
  g_ptr_array_add (lines, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

/* The first and last characters, @n_kept in all, around "…". */
static char *
keep_ends (const char *text, glong n_characters, glong n_kept)
{
  glong n_end = n_kept / 2, n_start = n_kept - n_end;
  g_autofree char *start = g_utf8_substring (text, 0, n_start);

  return g_strconcat (start, "…", g_utf8_offset_to_pointer (text, n_characters - n_end), NULL);
}

char *
instru_layout_ellipsize (InstruCanvas *canvas,
                         const char *text,
                         const InstruTextStyle *style,
                         double width)
{
  glong n_characters = g_utf8_strlen (text, -1);
  glong least = 0, most = n_characters - 1;

  if (n_characters == 0 || text_width (canvas, text, style) <= width)
    return g_strdup (text);

  while (least < most)
    {
      glong middle = (least + most + 1) / 2;
      g_autofree char *shorter = keep_ends (text, n_characters, middle);

      if (text_width (canvas, shorter, style) <= width)
        least = middle;
      else
        most = middle - 1;
    }
  return keep_ends (text, n_characters, least);
}

double
instru_layout_draw_text (InstruLayout *self,
                         const char *text,
                         InstruType type,
                         InstruColor color,
                         double x,
                         double y,
                         double width)
{
  InstruTextStyle style = instru_layout_get_style (type);
  double leading = style.size * INSTRU_LAYOUT_LEADING;
  g_auto (GStrv) lines = instru_layout_wrap (self->canvas, text, &style, width);
  gsize n_lines = g_strv_length (lines);

  for (gsize i = 0; i < n_lines; i++)
    instru_canvas_text (self->canvas, x, y + style.size + (double) i * leading, lines[i], &style,
                        color);
  return (double) n_lines * leading;
}

double
instru_layout_measure_text (InstruLayout *self, const char *text, InstruType type, double width)
{
  InstruTextStyle style = instru_layout_get_style (type);
  g_auto (GStrv) lines = instru_layout_wrap (self->canvas, text, &style, width);

  return (double) g_strv_length (lines) * style.size * INSTRU_LAYOUT_LEADING;
}

void
instru_layout_add_heading (InstruLayout *self, const char *text, InstruType type)
{
  self->y += instru_layout_draw_text (self, text, type, self->theme.text, self->left, self->y,
                                      instru_layout_get_width (self));
}

void
instru_layout_add_paragraph (InstruLayout *self, const char *text, InstruColor color)
{
  double width = instru_layout_get_width (self);

  instru_layout_ensure (self, instru_layout_measure_text (self, text, INSTRU_TYPE_BODY, width));
  self->y +=
      instru_layout_draw_text (self, text, INSTRU_TYPE_BODY, color, self->left, self->y, width);
}

void
instru_layout_draw_row (InstruLayout *self,
                        const char *const *cells,
                        const double *columns,
                        gsize n_cells,
                        double y,
                        gboolean head)
{
  InstruTextStyle style = instru_layout_get_style (INSTRU_TYPE_TABLE);

  style.bold = head;
  for (gsize i = 0; i < n_cells; i++)
    {
      double width = columns[i + 1] - columns[i] - CELL_GAP_PT;
      g_autofree char *fitting = instru_layout_ellipsize (self->canvas, cells[i], &style, width);

      instru_canvas_text (self->canvas, columns[i], y + CELL_BASE_LINE_PT, fitting, &style,
                          head ? self->theme.dim : self->theme.text);
    }
  instru_layout_draw_rule (self, columns[0], y + INSTRU_LAYOUT_ROW, columns[n_cells] - columns[0]);
}

void
instru_layout_draw_rule (InstruLayout *self, double x, double y, double width)
{
  instru_canvas_move_to (self->canvas, x, y);
  instru_canvas_line_to (self->canvas, x + width, y);
  instru_canvas_stroke (self->canvas, self->theme.grid, 0.6, NULL, 0);
}
