/* The batch: a pool of threads makes results (as finished text, so that what waits for its turn is
 * small), the main thread prints them in order and listens for signals. */
#include "analyze-batch.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "facts.h"
#include "json.h"
#include "pdf-report.h"
#include "recording-error.h"
#include "terminal.h"
#include "text.h"

#define TEXT_WIDTH 80

/* What became of one recording. */
typedef struct
{
  gboolean done;
  gboolean failed;
  char *output;    /* for stdout, or NULL */
  char *complaint; /* for stderr, or NULL */
} Outcome;

typedef struct
{
  const InstruBatchOptions *options;
  GPtrArray *jobs;
  Outcome *outcomes; /* one a job; @mutex guards "done", and what is done belongs to the printer */
  GMutex mutex;
  GAsyncQueue *idle_decoders;
  GCancellable *cancellable;
  GMainContext *context;
  GMainLoop *loop;
  gsize n_printed;
  int exit_status;
} Batch;

InstruJob *
instru_job_new (const char *name)
{
  InstruJob *job = g_new0 (InstruJob, 1);
  /* A file on the disk is a path even where it looks like an address ("duo:take 2.wav"). */
  gboolean exists = g_file_test (name, G_FILE_TEST_EXISTS);

  job->name = g_strdup (name);
  job->file = exists ? g_file_new_for_path (name) : g_file_new_for_commandline_arg (name);
  return job;
}

void
instru_job_free (InstruJob *job)
{
  g_free (job->name);
  g_clear_object (&job->file);
  g_clear_object (&job->report);
  g_free (job);
}

/* — on the workers — */

static char *
format_complaint (const char *name, const char *sentence)
{
  g_autofree char *printable = instru_facts_make_printable (name);

  return g_strdup_printf ("%s: %s\n", printable, sentence);
}

static char *
end_line (char *line)
{
  char *ended = g_strconcat (line, "\n", NULL);

  g_free (line);
  return ended;
}

static char *
format_result (const InstruAnalysis *analysis, const InstruJob *job, InstruOutputFormat format)
{
  switch (format)
    {
    case INSTRU_OUTPUT_JSON:
      return end_line (instru_json_from_analysis (analysis, job->name));
    case INSTRU_OUTPUT_CSV:
      return instru_csv_from_analysis (analysis, job->name);
    case INSTRU_OUTPUT_TEXT:
    default:
      return instru_text_from_analysis (analysis, job->name, TEXT_WIDTH);
    }
}

static void
fail (Outcome *outcome, const InstruJob *job, const GError *error, InstruOutputFormat format)
{
  outcome->failed = TRUE;
  switch (format)
    {
    case INSTRU_OUTPUT_JSON:
      outcome->output = end_line (instru_json_from_error (job->file, job->name, error));
      break;
    case INSTRU_OUTPUT_CSV:
      outcome->output = instru_csv_from_error (job->file, job->name, error);
      break;
    case INSTRU_OUTPUT_TEXT:
    default:
      outcome->complaint = format_complaint (job->name, error->message);
    }
}

/* A decoder that timed out, crashed or was cancelled cannot be used again. */
static gboolean
is_reusable (const GError *error)
{
  return !g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED) &&
         !g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_TIMEOUT) &&
         !g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CANCELLED);
}

static InstruAnalysis *
analyze (Batch *batch, const InstruJob *job, GError **error)
{
  InstruAnalyzerOptions options = {
    .model = batch->options->model,
    .max_duration_s = batch->options->max_duration_s,
  };
  g_autoptr (InstruDecoder) decoder = g_async_queue_try_pop (batch->idle_decoders);
  g_autoptr (GError) own_error = NULL;
  InstruAnalysis *analysis;

  if (decoder == NULL)
    decoder = instru_decoder_new (&own_error);
  if (decoder == NULL)
    {
      g_set_error_literal (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED,
                           own_error->message);
      return NULL;
    }

  analysis = instru_analyze (job->file, decoder, &options, batch->cancellable, &own_error);
  if (own_error == NULL || is_reusable (own_error))
    g_async_queue_push (batch->idle_decoders, g_steal_pointer (&decoder));
  if (own_error != NULL)
    g_propagate_error (error, g_steal_pointer (&own_error));
  return analysis;
}

static void
write_report (Outcome *outcome, const InstruAnalysis *analysis, const InstruJob *job)
{
  g_autoptr (GError) error = NULL;

  if (instru_report_write_pdf (analysis, job->report, &error))
    return;
  outcome->failed = TRUE;
  outcome->complaint = format_complaint (job->name, error->message);
}

static gboolean on_jobs_done (gpointer user_data);

/* Not g_main_context_invoke (), which may run the function here and now. Idle priority, so that a
 * signal is heard before the failures that the same Ctrl+C brought upon the decoders. */
static void
hand_over (Batch *batch, Outcome *outcome)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_mutex_lock (&batch->mutex);
  outcome->done = TRUE;
  g_mutex_unlock (&batch->mutex);
  g_source_set_callback (source, on_jobs_done, batch, NULL);
  g_source_attach (source, batch->context);
}

