/* The canvas on paper: what poppler finds on a page that was drawn through it. */
#include "canvas-pdf.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "pdf-text.h"

static const InstruColor black = { 0.0, 0.0, 0.0, 1.0 };
static const InstruColor red = { 1.0, 0.0, 0.0, 1.0 };

typedef struct
{
  InstruPdf *pdf;
  InstruCanvas *canvas;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("instrunet-canvas-XXXXXX.pdf", &fixture->path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  fixture->pdf = instru_pdf_new (&error);
  g_assert_no_error (error);
  fixture->canvas = instru_pdf_add_page (fixture->pdf, 200.0, 100.0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->canvas, instru_canvas_free);
  g_clear_pointer (&fixture->pdf, instru_pdf_free);
  g_remove (fixture->path);
  g_free (fixture->path);
}

static void
save (Fixture *fixture)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  g_autoptr (GError) error = NULL;

  instru_pdf_save (fixture->pdf, file, &error);
  g_assert_no_error (error);
}

static GBytes *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  GBytes *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

static char *
read_text (Fixture *fixture)
{
  g_autoptr (GBytes) output =
      run ((const char *const[]){ "pdftotext", "-raw", fixture->path, "-", NULL });
  gsize length = 0;
  const char *data = g_bytes_get_data (output, &length);

  return g_strndup (data != NULL ? data : "", length);
}

/* The page at 72 dpi: one pixel a point, RGB, after the header "P6\n200 100\n255\n". */
static GBytes *
render (Fixture *fixture)
{
  static const char header[] = "P6\n200 100\n255\n";
  g_autoptr (GBytes) output =
      run ((const char *const[]){ "pdftoppm", "-r", "72", fixture->path, NULL });
  gsize length = 0;
  const char *data = g_bytes_get_data (output, &length);

  g_assert_cmpuint (length, ==, strlen (header) + 200 * 100 * 3);
  g_assert_true (strncmp (data, header, strlen (header)) == 0);
  return g_bytes_new_from_bytes (output, strlen (header), 200 * 100 * 3);
}

static guint
get_pixel (GBytes *picture, gsize x, gsize y)
{
  const guint8 *rgb = (const guint8 *) g_bytes_get_data (picture, NULL) + 3 * (200 * y + x);

  return (guint) rgb[0] << 16 | (guint) rgb[1] << 8 | rgb[2];
}

/* — shapes — */

static void
test_y_grows_downwards (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) picture = NULL;

  instru_canvas_rectangle (fixture->canvas, (InstruRect){ 10.0, 20.0, 30.0, 5.0 });
  instru_canvas_fill (fixture->canvas, red);
  save (fixture);
  picture = render (fixture);
  g_assert_cmphex (get_pixel (picture, 25, 22), ==, 0xff0000);
  g_assert_cmphex (get_pixel (picture, 25, 18), ==, 0xffffff);
  g_assert_cmphex (get_pixel (picture, 25, 27), ==, 0xffffff);
  g_assert_cmphex (get_pixel (picture, 42, 22), ==, 0xffffff);
}

static void
test_transform_and_clip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) picture = NULL;

  instru_canvas_save (fixture->canvas);
  instru_canvas_translate (fixture->canvas, 100.0, 50.0);
  instru_canvas_scale (fixture->canvas, 0.5);
  instru_canvas_clip (fixture->canvas, (InstruRect){ 0.0, 0.0, 40.0, 40.0 });
  instru_canvas_rectangle (fixture->canvas, (InstruRect){ -20.0, -20.0, 200.0, 200.0 });
  instru_canvas_fill (fixture->canvas, red);
  instru_canvas_restore (fixture->canvas);
  instru_canvas_circle (fixture->canvas, 20.0, 20.0, 8.0);
  instru_canvas_fill (fixture->canvas, black);
  save (fixture);
  picture = render (fixture);
  g_assert_cmphex (get_pixel (picture, 110, 60), ==, 0xff0000);
  g_assert_cmphex (get_pixel (picture, 97, 60), ==, 0xffffff);
  g_assert_cmphex (get_pixel (picture, 123, 60), ==, 0xffffff);
  g_assert_cmphex (get_pixel (picture, 20, 14), ==, 0x000000);
  g_assert_cmphex (get_pixel (picture, 13, 13), ==, 0xffffff);
}

