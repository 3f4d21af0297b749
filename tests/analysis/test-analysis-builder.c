/* From PCM to a result without a file and without a model. */
#include "analysis-builder.h"

#include <math.h>
#include <string.h>

#include "recording-error.h"
#include "wav.h"

#define RATE 44100

static InstruAnalysisBuilder *
new_builder (guint n_channels)
{
  InstruAudioFormat format = { RATE, n_channels, 2.0 };
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/a b.flac");

  return instru_analysis_builder_new (file, &format, NULL);
}

static void
test_sine (void)
{
  g_autoptr (InstruAnalysisBuilder) builder = new_builder (1);
  g_autofree float *sine = instru_test_make_sine (RATE, 1000.0, 0.5, 2 * RATE);
  g_autoptr (InstruAnalysis) analysis = NULL;
  g_autoptr (GError) error = NULL;
  InstruStatistics centroid, level;

  instru_analysis_builder_push (builder, sine, 2 * RATE);
  analysis = instru_analysis_builder_finish (builder, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_true (instru_analysis_is_complete (analysis));
  g_assert_cmpfloat (instru_analysis_get_duration_s (analysis), ==, 2.0);
  g_assert_cmpuint (instru_analysis_get_n_frames (analysis), ==, 1 + 2 * 22050 / 512);
  g_assert_cmpstr (instru_analysis_get_display_name (analysis), ==, "a b.flac");

  /* Away from the edges the centroid is the sine's Hz within half a bin, its level −9.03 dBFS. */
  g_assert_cmpfloat_with_epsilon (
      instru_analysis_get_descriptor (analysis, INSTRU_DESCRIPTOR_CENTROID_HZ, 40), 1000.0, 5.4);
  g_assert_cmpfloat_with_epsilon (instru_analysis_get_level_dbfs (analysis, 40), -9.03, 0.01);
  centroid = instru_analysis_get_statistics (analysis, INSTRU_DESCRIPTOR_CENTROID_HZ);
  level = instru_analysis_get_statistics (analysis, INSTRU_DESCRIPTOR_RMS);
  g_assert_cmpfloat_with_epsilon (centroid.mean, 1000.0, 40.0);
  g_assert_cmpfloat_with_epsilon (level.mean, -9.1, 0.2);

  g_assert_cmpint (instru_analysis_get_verdict (analysis)->reason, ==, INSTRU_REASON_NO_MODEL);
  g_assert_null (instru_analysis_get_model_info (analysis));
}

/* The channels' plain mean is analysed; a pair that cancels says so. */
static void
test_cancelling_channels (void)
{
  g_autoptr (InstruAnalysisBuilder) builder = new_builder (2);
  g_autofree float *sine = instru_test_make_sine (RATE, 440.0, 0.5, RATE);
  g_autofree float *stereo = g_new (float, 2 * RATE);
  g_autoptr (InstruAnalysis) analysis = NULL;

  for (gsize i = 0; i < RATE; i++)
    {
      stereo[2 * i] = sine[i];
      stereo[2 * i + 1] = -sine[i];
    }
  instru_analysis_builder_push (builder, stereo, RATE);
  analysis = instru_analysis_builder_finish (builder, NULL, "Damaged.", NULL);

  g_assert_cmpfloat (instru_analysis_get_level_dbfs (analysis, 20), ==, -120.0);
  g_assert_cmpuint (g_strv_length ((GStrv) instru_analysis_get_warnings (analysis)), ==, 2);
  g_assert_cmpstr (instru_analysis_get_warnings (analysis)[0], ==, "Damaged.");
}

static void
assert_same_frame (const InstruAnalysis *a, const InstruAnalysis *b, gsize frame)
{
  g_assert_true (memcmp (instru_analysis_get_mel_frame (a, frame),
                         instru_analysis_get_mel_frame (b, frame),
                         INSTRU_N_MELS * sizeof (gint16)) == 0);
}

/* Any blocks give the same frames, bit for bit, and partial results are beginnings of the whole. */
static void
test_blocks_and_partials (void)
{
  g_autofree float *sine = instru_test_make_sine (RATE, 330.0, 0.3, 2 * RATE);
  g_autoptr (InstruAnalysisBuilder) at_once = new_builder (1);
  g_autoptr (InstruAnalysisBuilder) in_blocks = new_builder (1);
  g_autoptr (InstruAnalysis) whole = NULL;
  g_autoptr (InstruAnalysis) partial = NULL;
  g_autoptr (InstruAnalysis) same = NULL;

  instru_analysis_builder_push (at_once, sine, 2 * RATE);
  whole = instru_analysis_builder_finish (at_once, NULL, NULL, NULL);

  for (gsize start = 0, n; start < 2 * RATE; start += n)
    {
      n = MIN (777, 2 * RATE - start);
      instru_analysis_builder_push (in_blocks, sine + start, n);
      if (partial == NULL && start > RATE)
        partial = instru_analysis_builder_snapshot (in_blocks);
    }
  same = instru_analysis_builder_finish (in_blocks, NULL, NULL, NULL);

  g_assert_cmpuint (instru_analysis_get_n_frames (same), ==, instru_analysis_get_n_frames (whole));
  for (gsize k = 0; k < instru_analysis_get_n_frames (whole); k++)
    assert_same_frame (whole, same, k);

  g_assert_false (instru_analysis_is_complete (partial));
  g_assert_cmpfloat (instru_analysis_get_expected_duration_s (partial), ==, 2.0);
  g_assert_cmpuint (instru_analysis_get_n_frames (partial), >, 30);
  g_assert_cmpuint (instru_analysis_get_n_frames (partial), <, 60);
  assert_same_frame (partial, whole, 30);
}

static void
test_too_little (void)
{
  g_autoptr (InstruAnalysisBuilder) nothing = new_builder (1);
  g_autoptr (InstruAnalysisBuilder) a_little = new_builder (1);
  g_autofree float *sine = instru_test_make_sine (RATE, 440.0, 0.5, RATE / 20);
  g_autoptr (GError) error = NULL;

  g_assert_null (instru_analysis_builder_finish (nothing, NULL, NULL, &error));
  g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_EMPTY);
  g_clear_error (&error);

  instru_analysis_builder_push (a_little, sine, RATE / 20);
  g_assert_null (instru_analysis_builder_finish (a_little, NULL, NULL, &error));
  g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_TOO_SHORT);
}

static void
test_digital_silence (void)
{
  g_autoptr (InstruAnalysisBuilder) builder = new_builder (1);
  g_autofree float *zeros = g_new0 (float, RATE);
  g_autoptr (InstruAnalysis) analysis = NULL;

  instru_analysis_builder_push (builder, zeros, RATE);
  analysis = instru_analysis_builder_finish (builder, NULL, NULL, NULL);

  g_assert_nonnull (analysis);
  g_assert_true (isnan (instru_analysis_get_statistics (analysis, INSTRU_DESCRIPTOR_RMS).mean));
  g_assert_cmpfloat (instru_analysis_get_descriptor (analysis, INSTRU_DESCRIPTOR_CENTROID_HZ, 3),
                     ==, 0.0);
  g_assert_cmpint (instru_analysis_get_mel_maximum (analysis), ==, -10000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/builder/sine", test_sine);
  g_test_add_func ("/builder/cancelling-channels", test_cancelling_channels);
  g_test_add_func ("/builder/blocks-and-partials", test_blocks_and_partials);
  g_test_add_func ("/builder/too-little", test_too_little);
  g_test_add_func ("/builder/digital-silence", test_digital_silence);
  return g_test_run ();
}
