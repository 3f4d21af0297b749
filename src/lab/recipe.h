/* How a network is made: a key file that holds every number of it, kept beside the model so that
 * anybody can make it again. */
#pragma once

#include "dataset.h"

G_BEGIN_DECLS

typedef struct
{
  /* [model] */
  char *name;
  char *version;
  char *layers;

  /* [groups] */
  GStrv test_groups;       /* never trained on */
  GStrv validation_groups; /* not trained on either: temperature and thresholds come from them */

  /* [training] */
  guint64 seed;
  gsize n_steps;
  gsize batch_size;
  double max_learning_rate;
  double weight_decay;
  double average_decay;
  double label_smoothing;
  double none_share;       /* of the windows */
  double synthetic_weight; /* of collections whose name begins with “sf-”, against real ones */

  /* [augmentation] */
  double transposed_share;
  double max_roll_bands;
  double max_stretch;
  double equaliser_db;
  double low_pass_share;
  double overlap_share;
  double room_share;
  double noise_share;
  double accompaniment_share;
  double mask_share;
  double mixup_share;
  double mixup_alpha;
} InstruRecipe;

/* Every key must be there, and make sense. Errors: INSTRU_LAB_ERROR_RECIPE, G_KEY_FILE_ERROR. */
InstruRecipe *instru_recipe_load (const char *path, GError **error);
void instru_recipe_free (InstruRecipe *self);

gboolean instru_recipe_is_test_group (const InstruRecipe *self, const char *group);
gboolean instru_recipe_is_validation_group (const InstruRecipe *self, const char *group);

/* Refuses a recipe that would train on what it tests with: a group that is in both lists.
 * Errors: INSTRU_LAB_ERROR_RECIPE. */
gboolean instru_recipe_check (const InstruRecipe *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruRecipe, instru_recipe_free)

G_END_DECLS
