/* The document: its pages, the header and footer lines around them, bookmarks, and what the file
 * says of itself. */
#include "pdf-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "canvas-pdf.h"
#include "facts.h"
#include "instru-config.h"
#include "pdf-layout.h"
#include "pdf-pages.h"

#define HEADER_PT  50.0 /* base line, from the top */
#define FOOTER_PT  40.0 /* base line, from the bottom of the flow */
#define MAX_NAME   120  /* bytes of a suggested file name before " report.pdf" */
#define MAX_NUMBER 10000

/* — names for reports — */

/* "clarinet-study" of "clarinet-study.flac", safe as a file name on any file system, not longer
 * than MAX_NAME bytes. */
static char *
make_stem (const char *display_name)
{
  g_autofree char *stem = instru_facts_make_printable (display_name);
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  if (strlen (stem) > MAX_NAME)
    *g_utf8_find_prev_char (stem, stem + MAX_NAME) = '\0';
  g_strdelimit (stem, "/\\:*?\"<>|", '-');
  return g_strdup (g_strstrip (stem));
}

static GFile *
suggest_file (const char *display_name, GFile *folder, GHashTable *taken)
{
  g_autofree char *stem = make_stem (display_name);

  for (guint number = 1;; number++)
    {
      g_autofree char *suffix = number > 1 ? g_strdup_printf (" %u", number) : g_strdup ("");
      g_autofree char *name = g_strdup_printf (_ ("%s report%s.pdf"), stem, suffix);
      GFile *file = g_file_get_child (folder, name);
      gboolean is_taken = (taken != NULL && g_hash_table_contains (taken, file)) ||
                          g_file_query_exists (file, NULL);

      if (!is_taken || number == MAX_NUMBER)
        {
          if (taken != NULL)
            g_hash_table_add (taken, g_object_ref (file));
          return file;
        }
      g_object_unref (file);
    }
}

GFile *
instru_report_suggest_file (const InstruAnalysis *analysis, GFile *folder)
{
  return suggest_file (instru_analysis_get_display_name (analysis), folder, NULL);
}

GFile *
instru_report_suggest_file_for (GFile *recording, GFile *folder, GHashTable *taken)
{
  g_autofree char *basename = g_file_get_basename (recording);
  g_autofree char *display_name = g_filename_display_name (basename != NULL ? basename : "");

  return suggest_file (display_name, folder, taken);
}

/* — header and footer lines — */

static void
draw_header (InstruLayout *layout, const char *name)
{
  InstruTextStyle style = instru_layout_get_style (INSTRU_TYPE_SMALL);
  InstruTextStyle right = style;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%-d %B %Y");
  g_autofree char *analysed = g_strdup_printf (_ ("Analysed %s"), date);
  double date_width = instru_canvas_text_extents (layout->canvas, analysed, &style).width;
  g_autofree char *short_name =
      instru_layout_ellipsize (layout->canvas, name, &style,
                               instru_layout_get_width (layout) - date_width - INSTRU_LAYOUT_GAP);

  right.align = INSTRU_ALIGN_END;
  instru_canvas_text (layout->canvas, layout->left, HEADER_PT, short_name, &style,
                      layout->theme.dim);
  instru_canvas_text (layout->canvas, layout->right, HEADER_PT, analysed, &right,
                      layout->theme.dim);
  instru_layout_draw_rule (layout, layout->left, HEADER_PT + INSTRU_LAYOUT_GAP_SMALL * 1.6,
                           instru_layout_get_width (layout));
}

/* "InstruNet 0.1.0 · model compact 1 · SHA-256 4f1c…9a02" */
static char *
describe_origin (const InstruModelInfo *model)
{
  gsize length;

  if (model == NULL)
    return g_strdup ("InstruNet " INSTRU_VERSION);

  length = strlen (model->sha256);
  return g_strdup_printf (_ ("InstruNet %s · model %s %s · SHA-256 %.4s…%s"), INSTRU_VERSION,
                          model->name, model->version, model->sha256,
                          model->sha256 + (length > 4 ? length - 4 : 0));
}

