/* Asking runs on threads that take note after note; counting is one pass over the answers. */
#include "evaluation.h"

#include <math.h>
#include <string.h>

#include "thread-pool.h"

#define N_CALIBRATION_BINS 15
#define NOTES_PER_TASK     16

typedef struct
{
  InstruModel *model;
  GPtrArray *notes;
  GArray *answers;
} Questions;

static void
ask_one (InstruModel *model, const InstruCachedNote *note, InstruAnswer *answer)
{
  g_autoptr (InstruRecognizer) recognizer = instru_recognizer_new (model);
  float mel_db[INSTRU_N_MELS];

  for (gsize t = 0; t < note->n_frames; t++)
    {
      const gint16 *row = note->frames + t * INSTRU_CACHE_COLUMNS;

      for (gsize band = 0; band < INSTRU_N_MELS; band++)
        mel_db[band] = 0.01f * row[band];
      instru_recognizer_push (recognizer, mel_db, powf (10.0f, 0.0005f * row[INSTRU_N_MELS]));
    }
  instru_recognizer_finish (recognizer);

  *answer = (InstruAnswer){ .note = note };
  answer->is_silent = !instru_recognizer_get_vote (recognizer, &answer->vote);
  instru_recognizer_get_verdict (recognizer, &answer->verdict);
}

static void
ask_some (gsize task, gpointer user_data)
{
  Questions *questions = user_data;
  gsize end = MIN ((task + 1) * NOTES_PER_TASK, questions->notes->len);

  for (gsize i = task * NOTES_PER_TASK; i < end; i++)
    ask_one (questions->model, g_ptr_array_index (questions->notes, i),
             &g_array_index (questions->answers, InstruAnswer, i));
}

GArray *
instru_evaluate_ask (InstruModel *model, GPtrArray *notes, guint n_threads)
{
  g_autoptr (InstruThreadPool) pool = instru_thread_pool_new (n_threads);
  GArray *answers = g_array_sized_new (FALSE, TRUE, sizeof (InstruAnswer), notes->len);
  Questions questions = { model, notes, answers };

  g_array_set_size (answers, notes->len);
  instru_thread_pool_run (pool, (notes->len + NOTES_PER_TASK - 1) / NOTES_PER_TASK, ask_some,
                          &questions);
  return answers;
}

static int
compare_results (gconstpointer a, gconstpointer b)
{
  const InstruGroupResult *first = a, *second = b;

  if (first->family != second->family)
    return first->family - second->family;
  return strcmp (first->group, second->group);
}

static InstruGroupResult *
get_group (GArray *groups, const char *name, int family)
{
  InstruGroupResult added = { .group = name, .family = family };

  for (guint i = 0; i < groups->len; i++)
    {
      InstruGroupResult *result = &g_array_index (groups, InstruGroupResult, i);

      if (result->family == family && g_str_equal (result->group, name))
        return result;
    }
  g_array_append_val (groups, added);
  return &g_array_index (groups, InstruGroupResult, groups->len - 1);
}

static void
count_answer (InstruEvaluation *self, const InstruAnswer *answer)
{
  int family = answer->note->label;
  InstruGroupResult *group = get_group (self->groups, answer->note->group, family);

  self->n_notes++;
  group->n_notes++;
  group->n_unsure += answer->verdict.sure ? 0 : 1;
  if (answer->is_silent)
    return;
  self->confusion[family][answer->verdict.family]++;
  group->n_right += (int) answer->verdict.family == family ? 1 : 0;
}

static void
average_families (InstruEvaluation *self)
{
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      gsize n_groups = 0, n_notes = 0, n_right = 0;
      double sum = 0.0;

      for (guint i = 0; i < self->groups->len; i++)
        {
          const InstruGroupResult *group = &g_array_index (self->groups, InstruGroupResult, i);

          if (group->family != family)
            continue;
          n_groups++;
          n_notes += group->n_notes;
          n_right += group->n_right;
          sum += (double) group->n_right / (double) group->n_notes;
        }
      self->family_by_group[family] = n_groups > 0 ? sum / (double) n_groups : 0.0;
      self->balanced_by_group += self->family_by_group[family] / INSTRU_N_FAMILIES;
      self->balanced_by_note +=
          (n_notes > 0 ? (double) n_right / (double) n_notes : 0.0) / INSTRU_N_FAMILIES;
    }
}

