/* A small state machine over the events of a JSON parser: depth 1 names a note, depth 2 its facts.
 */
#include "dataset.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#define CHUNK_BYTES 65536
#define MAX_TEXT    1024

G_DEFINE_QUARK (instru - lab - error - quark, instru_lab_error)

typedef struct
{
  InstruDataset *dataset;
  GHashTable *audio; /* note_str → file name, of what is in the folder */
  const char *folder;
  int depth;
  char *key;
  GHashTable *facts; /* of the note that is being read: key → text */
} Reader;

static void
free_note (gpointer data)
{
  InstruNote *note = data;

  g_free (note->name);
  g_free (note->collection);
  g_free (note->group);
  g_free (note->instrument_name);
  g_free (note->path);
  g_free (note);
}

void
instru_dataset_free (InstruDataset *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static const char *
get_fact (Reader *reader, const char *key, const char *otherwise)
{
  const char *fact = g_hash_table_lookup (reader->facts, key);

  return fact != NULL ? fact : otherwise;
}

static int
get_label (const char *family)
{
  return g_strcmp0 (family, "none") == 0 ? INSTRU_LABEL_NONE : instru_family_from_id (family);
}

static void
finish_note (Reader *reader)
{
  InstruDataset *dataset = reader->dataset;
  const char *name = get_fact (reader, "note_str", "");
  const char *instrument = get_fact (reader, "instrument_str", "");
  const char *file = g_hash_table_lookup (reader->audio, name);
  int label = get_label (get_fact (reader, "instrument_family_str", ""));
  InstruNote *note;

  if (label < 0)
    {
      dataset->n_other_families++;
      return;
    }
  if (file == NULL)
    {
      dataset->n_missing_audio++;
      return;
    }

  note = g_new0 (InstruNote, 1);
  note->name = g_strdup (name);
  note->label = label;
  note->collection = g_strdup (get_fact (reader, "collection", ""));
  note->group = g_strdup (get_fact (reader, "recording_group", instrument));
  note->instrument_name = g_strdup (get_fact (reader, "instrument_name", instrument));
  note->path = g_build_filename (reader->folder, "audio", file, NULL);
  g_ptr_array_add (dataset->notes, note);
}

static int
on_start_map (void *data)
{
  Reader *reader = data;

  if (++reader->depth == 2)
    g_hash_table_remove_all (reader->facts);
  return 1;
}

static int
on_end_map (void *data)
{
  Reader *reader = data;

  if (reader->depth == 2)
    finish_note (reader);
  reader->depth--;
  return 1;
}

static int
on_key (void *data, const unsigned char *text, size_t length)
{
  Reader *reader = data;

  g_free (reader->key);
  reader->key = g_strndup ((const char *) text, MIN (length, MAX_TEXT));
  return 1;
}

static int
on_string (void *data, const unsigned char *text, size_t length)
{
  Reader *reader = data;

  if (reader->depth == 2 && reader->key != NULL)
    g_hash_table_replace (reader->facts, g_strdup (reader->key),
                          g_strndup ((const char *) text, MIN (length, MAX_TEXT)));
  return 1;
}

static const yajl_callbacks callbacks = {
  .yajl_string = on_string,
  .yajl_start_map = on_start_map,
  .yajl_map_key = on_key,
  .yajl_end_map = on_end_map,
};

static gboolean
parse_stream (Reader *reader, GInputStream *stream, const char *path, GError **error)
{
  yajl_handle parser = yajl_alloc (&callbacks, NULL, reader);
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  yajl_status status = yajl_status_ok;
  gssize n_read;

  while ((n_read = g_input_stream_read (stream, chunk, CHUNK_BYTES, NULL, error)) > 0 &&
         status == yajl_status_ok)
    status = yajl_parse (parser, chunk, (size_t) n_read);
  if (n_read == 0 && status == yajl_status_ok)
    status = yajl_complete_parse (parser);
  yajl_free (parser);

  if (n_read < 0)
    return FALSE;
  if (status != yajl_status_ok || reader->depth != 0)
    {
      g_set_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_DATA, _ ("“%s” is not valid JSON."),
                   path);
      return FALSE;
    }
  return TRUE;
}

/* What is in the audio folder, by name without the ending. */
static GHashTable *
list_audio (const char *folder, GError **error)
{
  static const char *const endings[] = { ".wav", ".flac", ".opus", ".ogg" };
  g_autofree char *audio = g_build_filename (folder, "audio", NULL);
  g_autoptr (GDir) dir = g_dir_open (audio, 0, error);
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
      if (g_str_has_suffix (name, endings[i]))
        g_hash_table_replace (files, g_strndup (name, strlen (name) - strlen (endings[i])),
                              g_strdup (name));
  return g_steal_pointer (&files);
}

InstruDataset *
instru_dataset_load (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "examples.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (InstruDataset) dataset = NULL;
  g_autoptr (GHashTable) audio = NULL;
  g_autoptr (GHashTable) facts = NULL;
  Reader reader = { 0 };
  gboolean ok;

  if (stream == NULL || (audio = list_audio (folder, error)) == NULL)
    return NULL;

  facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  dataset = g_new0 (InstruDataset, 1);
  dataset->notes = g_ptr_array_new_with_free_func (free_note);
  reader = (Reader){ .dataset = dataset, .audio = audio, .facts = facts, .folder = folder };
  ok = parse_stream (&reader, G_INPUT_STREAM (stream), path, error);
  g_free (reader.key);
  return ok ? g_steal_pointer (&dataset) : NULL;
}
