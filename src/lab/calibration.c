/* Tries a ladder of temperatures with the whole recogniser, because its scores are means over
 * windows. */
#include "calibration.h"

#include <glib/gstdio.h>
#include <math.h>

#include "analyzer.h"

#define UNSURE_QUANTILE 0.10
#define NONE_QUANTILE   0.96

static const double temperatures[] = {
  0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.8, 2.2
};

static GArray *
ask_at (const InstruNetwork *network,
        const float *values,
        const InstruModelInfo *info,
        double temperature,
        GPtrArray *notes,
        guint n_threads,
        const char *scratch_path,
        GError **error)
{
  InstruModelInfo trial = *info;
  g_autoptr (InstruModel) model = NULL;

  trial.temperature = temperature;
  if (!instru_model_save (network, values, &trial, INSTRU_FRONT_END_NAME, scratch_path, error))
    return NULL;
  model = instru_analyzer_load_model (scratch_path, error);
  g_unlink (scratch_path);
  return model != NULL ? instru_evaluate_ask (model, notes, n_threads) : NULL;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* The value under which the share @quantile of @values lies. Sorts them. */
static double
get_quantile (GArray *values, double quantile)
{
  g_array_sort (values, compare_numbers);
  return values->len > 0
             ? g_array_index (values, double, (guint) (quantile * (double) (values->len - 1)))
             : NAN;
}

static void
choose_thresholds (const GArray *answers, InstruCalibration *calibration)
{
  g_autoptr (GArray) confidences = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) nones = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < answers->len; i++)
    {
      const InstruAnswer *answer = &g_array_index (answers, InstruAnswer, i);

      if (answer->is_silent)
        continue;
      g_array_append_val (confidences, answer->verdict.confidence);
      g_array_append_val (nones, answer->vote.none);
    }
  calibration->sure_threshold = CLAMP (get_quantile (confidences, UNSURE_QUANTILE), 0.35, 0.6);
  calibration->none_threshold = CLAMP (get_quantile (nones, NONE_QUANTILE), 0.2, 0.8);
}

gboolean
instru_calibrate (const InstruNetwork *network,
                  const float *values,
                  const InstruModelInfo *info,
                  GPtrArray *validation_notes,
                  guint n_threads,
                  const char *scratch_path,
                  InstruCalibration *calibration,
                  GError **error)
{
  g_autoptr (GArray) best_answers = NULL;
  double best = INFINITY;

  for (gsize i = 0; i < G_N_ELEMENTS (temperatures); i++)
    {
      g_autoptr (GArray) answers = ask_at (network, values, info, temperatures[i], validation_notes,
                                           n_threads, scratch_path, error);
      g_autoptr (InstruEvaluation) evaluation = NULL;

      if (answers == NULL)
        return FALSE;
      evaluation = instru_evaluation_new (answers);
      if (evaluation->negative_log_likelihood >= best)
        continue;
      best = evaluation->negative_log_likelihood;
      calibration->temperature = temperatures[i];
      g_clear_pointer (&best_answers, g_array_unref);
      best_answers = g_steal_pointer (&answers);
    }
  choose_thresholds (best_answers, calibration);
  return TRUE;
}
