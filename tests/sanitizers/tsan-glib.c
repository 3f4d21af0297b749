/* Teaches ThreadSanitizer what GLib's locks and queues order. GLib itself is not instrumented, so
 * without this every hand-over between threads looks like a race. Linked into the build of
 * ./test.sh --threads only; tsan-wraps.txt lists the functions that go through here. */
#include <glib.h>

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
