/* Two files in a folder: frames.i16 holds the frames of one note after another, index.tsv one line
 * a note, written after its frames. A line is only written whole, so what the index does not name
 * is cut off when the cache is opened again. */
#include "feature-cache.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clip.h"
#include "random.h"
#include "recording-error.h"

#define N_COLUMNS      7
#define FRAME_BYTES    (INSTRU_CACHE_COLUMNS * sizeof (gint16))
#define MIN_SEMITONES  2.0
#define MAX_SEMITONES  9.0
#define PROGRESS_EVERY 32

struct _InstruFeatureCache
{
  GPtrArray *notes;
  GMappedFile *mapped;
  gsize n_failed;
};

/* What the decoding threads share. */
typedef struct
{
  GPtrArray *todo; /* InstruNote */
  FILE *frames;
  FILE *index;
  GMutex lock;
  gsize next;
  gsize n_done;
  gsize n_failed;
  gboolean stop;
  InstruCacheProgressFunc progress;
  gpointer user_data;
} Work;

static void
free_cached_note (gpointer data)
{
  InstruCachedNote *note = data;

  g_free (note->name);
  g_free (note->collection);
  g_free (note->group);
  g_free (note->instrument_name);
  g_free (note);
}

void
instru_feature_cache_free (InstruFeatureCache *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->notes);
  g_clear_pointer (&self->mapped, g_mapped_file_unref);
  g_free (self);
}

gsize
instru_feature_cache_get_n (const InstruFeatureCache *self)
{
  return self->notes->len;
}

const InstruCachedNote *
instru_feature_cache_get (const InstruFeatureCache *self, gsize index)
{
  g_return_val_if_fail (index < self->notes->len, NULL);

  return g_ptr_array_index (self->notes, index);
}

gsize
instru_feature_cache_get_n_failed (const InstruFeatureCache *self)
{
  return self->n_failed;
}

/* — filling — */

/* How far a note is transposed depends on its name alone. */
static double
get_ratio (const char *name)
{
  guint64 random = g_str_hash (name);
  double semitones = instru_random_between (&random, MIN_SEMITONES, MAX_SEMITONES);

  return exp2 ((instru_random_uniform (&random) < 0.5 ? semitones : -semitones) / 12.0);
}

static void
write_note (Work *work, const InstruNote *note, const GArray *frames, gsize n_plain, gsize n_all)
{
  fwrite (frames->data, sizeof (gint16), frames->len, work->frames);
  fflush (work->frames);
  for (int variant = 0; variant < 2; variant++)
    fprintf (work->index, "%s\t%d\t%s\t%s\t%s\t%d\t%zu\n", note->name, note->label,
             note->collection, note->group, note->instrument_name, variant,
             variant == 0 ? n_plain : n_all - n_plain);
  fflush (work->index);
}

static void
do_note (Work *work, InstruDecoder **decoder, const InstruNote *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) samples = NULL;
  g_autoptr (GArray) transposed = NULL;
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (gint16));
  gsize n_plain = 0, n_all = 0;

  if (*decoder == NULL)
    *decoder = instru_decoder_new (&error);
  if (*decoder != NULL)
    samples = instru_clip_decode (*decoder, note->path, &error);
  if (samples != NULL)
    {
      transposed = instru_clip_transpose (samples, get_ratio (note->name));
      n_plain = instru_clip_append_frames (samples, frames);
      n_all = n_plain + instru_clip_append_frames (transposed, frames);
    }
  else
    {
      g_printerr ("%s: %s\n", note->path, error->message);
      g_clear_pointer (decoder, instru_decoder_free);
    }

  g_mutex_lock (&work->lock);
  if (samples != NULL)
    write_note (work, note, frames, n_plain, n_all);
  else
    work->n_failed++;
  work->n_done++;
  if (work->progress != NULL && work->n_done % PROGRESS_EVERY == 0 &&
      !work->progress (work->n_done, work->todo->len, work->user_data))
    work->stop = TRUE;
  g_mutex_unlock (&work->lock);
}

static gpointer
work_in_thread (gpointer data)
{
  Work *work = data;
  g_autoptr (InstruDecoder) decoder = NULL;

  for (;;)
    {
      const InstruNote *note = NULL;

      g_mutex_lock (&work->lock);
      if (!work->stop && work->next < work->todo->len)
        note = g_ptr_array_index (work->todo, work->next++);
      g_mutex_unlock (&work->lock);
      if (note == NULL)
        return NULL;
      do_note (work, &decoder, note);
    }
}

static void
run_threads (Work *work, guint n_threads)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  for (guint i = 0; i < MAX (n_threads, 1); i++)
    g_ptr_array_add (threads, g_thread_new ("instru-cache", work_in_thread, work));
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
}

/* — opening — */

static gboolean
set_io_error (GError **error, const char *path)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
  return FALSE;
}

