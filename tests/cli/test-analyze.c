/* instrunet-analyze from the outside: what it prints, where, in which order, with which status. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "small-model.h"
#include "wav.h"

#define RATE 22050

static const char *analyze_path;

/* A folder with recordings, which is also where the program runs. */
typedef struct
{
  char *folder;
} Fixture;

typedef struct
{
  int status;
  char *output;
  char *complaints;
} Result;

static void
result_clear (Result *result)
{
  g_free (result->output);
  g_free (result->complaints);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static char *
in_folder (const Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_samples (const Fixture *fixture, const char *name, const float *samples, gsize n_samples)
{
  g_autofree char *path = in_folder (fixture, name);
  g_autoptr (GError) error = NULL;

  instru_test_write_wav (path, RATE, 1, samples, n_samples, &error);
  g_assert_no_error (error);
}

static void
write_sine (const Fixture *fixture, const char *name, double duration_s)
{
  gsize n_samples = (gsize) (duration_s * RATE);
  g_autofree float *sine = instru_test_make_sine (RATE, 440.0, 0.5, n_samples);

  write_samples (fixture, name, sine, n_samples);
}

static void
write_chord (const Fixture *fixture, const char *name)
{
  g_autofree float *chord = instru_test_make_sine (RATE, 220.0, 0.2, 2 * RATE);
  g_autofree float *third = instru_test_make_sine (RATE, 277.2, 0.2, 2 * RATE);
  g_autofree float *fifth = instru_test_make_sine (RATE, 329.6, 0.2, 2 * RATE);

  for (gsize i = 0; i < 2 * RATE; i++)
    chord[i] += third[i] + fifth[i];
  write_samples (fixture, name, chord, 2 * RATE);
}

static void
write_silence (const Fixture *fixture, const char *name)
{
  g_autofree float *silence = g_new0 (float, RATE);

  write_samples (fixture, name, silence, RATE);
}

static void
write_text (const Fixture *fixture, const char *name)
{
  g_autofree char *path = in_folder (fixture, name);

  g_assert_true (g_file_set_contents (path, "This is a letter, no sound.\n", -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *subfolder = NULL;

  fixture->folder = g_dir_make_tmp ("instrunet-analyze-XXXXXX", &error);
  g_assert_no_error (error);
  subfolder = in_folder (fixture, "folder");
  g_assert_cmpint (g_mkdir (subfolder, 0700), ==, 0);

  write_sine (fixture, "sine.wav", 3.5);
  write_chord (fixture, "chord.wav");
  write_silence (fixture, "silence.wav");
  write_sine (fixture, "short.wav", 0.05);
  write_sine (fixture, "new\nline.wav", 0.5);
  write_sine (fixture, "-dash.wav", 0.5);
  write_sine (fixture, "caf\xe9.wav", 0.5);
  write_sine (fixture, "duo:take 2.wav", 0.5);
  write_sine (fixture, "folder/sine.wav", 0.5);
  write_text (fixture, "letter.txt");
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_all (fixture->folder);
  g_free (fixture->folder);
}

static GSubprocess *
start (const Fixture *fixture, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  /* No default model: the tests are about the program, not about a network's opinion. */
  g_subprocess_launcher_setenv (launcher, "INSTRU_MODEL_DIR", fixture->folder, TRUE);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_strv_builder_add (builder, analyze_path);
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  return process;
}

/* g_strndup () gives NULL for the empty GBytes' NULL. */
static char *
to_string (GBytes *bytes)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  return length > 0 ? g_strndup (data, length) : g_strdup ("");
}

static Result
finish (GSubprocess *process)
{
  Result result = { 0 };
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) complaints = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate (process, NULL, NULL, &output, &complaints, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result.status = g_subprocess_get_exit_status (process);
  result.output = to_string (output);
  result.complaints = to_string (complaints);
  return result;
}

static Result
run (const Fixture *fixture, const char *const *arguments)
{
  g_autoptr (GSubprocess) process = start (fixture, arguments);

  return finish (process);
}

#define RUN(fixture, ...) run (fixture, (const char *const[]){ __VA_ARGS__, NULL })

static void
assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is missing in:\n%s", part, text);
}

/* — JSON — */

/* One object a line; @expected are pairs of a file and its error's code, NULL for a result. */
static void
assert_lines (const char *output, const char *const (*expected)[2], gsize n_expected)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, n_expected + 1);
  g_assert_cmpstr (lines[n_expected], ==, "");
  for (gsize i = 0; i < n_expected; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;
      JsonObject *root;

      json_parser_load_from_data (parser, lines[i], -1, &error);
      g_assert_no_error (error);
      root = json_node_get_object (json_parser_get_root (parser));
      g_assert_cmpstr (json_object_get_string_member (root, "file"), ==, expected[i][0]);
      if (expected[i][1] == NULL)
        g_assert_true (json_object_has_member (root, "timeline"));
      else
        {
          JsonObject *described = json_object_get_object_member (root, "error");

          g_assert_cmpstr (json_object_get_string_member (described, "code"), ==, expected[i][1]);
          g_assert_cmpstr (json_object_get_string_member (described, "message"), !=, "");
        }
    }
}

