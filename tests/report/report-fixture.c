/* Fixtures reach into the analysis, which is immutable for everybody else. */
#include "report-fixture.h"

#include <glib/gstdio.h>
#include <math.h>

#include "analysis-builder.h"
#include "analysis-private.h"
#include "analyzer.h"
#include "small-model.h"

#define RATE       44100
#define N_CHANNELS 2
#define BLOCK      4096
/* Windows of 128 frames, one every 64. */
#define WINDOW_S (128 * INSTRU_FRAME_S)
#define STEP_S   (64 * INSTRU_FRAME_S)

/* A scale in A major, half a second a note, six partials that decay the faster the higher. */
static float
melody_sample (double time_s)
{
  static const int semitones[] = { 0, 2, 4, 5, 7, 9, 11, 12 };
  double note = fmod (time_s, 0.5);
  double f0_hz = 220.0 * exp2 (semitones[(int) (time_s / 0.5) % 8] / 12.0);
  double sum = 0.0;

  for (int partial = 1; partial <= 6; partial++)
    sum += exp (-2.0 * partial * note) / partial * sin (2.0 * G_PI * partial * f0_hz * time_s);
  return (float) (0.4 * MIN (note / 0.02, 1.0) * sum);
}

static float
sample (InstruFixtureSound sound, double time_s)
{
  switch (sound)
    {
    case INSTRU_FIXTURE_MELODY:
      return melody_sample (time_s);
    case INSTRU_FIXTURE_SINE:
      return (float) (0.5 * sin (2.0 * G_PI * 440.0 * time_s));
    case INSTRU_FIXTURE_SILENCE:
    default:
      return 0.0f;
    }
}

InstruAnalysis *
instru_fixture_new (const char *path, InstruFixtureSound sound, double duration_s)
{
  InstruAudioFormat format = { RATE, N_CHANNELS, duration_s };
  InstruAudioTags tags = { .codec = (char *) "FLAC" };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (InstruAnalysisBuilder) builder = instru_analysis_builder_new (file, &format, NULL);
  g_autofree float *block = g_new (float, BLOCK *N_CHANNELS);
  g_autoptr (GError) error = NULL;
  InstruAnalysis *analysis;
  gsize n_frames = (gsize) rint (duration_s * RATE);

  for (gsize start = 0; start < n_frames; start += BLOCK)
    {
      gsize n_block = MIN (BLOCK, n_frames - start);

      for (gsize i = 0; i < n_block; i++)
        block[2 * i] = block[2 * i + 1] = sample (sound, (double) (start + i) / RATE);
      instru_analysis_builder_push (builder, block, n_block);
    }
  analysis = instru_analysis_builder_finish (builder, &tags, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}

/* Windows as the recogniser cuts them: the last one ends with the recording. */
static void
make_windows (InstruAnalysis *analysis)
{
  double duration_s = analysis->duration_s;
  double last_start_s = MAX (duration_s - WINDOW_S, 0.0);

  analysis->n_windows = 1 + (gsize) ceil (last_start_s / STEP_S);
  g_free (analysis->windows);
  analysis->windows = g_new0 (InstruTimelineWindow, analysis->n_windows);
  for (gsize i = 0; i < analysis->n_windows; i++)
    {
      InstruTimelineWindow *window = &analysis->windows[i];

      window->start_s = MIN ((double) i * STEP_S, last_start_s);
      window->end_s = MIN (window->start_s + WINDOW_S, duration_s);
    }
}

void
instru_fixture_set_verdict (InstruAnalysis *analysis,
                            InstruFamily family,
                            double score,
                            InstruReason reason)
{
  InstruVerdict *verdict = &analysis->verdict;
  InstruFamily next = (InstruFamily) ((family + 1) % INSTRU_N_FAMILIES);
  double next_score = MIN (0.7 * (1.0 - score), 0.8 * score);
  double rest = 1.0 - score - next_score;

  *verdict = (InstruVerdict){ TRUE, reason == INSTRU_REASON_NONE, reason, family, score, { 0 } };
  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    verdict->scores[i] = rest / (INSTRU_N_FAMILIES - 2);
  verdict->scores[family] = score;
  verdict->scores[next] = next_score;

  make_windows (analysis);
  for (gsize i = 0; i < analysis->n_windows; i++)
    {
      InstruTimelineWindow *window = &analysis->windows[i];
      /* One window in five names the second family. */
      gboolean is_next = i % 5 == 4;

      window->sure = verdict->sure && !is_next;
      for (int j = 0; j < INSTRU_N_FAMILIES; j++)
        window->scores[j] = (float) verdict->scores[j];
      if (is_next)
        {
          window->scores[family] = (float) verdict->scores[next];
          window->scores[next] = (float) verdict->scores[family];
        }
    }
}

void
instru_fixture_set_silence (InstruAnalysis *analysis)
{
  analysis->verdict = (InstruVerdict){ .reason = INSTRU_REASON_SILENCE };
  make_windows (analysis);
  for (gsize i = 0; i < analysis->n_windows; i++)
    analysis->windows[i].silent = TRUE;
}

static void
replace (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

void
instru_fixture_set_tags (InstruAnalysis *analysis, const char *title, const char *artist)
{
  replace (&analysis->tags.title, title);
  replace (&analysis->tags.artist, artist);
}

void
instru_fixture_add_warning (InstruAnalysis *analysis, const char *sentence)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) analysis->warnings);
  g_strv_builder_add (builder, sentence);
  g_strfreev (analysis->warnings);
  analysis->warnings = g_strv_builder_end (builder);
}

void
instru_fixture_set_model (InstruAnalysis *analysis)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("instrunet-model-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  instru_test_write_small_model (path);
  analysis->model = instru_analyzer_load_model (path, &error);
  g_assert_no_error (error);
  g_remove (path);
}