static void
test_dashes_and_transparency (Fixture *fixture, gconstpointer data)
{
  const double dash[] = { 10.0, 10.0 };
  g_autoptr (GBytes) picture = NULL;

  instru_canvas_move_to (fixture->canvas, 0.0, 50.0);
  instru_canvas_line_to (fixture->canvas, 200.0, 50.0);
  instru_canvas_stroke (fixture->canvas, red, 6.0, dash, 2);
  instru_canvas_rectangle (fixture->canvas, (InstruRect){ 0.0, 80.0, 50.0, 20.0 });
  instru_canvas_fill (fixture->canvas, (InstruColor){ 0.0, 0.0, 0.0, 0.5 });
  save (fixture);
  picture = render (fixture);
  for (gsize i = 0; i < 9; i++)
    {
      g_assert_cmphex (get_pixel (picture, 20 * i + 5, 50), ==, 0xff0000);
      g_assert_cmphex (get_pixel (picture, 20 * i + 15, 50), ==, 0xffffff);
    }
  g_assert_cmpfloat_with_epsilon (get_pixel (picture, 20, 90) & 0xff, 128.0, 2.0);
}

/* A plot may be given anything; what is not a number draws nothing and breaks nothing. */
static void
test_not_numbers (Fixture *fixture, gconstpointer data)
{
  InstruTextStyle style = { .size = 9.0 };
  g_autoptr (GBytes) picture = NULL;

  instru_canvas_close_path (fixture->canvas);
  instru_canvas_stroke (fixture->canvas, black, 1.0, NULL, 0);
  instru_canvas_move_to (fixture->canvas, (double) NAN, 3.0);
  instru_canvas_line_to (fixture->canvas, (double) INFINITY, 3.0);
  instru_canvas_fill (fixture->canvas, black);
  instru_canvas_text (fixture->canvas, (double) NAN, 3.0, "no", &style, black);
  instru_canvas_rectangle (fixture->canvas, (InstruRect){ 10.0, 10.0, 10.0, 10.0 });
  instru_canvas_fill (fixture->canvas, red);
  save (fixture);
  picture = render (fixture);
  g_assert_cmphex (get_pixel (picture, 15, 15), ==, 0xff0000);
  g_assert_cmphex (get_pixel (picture, 100, 3), ==, 0xffffff);
}

/* — pictures — */

static void
draw_picture (Fixture *fixture, gsize n_colors, guint32 alpha)
{
  g_autofree guint32 *pixels = g_new (guint32, 64 * 16);
  InstruImage image = { 64, 16, pixels };

  for (gsize i = 0; i < 64 * 16; i++)
    pixels[i] = alpha << 24 | (guint32) (i % n_colors) | (i < 64 ? (alpha << 16) : 0);
  instru_canvas_image (fixture->canvas, &image, (InstruRect){ 20.0, 20.0, 128.0, 32.0 });
  save (fixture);
}

static char *
list_images (Fixture *fixture)
{
  g_autoptr (GBytes) output =
      run ((const char *const[]){ "pdfimages", "-list", fixture->path, NULL });

  return g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
}

static void
test_few_colors_are_a_palette (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = NULL;
  g_autoptr (GBytes) picture = NULL;

  draw_picture (fixture, 100, 0xff);
  list = list_images (fixture);
  g_assert_nonnull (strstr (list, "index"));
  g_assert_null (strstr (list, "smask"));

  /* The first row is at the top; red there, nearly black below. */
  picture = render (fixture);
  g_assert_cmpuint (get_pixel (picture, 60, 20) >> 16, ==, 0xff);
  g_assert_cmpuint (get_pixel (picture, 60, 48) >> 16, ==, 0x00);
}

