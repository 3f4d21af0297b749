/* instrunet-lab: the scientific side. Each command is a small function over src/lab; this file
 * reads options, shows progress, and prints results. */
#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "analyzer.h"
#include "folds.h"
#include "instru-config.h"
#include "sampler.h"
#include "training.h"

typedef struct
{
  const char *name;
  const char *summary;
  int (*run) (int argc, char **argv);
} Command;

/* What the commands have in common. */
typedef struct
{
  char **data; /* folders in NSynth's layout */
  char *work;  /* cache and checkpoints */
  char *recipe;
  char *output;
  char *model;
  int threads;
  int seed;
  int folds;
  gboolean resume;
} Options;

static void
options_clear (Options *self)
{
  g_strfreev (self->data);
  g_free (self->work);
  g_free (self->recipe);
  g_free (self->output);
  g_free (self->model);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
fail (const GError *error)
{
  g_printerr ("instrunet-lab: %s\n", error->message);
  return 1;
}

static int
fail_usage (const char *sentence)
{
  g_printerr ("instrunet-lab: %s\n", sentence);
  return 2;
}

/* Interruptions are not handled but looked for, so that work stops where it can be resumed. */
static void
block_interruptions (void)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
}

static gboolean
was_interrupted (void)
{
  sigset_t pending;

  sigpending (&pending);
  return sigismember (&pending, SIGINT) || sigismember (&pending, SIGTERM);
}

/* A line that is rewritten on a terminal and kept in a file. */
static void
show_progress (const char *line)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K%s", line);
  else
    g_printerr ("%s\n", line);
}

static void
end_progress (void)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\n");
}

static gboolean
on_cache_progress (gsize n_done, gsize n_all, gpointer user_data)
{
  gint64 start = *(const gint64 *) user_data;
  double elapsed_s = (double) (g_get_monotonic_time () - start) / 1e6;
  double rate = (double) n_done / MAX (elapsed_s, 1e-3);
  g_autofree char *line =
      g_strdup_printf (_ ("reading notes: %zu of %zu, %.0f a second, %.0f s to go"), n_done, n_all,
                       rate, (double) (n_all - n_done) / rate);

  if (isatty (STDERR_FILENO) || n_done % 1024 == 0)
    show_progress (line);
  return !was_interrupted ();
}

static gboolean
on_training_progress (const InstruTrainingProgress *progress, gpointer user_data)
{
  double left_s = (double) (progress->n_steps - progress->step) / progress->steps_per_s;
  g_autofree char *line = g_strdup_printf (
      _ ("step %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
         ", loss %.3f, windows right %.1f %%, %.2f steps a second, %.0f min to go"),
      progress->step, progress->n_steps, progress->loss, 100.0 * progress->accuracy,
      progress->steps_per_s, left_s / 60.0);

  show_progress (line);
  return !was_interrupted ();
}

static GPtrArray *
load_datasets (char **folders, GError **error)
{
  g_autoptr (GPtrArray) datasets =
      g_ptr_array_new_with_free_func ((GDestroyNotify) instru_dataset_free);

  for (char **folder = folders; *folder != NULL; folder++)
    {
      InstruDataset *dataset = instru_dataset_load (*folder, error);

      if (dataset == NULL)
        return NULL;
      g_ptr_array_add (datasets, dataset);
      if (dataset->n_missing_audio > 0)
        g_printerr (_ ("%s: %zu notes are named without audio and left out\n"), *folder,
                    dataset->n_missing_audio);
    }
  return g_steal_pointer (&datasets);
}

static InstruFeatureCache *
open_cache (const Options *options, GError **error)
{
  g_autofree char *folder = g_build_filename (options->work, "cache", NULL);
  g_autoptr (GPtrArray) datasets = load_datasets (options->data, error);
  gint64 start = g_get_monotonic_time ();
  InstruFeatureCache *cache;

  if (datasets == NULL)
    return NULL;
  cache = instru_feature_cache_open (folder, datasets, (guint) options->threads, on_cache_progress,
                                     &start, error);
  end_progress ();
  if (cache != NULL && instru_feature_cache_get_n_failed (cache) > 0)
    g_printerr (_ ("%zu notes could not be decoded and are left out\n"),
                instru_feature_cache_get_n_failed (cache));
  return cache;
}

