/* The whole way of a model on a toy set made here: notes are written as WAV, read, cached, trained
 * on, stopped, resumed, evaluated; and what must be refused is. */
#include "training.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "analyzer.h"
#include "random.h"
#include "sampler.h"
#include "wav.h"

#define RATE            22050
#define NOTE_SAMPLES    16000
#define N_GROUPS        4
#define NOTES_PER_GROUP 2

typedef struct
{
  char *folder;
  char *work;
  char *recipe_path;
  char *model_path;
} Fixture;

static const char recipe_text[] =
    "[model]\nname=toy\nversion=1\n"
    "layers=conv3 6 /2 nobias, batchnorm, relu, conv3 8 /2 nobias, batchnorm, relu, avgmaxpool, "
    "dropout 0.1, dense 9\n"
    "[groups]\ntest_groups=group-0;\nvalidation_groups=group-1;\n"
    "[training]\nseed=1\nn_steps=40\nbatch_size=8\nmax_learning_rate=0.003\nweight_decay=0.01\n"
    "average_decay=0.9\nlabel_smoothing=0.05\nnone_share=0.1\nsynthetic_weight=0.5\n"
    "[augmentation]\ntransposed_share=0.4\nmax_roll_bands=3\nmax_stretch=0.12\nequaliser_db=4\n"
    "low_pass_share=0.25\noverlap_share=0.3\nroom_share=0.4\nnoise_share=0.5\naccompaniment_share=0.2\nmask_share=0."
    "3\n"
    "mixup_share=0.5\nmixup_alpha=0.4\n";

/* Each family has a pitch of its own and as many harmonics as its number. */
static void
write_note (Fixture *self, int family, gsize group, gsize index, GString *json)
{
  g_autofree char *name =
      g_strdup_printf ("%s_%zu-%zu", instru_family_get_id ((InstruFamily) family), group, index);
  g_autofree char *path = g_strdup_printf ("%s/audio/%s.wav", self->folder, name);
  g_autofree float *samples = g_new0 (float, NOTE_SAMPLES);

  for (gsize i = 0; i < NOTE_SAMPLES; i++)
    for (int harmonic = 1; harmonic <= family + 1; harmonic++)
      samples[i] +=
          (float) (0.1 / harmonic *
                   sin (2.0 * G_PI * harmonic * (150.0 + 60.0 * family + 5.0 * (double) index) *
                        (double) i / RATE));
  g_assert_true (instru_test_write_wav (path, RATE, 1, samples, NOTE_SAMPLES, NULL));
  g_string_append_printf (json,
                          "%s\"%s\": {\"note_str\": \"%s\", \"instrument_family_str\": \"%s\", "
                          "\"recording_group\": \"group-%zu\", \"collection\": \"toys\", "
                          "\"instrument_str\": \"%s_%zu\", \"qualities\": [0, {\"a\": 1}]}",
                          json->len > 1 ? ",\n" : "", name, name,
                          instru_family_get_id ((InstruFamily) family), group,
                          instru_family_get_id ((InstruFamily) family), group);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autofree char *audio = NULL;
  g_autofree char *examples = NULL;

  self->folder = g_dir_make_tmp ("instru-lab-XXXXXX", NULL);
  self->work = g_build_filename (self->folder, "work", NULL);
  self->recipe_path = g_build_filename (self->folder, "recipe.ini", NULL);
  self->model_path = g_build_filename (self->folder, "toy.safetensors", NULL);
  audio = g_build_filename (self->folder, "audio", NULL);
  examples = g_build_filename (self->folder, "examples.json", NULL);
  g_mkdir (audio, 0755);

  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    for (gsize group = 0; group < N_GROUPS; group++)
      for (gsize i = 0; i < NOTES_PER_GROUP; i++)
        write_note (self, family, group, i, json);
  g_string_append (json,
                   ",\n\"organ\": {\"note_str\": \"organ\", \"instrument_family_str\": \"organ\"},"
                   "\"lost\": {\"note_str\": \"lost\", \"instrument_family_str\": \"reed\"}\n}");
  g_assert_true (g_file_set_contents (examples, json->str, -1, NULL));
  g_assert_true (g_file_set_contents (self->recipe_path, recipe_text, -1, NULL));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->work);
  g_free (self->recipe_path);
  g_free (self->model_path);
}

static InstruFeatureCache *
open_cache (Fixture *self, InstruCacheProgressFunc progress, GError **error)
{
  g_autoptr (GPtrArray) datasets =
      g_ptr_array_new_with_free_func ((GDestroyNotify) instru_dataset_free);
  InstruDataset *dataset = instru_dataset_load (self->folder, error);
  g_autofree char *folder = g_build_filename (self->work, "cache", NULL);

  g_assert_nonnull (dataset);
  g_ptr_array_add (datasets, dataset);
  return instru_feature_cache_open (folder, datasets, 2, progress, NULL, error);
}