static void
test_many_colors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = NULL;

  draw_picture (fixture, 1000, 0xff);
  list = list_images (fixture);
  g_assert_nonnull (strstr (list, "rgb"));
}

static void
test_transparent_picture (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = NULL;
  g_autoptr (GBytes) picture = NULL;

  draw_picture (fixture, 1, 0x80);
  list = list_images (fixture);
  g_assert_nonnull (strstr (list, "smask"));
  picture = render (fixture);
  g_assert_cmpfloat_with_epsilon (get_pixel (picture, 60, 45) & 0xff, 127.0, 3.0);
}

/* — text — */

static void
test_text_is_text (Fixture *fixture, gconstpointer data)
{
  static const char line[] = "Größe ǻ Łódź Ώμος Ёлка й −12";
  InstruTextStyle style = { .size = 9.0, .bold = TRUE, .align = INSTRU_ALIGN_CENTER };
  g_autofree char *decomposed = g_utf8_normalize ("Mélodie", -1, G_NORMALIZE_NFD);
  g_autofree char *text = NULL;

  instru_canvas_text (fixture->canvas, 100.0, 30.0, line, &style, black);
  instru_canvas_text (fixture->canvas, 100.0, 60.0, decomposed, &style, black);
  save (fixture);
  text = read_text (fixture);
  g_assert_nonnull (strstr (text, line));
  g_assert_nonnull (strstr (text, "Mélodie"));
}

/* The accents are drawn, too: there is ink above the letter's body. */
static void
test_accents_have_ink (Fixture *fixture, gconstpointer data)
{
  InstruTextStyle style = { .size = 40.0 };
  g_autoptr (GBytes) picture = NULL;
  gsize n_inked = 0;

  instru_canvas_text (fixture->canvas, 20.0, 60.0, "ё", &style, black);
  save (fixture);
  picture = render (fixture);
  /* x-height is 0.55 of the size: the body ends at 60 − 22 = 38, the dots are above it. */
  for (gsize y = 25; y < 36; y++)
    for (gsize x = 20; x < 50; x++)
      n_inked += (get_pixel (picture, x, y) & 0xff) < 0x80;
  g_assert_cmpuint (n_inked, >=, 10);
}

static void
test_alignment (Fixture *fixture, gconstpointer data)
{
  InstruTextStyle style = { .size = 10.0, .align = INSTRU_ALIGN_END };
  InstruTextExtents extents = instru_canvas_text_extents (fixture->canvas, "iiiiiiiiii", &style);
  InstruTextExtents wide = instru_canvas_text_extents (fixture->canvas, "MMMMMMMMMM", &style);
  g_autoptr (GBytes) picture = NULL;
  gsize last = 0;

  g_assert_cmpfloat (extents.width, >, 20.0);
  g_assert_cmpfloat (wide.width, >, 2.0 * extents.width);
  g_assert_cmpfloat (extents.ascent, >, 6.0);
  g_assert_cmpfloat (extents.descent, >, 1.0);

  instru_canvas_text (fixture->canvas, 150.0, 50.0, "MMMM", &style, black);
  save (fixture);
  picture = render (fixture);
  for (gsize x = 0; x < 200; x++)
    for (gsize y = 40; y < 52; y++)
      if ((get_pixel (picture, x, y) & 0xff) < 0x80)
        last = x;
  g_assert_cmpuint (last, >=, 146);
  g_assert_cmpuint (last, <=, 150);
}

static void
test_other_scripts_are_pictures (Fixture *fixture, gconstpointer data)
{
  InstruTextStyle style = { .size = 12.0 };
  g_autofree char *text = NULL;
  g_autofree char *list = NULL;
  double width;

  width = instru_canvas_text_extents (fixture->canvas, "before 笛 🎺 after", &style).width;
  g_assert_cmpfloat (
      width, >, instru_canvas_text_extents (fixture->canvas, "before  after", &style).width + 12.0);
  instru_canvas_text (fixture->canvas, 10.0, 50.0, "before 笛 🎺 after", &style, black);
  save (fixture);
  text = read_text (fixture);
  g_assert_nonnull (strstr (text, "before"));
  g_assert_nonnull (strstr (text, "after"));
  list = list_images (fixture);
  g_assert_nonnull (strstr (list, "smask"));
}

