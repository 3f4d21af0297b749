/* Words in lines, and names that are too long for one. */
#include "pdf-layout.h"

#include <string.h>

#include "canvas-cairo.h"

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  InstruCanvas *canvas;
  InstruTextStyle style;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 8, 8);
  fixture->cr = cairo_create (fixture->surface);
  fixture->canvas = instru_canvas_new_for_cairo (fixture->cr, NULL);
  fixture->style = instru_layout_get_style (INSTRU_TYPE_BODY);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  instru_canvas_free (fixture->canvas);
  cairo_destroy (fixture->cr);
  cairo_surface_destroy (fixture->surface);
}

static double
width_of (Fixture *fixture, const char *text)
{
  return instru_canvas_text_extents (fixture->canvas, text, &fixture->style).width;
}

/* Every line fits, and together they are the text again. */
static void
assert_wraps (Fixture *fixture, const char *text, double width, const char *separator)
{
  g_auto (GStrv) lines = instru_layout_wrap (fixture->canvas, text, &fixture->style, width);
  g_autofree char *joined = g_strjoinv (separator, lines);

  g_assert_cmpuint (g_strv_length (lines), >, 1);
  g_assert_cmpstr (joined, ==, text);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_cmpfloat (width_of (fixture, lines[i]), <=, width);
}

static void
test_wrap (Fixture *fixture, gconstpointer data)
{
  assert_wraps (fixture, "The quick brown fox jumps over the lazy dog and then over it again.",
                120.0, " ");
  assert_wraps (fixture, "averyveryverylongwordwithoutanyspacethatfillsmorethanasingleline", 100.0,
                "");
  assert_wraps (fixture, "数独数独数独数独数独数独数独数独数独数独数独数独", 60.0, "");
}

static void
test_wrap_extremes (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) empty = instru_layout_wrap (fixture->canvas, "", &fixture->style, 100.0);
  g_auto (GStrv) blank = instru_layout_wrap (fixture->canvas, "  \n ", &fixture->style, 100.0);
  g_auto (GStrv) narrow = instru_layout_wrap (fixture->canvas, "abc", &fixture->style, 0.1);
  g_auto (GStrv) one = instru_layout_wrap (fixture->canvas, "a b", &fixture->style, 1000.0);

  g_assert_cmpuint (g_strv_length (empty), ==, 1);
  g_assert_cmpstr (empty[0], ==, "");
  g_assert_cmpuint (g_strv_length (blank), ==, 1);
  g_assert_cmpuint (g_strv_length (narrow), ==, 3);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, "a b");
}

static void
test_ellipsize (Fixture *fixture, gconstpointer data)
{
  static const char name[] = "A very long name of a recording of a clarinet, take 17.flac";
  g_autofree char *whole = instru_layout_ellipsize (fixture->canvas, name, &fixture->style, 1000.0);
  g_autofree char *shortened =
      instru_layout_ellipsize (fixture->canvas, name, &fixture->style, 100.0);
  g_autofree char *least = instru_layout_ellipsize (fixture->canvas, name, &fixture->style, 0.0);
  g_autofree char *empty = instru_layout_ellipsize (fixture->canvas, "", &fixture->style, 0.0);

  g_assert_cmpstr (whole, ==, name);
  g_assert_cmpfloat (width_of (fixture, shortened), <=, 100.0);
  g_assert_true (g_str_has_prefix (shortened, "A v"));
  g_assert_true (g_str_has_suffix (shortened, "lac"));
  g_assert_nonnull (strstr (shortened, "…"));
  g_assert_cmpstr (least, ==, "…");
  g_assert_cmpstr (empty, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/pdf-layout/wrap", Fixture, NULL, set_up, test_wrap, tear_down);
  g_test_add ("/pdf-layout/wrap-extremes", Fixture, NULL, set_up, test_wrap_extremes, tear_down);
  g_test_add ("/pdf-layout/ellipsize", Fixture, NULL, set_up, test_ellipsize, tear_down);
  return g_test_run ();
}
