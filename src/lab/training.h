/* Makes a model from a recipe: draws windows on one thread, trains on others, keeps checkpoints,
 * then calibrates on the validation groups, tries it once on the test groups, and writes the file.
 */
#pragma once

#include "evaluation.h"
#include "recipe.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 step;
  guint64 n_steps;
  double loss;     /* mean since the last report */
  double accuracy; /* of the augmented training windows, since the last report */
  double steps_per_s;
} InstruTrainingProgress;

/* Returns FALSE to stop. */
typedef gboolean (*InstruTrainingFunc) (const InstruTrainingProgress *progress, gpointer user_data);

typedef struct
{
  const char *work_folder; /* checkpoints */
  const char *output_path; /* of the model */
  guint n_threads;
  gboolean resume;
  InstruTrainingFunc progress; /* nullable */
  gpointer user_data;
} InstruTrainingOptions;

/* Errors: INSTRU_LAB_ERROR, INSTRU_WEIGHTS_ERROR. A stopped run has written a checkpoint.
 * Returns: (transfer full) (nullable): the evaluation on the test groups. */
InstruEvaluation *instru_train (const InstruFeatureCache *cache,
                                const InstruRecipe *recipe,
                                const InstruTrainingOptions *options,
                                GError **error);

/* The learning rate of one cycle (Smith and Topin, 2018): up in the first tenth, down in a cosine.
 */
double instru_one_cycle (guint64 step, guint64 n_steps, double max_learning_rate);

/* Notes of @cache, not transposed, of the recipe's test or validation groups.
 * Returns: (transfer full) */
GPtrArray *instru_training_get_test_notes (const InstruFeatureCache *cache,
                                           const InstruRecipe *recipe);
GPtrArray *instru_training_get_validation_notes (const InstruFeatureCache *cache,
                                                 const InstruRecipe *recipe);

G_END_DECLS
