/* What is no recording, or only half of one, gets its code and a sentence; what can be read of it
 * is kept; and the same process goes on with the next file. */
#include "hearing.h"
#include "recording-error.h"
#include "recordings.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define assert_code(heard, code)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_error ((heard)->error, INSTRU_RECORDING_ERROR, (code));                               \
    g_assert_true (g_str_has_suffix ((heard)->error->message, "."));                               \
    g_assert_cmpuint ((heard)->n_frames, ==, 0);                                                   \
  }                                                                                                \
  G_STMT_END

static void
assert_path_gives (const char *path, InstruRecordingError code)
{
  g_autoptr (InstruHearing) heard = instru_hear (path, 0.0);

  assert_code (heard, (int) code);
}

static void
assert_bytes_give (const char *name, gconstpointer bytes, gsize n_bytes, InstruRecordingError code)
{
  g_autofree char *path = instru_test_write (name, bytes, n_bytes);

  assert_path_gives (path, code);
}

static void
assert_uri_gives (const char *uri, InstruRecordingError code)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autoptr (InstruHearing) heard = instru_hear_file (file, 0.0);

  assert_code (heard, (int) code);
}

static void
test_places (void)
{
  g_autofree char *missing = instru_test_path ("missing.wav");
  g_autofree char *pipe_path = instru_test_path ("pipe.wav");
  g_autofree char *folder = g_path_get_dirname (missing);
  g_autofree char *below_file = NULL;
  g_autofree char *file = instru_test_write ("file.wav", "x", 1);
  g_autofree char *long_name = g_strnfill (5000, 'x');

  below_file = g_build_filename (file, "a.wav", NULL);
  assert_path_gives (missing, INSTRU_RECORDING_ERROR_NOT_FOUND);
  assert_path_gives (below_file, INSTRU_RECORDING_ERROR_NOT_FOUND);
  assert_path_gives (long_name, INSTRU_RECORDING_ERROR_NOT_FOUND);
  assert_path_gives (folder, INSTRU_RECORDING_ERROR_IS_DIRECTORY);
  assert_path_gives ("/dev/null", INSTRU_RECORDING_ERROR_NOT_AUDIO);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_path_gives (pipe_path, INSTRU_RECORDING_ERROR_NOT_AUDIO);
}

static void
test_addresses (void)
{
  assert_uri_gives ("http://example.org/a.mp3", INSTRU_RECORDING_ERROR_NOT_LOCAL);
  assert_uri_gives ("https://example.org/a.mp3", INSTRU_RECORDING_ERROR_NOT_LOCAL);
  assert_uri_gives ("rtsp://example.org/a", INSTRU_RECORDING_ERROR_NOT_LOCAL);
  assert_uri_gives ("ftp://example.org/a.mp3", INSTRU_RECORDING_ERROR_NOT_LOCAL);
  assert_uri_gives ("HTTP://example.org/a.mp3", INSTRU_RECORDING_ERROR_NOT_LOCAL);
  assert_uri_gives ("nothing-like-this://a/b", INSTRU_RECORDING_ERROR_NOT_LOCAL);
  assert_uri_gives ("resource:///no/such/file.wav", INSTRU_RECORDING_ERROR_NOT_FOUND);
}

static void
test_permission (void)
{
  g_autofree char *path = instru_test_write ("secret.wav", "x", 1);

  if (geteuid () == 0)
    {
      g_test_skip ("The superuser may read everything.");
      return;
    }
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  assert_path_gives (path, INSTRU_RECORDING_ERROR_PERMISSION);
}

static void
test_empty (void)
{
  const InstruTestSound sound = { 44100, 2, 0.1 };
  g_autofree char *wav = instru_test_record ("whole.wav", &sound, "wavenc");
  g_autofree char *header = instru_test_cut ("header.wav", wav, 44.0 / (44.0 + 4410 * 8));

  assert_bytes_give ("empty.wav", "", 0, INSTRU_RECORDING_ERROR_EMPTY);
  assert_path_gives (header, INSTRU_RECORDING_ERROR_EMPTY);
}

