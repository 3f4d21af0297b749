/* What goes into an encoder comes out of the decoder process: rate, channels, length and samples,
 * for every container and codec that people have, from any start position. */
#include "hearing.h"
#include "recordings.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static double
value_at (const InstruHearing *heard, gsize frame, gsize channel)
{
  return g_array_index (heard->samples, float, frame * heard->format.n_channels + channel);
}

/* The largest difference to the signal from frame @first of it on. */
static double
max_difference (const InstruHearing *heard, const InstruTestSound *sound, gsize first)
{
  double max = 0.0;

  for (gsize i = 0; i < heard->n_frames; i++)
    for (gsize c = 0; c < sound->n_channels; c++)
      max = MAX (max, fabs (value_at (heard, i, c) - instru_test_sound_at (sound, first + i, c)));
  return max;
}

static void
assert_format (const InstruHearing *heard, const InstruTestSound *sound)
{
  g_assert_no_error (heard->error);
  g_assert_cmpuint (heard->format.sample_rate_hz, ==, sound->rate_hz);
  g_assert_cmpuint (heard->format.n_channels, ==, sound->n_channels);
}

static void
assert_exact (const char *path, const InstruTestSound *sound, double tolerance)
{
  g_autoptr (InstruHearing) heard = instru_hear (path, 0.0);

  assert_format (heard, sound);
  g_assert_cmpuint (heard->n_frames, ==, instru_test_sound_n_frames (sound));
  g_assert_cmpfloat (max_difference (heard, sound, 0), <=, tolerance);
  g_assert_null (heard->warning);
}

typedef struct
{
  const char *name;
  const char *encoder;
  double tolerance; /* one step of the sample format, and the dither of half a step around it */
} Lossless;

static const Lossless losslesses[] = {
  { "u8.wav", "audio/x-raw,format=U8 ! wavenc", 2.0 / 128 },
  { "s16.wav", "audio/x-raw,format=S16LE ! wavenc", 2.0 / 32768 },
  { "s24.wav", "audio/x-raw,format=S24LE ! wavenc", 2.0 / 8388608 },
  { "s32.wav", "audio/x-raw,format=S32LE ! wavenc", 1e-7 },
  { "f32.wav", "audio/x-raw,format=F32LE ! wavenc", 3e-8 },
  { "f64.wav", "audio/x-raw,format=F64LE ! wavenc", 3e-8 },
  { "s16.flac", "audio/x-raw,format=S16LE ! flacenc", 2.0 / 32768 },
  { "s24.flac", "audio/x-raw,format=S24LE ! flacenc", 2.0 / 8388608 },
  { "s16.aiff", "audio/x-raw,format=S16BE ! aiffmux", 2.0 / 32768 },
  { "s16.wv", "audio/x-raw,format=S32LE ! wavpackenc", 2.0 / 8388608 },
  { "s16.oga", "audio/x-raw,format=S16LE ! flacenc ! oggmux", 2.0 / 32768 },
  { "s16.mka", "audio/x-raw,format=S16LE ! flacenc ! matroskamux", 2.0 / 32768 },
  { "s16.au", "audio/x-raw,format=S16BE ! avmux_au", 2.0 / 32768 },
  { "pcm.mkv", "audio/x-raw,format=S16LE ! matroskamux", 2.0 / 32768 },
  { "pcm.avi", "audio/x-raw,format=S16LE ! avimux", 2.0 / 32768 },
};

static void
test_lossless (gconstpointer data)
{
  const Lossless *lossless = data;
  const InstruTestSound sound = { 44100, 2, 0.5 };
  g_autofree char *path = instru_test_record (lossless->name, &sound, lossless->encoder);

  if (path != NULL)
    assert_exact (path, &sound, lossless->tolerance);
}

static void
test_channels (void)
{
  for (guint n_channels = 1; n_channels <= 8; n_channels++)
    {
      const InstruTestSound sound = { 48000, n_channels, 0.2 };
      g_autofree char *wav = instru_test_record ("channels.wav", &sound, "wavenc");
      g_autofree char *flac = NULL;

      assert_exact (wav, &sound, 3e-8);
      /* FLAC's own layouts of 3, 5 and 7 channels are not those of the test signal. */
      if (n_channels > 1 && n_channels % 2 == 1)
        continue;
      flac = instru_test_record ("channels.flac", &sound, "audio/x-raw,format=S24LE ! flacenc");
      if (flac != NULL)
        assert_exact (flac, &sound, 2.0 / 8388608);
    }
}

