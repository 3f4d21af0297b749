/* A part of a recording is measured as the whole would be. */
#include "selection.h"

#include <glib/gstdio.h>
#include <math.h>

#include "analysis-builder.h"
#include "analyzer.h"
#include "small-model.h"
#include "wav.h"

#define RATE       22050
#define N_SECONDS  8
#define LOW_HZ     500.0
#define HIGH_HZ    4000.0
#define N_HALF     (N_SECONDS / 2 * RATE)
#define BORDER_S   (N_SECONDS / 2.0)
#define N_SAMPLES  (2 * N_HALF)
#define AT_EDGES_S 0.2 /* a frame sees 46 ms to either side */

static InstruModel *
make_model (void)
{
  g_autofree char *folder = g_dir_make_tmp ("instru-selection-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "small.safetensors", NULL);
  g_autoptr (GError) error = NULL;
  InstruModel *model;

  instru_test_write_small_model (path);
  model = instru_analyzer_load_model (path, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_rmdir (folder);
  return model;
}

/* A low sine, then a high one that is 12 dB softer. */
static InstruAnalysis *
analyze (InstruModel *model)
{
  InstruAudioFormat format = { RATE, 1, N_SECONDS };
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/two tones.wav");
  g_autoptr (InstruAnalysisBuilder) builder = instru_analysis_builder_new (file, &format, model);
  g_autofree float *low = instru_test_make_sine (RATE, LOW_HZ, 0.5, N_HALF);
  g_autofree float *high = instru_test_make_sine (RATE, HIGH_HZ, 0.125, N_HALF);
  g_autoptr (GError) error = NULL;
  InstruAnalysis *analysis;

  instru_analysis_builder_push (builder, low, N_HALF);
  instru_analysis_builder_push (builder, high, N_HALF);
  analysis = instru_analysis_builder_finish (builder, NULL, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}

static void
test_parts (void)
{
  g_autoptr (InstruAnalysis) analysis = analyze (NULL);
  InstruSelection low, high;

  g_assert_true (
      instru_selection_measure (analysis, AT_EDGES_S, BORDER_S - AT_EDGES_S, NULL, &low));
  g_assert_true (instru_selection_measure (analysis, BORDER_S + AT_EDGES_S, N_SECONDS - AT_EDGES_S,
                                           NULL, &high));

  /* Half a bin of the FFT; the level of a sine is 3.01 dB under its amplitude's. */
  g_assert_cmpfloat_with_epsilon (low.statistics[INSTRU_DESCRIPTOR_CENTROID_HZ].mean, LOW_HZ, 5.4);
  g_assert_cmpfloat_with_epsilon (high.statistics[INSTRU_DESCRIPTOR_CENTROID_HZ].mean, HIGH_HZ,
                                  5.4);
  g_assert_cmpfloat_with_epsilon (low.statistics[INSTRU_DESCRIPTOR_RMS].mean, -9.03, 0.02);
  g_assert_cmpfloat_with_epsilon (high.statistics[INSTRU_DESCRIPTOR_RMS].mean, -21.07, 0.02);
  g_assert_cmpint (low.verdict.reason, ==, INSTRU_REASON_NO_MODEL);
  g_assert_cmpuint (low.n_frames, ==, high.n_frames);
}

/* What is selected is all: the same answer as without a selection. */
static void
test_whole (void)
{
  g_autoptr (InstruModel) model = make_model ();
  g_autoptr (InstruAnalysis) analysis = analyze (model);
  const InstruVerdict *whole = instru_analysis_get_verdict (analysis);
  InstruSelection all, part;
  double difference = 0.0;

  g_assert_true (instru_selection_measure (analysis, 0.0, N_SECONDS, NULL, &all));
  g_assert_cmpuint (all.n_frames, ==, instru_analysis_get_n_frames (analysis));
  for (int i = 0; i < INSTRU_N_DESCRIPTORS; i++)
    {
      InstruStatistics expected = instru_analysis_get_statistics (analysis, (InstruDescriptor) i);

      g_assert_cmpfloat (all.statistics[i].mean, ==, expected.mean);
      g_assert_cmpfloat (all.statistics[i].standard_deviation, ==, expected.standard_deviation);
    }
  /* The levels are kept in hundredths of a dB. */
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    g_assert_cmpfloat_with_epsilon (all.verdict.scores[family], whole->scores[family], 1e-3);
  g_assert_true (all.verdict.has_scores);

  /* And a part of it has an answer of its own. */
  g_assert_true (
      instru_selection_measure (analysis, BORDER_S + AT_EDGES_S, N_SECONDS, NULL, &part));
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    difference += fabs (part.verdict.scores[family] - whole->scores[family]);
  g_assert_cmpfloat (difference, >, 1e-4);
}

/* However short or wrong the part is, the nearest frame answers. */
static void
test_limits (void)
{
  const double parts[][2] = { { 1.0, 1.0 },    { 1.0, 1.0001 }, { -5.0, -4.0 },
                              { 99.0, 100.0 }, { 3.0, 2.0 },    { -1e300, -1e300 } };
  const double odd[][2] = { { NAN, 1.0 }, { 0.0, INFINITY }, { NAN, NAN } };
  g_autoptr (InstruAnalysis) analysis = analyze (NULL);
  InstruSelection selection;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_assert_true (
          instru_selection_measure (analysis, parts[i][0], parts[i][1], NULL, &selection));
      g_assert_cmpuint (selection.n_frames, ==, 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_assert_true (instru_selection_measure (analysis, odd[i][0], odd[i][1], NULL, &selection));
      g_assert_cmpuint (selection.n_frames, ==, 0);
      g_assert_true (isnan (selection.statistics[INSTRU_DESCRIPTOR_RMS].mean));
    }
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

static InstruSelection *
measure_async (InstruAnalysis *analysis, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  instru_selection_measure_async (analysis, 1.0, 2.0, cancellable, on_measured, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return instru_selection_measure_finish (result, error);
}

static void
test_async (void)
{
  g_autoptr (InstruModel) model = make_model ();
  g_autoptr (InstruAnalysis) analysis = analyze (model);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree InstruSelection *selection = measure_async (analysis, cancellable, &error);
  g_autofree InstruSelection *cancelled = NULL;

  g_assert_no_error (error);
  g_assert_cmpfloat (selection->start_s, ==, 1.0);
  g_assert_true (selection->verdict.has_scores);

  g_cancellable_cancel (cancellable);
  cancelled = measure_async (analysis, cancellable, &error);
  g_assert_null (cancelled);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/parts", test_parts);
  g_test_add_func ("/selection/whole", test_whole);
  g_test_add_func ("/selection/limits", test_limits);
  g_test_add_func ("/selection/async", test_async);
  return g_test_run ();
}