/* The name says nothing; the bytes do. */
static void
test_not_audio (void)
{
  static const guint8 midi[] = "MThd\0\0\0\6\0\0\0\1\0\140MTrk\0\0\0\4\0\377\57\0";
  static const char playlist[] =
      "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nhttp://127.0.0.1/a.ts\n";
  static const char sdp[] = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=audio 4000 RTP/AVP 0\n";
  static const char zip[] = "PK\3\4\24\0\0\0\0\0nothing much is in here, nothing much is in here";
  static const char pdf[] =
      "%PDF-1.5\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";
  static const char *const names[] = { "a.wav", "a.flac", "a.mp3", "a.ogg", "a.opus",
                                       "a.m4a", "a.aiff", "a.wma", "a.mkv" };
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree guint8 *noise = g_malloc (20000);
  g_autofree guint8 *zeros = g_malloc0 (20000);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 1000; i++)
    g_string_append (words, "weeble ");
  for (guint i = 0; i < 20000; i++)
    noise[i] = (guint8) g_rand_int (rand);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      assert_bytes_give (names[i], words->str, words->len, INSTRU_RECORDING_ERROR_NOT_AUDIO);
      assert_bytes_give (names[i], noise, 20000, INSTRU_RECORDING_ERROR_NOT_AUDIO);
      assert_bytes_give (names[i], zeros, 20000, INSTRU_RECORDING_ERROR_NOT_AUDIO);
      assert_bytes_give (names[i], "x", 1, INSTRU_RECORDING_ERROR_NOT_AUDIO);
    }
  assert_bytes_give ("a.mid", midi, sizeof midi - 1, INSTRU_RECORDING_ERROR_NOT_AUDIO);
  assert_bytes_give ("a.m3u8", playlist, sizeof playlist - 1, INSTRU_RECORDING_ERROR_NOT_AUDIO);
  assert_bytes_give ("a.sdp", sdp, sizeof sdp - 1, INSTRU_RECORDING_ERROR_NOT_AUDIO);
  assert_bytes_give ("a.zip", zip, sizeof zip - 1, INSTRU_RECORDING_ERROR_NOT_AUDIO);
  assert_bytes_give ("a.pdf", pdf, sizeof pdf - 1, INSTRU_RECORDING_ERROR_NOT_AUDIO);
}

/* Recorded beside a sound that goes nowhere, because the recorder wants one. */
static char *
record_silent (const char *name, const char *pictures)
{
  const InstruTestSound sound = { 44100, 1, 0.1 };
  g_autofree char *encoder = g_strdup_printf ("fakesink %s", pictures);

  return instru_test_record (name, &sound, encoder);
}

static void
test_no_sound (void)
{
  static const char *const videos[] = {
    "videotestsrc num-buffers=10 ! avenc_mpeg4 ! avimux",
    "videotestsrc num-buffers=10 ! x264enc ! mp4mux",
    "videotestsrc num-buffers=10 ! vp8enc ! webmmux",
    "videotestsrc num-buffers=10 ! theoraenc ! oggmux",
    "videotestsrc num-buffers=10 ! x264enc ! matroskamux",
  };
  g_autofree char *image = record_silent ("image.png", "videotestsrc num-buffers=1 ! pngenc");

  for (gsize i = 0; i < G_N_ELEMENTS (videos); i++)
    {
      g_autofree char *path = record_silent ("silent", videos[i]);

      if (path != NULL)
        assert_path_gives (path, INSTRU_RECORDING_ERROR_NO_AUDIO_STREAM);
    }
  if (image != NULL)
    assert_path_gives (image, INSTRU_RECORDING_ERROR_NOT_AUDIO);
}

/* The sentence names the codec; here the decoders of Opus are hidden from the process. */
static void
test_codec_missing (void)
{
  const InstruTestSound sound = { 48000, 2, 0.5 };
  g_autofree char *path = instru_test_record ("codec.opus", &sound, "opusenc ! oggmux");
  g_autoptr (InstruHearing) heard = NULL;

  if (path == NULL)
    return;
  instru_hearing_stop ();
  g_setenv ("GST_PLUGIN_FEATURE_RANK", "opusdec:NONE,avdec_opus:NONE", TRUE);
  heard = instru_hear (path, 0.0);
  instru_hearing_stop ();
  g_unsetenv ("GST_PLUGIN_FEATURE_RANK");

  assert_code (heard, INSTRU_RECORDING_ERROR_CODEC_MISSING);
  g_assert_nonnull (strstr (heard->error->message, "Opus"));
}

/* A WAV may hold any codec; of this number nobody has heard. */
static void
test_codec_unknown (void)
{
  const InstruTestSound sound = { 44100, 2, 0.5 };
  g_autofree char *path =
      instru_test_record ("codec.wav", &sound, "audio/x-raw,format=S16LE ! wavenc");
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
  bytes[20] = 0x25;
  bytes[21] = 0x02;
  assert_bytes_give ("changed.wav", bytes, n_bytes, INSTRU_RECORDING_ERROR_CODEC_MISSING);
}

typedef struct
{
  const char *name;
  const char *encoder;
} Encoding;

static const Encoding encodings[] = {
  { "cut.wav", "audio/x-raw,format=S16LE ! wavenc" },
  { "cut.aiff", "audio/x-raw,format=S16BE ! aiffmux" },
  { "cut.flac", "flacenc" },
  { "cut.mp3", "lamemp3enc ! xingmux" },
  { "cut.ogg", "vorbisenc ! oggmux" },
  { "cut.opus", "audioresample ! opusenc ! oggmux" },
  { "cut.m4a", "voaacenc ! mp4mux fragment-duration=500" },
  { "cut.wma", "avenc_wmav2 ! asfmux" },
  { "cut.mka", "flacenc ! matroskamux" },
  { "cut.wv", "wavpackenc" },
};

