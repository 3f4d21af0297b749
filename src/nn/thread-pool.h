/* Runs numbered tasks on a fixed set of threads and waits for them. What a task does must depend on
 * its number alone, so that results are the same with any number of threads. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*InstruTaskFunc) (gsize task, gpointer user_data);

typedef struct _InstruThreadPool InstruThreadPool;

/* @n_threads counts the caller's: 1 starts none. */
InstruThreadPool *instru_thread_pool_new (guint n_threads);
void instru_thread_pool_free (InstruThreadPool *self);

/* Runs @func for tasks 0 … @n_tasks − 1 and returns when all are done. A NULL pool runs them here.
 */
void instru_thread_pool_run (InstruThreadPool *self,
                             gsize n_tasks,
                             InstruTaskFunc func,
                             gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruThreadPool, instru_thread_pool_free)

G_END_DECLS