static void
test_dataset (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InstruDataset) dataset = instru_dataset_load (self->folder, &error);
  const InstruNote *note;

  g_assert_no_error (error);
  g_assert_cmpuint (dataset->notes->len, ==, INSTRU_N_FAMILIES * N_GROUPS * NOTES_PER_GROUP);
  g_assert_cmpuint (dataset->n_missing_audio, ==, 1);
  g_assert_cmpuint (dataset->n_other_families, ==, 1);
  note = g_ptr_array_index (dataset->notes, 0);
  g_assert_cmpstr (note->name, ==, "brass_0-0");
  g_assert_cmpstr (note->group, ==, "group-0");
  g_assert_cmpint (note->label, ==, INSTRU_FAMILY_BRASS);
}

static void
test_bad_datasets (Fixture *self, gconstpointer data)
{
  static const char *const texts[] = {
    "", "{", "[1, 2", "{\"a\": }", "\xff\xfe", "{\"a\": {\"b\""
  };
  g_autofree char *examples = g_build_filename (self->folder, "examples.json", NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (examples, texts[i], -1, NULL));
      g_assert_null (instru_dataset_load (self->folder, &error));
      g_assert_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_DATA);
      g_clear_error (&error);
    }
  g_assert_null (instru_dataset_load ("/nowhere/at-all", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* A second opening decodes nothing; frames are the same; a torn last write is cut off. */
static void
test_cache (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InstruFeatureCache) first = open_cache (self, NULL, &error);
  g_autoptr (InstruFeatureCache) again = NULL;
  const InstruCachedNote *note;

  g_assert_no_error (error);
  g_assert_cmpuint (instru_feature_cache_get_n (first), ==,
                    2 * INSTRU_N_FAMILIES * N_GROUPS * NOTES_PER_GROUP);
  note = instru_feature_cache_get (first, 0);
  g_assert_false (note->is_transposed);
  g_assert_cmpuint (note->n_frames, ==, 1 + NOTE_SAMPLES / INSTRU_HOP);

  again = open_cache (self, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < instru_feature_cache_get_n (first); i++)
    {
      const InstruCachedNote *a = instru_feature_cache_get (first, i);
      const InstruCachedNote *b = instru_feature_cache_get (again, i);

      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_cmpuint (a->n_frames, ==, b->n_frames);
      g_assert_true (
          memcmp (a->frames, b->frames, a->n_frames * INSTRU_CACHE_COLUMNS * sizeof (gint16)) == 0);
    }
}

/* What was written after the last whole line of the index is cut off. */
static void
test_torn_cache (Fixture *self, gconstpointer data)
{
  g_autofree char *index = g_build_filename (self->work, "cache", "index.tsv", NULL);
  g_autoptr (InstruFeatureCache) whole = open_cache (self, NULL, NULL);
  g_autofree char *text = NULL;
  const char *end_of_second;
  g_autoptr (InstruFeatureCache) mended = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (index, &text, NULL, NULL));
  end_of_second = strchr (strchr (text, '\n') + 1, '\n');
  g_assert_true (g_file_set_contents (index, text, end_of_second + 1 - text, NULL));

  mended = open_cache (self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (instru_feature_cache_get_n (mended), ==, instru_feature_cache_get_n (whole));
}

static void
test_batches_are_reproducible (Fixture *self, gconstpointer data)
{
  g_autoptr (InstruRecipe) recipe = instru_recipe_load (self->recipe_path, NULL);
  g_autoptr (InstruFeatureCache) cache = open_cache (self, NULL, NULL);
  g_autoptr (InstruSampler) sampler = instru_sampler_new (cache, recipe, NULL);
  g_autoptr (GPtrArray) groups = instru_sampler_get_groups (sampler);
  gsize n_inputs = recipe->batch_size * INSTRU_WINDOW_VALUES;
  gsize n_targets = recipe->batch_size * INSTRU_N_LABELS;
  g_autofree float *inputs = g_new (float, n_inputs), *same = g_new (float, n_inputs);
  g_autofree float *targets = g_new (float, n_targets), *also = g_new (float, n_targets);

  for (guint i = 0; i < groups->len; i++)
    {
      g_assert_cmpstr (g_ptr_array_index (groups, i), !=, "group-0");
      g_assert_cmpstr (g_ptr_array_index (groups, i), !=, "group-1");
    }

  for (guint64 step = 0; step < 20; step++)
    {
      instru_sampler_draw_batch (sampler, step, inputs, targets);
      instru_sampler_draw_batch (sampler, step, same, also);
      g_assert_true (memcmp (inputs, same, n_inputs * sizeof (float)) == 0);
      g_assert_true (memcmp (targets, also, n_targets * sizeof (float)) == 0);
      for (gsize i = 0; i < n_inputs; i++)
        g_assert_true (inputs[i] >= -1.0f && inputs[i] <= 1.0f);
      for (gsize i = 0; i < recipe->batch_size; i++)
        {
          double sum = 0.0;

          for (gsize label = 0; label < INSTRU_N_LABELS; label++)
            sum += targets[i * INSTRU_N_LABELS + label];
          g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-5);
        }
    }
}

