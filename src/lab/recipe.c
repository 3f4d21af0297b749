/* A table of keys and where their values go. */
#include "recipe.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *group;
  const char *key;
  double minimum;
  double maximum;
  gsize offset;
  enum
  {
    DOUBLE,
    SIZE,
    SEED
  } type;
} Number;

#define FIELD(group, key, minimum, maximum, type)                                                  \
  {                                                                                                \
    group, #key, minimum, maximum, G_STRUCT_OFFSET (InstruRecipe, key), type                       \
  }

static const Number numbers[] = {
  FIELD ("training", seed, 0, 9e15, SEED),
  FIELD ("training", n_steps, 1, 1e7, SIZE),
  FIELD ("training", batch_size, 4, 1024, SIZE),
  FIELD ("training", max_learning_rate, 1e-8, 1, DOUBLE),
  FIELD ("training", weight_decay, 0, 1, DOUBLE),
  FIELD ("training", average_decay, 0, 0.99999, DOUBLE),
  FIELD ("training", label_smoothing, 0, 0.5, DOUBLE),
  FIELD ("training", none_share, 0, 0.5, DOUBLE),
  FIELD ("training", synthetic_weight, 0, 100, DOUBLE),
  FIELD ("augmentation", transposed_share, 0, 1, DOUBLE),
  FIELD ("augmentation", max_roll_bands, 0, 32, DOUBLE),
  FIELD ("augmentation", max_stretch, 0, 0.5, DOUBLE),
  FIELD ("augmentation", equaliser_db, 0, 40, DOUBLE),
  FIELD ("augmentation", low_pass_share, 0, 1, DOUBLE),
  FIELD ("augmentation", overlap_share, 0, 1, DOUBLE),
  FIELD ("augmentation", room_share, 0, 1, DOUBLE),
  FIELD ("augmentation", noise_share, 0, 1, DOUBLE),
  FIELD ("augmentation", accompaniment_share, 0, 1, DOUBLE),
  FIELD ("augmentation", mask_share, 0, 1, DOUBLE),
  FIELD ("augmentation", mixup_share, 0, 1, DOUBLE),
  FIELD ("augmentation", mixup_alpha, 0.01, 10, DOUBLE),
};

static gboolean
read_number (InstruRecipe *self, GKeyFile *file, const Number *number, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  double value = g_key_file_get_double (file, number->group, number->key, &local_error);
  gpointer field = G_STRUCT_MEMBER_P (self, number->offset);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!(value >= number->minimum && value <= number->maximum))
    {
      g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_RECIPE,
                   _ ("The recipe's “%s” must lie between %g and %g."), number->key,
                   number->minimum, number->maximum);
      return FALSE;
    }
  if (number->type == DOUBLE)
    *(double *) field = value;
  else if (number->type == SIZE)
    *(gsize *) field = (gsize) value;
  else
    *(guint64 *) field = (guint64) value;
  return TRUE;
}

InstruRecipe *
instru_recipe_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (InstruRecipe) self = g_new0 (InstruRecipe, 1);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error) ||
      (self->name = g_key_file_get_string (file, "model", "name", error)) == NULL ||
      (self->version = g_key_file_get_string (file, "model", "version", error)) == NULL ||
      (self->layers = g_key_file_get_string (file, "model", "layers", error)) == NULL ||
      (self->test_groups =
           g_key_file_get_string_list (file, "groups", "test_groups", NULL, error)) == NULL ||
      (self->validation_groups =
           g_key_file_get_string_list (file, "groups", "validation_groups", NULL, error)) == NULL)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!read_number (self, file, &numbers[i], error))
      return NULL;
  return instru_recipe_check (self, error) ? g_steal_pointer (&self) : NULL;
}

void
instru_recipe_free (InstruRecipe *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->version);
  g_free (self->layers);
  g_strfreev (self->test_groups);
  g_strfreev (self->validation_groups);
  g_free (self);
}

gboolean
instru_recipe_is_test_group (const InstruRecipe *self, const char *group)
{
  return g_strv_contains ((const char *const *) self->test_groups, group);
}

gboolean
instru_recipe_is_validation_group (const InstruRecipe *self, const char *group)
{
  return g_strv_contains ((const char *const *) self->validation_groups, group);
}

gboolean
instru_recipe_check (const InstruRecipe *self, GError **error)
{
  if (self->test_groups[0] == NULL)
    {
      g_set_error (
          error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_RECIPE,
          _ ("The recipe keeps no recording group for testing, so nothing could be said of "
             "its network."));
      return FALSE;
    }
  for (char **group = self->validation_groups; *group != NULL; group++)
    if (instru_recipe_is_test_group (self, *group))
      {
        g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_RECIPE,
                     _ ("The recording group “%s” is for testing and may not be used for anything "
                        "else."),
                     *group);
        return FALSE;
      }
  return TRUE;
}
