/* The JSON is a promise: every key, in its order, with its type; read back with two parsers that
 * are not ours. */
#include "json.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "recording-error.h"
#include "report-fixture.h"

#define PATH "/nowhere/a b.flac"

static const char *const top_keys[] = {
  "file",    "duration_s", "sample_rate_hz", "channels",    "verdict",  "confidence",
  "sure",    "reason",     "also",           "families",    "timeline", "features",
  "quality", "warnings",   "model",          "app_version", "tags",     NULL,
};
static const char *const family_keys[] = { "brass", "flute",  "guitar", "keyboard", "mallet",
                                           "reed",  "string", "vocal",  NULL };
static const char *const feature_keys[] = { "centroid_hz", "rms_dbfs", "zcr", "bandwidth_hz",
                                            "rolloff_hz",  "flatness", NULL };
static const char *const quality_keys[] = { "peak_dbfs",        "loudness_lufs",
                                            "clipped_fraction", "noise_floor_dbfs",
                                            "snr_db",           "bandwidth_hz",
                                            "rating",           NULL };

static JsonParser *
parse (const char *line)
{
  JsonParser *parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (strchr (line, '\n'));
  g_assert_true (g_utf8_validate (line, -1, NULL));
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  return parser;
}

static JsonObject *
get_root (JsonParser *parser)
{
  return json_node_get_object (json_parser_get_root (parser));
}

static void
assert_keys (JsonObject *object, const char *const *keys)
{
  g_autoptr (GList) members = json_object_get_members (object);
  GList *member = members;

  for (gsize i = 0; keys[i] != NULL; i++, member = member->next)
    {
      g_assert_nonnull (member);
      g_assert_cmpstr (member->data, ==, keys[i]);
    }
  g_assert_null (member);
}

/* A second opinion: Python's parser, told to refuse NaN and keys that come twice. */
static void
assert_python_reads (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "/usr/bin/python3", "-c",
                        "import json, sys\n"
                        "def no(name): raise ValueError(name)\n"
                        "def once(pairs):\n"
                        "    assert len(dict(pairs)) == len(pairs), pairs\n"
                        "    return dict(pairs)\n"
                        "text = sys.stdin.buffer.read().decode('utf-8')\n"
                        "assert len(text.splitlines()) == 1\n"
                        "json.loads(text, parse_constant=no, object_pairs_hook=once)\n",
                        NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (python, line, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));
}

static void
test_all_keys (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_MELODY, 5.0);
  g_autofree char *line = NULL;
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *root, *window;
  JsonArray *timeline, *also;

  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_REED, 0.7, INSTRU_REASON_NONE);
  line = instru_json_from_analysis (analysis, PATH);
  parser = parse (line);
  root = get_root (parser);
  assert_keys (root, top_keys);
  assert_keys (json_object_get_object_member (root, "families"), family_keys);
  assert_keys (json_object_get_object_member (root, "features"), feature_keys);
  assert_keys (json_object_get_object_member (root, "quality"), quality_keys);

  g_assert_cmpstr (json_object_get_string_member (root, "file"), ==, PATH);
  g_assert_cmpfloat (json_object_get_double_member (root, "duration_s"), ==, 5.0);
  g_assert_cmpint (json_object_get_int_member (root, "sample_rate_hz"), ==, 44100);
  g_assert_cmpint (json_object_get_int_member (root, "channels"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (root, "verdict"), ==, "reed");
  g_assert_cmpfloat (json_object_get_double_member (root, "confidence"), ==, 0.7);
  g_assert_true (json_object_get_boolean_member (root, "sure"));
  g_assert_true (json_object_get_null_member (root, "reason"));
  g_assert_true (json_object_get_null_member (root, "model"));

  /* The rest goes to the next family (0.21), which is enough to be named. */
  also = json_object_get_array_member (root, "also");
  g_assert_cmpuint (json_array_get_length (also), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (also, 0), ==, "string");

  timeline = json_object_get_array_member (root, "timeline");
  g_assert_cmpuint (json_array_get_length (timeline), ==, instru_analysis_get_n_windows (analysis));
  window = json_array_get_object_element (timeline, 0);
  assert_keys (window, (const char *const[]){ "start_s", "end_s", "families", NULL });
  assert_keys (json_object_get_object_member (window, "families"), family_keys);
  assert_python_reads (line);
}