/* The first half of a file gives the first half of the recording. */
static void
test_truncated (gconstpointer data)
{
  const Encoding *encoding = data;
  const InstruTestSound sound = { 44100, 2, 4.0 };
  g_autofree char *whole = instru_test_record ("whole", &sound, encoding->encoder);
  g_autofree char *half = NULL;
  g_autoptr (InstruHearing) heard = NULL;

  if (whole == NULL)
    return;
  half = instru_test_cut (encoding->name, whole, 0.5);
  heard = instru_hear (half, 0.0);
  g_assert_no_error (heard->error);
  g_test_message ("%s: %.3f s, hint %.3f s, warning: %s", encoding->name,
                  (double) heard->n_frames / heard->format.sample_rate_hz,
                  heard->format.duration_hint_s, heard->warning != NULL ? heard->warning : "none");
  g_assert_cmpfloat ((double) heard->n_frames / heard->format.sample_rate_hz, >, 0.8);
  g_assert_cmpfloat ((double) heard->n_frames / heard->format.sample_rate_hz, <, 2.5);
}

/* Any number of bytes of the beginning, and single wrong bytes anywhere, give an answer. */
static void
test_damaged (gconstpointer data)
{
  const Encoding *encoding = data;
  const InstruTestSound sound = { 44100, 2, 1.0 };
  g_autofree char *whole = instru_test_record ("whole", &sound, encoding->encoder);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  if (whole == NULL)
    return;
  g_assert_true (g_file_get_contents (whole, &bytes, &n_bytes, NULL));

  for (guint i = 0; i < 25; i++)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) MIN (n_bytes, i < 12 ? 400 : n_bytes));
      g_autofree char *cut = instru_test_write (encoding->name, bytes, at);
      g_autoptr (InstruHearing) of_cut = instru_hear (cut, 0.0);
      g_autofree char *changed = NULL;
      g_autoptr (InstruHearing) of_changed = NULL;

      bytes[at] = (char) ~bytes[at];
      changed = instru_test_write (encoding->name, bytes, n_bytes);
      of_changed = instru_hear (changed, 0.0);
      bytes[at] = (char) ~bytes[at];

      g_assert_false (
          g_error_matches (of_cut->error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_TIMEOUT));
      g_assert_false (g_error_matches (of_changed->error, INSTRU_RECORDING_ERROR,
                                       INSTRU_RECORDING_ERROR_TIMEOUT));
      g_assert_true (of_cut->error != NULL || of_cut->n_frames > 0);
      g_assert_true (of_changed->error != NULL || of_changed->n_frames > 0);
    }
}

static void
assert_reads (const char *path, gsize n_frames)
{
  g_autoptr (InstruHearing) heard = instru_hear (path, 0.0);

  g_assert_no_error (heard->error);
  g_assert_cmpuint (heard->n_frames, ==, n_frames);
}

/* The header's sizes may be 0, the largest number, too large or too small: what counts is what is
 * there. */
static void
test_lengths_that_lie (void)
{
  static const guint32 sizes[] = { 0, 0xffffffff, 0x7fffffff, 0x80000000, 1000000 };
  const InstruTestSound sound = { 44100, 2, 0.5 };
  g_autofree char *path =
      instru_test_record ("lie.wav", &sound, "audio/x-raw,format=S16LE ! wavenc");
  g_autofree char *bytes = NULL;
  gsize n_bytes, data_at;

  g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
  for (data_at = 12; memcmp (bytes + data_at, "data", 4) != 0; data_at++)
    g_assert_cmpuint (data_at, <, 100);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint32 size = GUINT32_TO_LE (sizes[i]);
      g_autofree char *lying = NULL;

      memcpy (bytes + 4, &size, 4);
      memcpy (bytes + data_at + 4, &size, 4);
      lying = instru_test_write ("lying.wav", bytes, n_bytes);
      assert_reads (lying, 22050);
    }
}

/* A FLAC that was streamed does not say how long it is. */
static void
test_unknown_length (void)
{
  const InstruTestSound sound = { 44100, 2, 1.0 };
  g_autofree char *path =
      instru_test_record ("stream.flac", &sound, "audio/x-raw,format=S16LE ! flacenc");
  g_autofree char *bytes = NULL;
  g_autofree char *unknown = NULL;
  g_autoptr (InstruHearing) heard = NULL;
  gsize n_bytes;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
  bytes[21] = (char) (bytes[21] & 0xf0); /* the 36 bits of the number of samples */
  memset (bytes + 22, 0, 4);
  unknown = instru_test_write ("unknown.flac", bytes, n_bytes);
  assert_reads (unknown, 44100);
  heard = instru_hear (unknown, 0.5);
  g_assert_cmpuint (heard->n_frames, ==, 22050);
}

