/* The envelope of a recording at every zoom: minimum, maximum and RMS of blocks of 256 samples,
 * then of 4 blocks, and so on. Appended to on one thread; a picture of it at any width costs a few
 * values a column, however long the recording is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INSTRU_PEAK_BLOCK 256

typedef struct
{
  float minimum;
  float maximum;
  float mean_square;
} InstruPeak;

typedef struct _InstruPeaks InstruPeaks;

InstruPeaks *instru_peaks_new (void);

/* Appends; not thread-safe against itself. */
void instru_peaks_push (InstruPeaks *self, const float *samples, gsize n_samples);

/* Closes the last block, which may be shorter. */
void instru_peaks_finish (InstruPeaks *self);

/* Samples pushed so far. */
gsize instru_peaks_get_n_samples (const InstruPeaks *self);

/* The envelope of samples [start, end) in @n_columns equal columns. Columns past what was pushed
 * are all 0. A column is never narrower than a block: neighbours then repeat. */
void instru_peaks_get_columns (const InstruPeaks *self,
                               double start_sample,
                               double end_sample,
                               gsize n_columns,
                               InstruPeak *columns);

/* An immutable view of what was pushed so far, cheap (blocks are shared, not copied). It stays
 * valid while the original grows on another thread. Returns: (transfer full) */
InstruPeaks *instru_peaks_snapshot (const InstruPeaks *self);

void instru_peaks_free (InstruPeaks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruPeaks, instru_peaks_free)

G_END_DECLS
