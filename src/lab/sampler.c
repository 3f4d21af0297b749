/* Families are drawn equally often. Within one, a bucket (a recording group's part of a collection)
 * counts by the square root of its notes, so that large libraries do not decide everything. */
#include "sampler.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "augmentation.h"
#include "clip.h"
#include "loss.h"
#include "made-sounds.h"
#include "model.h"
#include "random.h"

#define N_MADE_OF_KIND 24
/* Tries to find another note of an instrument among those of its bucket. */
#define MAX_ATTEMPTS 8
#define MADE_SAMPLES (4 * INSTRU_SAMPLE_RATE_HZ)

/* One note with its transposed copy. */
typedef struct
{
  const InstruCachedNote *plain;
  const InstruCachedNote *transposed; /* nullable */
} Source;

typedef struct
{
  char *key;
  double weight;
  GArray *sources; /* Source */
} Bucket;

struct _InstruSampler
{
  const InstruRecipe *recipe;
  GPtrArray *buckets[INSTRU_N_LABELS];
  double total_weight[INSTRU_N_LABELS];
  GHashTable *groups; /* set */
  gsize n_notes;
  GPtrArray *made;        /* InstruCachedNote of made sounds */
  GPtrArray *made_frames; /* their GArrays */
};

static void
free_bucket (gpointer data)
{
  Bucket *bucket = data;

  g_free (bucket->key);
  g_array_unref (bucket->sources);
  g_free (bucket);
}

gboolean
instru_sampler_is_test_kind (const char *kind)
{
  return g_str_hash (kind) % 2 == 1;
}

static gboolean
is_allowed (const InstruRecipe *recipe, const InstruCachedNote *note)
{
  if (note->n_frames == 0)
    return FALSE;
  if (note->label == INSTRU_LABEL_NONE)
    return !instru_sampler_is_test_kind (note->instrument_name);
  return !instru_recipe_is_test_group (recipe, note->group) &&
         !instru_recipe_is_validation_group (recipe, note->group);
}

static Bucket *
get_bucket (InstruSampler *self, GHashTable *by_key, const InstruCachedNote *note)
{
  g_autofree char *key = g_strdup_printf ("%d\t%s\t%s", note->label, note->group, note->collection);
  Bucket *bucket = g_hash_table_lookup (by_key, key);

  if (bucket != NULL)
    return bucket;
  bucket = g_new0 (Bucket, 1);
  bucket->key = g_steal_pointer (&key);
  bucket->sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_hash_table_insert (by_key, bucket->key, bucket);
  g_ptr_array_add (self->buckets[note->label], bucket);
  return bucket;
}

static void
add_note (InstruSampler *self, GHashTable *by_key, const InstruCachedNote *note)
{
  Bucket *bucket = get_bucket (self, by_key, note);
  Source source = { .plain = note };

  if (note->is_transposed && bucket->sources->len > 0)
    {
      Source *last = &g_array_index (bucket->sources, Source, bucket->sources->len - 1);

      if (g_str_equal (last->plain->name, note->name))
        last->transposed = note;
      return;
    }
  g_array_append_val (bucket->sources, source);
  g_hash_table_add (self->groups, note->group);
  self->n_notes++;
}

/* The made sounds are one bucket a kind; they weigh as much together as the recorded ones. */
static void
add_made_sounds (InstruSampler *self, GHashTable *by_key)
{
  for (guint kind = 0; kind < INSTRU_N_MADE_SOUNDS; kind++)
    for (guint64 i = 0; i < N_MADE_OF_KIND; i++)
      {
        g_autoptr (GArray) samples =
            instru_made_sound_render ((InstruMadeSound) kind, MADE_SAMPLES, 1000 * kind + i);
        GArray *frames = g_array_new (FALSE, FALSE, sizeof (gint16));
        InstruCachedNote *note = g_new0 (InstruCachedNote, 1);

        note->name = (char *) instru_made_sound_get_name ((InstruMadeSound) kind);
        note->label = INSTRU_LABEL_NONE;
        note->collection = note->group = note->instrument_name = note->name;
        note->n_frames = instru_clip_append_frames (samples, frames);
        note->frames = (const gint16 *) (gconstpointer) frames->data;
        g_ptr_array_add (self->made, note);
        g_ptr_array_add (self->made_frames, frames);
        add_note (self, by_key, note);
      }
}

static void
weigh_buckets (InstruSampler *self)
{
  for (int label = 0; label < INSTRU_N_LABELS; label++)
    for (guint i = 0; i < self->buckets[label]->len; i++)
      {
        Bucket *bucket = g_ptr_array_index (self->buckets[label], i);
        gboolean is_synthetic = strstr (bucket->key, "\tsf-") != NULL;

        bucket->weight = sqrt ((double) bucket->sources->len) *
                         (is_synthetic ? self->recipe->synthetic_weight : 1.0);
        self->total_weight[label] += bucket->weight;
      }
}

