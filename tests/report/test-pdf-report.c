/* The report as poppler reads it: its text, its pages, its ink. */
#include "pdf-report.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "measures.h"
#include "report-fixture.h"

#define MAX_BYTES (500 * 1000)

typedef struct
{
  char *folder;
  GFile *file; /* where the report goes */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("instrunet-report-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "report.pdf", NULL);
  fixture->file = g_file_new_for_path (path);
}

static gsize
clear_folder (const char *folder, gboolean empty)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gsize n_files = 0;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n_files++;
      if (empty)
        g_remove (path);
    }
  return n_files;
}

static gsize
count_files (const Fixture *fixture)
{
  return clear_folder (fixture->folder, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  clear_folder (fixture->folder, TRUE);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  g_free (fixture->folder);
}

/* — poppler — */

static GBytes *
run_tool (const Fixture *fixture, const char *const *arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *output = NULL;

  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char *const *) argv,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

/* Thin and hard spaces and line ends become one space each, so that words can be looked for. */
static char *
normalize (const char *text)
{
  GString *normal = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!g_unichar_isspace (character))
        g_string_append_unichar (normal, character);
      else if (normal->len > 0 && normal->str[normal->len - 1] != ' ')
        g_string_append_c (normal, ' ');
    }
  return g_string_free (normal, FALSE);
}

static char *
read_text (const Fixture *fixture)
{
  g_autoptr (GBytes) output =
      run_tool (fixture, (const char *const[]){ "pdftotext", "-raw",
                                                g_file_peek_path (fixture->file), "-", NULL });
  g_autofree char *text = g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));

  g_assert_true (g_utf8_validate (text, -1, NULL));
  return normalize (text);
}

static char *
read_info (const Fixture *fixture)
{
  g_autoptr (GBytes) output = run_tool (
      fixture, (const char *const[]){ "pdfinfo", g_file_peek_path (fixture->file), NULL });

  return g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
}

static void
assert_contains (const char *text, const char *part)
{
  g_autofree char *normal = normalize (part);

  if (strstr (text, normal) == NULL)
    g_error ("“%s” is missing in:\n%s", normal, text);
}

/* The share of pixels of each page that are not white: every page has ink, none is covered. */
static void
assert_ink (const Fixture *fixture, guint n_pages)
{
  for (guint page = 1; page <= n_pages; page++)
    {
      g_autofree char *number = g_strdup_printf ("%u", page);
      g_autoptr (GBytes) output = run_tool (
          fixture, (const char *const[]){ "pdftoppm", "-gray", "-r", "36", "-f", number, "-l",
                                          number, g_file_peek_path (fixture->file), NULL });
      gsize length = 0, n_inked = 0;
      const guint8 *bytes = g_bytes_get_data (output, &length);

      for (gsize i = 20; i < length; i++)
        n_inked += bytes[i] < 0xf0;
      g_assert_cmpfloat ((double) n_inked / (double) length, >, 0.005);
      g_assert_cmpfloat ((double) n_inked / (double) length, <, 0.6);
    }
}

static guint
write_report (const Fixture *fixture, const InstruAnalysis *analysis)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *info = NULL;
  const char *pages;
  GStatBuf status;

  g_assert_true (instru_report_write_pdf (analysis, fixture->file, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (g_file_peek_path (fixture->file), &status), ==, 0);
  g_assert_cmpint (status.st_size, <, MAX_BYTES);
  g_assert_cmpuint (count_files (fixture), ==, 1);

  info = read_info (fixture);
  pages = strstr (info, "Pages:");
  g_assert_nonnull (pages);
  return (guint) g_ascii_strtoull (pages + strlen ("Pages:"), NULL, 10);
}

/* — tests — */

static InstruAnalysis *
new_clarinet (double duration_s)
{
  InstruAnalysis *analysis =
      instru_fixture_new ("/nowhere/clarinet-study.flac", INSTRU_FIXTURE_MELODY, duration_s);

  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_REED, 0.942, INSTRU_REASON_NONE);
  return analysis;
}

static void
assert_measures (const char *text, GPtrArray *measures)
{
  for (guint i = 0; i < measures->len; i++)
    {
      const InstruMeasure *measure = g_ptr_array_index (measures, i);

      assert_contains (text, measure->label);
      assert_contains (text, measure->value);
      if (measure->spread != NULL)
        assert_contains (text, measure->spread);
    }
}