static gboolean
parse (int *argc, char ***argv, const char *summary, GOptionEntry *entries, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_option_context_parse (context, argc, argv, error);
}

/* — split — */

static void
print_folds (const InstruDataset *dataset, GHashTable *folds, guint n_folds)
{
  for (guint fold = 0; fold < n_folds; fold++)
    {
      gsize counts[INSTRU_N_FAMILIES] = { 0 };
      g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GList) names = NULL;

      for (guint i = 0; i < dataset->notes->len; i++)
        {
          const InstruNote *note = g_ptr_array_index (dataset->notes, i);

          if (note->label >= INSTRU_N_FAMILIES ||
              GPOINTER_TO_UINT (g_hash_table_lookup (folds, note->group)) != fold)
            continue;
          counts[note->label]++;
          g_hash_table_add (groups, note->group);
        }
      g_print ("fold %u:", fold);
      for (int family = 0; family < INSTRU_N_FAMILIES; family++)
        g_print (" %s %zu", instru_family_get_id ((InstruFamily) family), counts[family]);
      g_print ("\ngroups=");
      names = g_list_sort (g_hash_table_get_keys (groups), (GCompareFunc) g_strcmp0);
      for (GList *name = names; name != NULL; name = name->next)
        g_print ("%s;", (const char *) name->data);
      g_print ("\n");
    }
}

static int
run_split (int argc, char **argv)
{
  g_auto (Options) options = { .seed = 42, .folds = 5 };
  GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.data, N_ ("A folder of notes"), "DIR" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, N_ ("Chance's seed"), "N" },
    { "folds", 0, 0, G_OPTION_ARG_INT, &options.folds, N_ ("How many folds, 2 to 16"), "N" },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) datasets = NULL;
  g_autoptr (GHashTable) folds = NULL;

  if (!parse (&argc, &argv, _ ("Deals whole recording groups to folds with each family in each."),
              entries, &error))
    return fail_usage (error->message);
  if (options.data == NULL || options.folds < 2 || options.folds > 16)
    return fail_usage (_ ("split needs --data DIR and --folds from 2 to 16."));

  datasets = load_datasets (options.data, &error);
  if (datasets == NULL)
    return fail (error);
  folds = instru_folds_deal (g_ptr_array_index (datasets, 0), (guint) options.folds,
                             (guint64) options.seed, &error);
  if (folds == NULL)
    return fail (error);
  print_folds (g_ptr_array_index (datasets, 0), folds, (guint) options.folds);
  return 0;
}

/* — train — */

static void
print_evaluation (const InstruEvaluation *evaluation)
{
  g_autofree char *text = instru_evaluation_to_text (evaluation);

  g_print ("%s", text);
}

static int
run_train (int argc, char **argv)
{
  g_auto (Options) options = { .threads = (int) g_get_num_processors () };
  GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.data,
      N_ ("A folder of notes; may be given several times"), "DIR" },
    { "recipe", 0, 0, G_OPTION_ARG_FILENAME, &options.recipe, N_ ("How it is made"), "FILE" },
    { "work", 0, 0, G_OPTION_ARG_FILENAME, &options.work,
      N_ ("Folder for the cache and checkpoints"), "DIR" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("The model to write"), "FILE" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options.threads, N_ ("Threads"), "N" },
    { "resume", 0, 0, G_OPTION_ARG_NONE, &options.resume, N_ ("Go on from the checkpoint"), NULL },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (InstruRecipe) recipe = NULL;
  g_autoptr (InstruFeatureCache) cache = NULL;
  g_autoptr (InstruEvaluation) evaluation = NULL;
  InstruTrainingOptions training;

  if (!parse (
          &argc, &argv,
          _ ("Trains a model by a recipe, calibrates it, tries it on the recipe's test groups.\n"
             "Ctrl+C writes a checkpoint; --resume goes on from it."),
          entries, &error))
    return fail_usage (error->message);
  if (!options.data || !options.recipe || !options.work || !options.output || options.threads < 1)
    return fail_usage (_ ("train needs --data DIR, --recipe FILE, --work DIR and --output FILE."));

  if ((recipe = instru_recipe_load (options.recipe, &error)) == NULL ||
      (cache = open_cache (&options, &error)) == NULL)
    return fail (error);

  training = (InstruTrainingOptions){ .work_folder = options.work,
                                      .output_path = options.output,
                                      .n_threads = (guint) options.threads,
                                      .resume = options.resume,
                                      .progress = on_training_progress };
  evaluation = instru_train (cache, recipe, &training, &error);
  end_progress ();
  if (evaluation == NULL)
    return fail (error);
  print_evaluation (evaluation);
  return 0;
}