InstruSampler *
instru_sampler_new (const InstruFeatureCache *cache, const InstruRecipe *recipe, GError **error)
{
  g_autoptr (InstruSampler) self = g_new0 (InstruSampler, 1);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);

  self->recipe = recipe;
  self->groups = g_hash_table_new (g_str_hash, g_str_equal);
  self->made = g_ptr_array_new_with_free_func (g_free);
  self->made_frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (int label = 0; label < INSTRU_N_LABELS; label++)
    self->buckets[label] = g_ptr_array_new_with_free_func (free_bucket);

  for (gsize i = 0; i < instru_feature_cache_get_n (cache); i++)
    if (is_allowed (recipe, instru_feature_cache_get (cache, i)))
      add_note (self, by_key, instru_feature_cache_get (cache, i));
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    if (self->buckets[family]->len == 0)
      {
        g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_DATA,
                     _ ("There is no note of the family “%s” to train on."),
                     instru_family_get_id ((InstruFamily) family));
        return NULL;
      }
  add_made_sounds (self, by_key);
  weigh_buckets (self);
  return g_steal_pointer (&self);
}

void
instru_sampler_free (InstruSampler *self)
{
  if (self == NULL)
    return;
  for (int label = 0; label < INSTRU_N_LABELS; label++)
    g_ptr_array_unref (self->buckets[label]);
  g_hash_table_unref (self->groups);
  g_ptr_array_unref (self->made);
  g_ptr_array_unref (self->made_frames);
  g_free (self);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
instru_sampler_get_groups (const InstruSampler *self)
{
  GPtrArray *groups = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, &group, NULL))
    g_ptr_array_add (groups, group);
  g_ptr_array_sort (groups, compare_texts);
  return groups;
}

gsize
instru_sampler_get_n_notes (const InstruSampler *self)
{
  return self->n_notes;
}

/* — drawing — */

static const Bucket *
draw_bucket (const InstruSampler *self, int label, guint64 *random)
{
  double at = instru_random_uniform (random) * self->total_weight[label];
  const Bucket *bucket = NULL;

  for (guint i = 0; i < self->buckets[label]->len; i++)
    {
      bucket = g_ptr_array_index (self->buckets[label], i);
      at -= bucket->weight;
      if (at < 0.0)
        break;
    }
  return bucket;
}

static const InstruCachedNote *
draw_note (const InstruSampler *self, const Bucket *bucket, guint64 *random)
{
  gsize index = instru_random_index (random, bucket->sources->len);
  const Source *source = &g_array_index (bucket->sources, Source, index);

  if (source->transposed != NULL && source->transposed->n_frames > 0 &&
      instru_random_uniform (random) < self->recipe->transposed_share)
    return source->transposed;
  return source->plain;
}

/* Another note of the same instrument, to follow @note in a phrase; @note itself where chance finds
 * none. */
static const InstruCachedNote *
draw_next_note (const InstruSampler *self,
                const Bucket *bucket,
                const InstruCachedNote *note,
                guint64 *random)
{
  for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++)
    {
      const InstruCachedNote *next = draw_note (self, bucket, random);

      if (next->is_transposed == note->is_transposed &&
          g_str_equal (next->instrument_name, note->instrument_name))
        return next;
    }
  return note;
}

static int
draw_label (const InstruSampler *self, guint64 *random)
{
  if (instru_random_uniform (random) < self->recipe->none_share)
    return INSTRU_LABEL_NONE;
  return (int) instru_random_index (random, INSTRU_N_FAMILIES);
}

static void
draw_window (const InstruSampler *self, float *level_db, float *target, guint64 *random)
{
  int label = draw_label (self, random);
  const Bucket *bucket = draw_bucket (self, label, random);
  const InstruCachedNote *notes[INSTRU_PHRASE_NOTES];
  const InstruCachedNote *accompaniment = NULL;

  notes[0] = draw_note (self, bucket, random);
  for (gsize i = 1; i < INSTRU_PHRASE_NOTES; i++)
    notes[i] = draw_next_note (self, bucket, notes[0], random);
  if (label != INSTRU_LABEL_NONE &&
      instru_random_uniform (random) < self->recipe->accompaniment_share)
    {
      int other = (int) instru_random_index (random, INSTRU_N_FAMILIES);

      accompaniment = draw_note (self, draw_bucket (self, other, random), random);
    }
  instru_augment_window (self->recipe, notes, accompaniment, random, level_db);
  instru_smooth_target (target, INSTRU_N_LABELS, (gsize) label, self->recipe->label_smoothing);
}

/* Mixes window @b into @a (mixup; Zhang et al., 2018). */
static void
mix (float *a, const float *b, gsize n, float share)
{
  for (gsize i = 0; i < n; i++)
    a[i] = share * a[i] + (1.0f - share) * b[i];
}

void
instru_sampler_draw_batch (const InstruSampler *self, guint64 step, float *inputs, float *targets)
{
  const InstruRecipe *recipe = self->recipe;
  guint64 random = recipe->seed * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + step;
  float level_db[INSTRU_WINDOW_VALUES], other[INSTRU_WINDOW_VALUES];
  float other_target[INSTRU_N_LABELS];

  for (gsize i = 0; i < recipe->batch_size; i++)
    {
      float *input = inputs + i * INSTRU_WINDOW_VALUES, *target = targets + i * INSTRU_N_LABELS;

      draw_window (self, level_db, target, &random);
      instru_model_scale_input (level_db, input, INSTRU_WINDOW_VALUES);
      if (instru_random_uniform (&random) < recipe->mixup_share)
        {
          float share = (float) instru_random_beta (recipe->mixup_alpha, &random);

          draw_window (self, level_db, other_target, &random);
          instru_model_scale_input (level_db, other, INSTRU_WINDOW_VALUES);
          mix (input, other, INSTRU_WINDOW_VALUES, share);
          mix (target, other_target, INSTRU_N_LABELS, share);
        }
    }
}
