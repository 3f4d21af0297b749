/* The model that is shipped: it loads, says what it is, was not trained on what tests it, and not
 * on the recordings that the application offers to try. */
#include <glib/gstdio.h>

#include "analyzer.h"
#include "recipe.h"

/* The sample recordings are played by FluidR3 (data/samples/README.md). */
#define SAMPLES_GROUP "fluidr3"

static InstruModel *
load_model (void)
{
  g_autofree char *path = instru_analyzer_get_default_model_path ();
  g_autoptr (GError) error = NULL;
  InstruModel *model = instru_analyzer_load_model (path, &error);

  g_assert_no_error (error);
  return model;
}

static InstruRecipe *
load_recipe (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("INSTRU_MODEL_DIR"), "recipe.ini", NULL);
  g_autoptr (GError) error = NULL;
  InstruRecipe *recipe = instru_recipe_load (path, &error);

  g_assert_no_error (error);
  return recipe;
}

static void
test_says_what_it_is (void)
{
  g_autoptr (InstruModel) model = load_model ();
  g_autoptr (InstruRecipe) recipe = load_recipe ();
  const InstruModelInfo *info = instru_model_get_info (model);

  g_assert_cmpstr (info->name, ==, recipe->name);
  g_assert_cmpstr (info->version, ==, recipe->version);
  g_assert_cmpuint (info->n_outputs, ==, INSTRU_N_FAMILIES + 1);
  g_assert_true (g_str_has_suffix (info->training_summary, "."));
  g_assert_true (g_str_has_suffix (info->accuracy_summary, "."));
  g_assert_cmpfloat (info->sure_threshold, >, 1.0 / INSTRU_N_FAMILIES);
}

static void
test_not_trained_on_its_tests (void)
{
  g_autoptr (InstruModel) model = load_model ();
  g_autoptr (InstruRecipe) recipe = load_recipe ();
  const char *const *trained_on = instru_model_get_info (model)->trained_on;

  g_assert_cmpuint (g_strv_length ((GStrv) trained_on), >, 20);
  for (char **group = recipe->test_groups; *group != NULL; group++)
    g_assert_false (g_strv_contains (trained_on, *group));
  for (char **group = recipe->validation_groups; *group != NULL; group++)
    g_assert_false (g_strv_contains (trained_on, *group));
}

static void
test_not_trained_on_the_samples (void)
{
  g_autoptr (InstruModel) model = load_model ();
  g_autoptr (InstruRecipe) recipe = load_recipe ();
  g_autofree char *readme =
      g_build_filename (g_getenv ("INSTRU_DATA_DIR"), "samples", "README.md", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (readme, &text, NULL, NULL));
  g_assert_nonnull (g_strstr_len (text, -1, "Fluid (R3)"));
  g_assert_true (instru_recipe_is_test_group (recipe, SAMPLES_GROUP));
  g_assert_false (g_strv_contains (instru_model_get_info (model)->trained_on, SAMPLES_GROUP));
}

/* The card speaks of this model and not of an earlier one. */
static void
test_card_names_it (void)
{
  g_autoptr (InstruModel) model = load_model ();
  g_autofree char *path = g_build_filename (g_getenv ("INSTRU_MODEL_DIR"), "README.md", NULL);
  g_autofree char *card = NULL;

  g_assert_true (g_file_get_contents (path, &card, NULL, NULL));
  g_assert_nonnull (g_strstr_len (card, -1, instru_model_get_info (model)->sha256));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shipped-model/says-what-it-is", test_says_what_it_is);
  g_test_add_func ("/shipped-model/not-trained-on-its-tests", test_not_trained_on_its_tests);
  g_test_add_func ("/shipped-model/not-trained-on-the-samples", test_not_trained_on_the_samples);
  g_test_add_func ("/shipped-model/card-names-it", test_card_names_it);
  return g_test_run ();
}
