/* Teaches ThreadSanitizer what GLib's locks, queues, tasks, thread pools, once-made things
 * and last references order. GLib itself is not instrumented, so without this every hand-over
 * between threads looks like a race. Linked into the build of ./test.sh --threads only;
 * tsan-wraps.txt lists the functions that go through here. */
#include <gio/gio.h>

/* Weak, so that meson's check of the compiler links without the sanitizer, too. */
__attribute__ ((weak)) void __tsan_acquire (void *address);
__attribute__ ((weak)) void __tsan_release (void *address);

static void
acquire (void *address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire (address);
}

static void
release (void *address)
{
  if (__tsan_release != NULL)
    __tsan_release (address);
}

void __real_g_object_unref (gpointer object);
void __real_g_atomic_rc_box_release_full (gpointer block, GDestroyNotify clear);
void __real_g_task_run_in_thread (GTask *task, GTaskThreadFunc run);
void __real_g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify free_result);
void __real_g_task_return_error (GTask *task, GError *error);
gpointer __real_g_task_propagate_pointer (GTask *task, GError **error);
gboolean __real_g_once_init_enter (void *location);
void __real_g_once_init_leave (void *location, gsize result);
GThreadPool *__real_g_thread_pool_new (GFunc work,
                                       gpointer user_data,
                                       int max_threads,
                                       gboolean exclusive,
                                       GError **error);
gboolean __real_g_thread_pool_push (GThreadPool *pool, gpointer data, GError **error);
void __real_g_thread_pool_free (GThreadPool *pool, gboolean immediate, gboolean wait);
void __real_g_mutex_lock (GMutex *mutex);
void __real_g_mutex_unlock (GMutex *mutex);
gboolean __real_g_mutex_trylock (GMutex *mutex);
void __real_g_cond_wait (GCond *cond, GMutex *mutex);
gboolean __real_g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time);
void __real_g_async_queue_push (GAsyncQueue *queue, gpointer data);
gpointer __real_g_async_queue_pop (GAsyncQueue *queue);
gpointer __real_g_async_queue_try_pop (GAsyncQueue *queue);
gpointer __real_g_async_queue_timeout_pop (GAsyncQueue *queue, guint64 timeout);

void
__wrap_g_mutex_lock (GMutex *mutex)
{
  __real_g_mutex_lock (mutex);
  acquire (mutex);
}

void
__wrap_g_mutex_unlock (GMutex *mutex)
{
  release (mutex);
  __real_g_mutex_unlock (mutex);
}

gboolean
__wrap_g_mutex_trylock (GMutex *mutex)
{
  gboolean locked = __real_g_mutex_trylock (mutex);

  if (locked)
    acquire (mutex);
  return locked;
}

void
__wrap_g_cond_wait (GCond *cond, GMutex *mutex)
{
  release (mutex);
  __real_g_cond_wait (cond, mutex);
  acquire (mutex);
}

gboolean
__wrap_g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean signalled;

  release (mutex);
  signalled = __real_g_cond_wait_until (cond, mutex, end_time);
  acquire (mutex);
  return signalled;
}

void
__wrap_g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  release (queue);
  __real_g_async_queue_push (queue, data);
}

gpointer
__wrap_g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data = __real_g_async_queue_pop (queue);

  acquire (queue);
  return data;
}

gpointer
__wrap_g_async_queue_try_pop (GAsyncQueue *queue)
{
  gpointer data = __real_g_async_queue_try_pop (queue);

  if (data != NULL)
    acquire (queue);
  return data;
}

gpointer
__wrap_g_async_queue_timeout_pop (GAsyncQueue *queue, guint64 timeout)
{
  gpointer data = __real_g_async_queue_timeout_pop (queue, timeout);

  if (data != NULL)
    acquire (queue);
  return data;
}

/* Whoever gives up the last reference sees what all the others did before they gave up theirs. */
void
__wrap_g_object_unref (gpointer object)
{
  release (object);
  acquire (object);
  __real_g_object_unref (object);
}

void
__wrap_g_atomic_rc_box_release_full (gpointer block, GDestroyNotify clear)
{
  release (block);
  acquire (block);
  __real_g_atomic_rc_box_release_full (block, clear);
}

static void
run_task (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GTaskThreadFunc run = (GTaskThreadFunc) g_object_get_data (G_OBJECT (task), "tsan-run");

  acquire (task);
  run (task, source, data, cancellable);
}

void
__wrap_g_task_run_in_thread (GTask *task, GTaskThreadFunc run)
{
  g_object_set_data (G_OBJECT (task), "tsan-run", (gpointer) run);
  release (task);
  __real_g_task_run_in_thread (task, run_task);
}

void
__wrap_g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify free_result)
{
  release (task);
  __real_g_task_return_pointer (task, result, free_result);
}

void
__wrap_g_task_return_error (GTask *task, GError *error)
{
  release (task);
  __real_g_task_return_error (task, error);
}

gpointer
__wrap_g_task_propagate_pointer (GTask *task, GError **error)
{
  acquire (task);
  return __real_g_task_propagate_pointer (task, error);
}

gboolean
__wrap_g_once_init_enter (void *location)
{
  gboolean is_first = __real_g_once_init_enter (location);

  acquire (location);
  return is_first;
}

void
__wrap_g_once_init_leave (void *location, gsize result)
{
  release (location);
  __real_g_once_init_leave (location, result);
}

/* What a pool shall do, and the address that orders its jobs. */
typedef struct
{
  GFunc work;
  gpointer user_data;
} PoolWork;

static void
run_pooled (gpointer data, gpointer user_data)
{
  PoolWork *pool_work = user_data;

  acquire (pool_work);
  pool_work->work (data, pool_work->user_data);
  release (pool_work);
}

GThreadPool *
__wrap_g_thread_pool_new (GFunc work,
                          gpointer user_data,
                          int max_threads,
                          gboolean exclusive,
                          GError **error)
{
  PoolWork *pool_work = g_new (PoolWork, 1);

  *pool_work = (PoolWork){ work, user_data };
  return __real_g_thread_pool_new (run_pooled, pool_work, max_threads, exclusive, error);
}

gboolean
__wrap_g_thread_pool_push (GThreadPool *pool, gpointer data, GError **error)
{
  release (pool->user_data);
  return __real_g_thread_pool_push (pool, data, error);
}

void
__wrap_g_thread_pool_free (GThreadPool *pool, gboolean immediate, gboolean wait)
{
  PoolWork *pool_work = pool->user_data;

  __real_g_thread_pool_free (pool, immediate, wait);
  if (!wait)
    return; /* its threads may still need it */
  acquire (pool_work);
  g_free (pool_work);
}