/* The numbers are the analysis', to the decimals that are promised. */
static void
test_numbers (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 2.0);
  g_autofree char *line = instru_json_from_analysis (analysis, PATH);
  g_autoptr (JsonParser) parser = parse (line);
  JsonObject *features = json_object_get_object_member (get_root (parser), "features");
  JsonObject *quality = json_object_get_object_member (get_root (parser), "quality");
  JsonObject *centroid = json_object_get_object_member (features, "centroid_hz");
  JsonObject *zcr = json_object_get_object_member (features, "zcr");

  g_assert_cmpfloat_with_epsilon (
      json_object_get_double_member (centroid, "mean"),
      instru_analysis_get_statistics (analysis, INSTRU_DESCRIPTOR_CENTROID_HZ).mean, 0.05001);
  g_assert_cmpfloat_with_epsilon (
      json_object_get_double_member (zcr, "std"),
      instru_analysis_get_statistics (analysis, INSTRU_DESCRIPTOR_ZCR).standard_deviation,
      0.0000051);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (quality, "peak_dbfs"),
                                  instru_analysis_get_quality (analysis)->peak_dbfs, 0.00501);
  g_assert_cmpstr (json_object_get_string_member (quality, "rating"), ==,
                   instru_rating_get_name (instru_analysis_get_quality (analysis)->rating));
}

static void
assert_no_answer (const InstruAnalysis *analysis, const char *reason)
{
  g_autofree char *line = instru_json_from_analysis (analysis, PATH);
  g_autoptr (JsonParser) parser = parse (line);
  JsonObject *root = get_root (parser);

  assert_keys (root, top_keys);
  g_assert_true (json_object_get_null_member (root, "verdict"));
  g_assert_true (json_object_get_null_member (root, "confidence"));
  g_assert_true (json_object_get_null_member (root, "families"));
  g_assert_false (json_object_get_boolean_member (root, "sure"));
  g_assert_cmpstr (json_object_get_string_member (root, "reason"), ==, reason);
  assert_python_reads (line);
}

static void
test_silence (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SILENCE, 4.0);
  g_autofree char *line = NULL;
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *root;

  instru_fixture_set_silence (analysis);
  assert_no_answer (analysis, "silence");

  /* Silence has no loudness and no mean level: null, not −inf. */
  line = instru_json_from_analysis (analysis, PATH);
  parser = parse (line);
  root = get_root (parser);
  g_assert_true (json_object_get_null_member (json_object_get_object_member (root, "quality"),
                                              "loudness_lufs"));
  g_assert_true (json_object_get_null_member (
      json_object_get_object_member (json_object_get_object_member (root, "features"), "rms_dbfs"),
      "mean"));
  g_assert_true (json_object_get_null_member (
      json_array_get_object_element (json_object_get_array_member (root, "timeline"), 0),
      "families"));
}

static void
test_no_model (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 0.2);

  assert_no_answer (analysis, "no-model");
}

static void
test_model (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 0.2);
  g_autofree char *line = NULL;
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *model;

  instru_fixture_set_model (analysis);
  line = instru_json_from_analysis (analysis, PATH);
  parser = parse (line);
  model = json_object_get_object_member (get_root (parser), "model");
  assert_keys (model, (const char *const[]){ "name", "version", "sha256", NULL });
  g_assert_cmpstr (json_object_get_string_member (model, "name"), ==, "small");
  g_assert_cmpstr (json_object_get_string_member (model, "version"), ==, "7");
  g_assert_cmpuint (strlen (json_object_get_string_member (model, "sha256")), ==, 64);
}

