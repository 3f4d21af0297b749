/* Hands recordings to worker threads, takes their partial and final results back to the main
 * thread, and drops those that nobody waits for any more: a result counts only while its run is the
 * one that its recording has. */
#include "queue.h"

#include "recording-private.h"

/* One analysis under way, shared between the main thread and its worker. */
typedef struct
{
  GFile *file;
  InstruDecoderPool *pool;
  InstruModel *model; /* nullable */
  GCancellable *cancellable;
  GMainContext *context;

  GWeakRef queue;             /* main thread only */
  InstruRecording *recording; /* main thread only; cleared there before the run ends */

  GMutex lock;
  InstruAnalysis *latest; /* the newest partial result that the main thread has not seen */
  double fraction;
} Run;

struct _InstruQueue
{
  GObject parent_instance;

  GMainContext *context;
  GListStore *store;
  InstruDecoderPool *pool;
  InstruModel *model;
  gboolean has_model; /* set_model () was called, perhaps with NULL */
  guint n_workers;
  guint n_active;   /* threads, also of runs that were cancelled and have not noticed yet */
  GQueue waiting;   /* of InstruRecording */
  GHashTable *runs; /* InstruRecording → its Run */
};

enum
{
  PROP_0,
  PROP_N_UNFINISHED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void instru_queue_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InstruQueue,
                               instru_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      instru_queue_list_model_init))

static Run *
run_new (InstruQueue *self, InstruRecording *recording)
{
  Run *run = g_atomic_rc_box_new0 (Run);

  run->file = g_object_ref (instru_recording_get_file (recording));
  run->pool = g_object_ref (self->pool);
  run->model = self->model != NULL ? instru_model_ref (self->model) : NULL;
  run->cancellable = g_cancellable_new ();
  run->context = g_main_context_ref (self->context);
  run->recording = g_object_ref (recording);
  g_weak_ref_init (&run->queue, self);
  g_mutex_init (&run->lock);
  return run;
}

static void
run_clear (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->file);
  g_clear_object (&run->pool);
  g_clear_pointer (&run->model, instru_model_unref);
  g_clear_object (&run->cancellable);
  g_clear_pointer (&run->context, g_main_context_unref);
  g_clear_object (&run->recording);
  g_weak_ref_clear (&run->queue);
  g_clear_pointer (&run->latest, instru_analysis_unref);
  g_mutex_clear (&run->lock);
}

static void
run_unref (gpointer run)
{
  g_atomic_rc_box_release_full (run, run_clear);
}

static gboolean
is_current (InstruQueue *self, Run *run)
{
  return run->recording != NULL && g_hash_table_lookup (self->runs, run->recording) == run;
}

/* — on the worker — */

static gboolean apply_partial (gpointer data);

/* Not g_main_context_invoke (): that may call from this thread while no loop runs. */
static void
schedule_partial (Run *run)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, apply_partial, g_atomic_rc_box_acquire (run), run_unref);
  g_source_attach (source, run->context);
}

static void
on_progress (InstruAnalysis *partial, double fraction, gpointer user_data)
{
  Run *run = user_data;
  gboolean is_pending;

  g_mutex_lock (&run->lock);
  is_pending = run->latest != NULL;
  g_clear_pointer (&run->latest, instru_analysis_unref);
  run->latest = instru_analysis_ref (partial);
  run->fraction = fraction;
  g_mutex_unlock (&run->lock);

  if (!is_pending)
    schedule_partial (run);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;
  GError *error = NULL;
  g_autoptr (InstruAnalysis) analysis = NULL;
  g_autoptr (InstruDecoder) decoder = instru_decoder_pool_take (run->pool, &error);
  InstruAnalyzerOptions options = { .model = run->model,
                                    .progress = on_progress,
                                    .user_data = run };

  if (decoder != NULL)
    analysis = instru_analyze (run->file, decoder, &options, cancellable, &error);

  if (analysis != NULL)
    g_task_return_pointer (task, g_steal_pointer (&analysis),
                           (GDestroyNotify) instru_analysis_unref);
  else
    g_task_return_error (task, error);
}

/* — on the main thread — */

static void start_waiting (InstruQueue *self);

