/* Threads that take the next number from a shared counter until none is left. */
#include "thread-pool.h"

struct _InstruThreadPool
{
  GThread **threads;
  guint n_threads; /* without the caller's */

  GMutex lock;
  GCond work_came;
  GCond work_done;
  InstruTaskFunc func;
  gpointer user_data;
  gsize n_tasks;
  gsize next_task;
  gsize n_finished;
  gboolean stop;
};

/* Takes tasks until none is left; the lock is held on entry and on return. */
static void
work (InstruThreadPool *self)
{
  while (self->next_task < self->n_tasks)
    {
      gsize task = self->next_task++;

      g_mutex_unlock (&self->lock);
      self->func (task, self->user_data);
      g_mutex_lock (&self->lock);
      if (++self->n_finished == self->n_tasks)
        g_cond_signal (&self->work_done);
    }
}

static gpointer
thread_main (gpointer data)
{
  InstruThreadPool *self = data;

  g_mutex_lock (&self->lock);
  while (!self->stop)
    {
      work (self);
      if (!self->stop)
        g_cond_wait (&self->work_came, &self->lock);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

InstruThreadPool *
instru_thread_pool_new (guint n_threads)
{
  InstruThreadPool *self = g_new0 (InstruThreadPool, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->work_came);
  g_cond_init (&self->work_done);
  self->n_threads = MAX (n_threads, 1) - 1;
  self->threads = g_new0 (GThread *, self->n_threads + 1);
  for (guint i = 0; i < self->n_threads; i++)
    self->threads[i] = g_thread_new ("instru-nn", thread_main, self);
  return self;
}

void
instru_thread_pool_free (InstruThreadPool *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->stop = TRUE;
  g_cond_broadcast (&self->work_came);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);

  g_free (self->threads);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->work_came);
  g_cond_clear (&self->work_done);
  g_free (self);
}

void
instru_thread_pool_run (InstruThreadPool *self,
                        gsize n_tasks,
                        InstruTaskFunc func,
                        gpointer user_data)
{
  if (self == NULL || self->n_threads == 0 || n_tasks < 2)
    {
      for (gsize task = 0; task < n_tasks; task++)
        func (task, user_data);
      return;
    }

  g_mutex_lock (&self->lock);
  self->func = func;
  self->user_data = user_data;
  self->next_task = 0;
  self->n_finished = 0;
  self->n_tasks = n_tasks;
  g_cond_broadcast (&self->work_came);
  work (self);
  while (self->n_finished < self->n_tasks)
    g_cond_wait (&self->work_done, &self->lock);
  self->n_tasks = 0;
  g_mutex_unlock (&self->lock);
}