static void
test_json_in_order (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[][2] = {
    { "sine.wav", NULL },
    { "letter.txt", "not-audio" },
    { "chord.wav", NULL },
    { "short.wav", "too-short" },
    { "absent.wav", "not-found" },
    { "folder", "is-directory" },
    { "http://example.org/a.wav", "not-local" },
    { "silence.wav", NULL },
    { "new\nline.wav", NULL },
    { "duo:take 2.wav", NULL },
  };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  g_auto (Result) result = { 0 };

  g_strv_builder_add_many (builder, "--format=json", "--threads", "2", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_strv_builder_add (builder, expected[i][0]);
  arguments = g_strv_builder_end (builder);
  result = run (fixture, (const char *const *) arguments);
  assert_lines (result.output, expected, G_N_ELEMENTS (expected));
  g_assert_cmpint (result.status, ==, 1);
}

static void
test_json_of_good_files (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[][2] = { { "-dash.wav", NULL }, { "chord.wav", NULL } };
  g_auto (Result) result =
      RUN (fixture, "--format", "json", "--threads", "1", "--", "-dash.wav", "chord.wav");

  g_assert_cmpint (result.status, ==, 0);
  assert_lines (result.output, expected, G_N_ELEMENTS (expected));
}

static void
test_name_not_utf8 (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = RUN (fixture, "--format", "json", "caf\xe9.wav");

  g_assert_cmpint (result.status, ==, 0);
  assert_contains (result.output, "{\"file\":\"caf\xef\xbf\xbd.wav\",\"file_uri\":\"file://");
  assert_contains (result.output, "caf%E9.wav\"");
}

static void
test_uri (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "new\nline.wav");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const char *const expected[][2] = { { uri, NULL } };
  g_auto (Result) result = RUN (fixture, "--format", "json", uri);

  g_assert_cmpint (result.status, ==, 0);
  assert_lines (result.output, expected, 1);
}

static void
test_max_duration (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[][2] = { { "sine.wav", "too-long" }, { "chord.wav", NULL } };
  g_auto (Result) result =
      RUN (fixture, "--format", "json", "--max-duration", "2.5", "sine.wav", "chord.wav");

  assert_lines (result.output, expected, G_N_ELEMENTS (expected));
  g_assert_cmpint (result.status, ==, 1);
}

/* A given model is used: the scores are there and add up to one. */
static void
test_model (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "small.safetensors");
  g_auto (Result) result = { 0 };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GList) scores = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *root;
  double sum = 0.0;

  instru_test_write_small_model (path);
  result = RUN (fixture, "--model", "small.safetensors", "--format", "json", "chord.wav");
  g_assert_cmpstr (result.complaints, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  json_parser_load_from_data (parser, result.output, -1, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  scores = json_object_get_values (json_object_get_object_member (root, "families"));
  g_assert_cmpuint (g_list_length (scores), ==, 8);
  for (GList *score = scores; score != NULL; score = score->next)
    sum += json_node_get_double (score->data);
  g_assert_cmpfloat_with_epsilon (sum, 1.0, 0.0005);
  g_assert_nonnull (json_object_get_string_member (root, "verdict"));
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (root, "model"), "name"), ==,
      "small");
}

/* — text and CSV — */

static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = RUN (fixture, "chord.wav", "letter.txt", "new\nline.wav", "absent.wav");

  g_assert_cmpint (result.status, ==, 1);
  g_assert_true (g_str_has_prefix (result.output, "chord.wav\n"));
  assert_contains (result.output, "\n\nnew\\nline.wav\n");
  assert_contains (result.output, "22.05\u202fkHz mono");
  g_assert_null (strstr (result.output, "letter.txt"));
  assert_contains (result.complaints, "letter.txt: ");
  assert_contains (result.complaints, "absent.wav: ");
}

