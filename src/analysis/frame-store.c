/* Chunks of 512 frames; an hour of sound is 303 of them, 40 MB. */
#include "frame-store.h"

#include <math.h>

#define FRAMES_PER_CHUNK  512
#define HUNDREDTHS_PER_DB 100.0f
#define MEL_FLOOR         (-10000)

typedef struct
{
  gint16 mel[FRAMES_PER_CHUNK][INSTRU_N_MELS];
  float descriptors[INSTRU_N_DESCRIPTORS][FRAMES_PER_CHUNK];
} Chunk;

struct _InstruFrameStore
{
  GPtrArray *chunks; /* g_atomic_rc_box of Chunk */
  gsize n_frames;
  gint16 mel_maximum;
};

InstruFrameStore *
instru_frame_store_new (void)
{
  InstruFrameStore *self = g_new0 (InstruFrameStore, 1);

  self->chunks = g_ptr_array_new_with_free_func (g_atomic_rc_box_release);
  self->mel_maximum = MEL_FLOOR;
  return self;
}

void
instru_frame_store_free (InstruFrameStore *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

static gint16
to_hundredths (float level_db)
{
  /* Clamped before it is rounded: lrintf () of an infinity may be any number. */
  return (gint16) lrintf (CLAMP (level_db * HUNDREDTHS_PER_DB, MEL_FLOOR, G_MAXINT16));
}

void
instru_frame_store_append (InstruFrameStore *self, const float *mel_db, const float *descriptors)
{
  gsize slot = self->n_frames % FRAMES_PER_CHUNK;
  Chunk *chunk;

  if (slot == 0)
    g_ptr_array_add (self->chunks, g_atomic_rc_box_new (Chunk));

  chunk = g_ptr_array_index (self->chunks, self->chunks->len - 1);
  for (gsize band = 0; band < INSTRU_N_MELS; band++)
    {
      chunk->mel[slot][band] = to_hundredths (mel_db[band]);
      self->mel_maximum = MAX (self->mel_maximum, chunk->mel[slot][band]);
    }
  for (gsize i = 0; i < INSTRU_N_DESCRIPTORS; i++)
    chunk->descriptors[i][slot] = descriptors[i];
  self->n_frames++;
}

InstruFrameStore *
instru_frame_store_snapshot (const InstruFrameStore *self)
{
  InstruFrameStore *snapshot = instru_frame_store_new ();

  for (guint i = 0; i < self->chunks->len; i++)
    g_ptr_array_add (snapshot->chunks,
                     g_atomic_rc_box_acquire (g_ptr_array_index (self->chunks, i)));
  snapshot->n_frames = self->n_frames;
  snapshot->mel_maximum = self->mel_maximum;
  return snapshot;
}

gsize
instru_frame_store_get_n_frames (const InstruFrameStore *self)
{
  return self->n_frames;
}

const gint16 *
instru_frame_store_get_mel (const InstruFrameStore *self, gsize frame)
{
  const Chunk *chunk;

  g_return_val_if_fail (frame < self->n_frames, NULL);

  chunk = g_ptr_array_index (self->chunks, frame / FRAMES_PER_CHUNK);
  return chunk->mel[frame % FRAMES_PER_CHUNK];
}

gint16
instru_frame_store_get_mel_maximum (const InstruFrameStore *self)
{
  return self->mel_maximum;
}

float
instru_frame_store_get_descriptor (const InstruFrameStore *self,
                                   InstruDescriptor descriptor,
                                   gsize frame)
{
  const Chunk *chunk;

  g_return_val_if_fail (frame < self->n_frames, 0.0f);
  g_return_val_if_fail ((guint) descriptor < INSTRU_N_DESCRIPTORS, 0.0f);

  chunk = g_ptr_array_index (self->chunks, frame / FRAMES_PER_CHUNK);
  return chunk->descriptors[descriptor][frame % FRAMES_PER_CHUNK];
}
