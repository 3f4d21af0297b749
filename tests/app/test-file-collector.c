/* Folders become the recordings in them; everything else stays as it was dropped. */
#include "file-collector.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
} Fixture;

static void
touch (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "not empty", -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *const names[] = { "b 10.flac",   "b 2.flac",     "notes.txt",
                                ".hidden.wav", "deeper/c.mp3", "deeper/deepest/film.mp4" };

  fixture->folder = g_dir_make_tmp ("instrunet-collect-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    touch (fixture->folder, names[i]);
}

static void
delete_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) enumerator = g_file_enumerate_children (
      file, "standard::name", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (enumerator != NULL && g_file_enumerator_iterate (enumerator, NULL, &child, NULL, NULL) &&
         child != NULL)
    delete_tree (child);
  g_assert_true (g_file_delete (file, NULL, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);

  delete_tree (folder);
  g_free (fixture->folder);
}

static void
on_collected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GPtrArray **found = user_data;
  g_autoptr (GError) error = NULL;

  *found = instru_collect_files_finish (result, &error);
  g_assert_no_error (error);
}

static GPtrArray *
collect (GFile *file)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  GPtrArray *found = NULL;

  g_list_store_append (files, file);
  instru_collect_files_async (G_LIST_MODEL (files), NULL, on_collected, &found);
  while (found == NULL)
    g_main_context_iteration (NULL, TRUE);
  return found;
}

/* In the order of people (2 before 10), subfolders too, without what is hidden or no recording. */
static void
test_folder (Fixture *fixture, gconstpointer data)
{
  const char *const expected[] = { "b 2.flac", "b 10.flac", "deeper/c.mp3",
                                   "deeper/deepest/film.mp4" };
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GPtrArray) found = collect (folder);

  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *name = g_file_get_relative_path (folder, g_ptr_array_index (found, i));

      g_assert_cmpstr (name, ==, expected[i]);
    }
}

/* A ring of links ends. */
static void
test_ring (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "deeper", "ring", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (link);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GPtrArray) found = NULL;

  g_assert_true (g_file_make_symbolic_link (file, fixture->folder, NULL, NULL));
  found = collect (folder);
  g_assert_cmpuint (found->len, ==, 4);
  g_assert_true (g_file_delete (file, NULL, NULL));
}

/* A file that was dropped is taken, whatever it is: its row says what is wrong with it. */
static void
test_as_dropped (Fixture *fixture, gconstpointer data)
{
  const char *const uris[] = { "file:///does/not/exist.wav", "http://example.org/a.mp3" };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);
      g_autoptr (GPtrArray) found = collect (file);

      g_assert_cmpuint (found->len, ==, 1);
      g_assert_true (g_file_equal (g_ptr_array_index (found, 0), file));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/file-collector/folder", Fixture, NULL, set_up, test_folder, tear_down);
  g_test_add ("/file-collector/ring", Fixture, NULL, set_up, test_ring, tear_down);
  g_test_add ("/file-collector/as-dropped", Fixture, NULL, set_up, test_as_dropped, tear_down);
  return g_test_run ();
}