static void
measure_calibration (InstruEvaluation *self, const GArray *answers)
{
  double confidence[N_CALIBRATION_BINS] = { 0 }, right[N_CALIBRATION_BINS] = { 0 };
  double n_scored = 0.0;

  for (guint i = 0; i < answers->len; i++)
    {
      const InstruAnswer *answer = &g_array_index (answers, InstruAnswer, i);
      gsize bin;

      if (answer->is_silent)
        continue;
      bin = MIN ((gsize) (answer->verdict.confidence * N_CALIBRATION_BINS), N_CALIBRATION_BINS - 1);
      confidence[bin] += answer->verdict.confidence;
      right[bin] += (int) answer->verdict.family == answer->note->label ? 1.0 : 0.0;
      self->negative_log_likelihood -= log (fmax (answer->vote.scores[answer->note->label], 1e-12));
      n_scored += 1.0;
    }
  for (gsize bin = 0; bin < N_CALIBRATION_BINS && n_scored > 0.0; bin++)
    self->calibration_error += fabs (confidence[bin] - right[bin]) / n_scored;
  self->negative_log_likelihood /= fmax (n_scored, 1.0);
}

double
instru_evaluate_unsure_share (const GArray *answers)
{
  gsize n_unsure = 0;

  for (guint i = 0; i < answers->len; i++)
    n_unsure += g_array_index (answers, InstruAnswer, i).verdict.sure ? 0 : 1;
  return answers->len > 0 ? (double) n_unsure / answers->len : 0.0;
}

static double
get_right_when_sure (const GArray *answers)
{
  gsize n_sure = 0, n_right = 0;

  for (guint i = 0; i < answers->len; i++)
    {
      const InstruAnswer *answer = &g_array_index (answers, InstruAnswer, i);

      if (!answer->verdict.sure)
        continue;
      n_sure++;
      n_right += (int) answer->verdict.family == answer->note->label ? 1 : 0;
    }
  return n_sure > 0 ? (double) n_right / (double) n_sure : 0.0;
}

InstruEvaluation *
instru_evaluation_new (const GArray *answers)
{
  InstruEvaluation *self = g_new0 (InstruEvaluation, 1);

  self->groups = g_array_new (FALSE, TRUE, sizeof (InstruGroupResult));
  for (guint i = 0; i < answers->len; i++)
    count_answer (self, &g_array_index (answers, InstruAnswer, i));
  g_array_sort (self->groups, compare_results);
  average_families (self);
  measure_calibration (self, answers);
  self->unsure_share = instru_evaluate_unsure_share (answers);
  self->right_when_sure = get_right_when_sure (answers);
  return self;
}

void
instru_evaluation_free (InstruEvaluation *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->groups);
  g_free (self);
}

static void
append_confusion (GString *text, const InstruEvaluation *self)
{
  g_string_append (text, "\n| true \\ answered |");
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    g_string_append_printf (text, " %s |", instru_family_get_id ((InstruFamily) family));
  g_string_append (text, " right, groups weigh alike |\n|---|");
  for (int family = 0; family <= INSTRU_N_FAMILIES; family++)
    g_string_append (text, "---:|");
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      g_string_append_printf (text, "\n| %s |", instru_family_get_id ((InstruFamily) family));
      for (int answered = 0; answered < INSTRU_N_FAMILIES; answered++)
        g_string_append_printf (text, " %zu |", self->confusion[family][answered]);
      g_string_append_printf (text, " %.1f %% |", 100.0 * self->family_by_group[family]);
    }
  g_string_append_c (text, '\n');
}

static void
append_groups (GString *text, const InstruEvaluation *self)
{
  g_string_append (text, "\n| family | recording group | notes | right | not sure |\n"
                         "|---|---|---:|---:|---:|\n");
  for (guint i = 0; i < self->groups->len; i++)
    {
      const InstruGroupResult *group = &g_array_index (self->groups, InstruGroupResult, i);

      g_string_append_printf (text, "| %s | %s | %zu | %.1f %% | %.1f %% |\n",
                              instru_family_get_id ((InstruFamily) group->family), group->group,
                              group->n_notes,
                              100.0 * (double) group->n_right / (double) group->n_notes,
                              100.0 * (double) group->n_unsure / (double) group->n_notes);
    }
}

char *
instru_evaluation_to_text (const InstruEvaluation *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "notes: %zu\n"
                          "balanced accuracy, groups weigh alike: %.1f %%\n"
                          "balanced accuracy, notes weigh alike: %.1f %%\n"
                          "expected calibration error: %.1f %%\n"
                          "not sure: %.1f %% of the notes\n"
                          "right where it is sure: %.1f %%\n",
                          self->n_notes, 100.0 * self->balanced_by_group,
                          100.0 * self->balanced_by_note, 100.0 * self->calibration_error,
                          100.0 * self->unsure_share, 100.0 * self->right_when_sure);
  append_confusion (text, self);
  append_groups (text, self);
  return g_string_free (text, FALSE);
}
