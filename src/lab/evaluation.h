/* What a model says of notes that it never heard, as the program would hear them, and how often it
 * is right. */
#pragma once

#include "feature-cache.h"
#include "recognizer.h"

G_BEGIN_DECLS

/* The answer for one note. */
typedef struct
{
  const InstruCachedNote *note;
  gboolean is_silent; /* nothing voted: vote and verdict hold no scores */
  InstruVote vote;
  InstruVerdict verdict;
} InstruAnswer;

/* Counts of one recording group's notes of one family. */
typedef struct
{
  const char *group;
  int family;
  gsize n_notes;
  gsize n_right;
  gsize n_unsure;
} InstruGroupResult;

typedef struct
{
  gsize n_notes;
  gsize confusion[INSTRU_N_FAMILIES][INSTRU_N_FAMILIES]; /* [true][answered] */
  GArray *groups;                                        /* InstruGroupResult, by family and name */
  double balanced_by_group; /* mean over families of the mean over their groups: the headline */
  double balanced_by_note;  /* mean over families of the share of their notes */
  double family_by_group[INSTRU_N_FAMILIES];
  double calibration_error; /* expected calibration error, 15 bins (Guo et al., 2017), over notes */
  double negative_log_likelihood;
  double unsure_share;    /* of the notes */
  double right_when_sure; /* of the notes that it was sure of */
} InstruEvaluation;

/* Asks @model about @notes (InstruCachedNote). Returns: (transfer full): array of InstruAnswer, in
 * the order of @notes, whatever the number of threads. */
GArray *instru_evaluate_ask (InstruModel *model, GPtrArray *notes, guint n_threads);

/* @answers about notes of the eight families. Returns: (transfer full) */
InstruEvaluation *instru_evaluation_new (const GArray *answers);
void instru_evaluation_free (InstruEvaluation *self);

/* The share of @answers that are not sure, or silent. */
double instru_evaluate_unsure_share (const GArray *answers);

/* Tables for people: families, groups, confusion. Returns: (transfer full) */
char *instru_evaluation_to_text (const InstruEvaluation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruEvaluation, instru_evaluation_free)

G_END_DECLS