static gboolean
stop_at_20 (const InstruTrainingProgress *progress, gpointer user_data)
{
  return progress->step != 20;
}

static InstruEvaluation *
train (Fixture *self,
       InstruFeatureCache *cache,
       InstruRecipe *recipe,
       const char *work,
       gboolean resume,
       InstruTrainingFunc progress,
       GError **error)
{
  InstruTrainingOptions options = { .work_folder = work,
                                    .output_path = self->model_path,
                                    .n_threads = 2,
                                    .resume = resume,
                                    .progress = progress };

  return instru_train (cache, recipe, &options, error);
}

static char *
get_sha256 (Fixture *self)
{
  g_autoptr (InstruModel) model = instru_analyzer_load_model (self->model_path, NULL);

  return g_strdup (instru_model_get_info (model)->sha256);
}

/* A stopped and resumed run writes the very file that an uninterrupted one writes. */
static void
test_stop_and_resume (Fixture *self, gconstpointer data)
{
  g_autoptr (InstruRecipe) recipe = instru_recipe_load (self->recipe_path, NULL);
  g_autoptr (InstruFeatureCache) cache = open_cache (self, NULL, NULL);
  g_autoptr (InstruEvaluation) whole = NULL;
  g_autoptr (InstruEvaluation) resumed = NULL;
  g_autofree char *whole_sha256 = NULL, *resumed_sha256 = NULL;
  g_autoptr (GError) error = NULL;

  whole = train (self, cache, recipe, self->work, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->n_notes, ==, INSTRU_N_FAMILIES * NOTES_PER_GROUP);
  whole_sha256 = get_sha256 (self);
  g_remove (self->model_path);

  g_assert_null (train (self, cache, recipe, self->work, FALSE, stop_at_20, &error));
  g_assert_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_STOPPED);
  g_clear_error (&error);
  g_assert_false (g_file_test (self->model_path, G_FILE_TEST_EXISTS));
  resumed = train (self, cache, recipe, self->work, TRUE, NULL, &error);
  g_assert_no_error (error);
  resumed_sha256 = get_sha256 (self);
  g_assert_cmpstr (whole_sha256, ==, resumed_sha256);
}

static void
test_refused_recipes (Fixture *self, gconstpointer data)
{
  static const char *const changes[][2] = {
    { "validation_groups=group-1;", "validation_groups=group-0;" },
    { "test_groups=group-0;", "test_groups=" },
    { "n_steps=40", "n_steps=0" },
    { "mixup_alpha=0.4", "mixup_alpha=nan" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_auto (GStrv) parts = g_strsplit (recipe_text, changes[i][0], 2);
      g_autofree char *text = g_strconcat (parts[0], changes[i][1], parts[1], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (self->recipe_path, text, -1, NULL));
      g_assert_null (instru_recipe_load (self->recipe_path, &error));
      g_assert_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_RECIPE);
      g_test_message ("%s", error->message);
    }
}

static void
test_one_cycle (void)
{
  double largest = 0.0;

  for (guint64 step = 0; step < 1000; step++)
    largest = fmax (largest, instru_one_cycle (step, 1000, 3e-3));
  g_assert_cmpfloat_with_epsilon (largest, 3e-3, 1e-5);
  g_assert_cmpfloat (instru_one_cycle (0, 1000, 3e-3), <, 3e-4);
  g_assert_cmpfloat (instru_one_cycle (999, 1000, 3e-3), <, 1e-5);
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
  add ("/training/dataset", test_dataset);
  add ("/training/bad-datasets", test_bad_datasets);
  add ("/training/cache", test_cache);
  add ("/training/torn-cache", test_torn_cache);
  add ("/training/batches-are-reproducible", test_batches_are_reproducible);
  add ("/training/stop-and-resume", test_stop_and_resume);
  add ("/training/refused-recipes", test_refused_recipes);
  g_test_add_func ("/training/one-cycle", test_one_cycle);
  return g_test_run ();
}
