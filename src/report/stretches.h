/* Families over time in few words: windows that follow each other and name the same family, as one
 * stretch. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

typedef struct
{
  double start_s;
  double end_s;
  int family;   /* −1: silence */
  double score; /* mean of the family's scores over the windows; 0 in silence */
  gsize n_windows;
} InstruStretch;

/* In order, without gaps, from 0 to the end of the recording. Windows overlap; one stretch ends and
 * the next begins in the middle between the centres of their windows.
 * Returns: (transfer full): of InstruStretch, empty where there are no windows */
GArray *instru_stretches_from_analysis (const InstruAnalysis *analysis);

/* "Reed 88 % of the time, String 12 %.": the three that are heard longest, and silence. It stays
 * one line however long the recording is. Returns: (transfer full) */
char *instru_stretches_summarize (const InstruAnalysis *analysis);

G_END_DECLS
