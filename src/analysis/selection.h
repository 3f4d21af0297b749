/* A part of a recording, measured like the whole: its frames are given to the recogniser as if they
 * were a recording of their own, and the means are taken over them. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

typedef struct
{
  double start_s;
  double end_s;   /* of the frames that were measured: at least one */
  gsize n_frames; /* 0 where nothing has been read yet: then the means are NAN */
  InstruVerdict verdict;
  InstruStatistics statistics[INSTRU_N_DESCRIPTORS]; /* RMS in dBFS, as the whole's */
} InstruSelection;

/* Measures the frames centred on @start_s … @end_s of @analysis, on this thread: about 5 ms for
 * every 1.5 s of sound. FALSE where @cancellable (nullable) stopped it. */
gboolean instru_selection_measure (const InstruAnalysis *analysis,
                                   double start_s,
                                   double end_s,
                                   GCancellable *cancellable,
                                   InstruSelection *selection);

/* The same on a worker thread. Errors: G_IO_ERROR_CANCELLED. */
void instru_selection_measure_async (InstruAnalysis *analysis,
                                     double start_s,
                                     double end_s,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full): to be freed with g_free () */
InstruSelection *instru_selection_measure_finish (GAsyncResult *result, GError **error);

G_END_DECLS
