/* The steps of making a model, one function each. */
#include "training.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "analyzer.h"
#include "calibration.h"
#include "sampler.h"
#include "trainer.h"

#define CHECKPOINT       "checkpoint.safetensors"
#define CHECKPOINT_EVERY 200
#define REPORT_EVERY     20
#define N_BATCHES_AHEAD  3
#define WARM_UP          0.1
#define FIRST_RATE       (1.0 / 25.0)
#define LAST_RATE        1e-3

static const char *const outputs[] = { "brass", "flute",  "guitar", "keyboard", "mallet",
                                       "reed",  "string", "vocal",  "none",     NULL };

typedef struct
{
  float *inputs;
  float *targets;
} Batch;

/* The drawing thread and what it shares with the training one. */
typedef struct
{
  const InstruSampler *sampler;
  guint64 step;
  guint64 n_steps;
  GAsyncQueue *empty; /* Batch */
  GAsyncQueue *full;  /* Batch */
  int stop;           /* atomic */
  GThread *thread;
} Producer;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_free (batch->inputs);
  g_free (batch->targets);
  g_free (batch);
}

static gpointer
produce (gpointer data)
{
  Producer *self = data;

  for (guint64 step = self->step; step < self->n_steps; step++)
    {
      Batch *batch = g_async_queue_pop (self->empty);

      if (g_atomic_int_get (&self->stop))
        {
          batch_free (batch);
          return NULL;
        }
      instru_sampler_draw_batch (self->sampler, step, batch->inputs, batch->targets);
      g_async_queue_push (self->full, batch);
    }
  return NULL;
}

static void
producer_start (Producer *self, gsize batch_size)
{
  self->empty = g_async_queue_new_full (batch_free);
  self->full = g_async_queue_new_full (batch_free);
  for (int i = 0; i < N_BATCHES_AHEAD; i++)
    {
      Batch *batch = g_new0 (Batch, 1);

      batch->inputs = g_new (float, batch_size *INSTRU_WINDOW_VALUES);
      batch->targets = g_new (float, batch_size *INSTRU_N_LABELS);
      g_async_queue_push (self->empty, batch);
    }
  self->thread = g_thread_new ("instru-sampler", produce, self);
}

static void
producer_stop (Producer *self)
{
  Batch *last = g_new0 (Batch, 1);

  /* One more empty batch wakes a thread that waits for one. */
  g_atomic_int_set (&self->stop, 1);
  g_async_queue_push (self->empty, last);
  g_thread_join (self->thread);
  g_async_queue_unref (self->empty);
  g_async_queue_unref (self->full);
}

double
instru_one_cycle (guint64 step, guint64 n_steps, double max_learning_rate)
{
  double part = ((double) step + 0.5) / (double) n_steps;
  double fall = 0.5 + 0.5 * cos (G_PI * (part - WARM_UP) / (1.0 - WARM_UP));

  if (part < WARM_UP)
    return max_learning_rate * (FIRST_RATE + (1.0 - FIRST_RATE) * part / WARM_UP);
  return max_learning_rate * (LAST_RATE + (1.0 - LAST_RATE) * fall);
}

static gboolean
report (const InstruTrainingOptions *options,
        InstruTrainingProgress *progress,
        gsize n_windows,
        gint64 *last_time)
{
  gint64 now = g_get_monotonic_time ();
  gboolean go_on;

  progress->loss /= REPORT_EVERY;
  progress->accuracy /= (double) n_windows;
  progress->steps_per_s = REPORT_EVERY * 1e6 / (double) MAX (now - *last_time, 1);
  go_on = options->progress == NULL || options->progress (progress, options->user_data);
  progress->loss = progress->accuracy = 0.0;
  *last_time = now;
  return go_on;
}

