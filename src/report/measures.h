/* Numbers for people: the one place where the text output and the PDF get theirs, rounded as much
 * as makes sense to the eye, with units, thin spaces and true minus signs. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* A row of a table: "Brightness (spectral centroid)", "1 333 Hz", "± 520 Hz". */
typedef struct
{
  char *label;
  char *value;
  char *spread; /* one standard deviation; NULL for what is a single number */
} InstruMeasure;

/* What sounds, mean and spread over the frames. Returns: (transfer full): of InstruMeasure */
GPtrArray *instru_measures_of_sound (const InstruAnalysis *analysis);

/* How well it was recorded. Returns: (transfer full): of InstruMeasure */
GPtrArray *instru_measures_of_quality (const InstruAnalysis *analysis);

/* "good", "fair" or "poor" in the user's language. Returns: (transfer none) */
const char *instru_measures_get_rating_label (InstruRating rating);

/* "94 %". What is not quite all is never "100 %". Returns: (transfer full) */
char *instru_measures_format_score (double score);

/* "3.02 s", "2 min 05 s", "1 h 02 min 05 s". Returns: (transfer full) */
char *instru_measures_format_duration (double duration_s);

/* "327 349". Returns: (transfer full) */
char *instru_measures_format_count (gsize count);

/* "44.1 kHz stereo FLAC". Returns: (transfer full) */
char *instru_measures_format_kind (const InstruAnalysis *analysis);

/* "“Study no. 3”, B. Crusell", or NULL where the file says nothing of itself.
 * Returns: (transfer full) (nullable) */
char *instru_measures_format_tags (const InstruAnalysis *analysis);

G_END_DECLS
