/* A pyramid: level 0 has one peak for each block of 256 samples, each further level one for four of
 * the level below. Levels are lists of chunks that snapshots share with the writer; the writer only
 * touches entries that no snapshot counts. */
#include "peaks.h"

#include <math.h>

#define FANOUT          4
#define N_LEVELS        12
#define PEAKS_PER_CHUNK 1024

typedef struct
{
  GPtrArray *chunks; /* g_atomic_rc_box of PEAKS_PER_CHUNK peaks */
  gsize n_peaks;
} Level;

struct _InstruPeaks
{
  Level levels[N_LEVELS];
  gsize n_samples;

  /* The block that is being filled. */
  InstruPeak open;
  double open_squares;
  gsize n_open;
};

InstruPeaks *
instru_peaks_new (void)
{
  InstruPeaks *self = g_new0 (InstruPeaks, 1);

  for (gsize i = 0; i < N_LEVELS; i++)
    self->levels[i].chunks = g_ptr_array_new_with_free_func (g_atomic_rc_box_release);
  return self;
}

void
instru_peaks_free (InstruPeaks *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < N_LEVELS; i++)
    g_ptr_array_unref (self->levels[i].chunks);
  g_free (self);
}

static const InstruPeak *
get_peak (const Level *level, gsize index)
{
  const InstruPeak *chunk = g_ptr_array_index (level->chunks, index / PEAKS_PER_CHUNK);

  return &chunk[index % PEAKS_PER_CHUNK];
}

static void
append (Level *level, const InstruPeak *peak)
{
  gsize slot = level->n_peaks % PEAKS_PER_CHUNK;
  InstruPeak *chunk;

  if (slot == 0)
    g_ptr_array_add (level->chunks, g_atomic_rc_box_alloc (PEAKS_PER_CHUNK * sizeof (InstruPeak)));
  chunk = g_ptr_array_index (level->chunks, level->chunks->len - 1);
  chunk[slot] = *peak;
  level->n_peaks++;
}

/* The last FANOUT peaks of a level become one of the next. */
static InstruPeak
join (const Level *level)
{
  InstruPeak joined = *get_peak (level, level->n_peaks - FANOUT);

  for (gsize i = level->n_peaks - FANOUT + 1; i < level->n_peaks; i++)
    {
      const InstruPeak *peak = get_peak (level, i);

      joined.minimum = fminf (joined.minimum, peak->minimum);
      joined.maximum = fmaxf (joined.maximum, peak->maximum);
      joined.mean_square += peak->mean_square;
    }
  joined.mean_square /= FANOUT;
  return joined;
}

static void
close_block (InstruPeaks *self)
{
  self->open.mean_square = (float) (self->open_squares / (double) self->n_open);
  append (&self->levels[0], &self->open);
  for (gsize i = 0; i + 1 < N_LEVELS && self->levels[i].n_peaks % FANOUT == 0; i++)
    {
      InstruPeak joined = join (&self->levels[i]);

      append (&self->levels[i + 1], &joined);
    }
  self->n_open = 0;
}

void
instru_peaks_push (InstruPeaks *self, const float *samples, gsize n_samples)
{
  self->n_samples += n_samples;
  while (n_samples > 0)
    {
      gsize n = MIN (n_samples, INSTRU_PEAK_BLOCK - self->n_open);

      if (self->n_open == 0)
        {
          self->open = (InstruPeak){ samples[0], samples[0], 0.0f };
          self->open_squares = 0.0;
        }
      for (gsize i = 0; i < n; i++)
        {
          self->open.minimum = fminf (self->open.minimum, samples[i]);
          self->open.maximum = fmaxf (self->open.maximum, samples[i]);
          self->open_squares += (double) samples[i] * samples[i];
        }
      self->n_open += n;
      samples += n;
      n_samples -= n;
      if (self->n_open == INSTRU_PEAK_BLOCK)
        close_block (self);
    }
}

void
instru_peaks_finish (InstruPeaks *self)
{
  if (self->n_open > 0)
    close_block (self);
}

gsize
instru_peaks_get_n_samples (const InstruPeaks *self)
{
  return self->n_samples;
}

/* Joins blocks @first … @end − 1 of level 0, taking the largest blocks that fit on the way. */
static InstruPeak
join_range (const InstruPeaks *self, gsize first, gsize end)
{
  InstruPeak joined = *get_peak (&self->levels[0], first);
  double squares = 0.0;
  gsize at = first;

  while (at < end)
    {
      gsize level = 0, size = 1;
      const InstruPeak *peak;

      while (level + 1 < N_LEVELS && at % (size * FANOUT) == 0 && at + size * FANOUT <= end &&
             at / (size * FANOUT) < self->levels[level + 1].n_peaks)
        {
          level++;
          size *= FANOUT;
        }
      peak = get_peak (&self->levels[level], at / size);
      joined.minimum = fminf (joined.minimum, peak->minimum);
      joined.maximum = fmaxf (joined.maximum, peak->maximum);
      squares += (double) peak->mean_square * (double) size;
      at += size;
    }
  joined.mean_square = (float) (squares / (double) (end - first));
  return joined;
}

void
instru_peaks_get_columns (const InstruPeaks *self,
                          double start_sample,
                          double end_sample,
                          gsize n_columns,
                          InstruPeak *columns)
{
  double n_blocks = (double) self->levels[0].n_peaks;
  double width = (end_sample - start_sample) / (double) MAX (n_columns, 1);

  for (gsize i = 0; i < n_columns; i++)
    {
      double first = floor ((start_sample + width * (double) i) / INSTRU_PEAK_BLOCK);
      double end = ceil ((start_sample + width * (double) (i + 1)) / INSTRU_PEAK_BLOCK);

      /* Neighbouring columns do not share a block while there is one for each. */
      if (width >= INSTRU_PEAK_BLOCK)
        end = floor ((start_sample + width * (double) (i + 1)) / INSTRU_PEAK_BLOCK);
      first = fmax (first, 0.0);
      end = fmin (fmax (end, first + 1.0), n_blocks);
      columns[i] = (InstruPeak){ 0 };
      if (first < end && start_sample + width * (double) (i + 1) > 0.0)
        columns[i] = join_range (self, (gsize) first, (gsize) end);
    }
}

InstruPeaks *
instru_peaks_snapshot (const InstruPeaks *self)
{
  InstruPeaks *snapshot = instru_peaks_new ();

  for (gsize i = 0; i < N_LEVELS; i++)
    {
      const Level *level = &self->levels[i];

      for (guint k = 0; k < level->chunks->len; k++)
        g_ptr_array_add (snapshot->levels[i].chunks,
                         g_atomic_rc_box_acquire (g_ptr_array_index (level->chunks, k)));
      snapshot->levels[i].n_peaks = level->n_peaks;
    }
  snapshot->n_samples = self->n_samples;
  return snapshot;
}