/* — evaluate — */

static gboolean
check_unheard (const InstruModelInfo *info, const InstruRecipe *recipe, GError **error)
{
  for (char **group = recipe->test_groups; *group != NULL; group++)
    if (g_strv_contains (info->trained_on, *group))
      {
        g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_RECIPE,
                     _ ("The model was trained on the recording group “%s”; an evaluation on it "
                        "would say nothing."),
                     *group);
        return FALSE;
      }
  return TRUE;
}

/* How often it is not sure of recorded sounds of the kinds kept for testing. */
static void
print_unsure_of_sounds (InstruModel *model, const InstruFeatureCache *cache, guint n_threads)
{
  g_autoptr (GPtrArray) sounds = g_ptr_array_new ();
  g_autoptr (GArray) answers = NULL;

  for (gsize i = 0; i < instru_feature_cache_get_n (cache); i++)
    {
      const InstruCachedNote *note = instru_feature_cache_get (cache, i);

      if (note->label == INSTRU_LABEL_NONE && !note->is_transposed &&
          instru_sampler_is_test_kind (note->instrument_name))
        g_ptr_array_add (sounds, (gpointer) note);
    }
  answers = instru_evaluate_ask (model, sounds, n_threads);
  g_print ("\nnot sure, of %u sounds of kinds kept for testing that are no instrument: %.1f %%\n",
           sounds->len, 100.0 * instru_evaluate_unsure_share (answers));
}

static int
run_evaluate (int argc, char **argv)
{
  g_auto (Options) options = { .threads = (int) g_get_num_processors () };
  GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.data,
      N_ ("A folder of notes; may be given several times"), "DIR" },
    { "recipe", 0, 0, G_OPTION_ARG_FILENAME, &options.recipe, N_ ("Which groups test it"), "FILE" },
    { "model", 0, 0, G_OPTION_ARG_FILENAME, &options.model, N_ ("The model"), "FILE" },
    { "work", 0, 0, G_OPTION_ARG_FILENAME, &options.work, N_ ("Folder for the cache"), "DIR" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options.threads, N_ ("Threads"), "N" },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (InstruRecipe) recipe = NULL;
  g_autoptr (InstruModel) model = NULL;
  g_autoptr (InstruFeatureCache) cache = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GArray) answers = NULL;
  g_autoptr (InstruEvaluation) evaluation = NULL;

  if (!parse (&argc, &argv, _ ("Tries a model on the recipe's test groups, which it never heard."),
              entries, &error))
    return fail_usage (error->message);
  if (!options.data || !options.recipe || !options.work || !options.model || options.threads < 1)
    return fail_usage (
        _ ("evaluate needs --data DIR, --recipe FILE, --work DIR and --model FILE."));

  if ((recipe = instru_recipe_load (options.recipe, &error)) == NULL ||
      (model = instru_analyzer_load_model (options.model, &error)) == NULL ||
      !check_unheard (instru_model_get_info (model), recipe, &error) ||
      (cache = open_cache (&options, &error)) == NULL)
    return fail (error);

  notes = instru_training_get_test_notes (cache, recipe);
  answers = instru_evaluate_ask (model, notes, (guint) options.threads);
  evaluation = instru_evaluation_new (answers);
  print_evaluation (evaluation);
  print_unsure_of_sounds (model, cache, (guint) options.threads);
  return 0;
}

static const Command commands[] = {
  { "split", N_ ("deal recording groups to folds"), run_split },
  { "train", N_ ("make a model by a recipe"), run_train },
  { "evaluate", N_ ("try a model on groups that it never heard"), run_evaluate },
};

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("instrunet-lab COMMAND [OPTION…]"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i].name, _ (commands[i].summary));
  g_print ("\n%s\n", _ ("instrunet-lab COMMAND --help tells the options of a command."));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, INSTRU_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  block_interruptions ();

  if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      print_help ();
      return 0;
    }
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return commands[i].run (argc - 1, argv + 1);

  print_help ();
  return 2;
}