static gboolean
apply_partial (gpointer data)
{
  Run *run = data;
  g_autoptr (InstruQueue) self = g_weak_ref_get (&run->queue);
  g_autoptr (InstruAnalysis) partial = NULL;
  double fraction;

  g_mutex_lock (&run->lock);
  partial = g_steal_pointer (&run->latest);
  fraction = run->fraction;
  g_mutex_unlock (&run->lock);

  if (self != NULL && partial != NULL && is_current (self, run))
    instru_recording_set_partial (run->recording, partial, fraction);
  return G_SOURCE_REMOVE;
}

static void
notify_n_unfinished (InstruQueue *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNFINISHED]);
}

static void
on_run_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = g_task_get_task_data (G_TASK (result));
  g_autoptr (InstruQueue) self = g_weak_ref_get (&run->queue);
  g_autoptr (InstruRecording) recording = NULL;
  g_autoptr (InstruAnalysis) analysis = NULL;
  g_autoptr (GError) error = NULL;
  gboolean counts = self != NULL && is_current (self, run);

  recording = g_steal_pointer (&run->recording);
  analysis = g_task_propagate_pointer (G_TASK (result), &error);
  if (self == NULL)
    return;

  self->n_active--;
  if (counts)
    {
      g_hash_table_remove (self->runs, recording);
      if (analysis != NULL)
        instru_recording_set_done (recording, analysis);
      else
        instru_recording_take_error (recording, g_steal_pointer (&error));
      notify_n_unfinished (self);
    }
  start_waiting (self);
}

static void
start_run (InstruQueue *self, InstruRecording *recording)
{
  Run *run = run_new (self, recording);
  g_autoptr (GTask) task = g_task_new (NULL, run->cancellable, on_run_done, NULL);

  g_task_set_source_tag (task, start_run);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, run_unref);
  g_hash_table_insert (self->runs, recording, g_atomic_rc_box_acquire (run));
  self->n_active++;
  instru_recording_set_running (recording);
  g_task_run_in_thread (task, run_in_thread);
}

static void
start_waiting (InstruQueue *self)
{
  while (self->has_model && self->n_active < self->n_workers)
    {
      g_autoptr (InstruRecording) recording = g_queue_pop_head (&self->waiting);

      if (recording == NULL)
        return;
      start_run (self, recording);
    }
}

/* Takes @recording out of what waits and runs. Returns: whether it was there. */
static gboolean
withdraw (InstruQueue *self, InstruRecording *recording)
{
  Run *run = g_hash_table_lookup (self->runs, recording);

  if (run != NULL)
    {
      g_cancellable_cancel (run->cancellable);
      g_hash_table_remove (self->runs, recording);
      return TRUE;
    }
  if (g_queue_remove (&self->waiting, recording))
    {
      g_object_unref (recording);
      return TRUE;
    }
  return FALSE;
}

static void
enqueue (InstruQueue *self, InstruRecording *recording)
{
  withdraw (self, recording);
  instru_recording_set_waiting (recording);
  g_queue_push_tail (&self->waiting, g_object_ref (recording));
  start_waiting (self);
  notify_n_unfinished (self);
}

static InstruRecording *
find_file (InstruQueue *self, GFile *file)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (InstruRecording) recording = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (g_file_equal (instru_recording_get_file (recording), file))
        return recording;
    }
  return NULL;
}

