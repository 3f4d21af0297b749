/* The mel frames of every note of a data set, made once and mapped: training draws from it. Each
 * note is kept twice, as it is and transposed by 2 to 9 semitones as a sampler does it (played
 * faster or slower), which makes other instruments of it. */
#pragma once

#include "dataset.h"
#include "front-end.h"

G_BEGIN_DECLS

/* A frame: INSTRU_N_MELS levels in hundredths of a dB, then the RMS as such a level. */
#define INSTRU_CACHE_COLUMNS (INSTRU_N_MELS + 1)

typedef struct
{
  char *name;
  int label;
  char *collection;
  char *group;
  char *instrument_name;
  gboolean is_transposed;
  gsize n_frames;
  const gint16 *frames; /* n_frames × INSTRU_CACHE_COLUMNS, mapped */
} InstruCachedNote;

typedef struct _InstruFeatureCache InstruFeatureCache;

/* Tells of progress; returns FALSE to stop. */
typedef gboolean (*InstruCacheProgressFunc) (gsize n_done, gsize n_all, gpointer user_data);

/* Fills the cache in @folder with what is not in it yet, on @n_threads decoders, and maps it. Notes
 * that cannot be decoded are left out and counted. A stopped run goes on where it was.
 * Errors: INSTRU_LAB_ERROR, G_FILE_ERROR. */
InstruFeatureCache *instru_feature_cache_open (const char *folder,
                                               GPtrArray *datasets,
                                               guint n_threads,
                                               InstruCacheProgressFunc progress,
                                               gpointer user_data,
                                               GError **error);
void instru_feature_cache_free (InstruFeatureCache *self);

gsize instru_feature_cache_get_n (const InstruFeatureCache *self);
const InstruCachedNote *instru_feature_cache_get (const InstruFeatureCache *self, gsize index);
gsize instru_feature_cache_get_n_failed (const InstruFeatureCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruFeatureCache, instru_feature_cache_free)

G_END_DECLS