/* Reads the lines of the index; frames are placed one after another. */
static gboolean
read_index (InstruFeatureCache *self, const char *path, gsize *n_frames, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  *n_frames = 0;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;

  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      g_auto (GStrv) columns = g_strsplit (*line, "\t", -1);
      InstruCachedNote *note;

      if (g_strv_length (columns) != N_COLUMNS)
        {
          g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_DATA,
                       _ ("The cache's index “%s” is damaged; delete its folder."), path);
          return FALSE;
        }
      note = g_new0 (InstruCachedNote, 1);
      note->name = g_strdup (columns[0]);
      note->label = (int) CLAMP (g_ascii_strtoll (columns[1], NULL, 10), 0, INSTRU_LABEL_NONE);
      note->collection = g_strdup (columns[2]);
      note->group = g_strdup (columns[3]);
      note->instrument_name = g_strdup (columns[4]);
      note->is_transposed = columns[5][0] == '1';
      note->n_frames = (gsize) g_ascii_strtoull (columns[6], NULL, 10);
      *n_frames += note->n_frames;
      g_ptr_array_add (self->notes, note);
    }
  return TRUE;
}

static GPtrArray *
find_missing (InstruFeatureCache *self, GPtrArray *datasets)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; i < self->notes->len; i++)
    g_hash_table_add (known, ((InstruCachedNote *) g_ptr_array_index (self->notes, i))->name);
  for (guint i = 0; i < datasets->len; i++)
    {
      const InstruDataset *dataset = g_ptr_array_index (datasets, i);

      for (guint k = 0; k < dataset->notes->len; k++)
        {
          InstruNote *note = g_ptr_array_index (dataset->notes, k);

          if (!g_hash_table_contains (known, note->name))
            g_ptr_array_add (missing, note);
        }
    }
  return missing;
}

static gboolean
fill (InstruFeatureCache *self,
      GPtrArray *missing,
      const char *frames_path,
      const char *index_path,
      gsize n_frames,
      guint n_threads,
      Work *work,
      GError **error)
{
  if (g_file_test (frames_path, G_FILE_TEST_EXISTS) &&
      truncate (frames_path, (off_t) (n_frames * FRAME_BYTES)) != 0)
    return set_io_error (error, frames_path);
  work->frames = g_fopen (frames_path, "ab");
  work->index = g_fopen (index_path, "ab");
  if (work->frames == NULL || work->index == NULL)
    {
      set_io_error (error, work->frames == NULL ? frames_path : index_path);
      g_clear_pointer (&work->frames, fclose);
      g_clear_pointer (&work->index, fclose);
      return FALSE;
    }

  work->todo = missing;
  g_mutex_init (&work->lock);
  run_threads (work, n_threads);
  g_mutex_clear (&work->lock);
  fclose (work->frames);
  fclose (work->index);
  self->n_failed = work->n_failed;
  if (!work->stop)
    return TRUE;
  g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_STOPPED,
               _ ("Stopped. What was read so far is kept; start again to go on."));
  return FALSE;
}

static gboolean
map_frames (InstruFeatureCache *self, const char *path, GError **error)
{
  gsize offset = 0, length;
  const char *bytes;

  self->mapped = g_mapped_file_new (path, FALSE, error);
  if (self->mapped == NULL)
    return FALSE;
  length = g_mapped_file_get_length (self->mapped);
  bytes = g_mapped_file_get_contents (self->mapped);
  for (guint i = 0; i < self->notes->len; i++)
    {
      InstruCachedNote *note = g_ptr_array_index (self->notes, i);

      if (note->n_frames > (length - offset) / FRAME_BYTES)
        {
          g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_DATA,
                       _ ("The cache “%s” is shorter than its index; delete its folder."), path);
          return FALSE;
        }
      note->frames = (const gint16 *) (gconstpointer) (bytes + offset);
      offset += note->n_frames * FRAME_BYTES;
    }
  return TRUE;
}

InstruFeatureCache *
instru_feature_cache_open (const char *folder,
                           GPtrArray *datasets,
                           guint n_threads,
                           InstruCacheProgressFunc progress,
                           gpointer user_data,
                           GError **error)
{
  g_autofree char *frames_path = g_build_filename (folder, "frames.i16", NULL);
  g_autofree char *index_path = g_build_filename (folder, "index.tsv", NULL);
  g_autoptr (InstruFeatureCache) self = g_new0 (InstruFeatureCache, 1);
  g_autoptr (GPtrArray) missing = NULL;
  Work work = { .progress = progress, .user_data = user_data };
  gsize n_frames;

  self->notes = g_ptr_array_new_with_free_func (free_cached_note);
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      set_io_error (error, folder);
      return NULL;
    }
  if (!read_index (self, index_path, &n_frames, error))
    return NULL;

  missing = find_missing (self, datasets);
  if (missing->len > 0)
    {
      if (!fill (self, missing, frames_path, index_path, n_frames, n_threads, &work, error))
        return NULL;
      g_ptr_array_set_size (self->notes, 0);
      if (!read_index (self, index_path, &n_frames, error))
        return NULL;
    }
  return map_frames (self, frames_path, error) ? g_steal_pointer (&self) : NULL;
}