InstruRecording *
instru_queue_add (InstruQueue *self, GFile *file)
{
  InstruRecording *recording;

  g_return_val_if_fail (INSTRU_IS_QUEUE (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  recording = find_file (self, file);
  if (recording == NULL)
    {
      g_autoptr (InstruRecording) added = instru_recording_new (file);

      g_list_store_append (self->store, added);
      recording = added;
    }
  enqueue (self, recording);
  return recording;
}

void
instru_queue_prefer (InstruQueue *self, InstruRecording *recording)
{
  g_return_if_fail (INSTRU_IS_QUEUE (self));

  if (g_queue_remove (&self->waiting, recording))
    g_queue_push_head (&self->waiting, recording);
}

static void
cancel_one (InstruQueue *self, InstruRecording *recording)
{
  GError *error = NULL;

  if (!withdraw (self, recording))
    return;
  g_set_error_literal (&error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CANCELLED,
                       instru_recording_error_get_sentence (INSTRU_RECORDING_ERROR_CANCELLED));
  instru_recording_take_error (recording, error);
}

void
instru_queue_cancel (InstruQueue *self, InstruRecording *recording)
{
  g_return_if_fail (INSTRU_IS_QUEUE (self));

  cancel_one (self, recording);
  notify_n_unfinished (self);
}

void
instru_queue_cancel_all (InstruQueue *self)
{
  guint n;

  g_return_if_fail (INSTRU_IS_QUEUE (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (InstruRecording) recording = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      cancel_one (self, recording);
    }
  notify_n_unfinished (self);
}

void
instru_queue_retry (InstruQueue *self, InstruRecording *recording)
{
  InstruRecordingState state;

  g_return_if_fail (INSTRU_IS_QUEUE (self));

  state = instru_recording_get_state (recording);
  if (state == INSTRU_RECORDING_FAILED || state == INSTRU_RECORDING_CANCELLED)
    enqueue (self, recording);
}

void
instru_queue_remove (InstruQueue *self, InstruRecording *recording)
{
  guint position;

  g_return_if_fail (INSTRU_IS_QUEUE (self));

  if (!g_list_store_find (self->store, recording, &position))
    return;
  withdraw (self, recording);
  g_list_store_remove (self->store, position);
  notify_n_unfinished (self);
}

guint
instru_queue_get_n_unfinished (InstruQueue *self)
{
  g_return_val_if_fail (INSTRU_IS_QUEUE (self), 0);

  return g_queue_get_length (&self->waiting) + g_hash_table_size (self->runs);
}

void
instru_queue_set_model (InstruQueue *self, InstruModel *model)
{
  g_return_if_fail (INSTRU_IS_QUEUE (self));

  g_clear_pointer (&self->model, instru_model_unref);
  self->model = model != NULL ? instru_model_ref (model) : NULL;
  self->has_model = TRUE;
  start_waiting (self);
}

/* — the list — */

static GType
instru_queue_get_item_type (GListModel *model)
{
  return INSTRU_TYPE_RECORDING;
}

static guint
instru_queue_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (INSTRU_QUEUE (model)->store));
}

static gpointer
instru_queue_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (INSTRU_QUEUE (model)->store), position);
}

static void
instru_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = instru_queue_get_item_type;
  iface->get_n_items = instru_queue_get_n_items;
  iface->get_item = instru_queue_get_item;
}

/* — the object — */

static void
cancel_run (gpointer recording, gpointer run, gpointer user_data)
{
  g_cancellable_cancel (((Run *) run)->cancellable);
}

static void
instru_queue_dispose (GObject *object)
{
  InstruQueue *self = INSTRU_QUEUE (object);

  g_hash_table_foreach (self->runs, cancel_run, NULL);
  g_hash_table_remove_all (self->runs);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->pool);
  G_OBJECT_CLASS (instru_queue_parent_class)->dispose (object);
}

static void
instru_queue_finalize (GObject *object)
{
  InstruQueue *self = INSTRU_QUEUE (object);

  g_clear_pointer (&self->runs, g_hash_table_unref);
  g_clear_pointer (&self->model, instru_model_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (instru_queue_parent_class)->finalize (object);
}

static void
instru_queue_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_N_UNFINISHED)
    g_value_set_uint (value, instru_queue_get_n_unfinished (INSTRU_QUEUE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
instru_queue_class_init (InstruQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = instru_queue_dispose;
  object_class->finalize = instru_queue_finalize;
  object_class->get_property = instru_queue_get_property;

  properties[PROP_N_UNFINISHED] = g_param_spec_uint ("n-unfinished", NULL, NULL, 0, G_MAXUINT, 0,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
instru_queue_init (InstruQueue *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->store = g_list_store_new (INSTRU_TYPE_RECORDING);
  self->runs = g_hash_table_new_full (NULL, NULL, NULL, run_unref);
  g_queue_init (&self->waiting);
  g_signal_connect_object (self->store, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

InstruQueue *
instru_queue_new (InstruDecoderPool *pool, guint n_workers)
{
  InstruQueue *self = g_object_new (INSTRU_TYPE_QUEUE, NULL);

  self->pool = g_object_ref (pool);
  self->n_workers = MAX (n_workers, 1);
  return self;
}
