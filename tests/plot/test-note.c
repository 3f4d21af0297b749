/* Names of notes: closed forms, octave borders, and what is no tone. */
#include "note.h"

#include <math.h>

static void
test_names (void)
{
  static const struct
  {
    int note;
    const char *name;
  } notes[] = { { 0, "C−1" },  { 12, "C0" }, { 59, "B3" },  { 60, "C4" },
                { 61, "C♯4" }, { 69, "A4" }, { 70, "A♯4" }, { 127, "G9" } };

  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autofree char *name = instru_note_get_name (notes[i].note);

      g_assert_cmpstr (name, ==, notes[i].name);
      g_assert_cmpint (instru_note_find (instru_note_get_hz (notes[i].note), NULL), ==,
                       notes[i].note);
    }
  g_assert_cmpfloat_with_epsilon (instru_note_get_hz (60), 261.6256, 1e-4);
}

static void
test_cents (void)
{
  double cents;

  g_assert_cmpint (instru_note_find (440.0 * exp2 (0.12 / 12.0), &cents), ==, 69);
  g_assert_cmpfloat_with_epsilon (cents, 12.0, 1e-9);
  g_assert_cmpint (instru_note_find (440.0 * exp2 (0.51 / 12.0), &cents), ==, 70);
  g_assert_cmpfloat_with_epsilon (cents, -49.0, 1e-9);
}

static void
test_format (void)
{
  static const struct
  {
    double hz;
    const char *text;
  } tones[] = { { 440.0, "A4 ±0\u202f¢" },
                { 443.06, "A4 +12\u202f¢" },
                { 261.0, "C4 −4\u202f¢" },
                { 4186.01, "C8 ±0\u202f¢" },
                { 7.0, NULL },
                { 0.0, NULL },
                { -5.0, NULL },
                { NAN, NULL },
                { INFINITY, NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    {
      g_autofree char *text = instru_note_format (tones[i].hz);

      g_assert_cmpstr (text, ==, tones[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note/names", test_names);
  g_test_add_func ("/note/cents", test_cents);
  g_test_add_func ("/note/format", test_format);
  return g_test_run ();
}