static void
test_not_finite (void)
{
  const InstruTestSound sound = { 44100, 1, 0.1 };
  static const float bad[] = { NAN, INFINITY, -INFINITY, 1e30f, 0.5f };
  g_autofree char *path = instru_test_record ("float.wav", &sound, "wavenc");
  g_autofree char *bytes = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (InstruHearing) heard = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
  memcpy (bytes + n_bytes - sizeof bad, bad, sizeof bad);
  changed = instru_test_write ("not-finite.wav", bytes, n_bytes);
  heard = instru_hear (changed, 0.0);
  g_assert_no_error (heard->error);
  g_assert_cmpuint (heard->n_frames, ==, 4410);
  for (gsize i = 0; i < 3; i++)
    g_assert_cmpfloat (g_array_index (heard->samples, float, 4405 + i), ==, 0.0f);
  g_assert_cmpfloat (g_array_index (heard->samples, float, 4408), ==, 1e30f);
  g_assert_cmpfloat (g_array_index (heard->samples, float, 4409), ==, 0.5f);
}

static char *
join (const char *name, const char *first, const char *second)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *both = NULL;
  gsize n_a, n_b;

  g_assert_true (g_file_get_contents (first, &a, &n_a, NULL));
  g_assert_true (g_file_get_contents (second, &b, &n_b, NULL));
  both = g_malloc (n_a + n_b);
  memcpy (both, a, n_a);
  memcpy (both + n_a, b, n_b);
  return instru_test_write (name, both, n_a + n_b);
}

/* A chain goes on in its first format: the second link has half the rate and one channel. */
static void
test_chained (void)
{
  const InstruTestSound sound = { 44100, 2, 1.0 };
  const InstruTestSound other = { 22050, 1, 1.0 };
  g_autofree char *a = instru_test_record ("a.ogg", &sound, "vorbisenc ! oggmux");
  g_autofree char *a2 = instru_test_record ("a2.ogg", &sound, "vorbisenc ! oggmux");
  g_autofree char *b = instru_test_record ("b.ogg", &other, "vorbisenc ! oggmux");
  g_autofree char *same = NULL;
  g_autofree char *mixed = NULL;
  g_autoptr (InstruHearing) of_same = NULL;
  g_autoptr (InstruHearing) of_mixed = NULL;

  if (a == NULL || b == NULL)
    return;
  same = join ("same.ogg", a, a2);
  mixed = join ("mixed.ogg", a, b);
  of_same = instru_hear (same, 0.0);
  of_mixed = instru_hear (mixed, 0.0);

  g_assert_no_error (of_same->error);
  g_assert_cmpfloat_with_epsilon ((double) of_same->n_frames, 88200.0, 100.0);
  g_assert_no_error (of_mixed->error);
  g_assert_cmpuint (of_mixed->format.sample_rate_hz, ==, 44100);
  g_assert_cmpuint (of_mixed->format.n_channels, ==, 2);
  g_assert_cmpfloat_with_epsilon ((double) of_mixed->n_frames, 88200.0, 100.0);
  for (gsize i = 50000; i < 80000; i++) /* the mono link, in both channels alike */
    g_assert_cmpfloat_with_epsilon (g_array_index (of_mixed->samples, float, 2 * i),
                                    g_array_index (of_mixed->samples, float, 2 * i + 1), 1e-6);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/places", test_places);
  g_test_add_func ("/faults/addresses", test_addresses);
  g_test_add_func ("/faults/permission", test_permission);
  g_test_add_func ("/faults/empty", test_empty);
  g_test_add_func ("/faults/not-audio", test_not_audio);
  g_test_add_func ("/faults/no-sound", test_no_sound);
  g_test_add_func ("/faults/codec-missing", test_codec_missing);
  g_test_add_func ("/faults/codec-unknown", test_codec_unknown);
  g_test_add_func ("/faults/lengths-that-lie", test_lengths_that_lie);
  g_test_add_func ("/faults/unknown-length", test_unknown_length);
  g_test_add_func ("/faults/not-finite", test_not_finite);
  g_test_add_func ("/faults/chained", test_chained);
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autofree char *truncated = g_strconcat ("/faults/truncated/", encodings[i].name, NULL);
      g_autofree char *damaged = g_strconcat ("/faults/damaged/", encodings[i].name, NULL);

      g_test_add_data_func (truncated, &encodings[i], test_truncated);
      g_test_add_data_func (damaged, &encodings[i], test_damaged);
    }
  status = g_test_run ();
  instru_hearing_stop ();
  instru_test_remove_paths ();
  return status;
}
