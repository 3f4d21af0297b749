/* The levels come back from their hundredths of a dB, so the answer for all of a recording is the
 * whole's to the last shown digit. */
#include "selection.h"

#include <math.h>

#include "analysis-private.h"
#include "recognizer.h"
#include "statistics.h"

/* So many frames go between two looks at the cancellable. */
#define CHUNK_FRAMES 64

typedef struct
{
  InstruAnalysis *analysis;
  double start_s;
  double end_s;
} Request;

/* — one frame — */

static void
push_frame (InstruRecognizer *recognizer, const InstruAnalysis *analysis, gsize frame)
{
  const gint16 *levels = instru_analysis_get_mel_frame (analysis, frame);
  float mel_db[INSTRU_N_MELS];

  for (gsize band = 0; band < INSTRU_N_MELS; band++)
    mel_db[band] = 0.01f * levels[band];
  instru_recognizer_push (recognizer, mel_db,
                          instru_analysis_get_descriptor (analysis, INSTRU_DESCRIPTOR_RMS, frame));
}

static void
count_frame (InstruRunningStatistics *statistics, const InstruAnalysis *analysis, gsize frame)
{
  float descriptors[INSTRU_N_DESCRIPTORS];

  for (int i = 0; i < INSTRU_N_DESCRIPTORS; i++)
    descriptors[i] = instru_analysis_get_descriptor (analysis, (InstruDescriptor) i, frame);
  instru_running_statistics_push_frame (statistics, descriptors);
}

/* — all of them — */

/* The frames whose centres lie in the part, or the one that is nearest to it. */
static void
find_frames (const InstruAnalysis *analysis, double start_s, double end_s, gsize *first, gsize *end)
{
  double last = (double) instru_analysis_get_n_frames (analysis) - 1.0;
  double first_frame = CLAMP (ceil (start_s / INSTRU_FRAME_S - 1e-9), 0.0, last);
  double last_frame = CLAMP (floor (end_s / INSTRU_FRAME_S + 1e-9), 0.0, last);

  if (last_frame < first_frame)
    first_frame = last_frame = CLAMP (round (0.5 * (start_s + end_s) / INSTRU_FRAME_S), 0.0, last);
  *first = (gsize) first_frame;
  *end = (gsize) last_frame + 1;
}

static gboolean
run (const InstruAnalysis *analysis,
     gsize first,
     gsize end,
     InstruRecognizer *recognizer,
     InstruRunningStatistics *statistics,
     GCancellable *cancellable)
{
  for (gsize frame = first; frame < end; frame++)
    {
      if (frame % CHUNK_FRAMES == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      count_frame (statistics, analysis, frame);
      if (recognizer != NULL)
        push_frame (recognizer, analysis, frame);
    }
  return !g_cancellable_is_cancelled (cancellable);
}

static void
answer (InstruRecognizer *recognizer, InstruVerdict *verdict)
{
  if (recognizer == NULL)
    {
      verdict->reason = INSTRU_REASON_NO_MODEL;
      return;
    }
  instru_recognizer_finish (recognizer);
  instru_recognizer_get_verdict (recognizer, verdict);
}

gboolean
instru_selection_measure (const InstruAnalysis *analysis,
                          double start_s,
                          double end_s,
                          GCancellable *cancellable,
                          InstruSelection *selection)
{
  g_autoptr (InstruRecognizer) recognizer = NULL;
  InstruRunningStatistics statistics[INSTRU_N_DESCRIPTORS] = { 0 };
  gsize first = 0, end = 0;

  *selection = (InstruSelection){ .start_s = start_s, .end_s = end_s };
  if (analysis->model != NULL)
    recognizer = instru_recognizer_new (analysis->model);
  if (instru_analysis_get_n_frames (analysis) > 0 && isfinite (start_s) && isfinite (end_s))
    find_frames (analysis, start_s, end_s, &first, &end);
  if (!run (analysis, first, end, recognizer, statistics, cancellable))
    return FALSE;

  selection->n_frames = end - first;
  for (int i = 0; i < INSTRU_N_DESCRIPTORS; i++)
    selection->statistics[i] = instru_running_statistics_get (&statistics[i]);
  answer (recognizer, &selection->verdict);
  return TRUE;
}

/* — on a worker — */

static void
request_free (gpointer data)
{
  Request *request = data;

  instru_analysis_unref (request->analysis);
  g_free (request);
}

static void
measure_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  InstruSelection selection;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (instru_selection_measure (request->analysis, request->start_s, request->end_s, cancellable,
                                &selection))
    g_task_return_pointer (task, g_memdup2 (&selection, sizeof selection), g_free);
  else
    g_task_return_error_if_cancelled (task);
}

void
instru_selection_measure_async (InstruAnalysis *analysis,
                                double start_s,
                                double end_s,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->analysis = instru_analysis_ref (analysis);
  request->start_s = start_s;
  request->end_s = end_s;
  g_task_set_source_tag (task, instru_selection_measure_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, measure_in_thread);
}

InstruSelection *
instru_selection_measure_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
