/* What a person at a terminal reads. */
#include "text.h"

#include <locale.h>
#include <string.h>

#include "report-fixture.h"

#define PATH "/nowhere/a b.flac"

static void
assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is missing in:\n%s", part, text);
}

static void
assert_fits (const char *text, glong width)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, width);
}

static void
test_sure (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_MELODY, 12.0);
  g_autofree char *text = NULL;

  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_REED, 0.9449, INSTRU_REASON_NONE);
  instru_fixture_set_tags (analysis, "Study no. 3", "B. Crusell");
  text = instru_text_from_analysis (analysis, PATH, 80);
  g_test_message ("%s", text);

  g_assert_true (g_str_has_prefix (text, PATH "\n"));
  assert_contains (text, "12.0\u202fs · 44.1\u202fkHz stereo FLAC · “Study no. 3”, B. Crusell");
  assert_contains (text, "  Reed 94\u202f%\n");
  assert_contains (text, "Brightness (spectral centroid)");
  assert_contains (text, "Signal to noise");
  assert_contains (text, "█");
  assert_fits (text, 80);
}

/* The bars end under each other and are as long as their scores. */
static void
test_bars (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 3.0);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  glong length = 0;
  gsize n_bars = 0;

  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_BRASS, 1.0, INSTRU_REASON_NONE);
  text = instru_text_from_analysis (analysis, PATH, 80);
  assert_contains (text, "100\u202f%");
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (g_str_has_suffix (lines[i], "%") && g_utf8_strlen (lines[i], -1) > 40)
      {
        g_assert_true (n_bars == 0 || length == g_utf8_strlen (lines[i], -1));
        length = g_utf8_strlen (lines[i], -1);
        n_bars++;
      }
  g_assert_cmpuint (n_bars, ==, INSTRU_N_FAMILIES);
}

static void
test_not_sure_and_silence (void)
{
  g_autoptr (InstruAnalysis) unsure = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 3.0);
  g_autoptr (InstruAnalysis) silence = instru_fixture_new (PATH, INSTRU_FIXTURE_SILENCE, 3.0);
  g_autofree char *unsure_text = NULL;
  g_autofree char *silence_text = NULL;

  instru_fixture_set_verdict (unsure, INSTRU_FAMILY_FLUTE, 0.3, INSTRU_REASON_LOW_SCORE);
  instru_fixture_set_silence (silence);
  unsure_text = instru_text_from_analysis (unsure, PATH, 80);
  silence_text = instru_text_from_analysis (silence, PATH, 80);

  assert_contains (unsure_text, "  Not sure\n");
  assert_contains (unsure_text, "30");
  assert_contains (silence_text, "  Silence\n");
  assert_contains (silence_text, "–");
  g_assert_null (strstr (silence_text, "nan"));
  g_assert_null (strstr (silence_text, "inf"));
  assert_fits (silence_text, 80);
}

static void
test_narrow (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 3.0);
  g_autofree char *text = NULL;

  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_FLUTE, 0.9, INSTRU_REASON_NONE);
  instru_fixture_add_warning (analysis, "A sentence that is so long that it does not fit into a "
                                        "line of sixty-six columns at all, not even nearly.");
  text = instru_text_from_analysis (analysis, PATH, 66);
  assert_fits (text, 66);
  assert_contains (text, "Careful: A sentence");
}

/* Neither a file's name nor its tags can drive the terminal or break the lines. */
static void
test_hostile_names (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 0.2);
  g_autofree char *text = NULL;

  instru_fixture_set_tags (analysis, "\033[2Jtitle", NULL);
  instru_fixture_add_warning (analysis, "bell\a");
  text = instru_text_from_analysis (analysis, "new\nline\xff.wav", 80);
  g_assert_true (g_str_has_prefix (text, "new\\nline\xef\xbf\xbd.wav\n"));
  g_assert_null (strchr (text, '\033'));
  g_assert_null (strchr (text, '\a'));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_plain_locale (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 3.0);
  g_autofree char *text = NULL;

  if (!g_test_subprocess ())
    {
      g_setenv ("LC_ALL", "C", TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
      g_test_trap_assert_passed ();
      return;
    }
  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_REED, 0.5, INSTRU_REASON_NONE);
  text = instru_text_from_analysis (analysis, PATH, 80);
  assert_contains (text, "####");
  g_assert_null (strstr (text, "█"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/sure", test_sure);
  g_test_add_func ("/text/bars", test_bars);
  g_test_add_func ("/text/not-sure-and-silence", test_not_sure_and_silence);
  g_test_add_func ("/text/narrow", test_narrow);
  g_test_add_func ("/text/hostile-names", test_hostile_names);
  g_test_add_func ("/text/plain-locale", test_plain_locale);
  return g_test_run ();
}