static void
test_rates (void)
{
  static const guint rates_hz[] = { 8000,  11025, 12000, 16000, 22050,  24000, 32000,
                                    44100, 48000, 88200, 96000, 176400, 192000 };

  for (gsize i = 0; i < G_N_ELEMENTS (rates_hz); i++)
    {
      const InstruTestSound sound = { rates_hz[i], 1, 0.2 };
      g_autofree char *wav = instru_test_record ("rates.wav", &sound, "wavenc");

      assert_exact (wav, &sound, 3e-8);
    }
}

typedef struct
{
  const char *name;
  const char *encoder;
  guint rate_hz;
  double max_relative_rms; /* of the difference, where the codec's delay was taken off */
  double max_extra_s;      /* encoders pad the start and the end */
  const char *codec;       /* a word in the codec's name */
} Lossy;

/* The limits are some four times what was measured with the encoders' own settings. */
static const Lossy lossies[] = {
  { "a.mp3", "lamemp3enc target=bitrate bitrate=192", 44100, 0.06, 0.1, "MP3" },
  { "a.ogg", "vorbisenc ! oggmux", 44100, 0.02, 0.03, "Vorbis" },
  { "a.opus", "opusenc bitrate=128000 ! oggmux", 48000, 0.05, 0.03, "Opus" },
  { "a.m4a", "voaacenc bitrate=192000 ! mp4mux", 44100, 0.02, 0.1, "AAC" },
  { "b.m4a", "avenc_aac bitrate=192000 aac-ms=0 ! mp4mux", 44100, 0.2, 0.1, "AAC" },
  { "a.aac", "voaacenc bitrate=192000 ! aacparse ! audio/mpeg,stream-format=adts", 44100, 0.02, 0.1,
    "AAC" },
  { "a.wma", "avenc_wmav2 bitrate=192000 ! asfmux", 44100, 0.02, 0.2, "WMA" },
  { "a.mp2", "twolamemp2enc bitrate=192", 44100, 0.02, 0.1, "MP2" },
  { "a.webm", "opusenc bitrate=128000 ! webmmux", 48000, 0.05, 0.03, "Opus" },
  { "a.alaw.wav", "alawenc ! wavenc", 44100, 0.05, 0.0, "law" },
};

/* How far the recording lies behind the signal: the lag with the smallest squared difference. */
static gsize
find_delay (const InstruHearing *heard, const InstruTestSound *sound, double *relative_rms)
{
  gsize n_frames = instru_test_sound_n_frames (sound);
  gsize max_delay = MIN (6000, heard->n_frames - 1);
  gsize best = 0;
  double best_sum = G_MAXDOUBLE, power = 0.0;

  for (gsize delay = 0; delay <= max_delay; delay++)
    {
      double sum = 0.0;

      for (gsize i = 0; i < n_frames && i + delay < heard->n_frames && sum < best_sum; i++)
        sum += pow (value_at (heard, i + delay, 0) - instru_test_sound_at (sound, i, 0), 2.0);
      if (sum < best_sum)
        {
          best_sum = sum;
          best = delay;
        }
    }
  for (gsize i = 0; i < n_frames; i++)
    power += pow (instru_test_sound_at (sound, i, 0), 2.0);
  *relative_rms = sqrt (best_sum / power);
  return best;
}

static void
test_lossy (gconstpointer data)
{
  const Lossy *lossy = data;
  const InstruTestSound sound = { lossy->rate_hz, 2, 0.7 };
  g_autofree char *path = instru_test_record (lossy->name, &sound, lossy->encoder);
  g_autoptr (InstruHearing) heard = NULL;
  double relative_rms;
  gsize delay;

  if (path == NULL)
    return;

  heard = instru_hear (path, 0.0);
  assert_format (heard, &sound);
  g_assert_null (heard->warning);
  g_assert_nonnull (heard->codec);
  g_assert_nonnull (strstr (heard->codec, lossy->codec));
  g_assert_cmpuint (heard->n_frames, >=, instru_test_sound_n_frames (&sound) - 2048);
  g_assert_cmpuint (heard->n_frames, <=,
                    instru_test_sound_n_frames (&sound) +
                        (gsize) (lossy->max_extra_s * lossy->rate_hz));

  delay = find_delay (heard, &sound, &relative_rms);
  g_test_message ("%s: delay %" G_GSIZE_FORMAT ", relative difference %.5f, %" G_GSIZE_FORMAT
                  " frames for %" G_GSIZE_FORMAT,
                  lossy->name, delay, relative_rms, heard->n_frames,
                  instru_test_sound_n_frames (&sound));
  g_assert_cmpfloat (relative_rms, <=, lossy->max_relative_rms);
}