static gboolean
run_steps (InstruTrainer *trainer,
           Producer *producer,
           const InstruRecipe *recipe,
           const InstruTrainingOptions *options,
           const char *checkpoint,
           GError **error)
{
  InstruTrainingProgress progress = { .n_steps = recipe->n_steps };
  gint64 last_time = g_get_monotonic_time ();

  for (guint64 step = producer->step; step < recipe->n_steps; step++)
    {
      Batch *batch = g_async_queue_pop (producer->full);
      double rate = instru_one_cycle (step, recipe->n_steps, recipe->max_learning_rate);
      gsize n_correct;
      gboolean go_on = TRUE;

      progress.loss +=
          instru_trainer_step (trainer, batch->inputs, batch->targets, rate, &n_correct);
      progress.accuracy += (double) n_correct;
      progress.step = step + 1;
      g_async_queue_push (producer->empty, batch);

      if ((step + 1) % REPORT_EVERY == 0)
        go_on = report (options, &progress, REPORT_EVERY * recipe->batch_size, &last_time);
      if ((!go_on || (step + 1) % CHECKPOINT_EVERY == 0) &&
          !instru_trainer_save_checkpoint (trainer, checkpoint, error))
        return FALSE;
      if (!go_on)
        {
          g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_STOPPED,
                       _ ("Stopped at step %" G_GUINT64_FORMAT ". Go on with --resume."), step + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
train_network (InstruTrainer *trainer,
               const InstruSampler *sampler,
               const InstruRecipe *recipe,
               const InstruTrainingOptions *options,
               GError **error)
{
  g_autofree char *checkpoint = g_build_filename (options->work_folder, CHECKPOINT, NULL);
  Producer producer = { .sampler = sampler, .n_steps = recipe->n_steps };
  gboolean ok;

  if (options->resume && !instru_trainer_load_checkpoint (trainer, checkpoint, error))
    return FALSE;
  producer.step = instru_trainer_get_n_steps (trainer);
  producer_start (&producer, recipe->batch_size);
  ok = run_steps (trainer, &producer, recipe, options, checkpoint, error);
  producer_stop (&producer);
  return ok;
}

static GPtrArray *
select_notes (const InstruFeatureCache *cache,
              const InstruRecipe *recipe,
              gboolean (*is_member) (const InstruRecipe *recipe, const char *group))
{
  GPtrArray *notes = g_ptr_array_new ();

  for (gsize i = 0; i < instru_feature_cache_get_n (cache); i++)
    {
      const InstruCachedNote *note = instru_feature_cache_get (cache, i);

      if (!note->is_transposed && note->label < INSTRU_N_FAMILIES &&
          is_member (recipe, note->group))
        g_ptr_array_add (notes, (gpointer) note);
    }
  return notes;
}

GPtrArray *
instru_training_get_test_notes (const InstruFeatureCache *cache, const InstruRecipe *recipe)
{
  return select_notes (cache, recipe, instru_recipe_is_test_group);
}

GPtrArray *
instru_training_get_validation_notes (const InstruFeatureCache *cache, const InstruRecipe *recipe)
{
  return select_notes (cache, recipe, instru_recipe_is_validation_group);
}

static InstruEvaluation *
evaluate_file (const char *path, GPtrArray *notes, guint n_threads, GError **error)
{
  g_autoptr (InstruModel) model = instru_analyzer_load_model (path, error);
  g_autoptr (GArray) answers = NULL;

  if (model == NULL)
    return NULL;
  answers = instru_evaluate_ask (model, notes, n_threads);
  return instru_evaluation_new (answers);
}

/* Calibrates, evaluates, and writes the file with what was found. */
static InstruEvaluation *
finish_model (InstruTrainer *trainer,
              const InstruNetwork *network,
              const InstruSampler *sampler,
              const InstruFeatureCache *cache,
              const InstruRecipe *recipe,
              const InstruTrainingOptions *options,
              GError **error)
{
  const float *values = instru_trainer_get_averaged_values (trainer);
  g_autoptr (GPtrArray) validation = instru_training_get_validation_notes (cache, recipe);
  g_autoptr (GPtrArray) test = instru_training_get_test_notes (cache, recipe);
  g_autoptr (GPtrArray) groups = instru_sampler_get_groups (sampler);
  g_autofree char *scratch = g_build_filename (options->work_folder, "trial.safetensors", NULL);
  g_autofree char *training = g_strdup_printf ("Trained on %zu notes and sounds of %u recording "
                                               "groups; never on those that it is tested with.",
                                               instru_sampler_get_n_notes (sampler), groups->len);
  g_autofree char *accuracy = NULL;
  g_autoptr (InstruEvaluation) evaluation = NULL;
  InstruCalibration calibration;
  InstruModelInfo info = { .name = recipe->name,
                           .version = recipe->version,
                           .n_outputs = INSTRU_N_LABELS,
                           .outputs = outputs,
                           .n_bands = INSTRU_N_MELS,
                           .n_frames = INSTRU_WINDOW_FRAMES,
                           .temperature = 1.0,
                           .none_threshold = 1.0,
                           .energy_threshold = -INFINITY,
                           .training_summary = training,
                           .accuracy_summary = "" };

  g_ptr_array_add (groups, NULL);
  info.trained_on = (const char *const *) groups->pdata;
  if (!instru_calibrate (network, values, &info, validation, options->n_threads, scratch,
                         &calibration, error))
    return NULL;
  info.temperature = calibration.temperature;
  info.sure_threshold = calibration.sure_threshold;
  info.none_threshold = calibration.none_threshold;
  if (!instru_model_save (network, values, &info, INSTRU_FRONT_END_NAME, options->output_path,
                          error))
    return NULL;

  evaluation = evaluate_file (options->output_path, test, options->n_threads, error);
  if (evaluation == NULL)
    return NULL;
  accuracy = g_strdup_printf (
      "Right for %.0f %% of notes of recording groups that it had never heard (mean over the eight "
      "families), and for %.0f %% of those that it was sure of.",
      100.0 * evaluation->balanced_by_group, 100.0 * evaluation->right_when_sure);
  info.accuracy_summary = accuracy;
  if (!instru_model_save (network, values, &info, INSTRU_FRONT_END_NAME, options->output_path,
                          error))
    return NULL;
  return g_steal_pointer (&evaluation);
}

InstruEvaluation *
instru_train (const InstruFeatureCache *cache,
              const InstruRecipe *recipe,
              const InstruTrainingOptions *options,
              GError **error)
{
  InstruShape input = { 1, INSTRU_N_MELS, INSTRU_WINDOW_FRAMES };
  InstruTrainerOptions trainer_options = { .batch_size = recipe->batch_size,
                                           .n_threads = options->n_threads,
                                           .weight_decay = recipe->weight_decay,
                                           .average_decay = recipe->average_decay,
                                           .seed = recipe->seed };
  g_autoptr (InstruSampler) sampler = NULL;
  g_autoptr (InstruNetwork) network = NULL;
  g_autoptr (InstruTrainer) trainer = NULL;

  if (!instru_recipe_check (recipe, error) ||
      (sampler = instru_sampler_new (cache, recipe, error)) == NULL ||
      (network = instru_network_new (recipe->layers, input, recipe->seed, error)) == NULL)
    return NULL;
  if (instru_network_get_output_shape (network).channels != INSTRU_N_LABELS)
    {
      g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_RECIPE,
                   _ ("The recipe's network must end in %d outputs: the families and “none”."),
                   INSTRU_N_LABELS);
      return NULL;
    }

  trainer = instru_trainer_new (network, &trainer_options);
  if (!train_network (trainer, sampler, recipe, options, error))
    return NULL;
  return finish_model (trainer, network, sampler, cache, recipe, options, error);
}