/* A terminal that has only ASCII is sent only ASCII. */
static void
test_text_in_plain_locale (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = { 0 };

  g_setenv ("LC_ALL", "C", TRUE);
  result = RUN (fixture, "chord.wav", "absent \xe2\x99\xaa.wav");
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_assert_true (g_str_is_ascii (result.output));
  g_assert_true (g_str_is_ascii (result.complaints));
  assert_contains (result.output, "2.00 s - 22.05 kHz mono");
  g_assert_null (strchr (result.output, (int) '?'));
  assert_contains (result.output, " -");
}

static void
test_csv (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result =
      RUN (fixture, "--format", "csv", "sine.wav", "letter.txt", "silence.wav");
  g_auto (GStrv) lines = g_strsplit (result.output, "\r\n", -1);

  g_assert_cmpint (result.status, ==, 1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_true (g_str_has_prefix (lines[0], "file,file_uri,duration_s,"));
  g_assert_true (g_str_has_prefix (lines[1], "sine.wav,,3.5,22050,1,"));
  g_assert_true (g_str_has_prefix (lines[2], "letter.txt,,,"));
  assert_contains (lines[2], ",not-audio,");
  g_assert_true (g_str_has_prefix (lines[3], "silence.wav,,1.0,"));
  g_assert_cmpstr (lines[4], ==, "");
}

/* — usage — */

static void
assert_usage (const Fixture *fixture, const char *const *arguments)
{
  g_auto (Result) result = run (fixture, arguments);

  g_assert_cmpint (result.status, ==, 2);
  g_assert_cmpstr (result.output, ==, "");
  g_assert_true (g_str_has_prefix (result.complaints, "instrunet-analyze: "));
}

#define ASSERT_USAGE(fixture, ...)                                                                 \
  assert_usage (fixture, (const char *const[]){ __VA_ARGS__, NULL })

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) version = RUN (fixture, "--version");
  g_auto (Result) help = RUN (fixture, "--help");
  g_autofree char *untouched = NULL;
  g_autofree char *path = in_folder (fixture, "sine.wav");

  g_assert_cmpint (version.status, ==, 0);
  g_assert_true (g_str_has_prefix (version.output, "instrunet-analyze "));
  g_assert_cmpint (help.status, ==, 0);
  assert_contains (help.output, "--max-duration");

  ASSERT_USAGE (fixture, "--format", "json");
  ASSERT_USAGE (fixture, "--format", "yaml", "sine.wav");
  ASSERT_USAGE (fixture, "--no-such-option", "sine.wav");
  ASSERT_USAGE (fixture, "--threads", "many", "sine.wav");
  ASSERT_USAGE (fixture, "--threads", "-3", "sine.wav");
  ASSERT_USAGE (fixture, "--max-duration", "-1", "sine.wav");
  ASSERT_USAGE (fixture, "--pdf", "a.pdf", "sine.wav", "chord.wav");
  ASSERT_USAGE (fixture, "--pdf", "absent/", "sine.wav");

  /* A report never takes the place of its recording. */
  ASSERT_USAGE (fixture, "--pdf", "sine.wav", "sine.wav");
  ASSERT_USAGE (fixture, "--pdf", "folder/../sine.wav", "sine.wav");
  g_assert_true (g_file_get_contents (path, &untouched, NULL, NULL));
  g_assert_true (g_str_has_prefix (untouched, "RIFF"));
}

static void
test_wrong_model (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = RUN (fixture, "--model", "letter.txt", "sine.wav");

  g_assert_cmpint (result.status, ==, 1);
  g_assert_cmpstr (result.output, ==, "");
  assert_contains (result.complaints, "letter.txt");
}

/* — reports — */

static void
assert_is_pdf (const Fixture *fixture, const char *name)
{
  g_autofree char *path = in_folder (fixture, name);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 5000);
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
}