/* @number: the job's index + 1, since a pool takes no NULL. */
static void
run_job (gpointer number, gpointer user_data)
{
  Batch *batch = user_data;
  gsize index = GPOINTER_TO_SIZE (number) - 1;
  const InstruJob *job = g_ptr_array_index (batch->jobs, index);
  Outcome *outcome = &batch->outcomes[index];
  g_autoptr (InstruAnalysis) analysis = NULL;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_is_cancelled (batch->cancellable))
    return;

  analysis = analyze (batch, job, &error);
  if (analysis != NULL)
    {
      outcome->output = format_result (analysis, job, batch->options->format);
      if (job->report != NULL)
        write_report (outcome, analysis, job);
    }
  else
    fail (outcome, job, error, batch->options->format);
  hand_over (batch, outcome);
}

/* — on the main thread — */

/* Flushed, so that a reader at the other end of a pipe sees each result when it is there. */
static gboolean
print (Batch *batch, const char *text)
{
  gboolean for_people = batch->options->format == INSTRU_OUTPUT_TEXT;
  g_autofree char *shown = for_people ? instru_terminal_encode (text) : g_strdup (text);
  g_autofree char *sentence = NULL;

  if (fputs (shown, stdout) != EOF && fflush (stdout) == 0)
    return TRUE;

  sentence = g_strdup_printf (_ ("The results could not be written: %s.\n"), g_strerror (errno));
  instru_terminal_complain (sentence);
  return FALSE;
}

static void
stop (Batch *batch, int exit_status)
{
  batch->exit_status = exit_status;
  g_cancellable_cancel (batch->cancellable);
  g_main_loop_quit (batch->loop);
}

static gboolean
print_outcome (Batch *batch, const Outcome *outcome)
{
  gboolean is_text = batch->options->format == INSTRU_OUTPUT_TEXT;

  if (is_text && batch->n_printed > 0 && outcome->output != NULL && !print (batch, "\n"))
    return FALSE;
  if (outcome->output != NULL && !print (batch, outcome->output))
    return FALSE;
  if (outcome->complaint != NULL)
    instru_terminal_complain (outcome->complaint);
  return TRUE;
}

/* The next to print, or NULL while it is not done. */
static Outcome *
get_next (Batch *batch)
{
  Outcome *next = &batch->outcomes[batch->n_printed];
  gboolean done;

  if (batch->n_printed == batch->jobs->len)
    return NULL;
  g_mutex_lock (&batch->mutex);
  done = next->done;
  g_mutex_unlock (&batch->mutex);
  return done ? next : NULL;
}

static gboolean
on_jobs_done (gpointer user_data)
{
  Batch *batch = user_data;
  Outcome *outcome;

  while ((outcome = get_next (batch)) != NULL)
    {
      if (!print_outcome (batch, outcome))
        {
          stop (batch, 1);
          return G_SOURCE_REMOVE;
        }
      if (outcome->failed)
        batch->exit_status = 1;
      g_clear_pointer (&outcome->output, g_free);
      g_clear_pointer (&outcome->complaint, g_free);
      batch->n_printed++;
    }
  if (batch->n_printed == batch->jobs->len)
    g_main_loop_quit (batch->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_interrupt (gpointer user_data)
{
  stop (user_data, 128 + SIGINT);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_terminate (gpointer user_data)
{
  stop (user_data, 128 + SIGTERM);
  return G_SOURCE_CONTINUE;
}

static void
listen (Batch *batch, int signal_number, GSourceFunc func)
{
  g_autoptr (GSource) source = g_unix_signal_source_new (signal_number);

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, func, batch, NULL);
  g_source_attach (source, batch->context);
}

static void
run_until_printed (Batch *batch)
{
  GThreadPool *pool =
      g_thread_pool_new (run_job, batch, (int) batch->options->n_threads, FALSE, NULL);

  listen (batch, SIGINT, on_interrupt);
  listen (batch, SIGTERM, on_terminate);
  for (gsize i = 0; i < batch->jobs->len; i++)
    g_thread_pool_push (pool, GSIZE_TO_POINTER (i + 1), NULL);
  g_main_loop_run (batch->loop);

  /* What still runs was cancelled and ends soon; what waits is dropped. */
  g_thread_pool_free (pool, TRUE, TRUE);
}

static void
batch_clear (Batch *batch)
{
  for (gsize i = 0; i < batch->jobs->len; i++)
    {
      g_free (batch->outcomes[i].output);
      g_free (batch->outcomes[i].complaint);
    }
  g_free (batch->outcomes);
  g_mutex_clear (&batch->mutex);
  g_async_queue_unref (batch->idle_decoders);
  g_object_unref (batch->cancellable);
  g_main_loop_unref (batch->loop);
  g_main_context_unref (batch->context);
}

int
instru_batch_run (const InstruBatchOptions *options, GPtrArray *jobs)
{
  GMainContext *context = g_main_context_new ();
  Batch batch = {
    .options = options,
    .jobs = jobs,
    .outcomes = g_new0 (Outcome, jobs->len),
    .idle_decoders = g_async_queue_new_full ((GDestroyNotify) instru_decoder_free),
    .cancellable = g_cancellable_new (),
    .context = context,
    .loop = g_main_loop_new (context, FALSE),
  };

  g_mutex_init (&batch.mutex);
  if (options->format == INSTRU_OUTPUT_CSV)
    {
      g_autofree char *header = instru_csv_get_header ();

      if (!print (&batch, header))
        batch.exit_status = 1;
    }
  if (jobs->len > 0 && batch.exit_status == 0)
    run_until_printed (&batch);
  batch_clear (&batch);
  return batch.exit_status;
}
