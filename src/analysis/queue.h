/* Recordings are analysed in order, the preferred one first, on worker threads. Everything is
 * called on, and every change is made on, the main thread (the thread-default context of new ()).
 *
 * The queue is a GListModel of InstruRecording: the list that the window shows.
 * Property: "n-unfinished" (uint, read, notified): waiting and running. */
#pragma once

#include "analyzer.h"
#include "recording.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_QUEUE (instru_queue_get_type ())
G_DECLARE_FINAL_TYPE (InstruQueue, instru_queue, INSTRU, QUEUE, GObject)

/* @model may be set later; recordings wait until then. */
InstruQueue *instru_queue_new (InstruDecoderPool *pool, guint n_workers);
void instru_queue_set_model (InstruQueue *self, InstruModel *model);

/* Appends @file, or, where it is in the list already, analyses it again (the older request is
 * dropped). Returns: (transfer none): its recording. */
InstruRecording *instru_queue_add (InstruQueue *self, GFile *file);

/* Analyses @recording next; one that is waiting goes to the front. */
void instru_queue_prefer (InstruQueue *self, InstruRecording *recording);

void instru_queue_cancel (InstruQueue *self, InstruRecording *recording);
void instru_queue_cancel_all (InstruQueue *self);
/* Analyses a cancelled or failed recording again. */
void instru_queue_retry (InstruQueue *self, InstruRecording *recording);
/* Cancels and takes it out of the list. */
void instru_queue_remove (InstruQueue *self, InstruRecording *recording);
guint instru_queue_get_n_unfinished (InstruQueue *self);

G_END_DECLS
