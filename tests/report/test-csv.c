/* The table, read back with Python's csv module, agrees with the JSON. */
#include "csv.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "json.h"
#include "recording-error.h"
#include "report-fixture.h"

#define PATH "/nowhere/a, \"b\".flac"

/* Returns: (transfer full): one object of strings a row, by Python. */
static JsonParser *
read_table (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  JsonParser *parser = json_parser_new ();
  g_autoptr (GSubprocess) python = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/usr/bin/python3",
      "-c",
      "import csv, io, json, sys\n"
      "text = sys.stdin.buffer.read().decode('utf-8')\n"
      "rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))\n"
      "assert all(len(row) == len(rows[0]) for row in rows), [len(row) for row in rows]\n"
      "assert len(set(rows[0])) == len(rows[0])\n"
      "print(json.dumps([dict(zip(rows[0], row)) for row in rows[1:]]))\n",
      NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (python, text, NULL, &json, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));
  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);
  return parser;
}

static JsonObject *
get_row (JsonParser *parser, guint index)
{
  return json_array_get_object_element (json_node_get_array (json_parser_get_root (parser)), index);
}

static const char *
get_cell (JsonParser *parser, const char *column)
{
  return json_object_get_string_member (get_row (parser, 0), column);
}

static char *
make_table (const InstruAnalysis *analysis, const char *name)
{
  g_autofree char *header = instru_csv_get_header ();
  g_autofree char *row = instru_csv_from_analysis (analysis, name);

  g_assert_true (g_str_has_suffix (header, "\r\n"));
  g_assert_true (g_str_has_suffix (row, "\r\n"));
  return g_strconcat (header, row, NULL);
}

/* The same digits: a number in the JSON's text is found as it is in the cell. */
static void
assert_in_json (JsonParser *table, const char *column, const char *json, const char *before)
{
  g_autofree char *expected = g_strconcat (before, get_cell (table, column), NULL);

  g_assert_nonnull (strstr (json, expected));
}

static void
test_agrees_with_json (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_MELODY, 3.5);
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonParser) table = NULL;

  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_REED, 0.7654, INSTRU_REASON_NONE);
  instru_fixture_set_tags (analysis, "Étude, no. 3", "\"B\"");
  instru_fixture_add_warning (analysis, "One\nline, two.");
  text = make_table (analysis, PATH);
  json = instru_json_from_analysis (analysis, PATH);
  table = read_table (text);

  g_assert_cmpstr (get_cell (table, "file"), ==, PATH);
  g_assert_cmpstr (get_cell (table, "file_uri"), ==, "");
  g_assert_cmpstr (get_cell (table, "verdict"), ==, "reed");
  g_assert_cmpstr (get_cell (table, "confidence"), ==, "0.7654");
  g_assert_cmpstr (get_cell (table, "sure"), ==, "true");
  g_assert_cmpstr (get_cell (table, "reason"), ==, "");
  g_assert_cmpstr (get_cell (table, "also"), ==, "string");
  g_assert_cmpstr (get_cell (table, "title"), ==, "Étude, no. 3");
  g_assert_cmpstr (get_cell (table, "artist"), ==, "\"B\"");
  g_assert_cmpstr (get_cell (table, "warnings"), ==, "One\nline, two.");
  g_assert_cmpstr (get_cell (table, "error_code"), ==, "");
  assert_in_json (table, "duration_s", json, "\"duration_s\":");
  assert_in_json (table, "score_reed", json, "\"reed\":");
  assert_in_json (table, "centroid_hz_mean", json, "\"centroid_hz\":{\"mean\":");
  assert_in_json (table, "rms_dbfs_mean", json, "\"rms_dbfs\":{\"mean\":");
  assert_in_json (table, "flatness_mean", json, "\"flatness\":{\"mean\":");
  assert_in_json (table, "loudness_lufs", json, "\"loudness_lufs\":");
  assert_in_json (table, "recording_bandwidth_hz", json, "\"bandwidth_hz\":");
}

static void
test_silence_has_empty_cells (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SILENCE, 1.0);
  g_autofree char *text = NULL;
  g_autoptr (JsonParser) table = NULL;

  instru_fixture_set_silence (analysis);
  text = make_table (analysis, "");
  table = read_table (text);
  g_assert_cmpstr (get_cell (table, "file"), ==, "");
  g_assert_cmpstr (get_cell (table, "verdict"), ==, "");
  g_assert_cmpstr (get_cell (table, "confidence"), ==, "");
  g_assert_cmpstr (get_cell (table, "score_vocal"), ==, "");
  g_assert_cmpstr (get_cell (table, "sure"), ==, "false");
  g_assert_cmpstr (get_cell (table, "reason"), ==, "silence");
  g_assert_cmpstr (get_cell (table, "loudness_lufs"), ==, "");
  g_assert_cmpstr (get_cell (table, "duration_s"), ==, "1.0");
}

static void
test_error (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/caf\xe9.wav");
  g_autoptr (GError) error = g_error_new_literal (
      INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_NOT_AUDIO, "This, \"that\".");
  g_autofree char *header = instru_csv_get_header ();
  g_autofree char *row = instru_csv_from_error (file, "caf\xe9\r\n.wav", error);
  g_autofree char *text = g_strconcat (header, row, NULL);
  g_autoptr (JsonParser) table = read_table (text);

  g_assert_cmpstr (get_cell (table, "file"), ==, "caf\xef\xbf\xbd\r\n.wav");
  g_assert_cmpstr (get_cell (table, "file_uri"), ==, "file:///nowhere/caf%E9.wav");
  g_assert_cmpstr (get_cell (table, "duration_s"), ==, "");
  g_assert_cmpstr (get_cell (table, "error_code"), ==, "not-audio");
  g_assert_cmpstr (get_cell (table, "error_message"), ==, "This, \"that\".");
  g_assert_cmpstr (get_cell (table, "app_version"), !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/agrees-with-json", test_agrees_with_json);
  g_test_add_func ("/csv/silence-has-empty-cells", test_silence_has_empty_cells);
  g_test_add_func ("/csv/error", test_error);
  return g_test_run ();
}
