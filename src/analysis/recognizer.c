/* Keeps the last 128 frames in a ring and asks the network whenever a window is full. */
#include "recognizer.h"

#include <math.h>

#define MAX_OUTPUTS 16

struct _InstruRecognizer
{
  InstruModel *model;
  InstruModelWorkspace *workspace;
  float ring[INSTRU_WINDOW_FRAMES][INSTRU_N_MELS]; /* frame k is in row k % 128 */
  float ring_rms[INSTRU_WINDOW_FRAMES];
  float input[INSTRU_N_MELS * INSTRU_WINDOW_FRAMES];
  gsize n_frames;
  gsize next_start; /* of the window that is to come */
  GArray *windows;  /* InstruTimelineWindow */
  InstruVote sum;   /* of the windows that voted */
  gsize n_votes;
};

InstruRecognizer *
instru_recognizer_new (InstruModel *model)
{
  InstruRecognizer *self = g_new0 (InstruRecognizer, 1);

  self->model = instru_model_ref (model);
  self->workspace = instru_model_workspace_new (model);
  self->windows = g_array_new (FALSE, FALSE, sizeof (InstruTimelineWindow));
  return self;
}

void
instru_recognizer_free (InstruRecognizer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->workspace, instru_model_workspace_free);
  g_clear_pointer (&self->model, instru_model_unref);
  g_array_unref (self->windows);
  g_free (self);
}

/* Frames start … start + n − 1 as the network wants them: bands by frames, relative to the loudest
 * value, the floor where there are no frames. */
static void
fill_input (InstruRecognizer *self, gsize start, gsize n_frames)
{
  float maximum = -INFINITY;

  for (gsize t = 0; t < n_frames; t++)
    for (gsize band = 0; band < INSTRU_N_MELS; band++)
      maximum = fmaxf (maximum, self->ring[(start + t) % INSTRU_WINDOW_FRAMES][band]);

  for (gsize i = 0; i < G_N_ELEMENTS (self->input); i++)
    self->input[i] = INSTRU_WINDOW_FLOOR_DB;
  for (gsize t = 0; t < n_frames; t++)
    {
      const float *frame = self->ring[(start + t) % INSTRU_WINDOW_FRAMES];

      for (gsize band = 0; band < INSTRU_N_MELS; band++)
        self->input[band * INSTRU_WINDOW_FRAMES + t] =
            fmaxf (frame[band] - maximum, INSTRU_WINDOW_FLOOR_DB);
    }
}

static gboolean
is_silent (const InstruRecognizer *self, gsize start, gsize n_frames)
{
  float loudest = 0.0f;

  for (gsize t = 0; t < n_frames; t++)
    loudest = fmaxf (loudest, self->ring_rms[(start + t) % INSTRU_WINDOW_FRAMES]);
  return loudest < pow (10.0, INSTRU_SILENCE_DBFS / 20.0);
}

static void
add_vote (InstruRecognizer *self, const InstruVote *vote)
{
  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    self->sum.scores[i] += vote->scores[i];
  self->sum.none += vote->none;
  self->sum.energy += vote->energy;
  self->n_votes++;
}

static void
evaluate_window (InstruRecognizer *self, gsize start, gsize n_frames)
{
  const InstruModelInfo *info = instru_model_get_info (self->model);
  InstruTimelineWindow window = { .start_s = (double) start * INSTRU_FRAME_S,
                                  .end_s = (double) (start + n_frames) * INSTRU_FRAME_S };

  window.silent = is_silent (self, start, n_frames);
  if (!window.silent)
    {
      float logits[MAX_OUTPUTS];
      InstruVerdict verdict;
      InstruVote vote;

      fill_input (self, start, n_frames);
      instru_model_predict (self->model, self->workspace, self->input, logits);
      instru_vote_from_logits (&vote, logits, info);
      instru_verdict_from_vote (&verdict, &vote, info);
      add_vote (self, &vote);
      window.sure = verdict.sure;
      for (int i = 0; i < INSTRU_N_FAMILIES; i++)
        window.scores[i] = (float) vote.scores[i];
    }
  g_array_append_val (self->windows, window);
}

void
instru_recognizer_push (InstruRecognizer *self, const float *mel_db, float rms)
{
  gsize row = self->n_frames % INSTRU_WINDOW_FRAMES;

  for (gsize band = 0; band < INSTRU_N_MELS; band++)
    self->ring[row][band] = mel_db[band];
  self->ring_rms[row] = rms;
  self->n_frames++;

  if (self->n_frames == self->next_start + INSTRU_WINDOW_FRAMES)
    {
      evaluate_window (self, self->next_start, INSTRU_WINDOW_FRAMES);
      self->next_start += INSTRU_WINDOW_STRIDE;
    }
}

void
instru_recognizer_finish (InstruRecognizer *self)
{
  gsize last_end =
      self->windows->len == 0 ? 0 : self->next_start - INSTRU_WINDOW_STRIDE + INSTRU_WINDOW_FRAMES;

  if (self->n_frames == last_end)
    return;
  if (self->n_frames < INSTRU_WINDOW_FRAMES)
    evaluate_window (self, 0, self->n_frames);
  else
    evaluate_window (self, self->n_frames - INSTRU_WINDOW_FRAMES, INSTRU_WINDOW_FRAMES);
}

const InstruTimelineWindow *
instru_recognizer_get_windows (const InstruRecognizer *self, gsize *n)
{
  *n = self->windows->len;
  return (const InstruTimelineWindow *) (gconstpointer) self->windows->data;
}

gboolean
instru_recognizer_get_vote (const InstruRecognizer *self, InstruVote *vote)
{
  if (self->n_votes == 0)
    return FALSE;

  *vote = self->sum;
  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    vote->scores[i] /= (double) self->n_votes;
  vote->none /= (double) self->n_votes;
  vote->energy /= (double) self->n_votes;
  return TRUE;
}

void
instru_recognizer_get_verdict (const InstruRecognizer *self, InstruVerdict *verdict)
{
  InstruVote vote;

  if (instru_recognizer_get_vote (self, &vote))
    instru_verdict_from_vote (verdict, &vote, instru_model_get_info (self->model));
  else
    instru_verdict_silence (verdict);
}