static void
test_tags (void)
{
  const InstruTestSound sound = { 44100, 1, 0.2 };
  g_autofree char *path = instru_test_record (
      "tags.flac", &sound, "taginject tags=\"title=\\\"Größe Ελλάδα\\\",artist=Nobody\" ! flacenc");
  g_autoptr (InstruHearing) heard = NULL;

  if (path == NULL)
    return;
  heard = instru_hear (path, 0.0);
  g_assert_no_error (heard->error);
  g_assert_cmpstr (heard->title, ==, "Größe Ελλάδα");
  g_assert_cmpstr (instru_decoder_get_tags (instru_hearing_get_decoder ())->artist, ==, "Nobody");
  g_assert_null (instru_decoder_get_tags (instru_hearing_get_decoder ())->album);
}

/* Names are bytes: letters of any script, spaces, newlines, and what is no UTF-8 at all. */
static void
test_names (void)
{
  static const char *const names[] = { "Fløyte ♪ 笛.wav", "two\nlines.wav", " %41#?.wav",
                                       "bad\xff\xfe.wav", "-n" };
  const InstruTestSound sound = { 22050, 1, 0.1 };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = instru_test_path (names[i]);
      g_autofree char *recorded = instru_test_record ("plain.wav", &sound, "wavenc");

      g_assert_cmpint (g_rename (recorded, path), ==, 0);
      assert_exact (path, &sound, 3e-8);
    }
}

static const char *const videos[] = {
  "queue ! voaacenc ! mux. videotestsrc num-buffers=15 ! x264enc ! mp4mux name=mux",
  "queue ! vorbisenc ! mux. videotestsrc num-buffers=15 ! vp8enc ! webmmux name=mux",
  ("queue ! audio/x-raw,format=S16LE ! mux. videotestsrc num-buffers=15 ! avenc_mpeg4 ! avimux "
   "name=mux"),
  "queue ! flacenc ! mux. videotestsrc num-buffers=15 ! theoraenc ! matroskamux name=mux",
};

/* Of a video, the sound. */
static void
test_videos (void)
{
  const InstruTestSound sound = { 44100, 2, 0.5 };

  for (gsize i = 0; i < G_N_ELEMENTS (videos); i++)
    {
      g_autofree char *path = instru_test_record ("video", &sound, videos[i]);
      g_autoptr (InstruHearing) heard = NULL;
      double relative_rms;

      if (path == NULL)
        continue;
      heard = instru_hear (path, 0.0);
      assert_format (heard, &sound);
      g_assert_cmpfloat_with_epsilon ((double) heard->n_frames / sound.rate_hz, sound.duration_s,
                                      0.1);
      find_delay (heard, &sound, &relative_rms);
      g_assert_cmpfloat (relative_rms, <=, 0.02);
    }
}

/* Of two streams of sound, the first. */
static void
test_two_streams (void)
{
  const InstruTestSound sound = { 44100, 2, 0.5 };
  g_autofree char *path = instru_test_record (
      "two.mka", &sound,
      "queue ! flacenc ! mux. audiotestsrc num-buffers=40 samplesperbuffer=441 wave=white-noise ! "
      "audio/x-raw,rate=44100,channels=1 ! flacenc ! matroskamux name=mux");

  if (path != NULL)
    assert_exact (path, &sound, 2.0 / 32768);
}

typedef struct
{
  const char *name;
  const char *encoder;
  guint rate_hz;
  double tolerance;
  guint max_shift; /* frames: Matroska counts in milliseconds */
} Seekable;

/* MP3 frames overlap and lean on earlier ones, so the first after a seek differs a little more. */
static const Seekable seekables[] = {
  { "seek.wav", "wavenc", 44100, 0.0, 0 },
  { "seek.flac", "audio/x-raw,format=S24LE ! flacenc", 44100, 2.0 / 8388608, 0 },
  { "seek.opus", "opusenc bitrate=128000 ! oggmux", 48000, 0.05, 0 },
  { "seek.ogg", "vorbisenc ! oggmux", 44100, 0.02, 0 },
  { "seek.mp3", "lamemp3enc target=bitrate bitrate=192", 44100, 0.1, 0 },
  { "seek-vbr.mp3", "lamemp3enc target=quality quality=2 ! xingmux", 44100, 0.1, 0 },
  { "seek.m4a", "voaacenc bitrate=192000 ! mp4mux", 44100, 0.1, 0 },
  { "seek.mka", "flacenc ! matroskamux", 44100, 2.0 / 32768, 45 },
};

