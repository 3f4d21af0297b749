/* Analyses a list of recordings on worker threads and prints each result as soon as all before it
 * are printed, so the output is in the order of the command line whatever the number of threads. */
#pragma once

#include "analyzer.h"

G_BEGIN_DECLS

typedef enum
{
  INSTRU_OUTPUT_TEXT,
  INSTRU_OUTPUT_JSON, /* one object a line */
  INSTRU_OUTPUT_CSV   /* a header, then one row a recording */
} InstruOutputFormat;

typedef struct
{
  char *name; /* as it was given: any bytes */
  GFile *file;
  GFile *report; /* the PDF to write, or NULL */
} InstruJob;

typedef struct
{
  InstruOutputFormat format;
  InstruModel *model;    /* nullable */
  double max_duration_s; /* 0: the default */
  guint n_threads;       /* at least 1 */
} InstruBatchOptions;

InstruJob *instru_job_new (const char *name);
void instru_job_free (InstruJob *job);

/* Blocks until all @jobs (of InstruJob) are printed, or until SIGINT or SIGTERM, which cancel.
 * Returns: the exit status: 0, 1 where a recording failed or a file could not be written, 130 and
 * 143 for the signals. */
int instru_batch_run (const InstruBatchOptions *options, GPtrArray *jobs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruJob, instru_job_free)

G_END_DECLS