static gsize
count_files (const Fixture *fixture, const char *subfolder)
{
  g_autofree char *path = in_folder (fixture, subfolder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  gsize n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;
  return n_files;
}

static void
test_report_file (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = RUN (fixture, "--pdf", "out.pdf", "sine.wav");

  g_assert_cmpint (result.status, ==, 0);
  assert_is_pdf (fixture, "out.pdf");
}

/* Recordings of one name get numbered reports, whichever is done first, and nothing is replaced. */
static void
test_report_folder (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) first = RUN (fixture, "--threads", "2", "--pdf", "folder", "sine.wav",
                               "folder/sine.wav", "letter.txt");
  g_auto (Result) second = { 0 };

  g_assert_cmpint (first.status, ==, 1);
  assert_is_pdf (fixture, "folder/sine report.pdf");
  assert_is_pdf (fixture, "folder/sine report 2.pdf");
  g_assert_cmpuint (count_files (fixture, "folder"), ==, 3);

  second = RUN (fixture, "--pdf", "folder", "sine.wav");
  g_assert_cmpint (second.status, ==, 0);
  assert_is_pdf (fixture, "folder/sine report 3.pdf");
  g_assert_cmpuint (count_files (fixture, "folder"), ==, 4);
}

/* The result is printed all the same. */
static void
test_report_that_cannot_be_written (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[][2] = { { "chord.wav", NULL } };
  g_auto (Result) result =
      RUN (fixture, "--format", "json", "--pdf", "letter.txt/out.pdf", "chord.wav");

  g_assert_cmpint (result.status, ==, 1);
  assert_lines (result.output, expected, 1);
  assert_contains (result.complaints, "chord.wav: ");
}

/* — interruption — */

/* Six hours of silence that take no room on the disk. */
static void
write_endless (const Fixture *fixture, const char *name)
{
  g_autofree char *path = in_folder (fixture, name);
  guint32 n_data = 6u * 3600u * 8000u * 2u;
  guint32 riff_size = GUINT32_TO_LE (n_data + 36), data_size = GUINT32_TO_LE (n_data);
  /* PCM, mono, 8,000 Hz, 16 bit. */
  guint8 header[44] =
      "RIFF....WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data";

  memcpy (header + 4, &riff_size, 4);
  memcpy (header + 40, &data_size, 4);
  g_assert_true (g_file_set_contents (path, (const char *) header, sizeof header, NULL));
  g_assert_cmpint (truncate (path, (off_t) n_data + 44), ==, 0);
}

/* What was printed stays, the rest is dropped, nothing is said. */
static void
interrupt (const Fixture *fixture, int signal_number, int expected_status)
{
  static const char *const arguments[] = { "--format",  "json",        "--threads", "1",
                                           "chord.wav", "endless.wav", "sine.wav",  NULL };
  g_autoptr (GSubprocess) process = start (fixture, arguments);
  g_autoptr (GDataInputStream) stream =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *first = g_data_input_stream_read_line (stream, NULL, NULL, NULL);
  g_autofree char *more = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (first);
  g_subprocess_send_signal (process, signal_number);
  more = g_data_input_stream_read_line (stream, NULL, NULL, NULL);
  g_assert_null (more);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, expected_status);
}

static void
test_interrupt (Fixture *fixture, gconstpointer data)
{
  write_endless (fixture, "endless.wav");
  interrupt (fixture, SIGINT, 130);
  interrupt (fixture, SIGTERM, 143);
}

/* A full disk is a failure with a sentence, not silence. */
static void
test_output_that_cannot_be_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *complaints = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("There is no /dev/full.");
      return;
    }
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  process =
      g_subprocess_launcher_spawn (launcher, &error, analyze_path, "chord.wav", "sine.wav", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaints, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  assert_contains (complaints, "could not be written");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/analyze/json-in-order", test_json_in_order },
    { "/analyze/json-of-good-files", test_json_of_good_files },
    { "/analyze/name-not-utf8", test_name_not_utf8 },
    { "/analyze/uri", test_uri },
    { "/analyze/max-duration", test_max_duration },
    { "/analyze/model", test_model },
    { "/analyze/text", test_text },
    { "/analyze/text-in-plain-locale", test_text_in_plain_locale },
    { "/analyze/csv", test_csv },
    { "/analyze/usage", test_usage },
    { "/analyze/wrong-model", test_wrong_model },
    { "/analyze/report-file", test_report_file },
    { "/analyze/report-folder", test_report_folder },
    { "/analyze/report-that-cannot-be-written", test_report_that_cannot_be_written },
    { "/analyze/interrupt", test_interrupt },
    { "/analyze/output-that-cannot-be-written", test_output_that_cannot_be_written },
  };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  analyze_path = argv[1];
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