static void
draw_footer (InstruLayout *layout, const char *origin, guint page, guint n_pages)
{
  InstruTextStyle style = instru_layout_get_style (INSTRU_TYPE_SMALL);
  g_autofree char *number = g_strdup_printf (_ ("page %u of %u"), page, n_pages);
  double y = layout->bottom + FOOTER_PT / 1.6;

  instru_canvas_text (layout->canvas, layout->left, y, origin, &style, layout->theme.dim);
  style.align = INSTRU_ALIGN_END;
  instru_canvas_text (layout->canvas, layout->right, y, number, &style, layout->theme.dim);
}

/* Afterwards, when the number of pages is known. */
static void
draw_frames (InstruLayout *layout, const InstruAnalysis *analysis)
{
  g_autofree char *name = instru_facts_make_printable (instru_analysis_get_display_name (analysis));
  g_autofree char *origin = describe_origin (instru_analysis_get_model_info (analysis));

  for (guint i = 0; i < layout->canvases->len; i++)
    {
      layout->canvas = g_ptr_array_index (layout->canvases, i);
      draw_header (layout, name);
      draw_footer (layout, origin, i + 1, layout->canvases->len);
    }
}

/* — the document — */

static void
add_bookmark (InstruLayout *layout, HPDF_Doc document, const char *title, guint page)
{
  HPDF_Encoder encoder = HPDF_GetEncoder (document, "UTF-8");
  HPDF_Outline outline = HPDF_CreateOutline (document, NULL, title, encoder);
  HPDF_Destination destination =
      HPDF_Page_CreateDestination (g_array_index (layout->pages, HPDF_Page, page));

  HPDF_Outline_SetDestination (outline, destination);
}

static void
set_metadata (HPDF_Doc document, const InstruAnalysis *analysis)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (analysis);
  g_autofree char *name = instru_facts_make_printable (instru_analysis_get_display_name (analysis));
  g_autofree char *title = g_strdup_printf (_ ("What “%s” sounds like"), name);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  HPDF_Date date = { g_date_time_get_year (now),
                     g_date_time_get_month (now),
                     g_date_time_get_day_of_month (now),
                     g_date_time_get_hour (now),
                     g_date_time_get_minute (now),
                     g_date_time_get_second (now),
                     'Z',
                     0,
                     0 };

  HPDF_SetCurrentEncoder (document, "UTF-8");
  HPDF_SetInfoAttr (document, HPDF_INFO_TITLE, title);
  HPDF_SetInfoAttr (document, HPDF_INFO_AUTHOR, "InstruNet");
  HPDF_SetInfoAttr (document, HPDF_INFO_CREATOR, "InstruNet " INSTRU_VERSION);
  HPDF_SetInfoAttr (document, HPDF_INFO_SUBJECT, instru_verdict_get_headline (verdict));
  HPDF_SetInfoDateAttr (document, HPDF_INFO_CREATION_DATE, date);
}

static void
build (InstruPdf *pdf, const InstruAnalysis *analysis)
{
  HPDF_Doc document = instru_pdf_get_document (pdf);
  g_autoptr (InstruLayout) layout = instru_layout_new (pdf);
  const struct
  {
    void (*add) (InstruLayout *layout, const InstruAnalysis *analysis);
    const char *heading;
  } parts[] = {
    { instru_pages_add_answer, instru_pages_get_answer_heading () },
    { instru_pages_add_sound, instru_pages_get_sound_heading () },
    { instru_pages_add_timbre, instru_pages_get_timbre_heading () },
    { instru_pages_add_method, instru_pages_get_method_heading () },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      guint first_page = layout->canvases->len;

      parts[i].add (layout, analysis);
      add_bookmark (layout, document, parts[i].heading, first_page);
    }
  draw_frames (layout, analysis);
  set_metadata (document, analysis);
}

gboolean
instru_report_write_pdf (const InstruAnalysis *analysis, GFile *destination, GError **error)
{
  g_autoptr (InstruPdf) pdf = NULL;

  g_return_val_if_fail (analysis != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (destination), FALSE);

  pdf = instru_pdf_new (error);
  if (pdf == NULL)
    return FALSE;
  build (pdf, analysis);
  return instru_pdf_save (pdf, destination, error);
}