static void
assert_runs (Fixture *fixture, const char *text, const char *expected)
{
  g_autoptr (GArray) runs = instru_pdf_split_text (fixture->pdf, text);
  g_autoptr (GString) joined = g_string_new (NULL);
  gsize at = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      const InstruTextRun *part = &g_array_index (runs, InstruTextRun, i);

      g_assert_cmpuint (part->start, ==, at);
      at += part->length;
      g_string_append (joined, part->is_covered ? "(" : "[");
      g_string_append_len (joined, text + part->start, (gssize) part->length);
      g_string_append (joined, part->is_covered ? ")" : "]");
    }
  g_assert_cmpuint (at, ==, strlen (text));
  g_assert_cmpstr (joined->str, ==, expected);
}

static void
test_runs (Fixture *fixture, gconstpointer data)
{
  assert_runs (fixture, "", "");
  assert_runs (fixture, "abc def", "(abc def)");
  assert_runs (fixture, "笛 笛", "[笛 笛]");
  assert_runs (fixture, "a 笛 笛 b c", "(a )[笛 笛]( b c)");
  assert_runs (fixture, " 笛.wav ", "( )[笛.wav]( )");
}

/* — errors — */

static void
test_missing_font (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_strdup (g_getenv ("INSTRU_DATA_DIR"));
  g_autoptr (GError) error = NULL;
  InstruPdf *pdf;

  g_setenv ("INSTRU_DATA_DIR", "/no/such/folder", TRUE);
  pdf = instru_pdf_new (&error);
  g_setenv ("INSTRU_DATA_DIR", folder, TRUE);
  g_assert_null (pdf);
  g_assert_error (error, INSTRU_PDF_ERROR, (int) HPDF_FILE_OPEN_ERROR);
  g_assert_nonnull (strstr (error->message, "/no/such/folder"));
}

/* An error of libharu in the middle of drawing is told at the end, and nothing is written. */
static void
test_error_of_the_library (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/tmp/instrunet-never-written.pdf");
  g_autoptr (GError) error = NULL;

  HPDF_GetFont (instru_pdf_get_document (fixture->pdf), "No Such Font", NULL);
  instru_canvas_rectangle (fixture->canvas, (InstruRect){ 10.0, 10.0, 10.0, 10.0 });
  instru_canvas_fill (fixture->canvas, red);
  g_assert_false (instru_pdf_save (fixture->pdf, file, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == INSTRU_PDF_ERROR);
  g_assert_false (g_file_query_exists (file, NULL));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/canvas-pdf/y-grows-downwards", test_y_grows_downwards },
    { "/canvas-pdf/transform-and-clip", test_transform_and_clip },
    { "/canvas-pdf/dashes-and-transparency", test_dashes_and_transparency },
    { "/canvas-pdf/not-numbers", test_not_numbers },
    { "/canvas-pdf/few-colors-are-a-palette", test_few_colors_are_a_palette },
    { "/canvas-pdf/many-colors", test_many_colors },
    { "/canvas-pdf/transparent-picture", test_transparent_picture },
    { "/canvas-pdf/text-is-text", test_text_is_text },
    { "/canvas-pdf/accents-have-ink", test_accents_have_ink },
    { "/canvas-pdf/alignment", test_alignment },
    { "/canvas-pdf/other-scripts-are-pictures", test_other_scripts_are_pictures },
    { "/canvas-pdf/runs", test_runs },
    { "/canvas-pdf/missing-font", test_missing_font },
    { "/canvas-pdf/error-of-the-library", test_error_of_the_library },
  };

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
