/* What JSON, CSV, text and PDF must say alike: the features, which other families may be playing,
 * and the name to show for a file. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* "Also": another family is worth naming from this score on. One in eight is chance; 0.15 is
 * clearly above it, and at most five others can reach it. */
#define INSTRU_ALSO_LEAST_SCORE 0.15

/* Fills @families with the others that reach INSTRU_ALSO_LEAST_SCORE, the best one first.
 * Returns: how many. */
gsize instru_facts_list_also (const InstruVerdict *verdict,
                              InstruFamily families[INSTRU_N_FAMILIES]);

/* A descriptor as JSON and CSV name and print it. */
typedef struct
{
  const char *key; /* with its unit: "centroid_hz" */
  InstruDescriptor descriptor;
  int decimals;
} InstruFeature;

#define INSTRU_N_FEATURES INSTRU_N_DESCRIPTORS

/* @index: 0 … INSTRU_N_FEATURES − 1, in the order of the output. */
const InstruFeature *instru_facts_get_feature (gsize index);

/* @name for one line of text: valid UTF-8, with control characters (a newline, a terminal's escape
 * sequences, reversed writing) shown as \n or \u202e instead of obeyed. Returns: (transfer full) */
char *instru_facts_make_printable (const char *name);

G_END_DECLS