/* All numbers of the text output (and so of the JSON) are there as real text. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InstruAnalysis) analysis = new_clarinet (12.0);
  g_autoptr (GPtrArray) sound = instru_measures_of_sound (analysis);
  g_autoptr (GPtrArray) quality = instru_measures_of_quality (analysis);
  g_autofree char *text = NULL;

  instru_fixture_set_tags (analysis, "Étude no. 3", "Б. Крусель");
  write_report (fixture, analysis);
  text = read_text (fixture);
  assert_measures (text, sound);
  assert_measures (text, quality);
  assert_contains (text, "Reed 94 %");
  assert_contains (text, "12.0 s · 44.1 kHz stereo FLAC · “Étude no. 3”, Б. Крусель");
  assert_contains (text, "Quality of the recording:");
  assert_contains (text, "Mel-spectrogram");
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      g_autofree char *score =
          instru_measures_format_score (instru_analysis_get_verdict (analysis)->scores[family]);

      assert_contains (text, instru_family_get_label ((InstruFamily) family));
      assert_contains (text, score);
    }
}

static void
test_document (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InstruAnalysis) analysis = new_clarinet (12.0);
  guint n_pages = write_report (fixture, analysis);
  g_autofree char *raw_info = read_info (fixture);
  g_autofree char *info = normalize (raw_info);
  g_autofree char *text = read_text (fixture);

  g_assert_cmpuint (n_pages, ==, 4);
  assert_contains (info, "Title: What “clarinet-study.flac” sounds like");
  assert_contains (info, "Author: InstruNet");
  assert_contains (info, "(A4)");
  for (guint page = 1; page <= n_pages; page++)
    {
      g_autofree char *number = g_strdup_printf ("page %u of %u", page, n_pages);

      assert_contains (text, number);
    }
  assert_ink (fixture, n_pages);
}

/* Who wants the same numbers again finds on the last page what they were made with. */
static void
test_model (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InstruAnalysis) analysis = new_clarinet (12.0);
  const InstruModelInfo *model;
  g_autofree char *text = NULL;

  instru_fixture_set_model (analysis);
  model = instru_analysis_get_model_info (analysis);
  g_assert_cmpuint (write_report (fixture, analysis), ==, 4);
  text = read_text (fixture);
  assert_contains (text, "small, version 7");
  assert_contains (text, model->sha256);
  assert_contains (text, model->training_summary);
  assert_contains (text, model->accuracy_summary);
  assert_contains (text, "model small 7");
}

static void
test_three_minutes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InstruAnalysis) analysis = new_clarinet (180.0);

  g_assert_cmpuint (write_report (fixture, analysis), ==, 4);
  assert_ink (fixture, 4);
}

static void
test_without_an_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InstruAnalysis) silence =
      instru_fixture_new ("/nowhere/silence.wav", INSTRU_FIXTURE_SILENCE, 4.0);
  g_autoptr (InstruAnalysis) unsure =
      instru_fixture_new ("/nowhere/unsure.wav", INSTRU_FIXTURE_SINE, 4.0);
  g_autoptr (InstruAnalysis) unknown =
      instru_fixture_new ("/nowhere/unknown.wav", INSTRU_FIXTURE_SINE, 0.1);
  g_autofree char *silence_text = NULL;
  g_autofree char *unsure_text = NULL;
  g_autofree char *unknown_text = NULL;

  instru_fixture_set_silence (silence);
  instru_fixture_set_verdict (unsure, INSTRU_FAMILY_VOCAL, 0.31, INSTRU_REASON_UNLIKE);

  assert_ink (fixture, write_report (fixture, silence));
  silence_text = read_text (fixture);
  assert_contains (silence_text, "Silence");
  g_assert_null (strstr (silence_text, "nan"));
  g_assert_null (strstr (silence_text, "inf "));

  assert_ink (fixture, write_report (fixture, unsure));
  unsure_text = read_text (fixture);
  assert_contains (unsure_text, "Not sure");

  assert_ink (fixture, write_report (fixture, unknown));
  unknown_text = read_text (fixture);
  assert_contains (unknown_text, "Not recognised");
  assert_contains (unknown_text, "0.10 s");
}