/* What is heard from a start position is what was heard there from the beginning, to a sample. */
static void
test_start (gconstpointer data)
{
  static const double starts_s[] = { 0.001, 1.2345, 5.5, 7.2345, 8.9 };
  const Seekable *seekable = data;
  const InstruTestSound sound = { seekable->rate_hz, 2, 9.0 };
  g_autofree char *path = instru_test_record (seekable->name, &sound, seekable->encoder);
  g_autoptr (InstruHearing) whole = NULL;

  if (path == NULL)
    return;
  whole = instru_hear (path, 0.0);
  g_assert_no_error (whole->error);

  for (gsize i = 0; i < G_N_ELEMENTS (starts_s); i++)
    {
      g_autoptr (InstruHearing) part = instru_hear (path, starts_s[i]);
      gsize first = (gsize) llround (starts_s[i] * sound.rate_hz);
      double max = 0.0;

      assert_format (part, &sound);
      g_assert_cmpuint (part->n_frames, >=, whole->n_frames - first - seekable->max_shift);
      g_assert_cmpuint (part->n_frames, <=, whole->n_frames - first + seekable->max_shift);
      if (seekable->max_shift > 0)
        continue;
      for (gsize k = 0; k < part->n_frames; k++)
        max = MAX (max, fabs (value_at (part, k, 0) - value_at (whole, first + k, 0)));
      g_test_message ("%s from %.4f s: largest difference %.5f", seekable->name, starts_s[i], max);
      g_assert_cmpfloat (max, <=, seekable->tolerance);
    }
}

static void
test_start_past_the_end (void)
{
  const InstruTestSound sound = { 44100, 1, 0.5 };
  g_autofree char *path = instru_test_record ("past.wav", &sound, "wavenc");
  g_autoptr (InstruHearing) heard = instru_hear (path, 7.0);
  g_autoptr (InstruHearing) negative = instru_hear (path, -1.0);
  g_autoptr (InstruHearing) strange = instru_hear (path, NAN);

  assert_format (heard, &sound);
  g_assert_cmpuint (heard->n_frames, ==, 0);
  g_assert_cmpuint (negative->n_frames, ==, 22050);
  g_assert_cmpuint (strange->n_frames, ==, 22050);
}

/* Opening again ends what came before, wherever it was. */
static void
test_reopen (void)
{
  const InstruTestSound sound = { 44100, 2, 9.0 };
  g_autofree char *path = instru_test_record ("reopen.wav", &sound, "wavenc");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  InstruDecoder *decoder = instru_hearing_get_decoder ();
  float block[512];

  for (guint i = 0; i < 120; i++)
    {
      g_autoptr (GError) error = NULL;
      double start_s = 0.07 * i;

      g_assert_true (instru_decoder_open (decoder, file, start_s, NULL, &error));
      for (guint k = 0; k < i; k++)
        g_assert_cmpint (instru_decoder_read (decoder, block, 10 + i, NULL, &error), ==, 10 + i);
      g_assert_no_error (error);
    }
  assert_exact (path, &sound, 3e-8);
}

/* Files that GIO only gives as a stream are read, too: here from a resource, without a path. */
static void
test_stream (void)
{
  const InstruTestSound sound = { 44100, 1, 0.3 };
  g_autofree char *path = instru_test_record ("stream.wav", &sound, "wavenc");
  g_autofree char *link = instru_test_path ("link.wav");
  g_autoptr (GFile) file = NULL;
  g_autoptr (InstruHearing) heard = NULL;

  g_assert_cmpint (symlink (path, link), ==, 0);
  file = g_file_new_for_uri ("resource:///none/such.wav");
  heard = instru_hear_file (file, 0.0);
  g_assert_error (heard->error, g_quark_from_string ("instru-recording-error-quark"), 0);
  assert_exact (link, &sound, 3e-8);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (losslesses); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/lossless/", losslesses[i].name, NULL);

      g_test_add_data_func (path, &losslesses[i], test_lossless);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (lossies); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/lossy/", lossies[i].name, NULL);

      g_test_add_data_func (path, &lossies[i], test_lossy);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (seekables); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/start/", seekables[i].name, NULL);

      g_test_add_data_func (path, &seekables[i], test_start);
    }
  g_test_add_func ("/formats/channels", test_channels);
  g_test_add_func ("/formats/rates", test_rates);
  g_test_add_func ("/formats/tags", test_tags);
  g_test_add_func ("/formats/names", test_names);
  g_test_add_func ("/formats/videos", test_videos);
  g_test_add_func ("/formats/two-streams", test_two_streams);
  g_test_add_func ("/formats/start-past-the-end", test_start_past_the_end);
  g_test_add_func ("/formats/reopen", test_reopen);
  g_test_add_func ("/formats/stream", test_stream);
  status = g_test_run ();
  instru_hearing_stop ();
  instru_test_remove_paths ();
  return status;
}