static void
test_not_sure (void)
{
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 3.0);
  g_autofree char *line = NULL;
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *root;

  instru_fixture_set_verdict (analysis, INSTRU_FAMILY_VOCAL, 0.41, INSTRU_REASON_LOW_SCORE);
  line = instru_json_from_analysis (analysis, PATH);
  parser = parse (line);
  root = get_root (parser);
  g_assert_cmpstr (json_object_get_string_member (root, "verdict"), ==, "vocal");
  g_assert_cmpfloat (json_object_get_double_member (root, "confidence"), ==, 0.41);
  g_assert_false (json_object_get_boolean_member (root, "sure"));
  g_assert_cmpstr (json_object_get_string_member (root, "reason"), ==, "low-score");
}

static void
test_names (void)
{
  static const char name[] = "line\nbreak \"quoted\" back\\slash \x01 Größe 笛 🎺.wav";
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (PATH, INSTRU_FIXTURE_SINE, 0.2);
  g_autofree char *line = NULL;
  g_autoptr (JsonParser) parser = NULL;

  instru_fixture_set_tags (analysis, "\"Étude\"\n", "bad\xff\xfe bytes");
  instru_fixture_add_warning (analysis, "Read only in part: 1 of 2 \\ bytes.");
  line = instru_json_from_analysis (analysis, name);
  parser = parse (line);
  g_assert_cmpstr (json_object_get_string_member (get_root (parser), "file"), ==, name);
  g_assert_false (json_object_has_member (get_root (parser), "file_uri"));
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (get_root (parser), "tags"), "title"),
                   ==, "\"Étude\"\n");
  g_assert_cmpstr (json_array_get_string_element (
                       json_object_get_array_member (get_root (parser), "warnings"), 0),
                   ==, "Read only in part: 1 of 2 \\ bytes.");
  assert_python_reads (line);
}

static void
test_name_not_utf8 (void)
{
  static const char name[] = "/nowhere/caf\xe9.wav";
  g_autoptr (InstruAnalysis) analysis = instru_fixture_new (name, INSTRU_FIXTURE_SINE, 0.2);
  g_autofree char *line = instru_json_from_analysis (analysis, name);
  g_autoptr (JsonParser) parser = parse (line);

  g_assert_cmpstr (json_object_get_string_member (get_root (parser), "file"), ==,
                   "/nowhere/caf\xef\xbf\xbd.wav");
  g_assert_cmpstr (json_object_get_string_member (get_root (parser), "file_uri"), ==,
                   "file:///nowhere/caf%E9.wav");
  assert_python_reads (line);
}

static void
test_errors (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/c.txt");

  for (int code = 0; code < INSTRU_N_RECORDING_ERRORS; code++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (INSTRU_RECORDING_ERROR, code,
                               instru_recording_error_get_sentence ((InstruRecordingError) code));
      g_autofree char *line = instru_json_from_error (file, "c.txt", error);
      g_autoptr (JsonParser) parser = parse (line);
      JsonObject *root = get_root (parser);
      JsonObject *described = json_object_get_object_member (root, "error");

      assert_keys (root, (const char *const[]){ "file", "error", NULL });
      assert_keys (described, (const char *const[]){ "code", "message", NULL });
      g_assert_cmpstr (json_object_get_string_member (described, "code"), ==,
                       instru_recording_error_get_name ((InstruRecordingError) code));
      g_assert_cmpstr (json_object_get_string_member (described, "message"), ==, error->message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/all-keys", test_all_keys);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/silence", test_silence);
  g_test_add_func ("/json/no-model", test_no_model);
  g_test_add_func ("/json/model", test_model);
  g_test_add_func ("/json/not-sure", test_not_sure);
  g_test_add_func ("/json/names", test_names);
  g_test_add_func ("/json/name-not-utf8", test_name_not_utf8);
  g_test_add_func ("/json/errors", test_errors);
  return g_test_run ();
}