/* Latin, Greek and Cyrillic are text; other scripts are pictures; a long name is shortened and
 * written out once; nothing in a name can break the page. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "Größe Ÿ ǻ Œuvre Łódź.flac",
    "Ελληνικά Ώμος.flac",
    "Привет Ёлка й.flac",
    "笛の音 🎺 مزمار.flac",
    "line\nbreak\tand \x01 more.flac",
    "caf\xe9.flac",
    ("a name that is so long that no line of the page can hold it, because whoever made it wrote "
     "the whole programme of the concert into it, with all the players and the weather.flac"),
  };
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/nowhere/", names[i], NULL);
      g_autoptr (InstruAnalysis) analysis = instru_fixture_new (path, INSTRU_FIXTURE_SINE, 0.5);

      g_assert_cmpuint (write_report (fixture, analysis), >=, 4);
      g_clear_pointer (&text, g_free);
      text = read_text (fixture);
      if (i < 3)
        assert_contains (text, names[i]);
    }
  assert_contains (text, "players and the weather.flac");
  assert_contains (text, "…");
}

/* Warnings take the room that they need; what no longer fits goes to the next page, whole. */
static void
test_many_warnings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InstruAnalysis) analysis = new_clarinet (5.0);
  g_autofree char *text = NULL;
  guint n_pages;

  for (int i = 0; i < 40; i++)
    instru_fixture_add_warning (analysis, "A piece in the middle of the file is damaged and was "
                                          "left out, so the times after it are too early.");
  n_pages = write_report (fixture, analysis);
  g_assert_cmpuint (n_pages, >, 4);
  text = read_text (fixture);
  assert_contains (text, "too early. Name");
  assert_ink (fixture, n_pages);
}

static void
assert_fails (const Fixture *fixture, const InstruAnalysis *analysis, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (instru_report_write_pdf (analysis, file, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_cmpuint (strlen (error->message), >, 15);
}

/* A sentence, and neither a piece of a report nor harm to the one before. */
static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InstruAnalysis) analysis = new_clarinet (1.0);
  g_autofree char *blocker = g_build_filename (fixture->folder, "file", NULL);

  g_assert_true (g_file_set_contents (blocker, "whole", -1, NULL));
  assert_fails (fixture, analysis, "no-such-folder/report.pdf");
  assert_fails (fixture, analysis, "file/report.pdf");
  assert_fails (fixture, analysis, ".");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_replaces_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InstruAnalysis) analysis = new_clarinet (1.0);
  g_autofree char *bytes = NULL;

  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), "old", -1, NULL));
  g_assert_cmpuint (write_report (fixture, analysis), ==, 4);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->file), &bytes, NULL, NULL));
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
}

static void
assert_suggests (const Fixture *fixture, const char *recording, const char *expected)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GFile) file = g_file_new_for_path (recording);
  g_autoptr (GFile) report = instru_report_suggest_file_for (file, folder, NULL);
  g_autofree char *name = g_file_get_basename (report);

  g_assert_true (g_file_has_parent (report, folder));
  if (expected != NULL)
    g_assert_cmpstr (name, ==, expected);
  g_assert_cmpuint (strlen (name), <=, 200);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

static void
test_suggested_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *taken = g_build_filename (fixture->folder, "a report.pdf", NULL);
  g_autofree char *long_name = g_strnfill (250, 'x');
  g_autofree char *long_path = g_strconcat ("/nowhere/", long_name, NULL);

  assert_suggests (fixture, "/nowhere/a.b.flac", "a.b report.pdf");
  assert_suggests (fixture, "/nowhere/a", "a report.pdf");
  assert_suggests (fixture, "/nowhere/.hidden", ".hidden report.pdf");
  assert_suggests (fixture, "/nowhere/a\nb: c?.wav", "a-nb- c- report.pdf");
  assert_suggests (fixture, "/nowhere/Ünï 笛.wav", "Ünï 笛 report.pdf");
  assert_suggests (fixture, "/nowhere/caf\xe9.wav", NULL);
  assert_suggests (fixture, long_path, NULL);

  g_assert_true (g_file_set_contents (taken, "", -1, NULL));
  assert_suggests (fixture, "/nowhere/a.flac", "a report 2.pdf");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/pdf-report/numbers", test_numbers },
    { "/pdf-report/document", test_document },
    { "/pdf-report/model", test_model },
    { "/pdf-report/three-minutes", test_three_minutes },
    { "/pdf-report/without-an-answer", test_without_an_answer },
    { "/pdf-report/names", test_names },
    { "/pdf-report/many-warnings", test_many_warnings },
    { "/pdf-report/unwritable", test_unwritable },
    { "/pdf-report/replaces-whole", test_replaces_whole },
    { "/pdf-report/suggested-names", test_suggested_names },
  };

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
