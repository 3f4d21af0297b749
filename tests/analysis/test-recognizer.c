/* Which windows there are, which of them vote, and that streaming asks the same network the same
 * things. The network is untrained: what it says is not looked at, only that it says it. */
#include "recognizer.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "analyzer.h"
#include "model-file.h"

static const char layers[] = "conv3 4 /2 nobias, batchnorm, relu, avgmaxpool, dense 9";

typedef struct
{
  char *folder;
  char *path;
  InstruModel *model;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  InstruModelInfo info = instru_test_model_info ();
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("instru-recognizer-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "model.safetensors", NULL);
  instru_test_write_model (self->path, layers, &info, INSTRU_FRONT_END_NAME, 9);
  self->model = instru_analyzer_load_model (self->path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  instru_model_unref (self->model);
  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static void
make_frame (gsize t, float *mel_db)
{
  for (gsize band = 0; band < INSTRU_N_MELS; band++)
    mel_db[band] = -20.0f - (float) ((7 * t + 3 * band) % 60);
}

static InstruRecognizer *
recognise (Fixture *self, gsize n_frames, float rms)
{
  InstruRecognizer *recognizer = instru_recognizer_new (self->model);
  float mel_db[INSTRU_N_MELS];

  for (gsize t = 0; t < n_frames; t++)
    {
      make_frame (t, mel_db);
      instru_recognizer_push (recognizer, mel_db, rms);
    }
  instru_recognizer_finish (recognizer);
  return recognizer;
}

static void
test_windows (Fixture *self, gconstpointer data)
{
  static const struct
  {
    gsize n_frames;
    gsize n_windows;
    gsize last_start;
    gsize last_end;
  } cases[] = { { 0, 0, 0, 0 },      { 1, 1, 0, 1 },       { 127, 1, 0, 127 },
                { 128, 1, 0, 128 },  { 129, 2, 1, 129 },   { 192, 2, 64, 192 },
                { 193, 3, 65, 193 }, { 300, 4, 172, 300 }, { 1000, 15, 872, 1000 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (InstruRecognizer) recognizer = recognise (self, cases[i].n_frames, 0.1f);
      gsize n_windows;
      const InstruTimelineWindow *windows = instru_recognizer_get_windows (recognizer, &n_windows);

      g_assert_cmpuint (n_windows, ==, cases[i].n_windows);
      if (n_windows == 0)
        continue;
      g_assert_cmpfloat_with_epsilon (windows[n_windows - 1].start_s,
                                      (double) cases[i].last_start * INSTRU_FRAME_S, 1e-9);
      g_assert_cmpfloat_with_epsilon (windows[n_windows - 1].end_s,
                                      (double) cases[i].last_end * INSTRU_FRAME_S, 1e-9);
    }
}

/* The second window of a stream is what the network says of frames 64 … 191 alone. */
static void
test_stream_equals_direct (Fixture *self, gconstpointer data)
{
  g_autoptr (InstruRecognizer) recognizer = recognise (self, 192, 0.1f);
  g_autoptr (InstruModelWorkspace) workspace = instru_model_workspace_new (self->model);
  g_autofree float *input = g_new (float, INSTRU_N_MELS *INSTRU_WINDOW_FRAMES);
  float mel_db[INSTRU_N_MELS], logits[9], maximum = -INFINITY;
  InstruVote vote;
  gsize n_windows;
  const InstruTimelineWindow *windows = instru_recognizer_get_windows (recognizer, &n_windows);

  for (gsize t = 0; t < INSTRU_WINDOW_FRAMES; t++)
    {
      make_frame (64 + t, mel_db);
      for (gsize band = 0; band < INSTRU_N_MELS; band++)
        {
          input[band * INSTRU_WINDOW_FRAMES + t] = mel_db[band];
          maximum = fmaxf (maximum, mel_db[band]);
        }
    }
  for (gsize i = 0; i < INSTRU_N_MELS * INSTRU_WINDOW_FRAMES; i++)
    input[i] = fmaxf (input[i] - maximum, INSTRU_WINDOW_FLOOR_DB);
  instru_model_predict (self->model, workspace, input, logits);
  instru_vote_from_logits (&vote, logits, instru_model_get_info (self->model));

  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    g_assert_cmpfloat (windows[1].scores[i], ==, (float) vote.scores[i]);
}

static void
test_silence_does_not_vote (Fixture *self, gconstpointer data)
{
  g_autoptr (InstruRecognizer) silent = recognise (self, 300, 0.9e-3f); /* −60.9 dBFS */
  g_autoptr (InstruRecognizer) quiet = recognise (self, 300, 1.1e-3f);  /* −59.2 dBFS */
  InstruVerdict verdict;
  InstruVote vote;
  double sum = 0.0;

  g_assert_false (instru_recognizer_get_vote (silent, &vote));
  instru_recognizer_get_verdict (silent, &verdict);
  g_assert_cmpint (verdict.reason, ==, INSTRU_REASON_SILENCE);

  g_assert_true (instru_recognizer_get_vote (quiet, &vote));
  instru_recognizer_get_verdict (quiet, &verdict);
  g_assert_true (verdict.has_scores);
  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    sum += verdict.scores[i];
  g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-9);
}

/* A model that names other families, or wants other windows, is refused by name. */
static void
test_foreign_models (Fixture *self, gconstpointer data)
{
  static const char *const swapped[] = { "flute", "brass",  "guitar", "keyboard", "mallet",
                                         "reed",  "string", "vocal",  "none",     NULL };
  InstruModelInfo info = instru_test_model_info ();
  g_autoptr (GError) error = NULL;

  info.outputs = swapped;
  instru_test_write_model (self->path, layers, &info, INSTRU_FRONT_END_NAME, 9);
  g_assert_null (instru_analyzer_load_model (self->path, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH);
  g_clear_error (&error);

  info = instru_test_model_info ();
  info.n_frames = 64;
  instru_test_write_model (self->path, layers, &info, INSTRU_FRONT_END_NAME, 9);
  g_assert_null (instru_analyzer_load_model (self->path, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH);
  g_clear_error (&error);

  info = instru_test_model_info ();
  instru_test_write_model (self->path, layers, &info, "sr=16000", 9);
  g_assert_null (instru_analyzer_load_model (self->path, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/recognizer/windows", test_windows);
  add ("/recognizer/stream-equals-direct", test_stream_equals_direct);
  add ("/recognizer/silence-does-not-vote", test_silence_does_not_vote);
  add ("/recognizer/foreign-models", test_foreign_models);
  return g_test_run ();
}
