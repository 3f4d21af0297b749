/* Folders are read on a worker thread: they may be large, or on a slow disk. */
#include "file-collector.h"

#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE                                \
                                 "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN                           \
                                 "," G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE

/* An address on the network is not asked whether it is a folder: it is refused later, with its
 * sentence, without a packet sent. */
static gboolean
is_address (GFile *file)
{
  const char *const schemes[] = { "http", "https", "rtsp", "ftp", "rtmp", "mms" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_file_has_uri_scheme (file, schemes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_recording (GFileInfo *info)
{
  const char *type =
      g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE);

  return type != NULL &&
         (g_content_type_is_mime_type (type, "audio/*") ||
          g_content_type_is_mime_type (type, "video/*") || g_str_equal (type, "application/ogg"));
}

static int
compare_names (gconstpointer one, gconstpointer other)
{
  GFileInfo *const *a = one;
  GFileInfo *const *b = other;
  g_autofree char *name_a = g_filename_display_name (g_file_info_get_name (*a));
  g_autofree char *name_b = g_filename_display_name (g_file_info_get_name (*b));
  g_autofree char *key_a = g_utf8_collate_key_for_filename (name_a, -1);
  g_autofree char *key_b = g_utf8_collate_key_for_filename (name_b, -1);

  return g_strcmp0 (key_a, key_b);
}

/* What is in @folder, sorted; empty where it cannot be read. Links are not followed, so that no
 * ring of them is walked. */
static GPtrArray *
list_folder (GFile *folder, GCancellable *cancellable)
{
  GPtrArray *infos = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) enumerator = g_file_enumerate_children (
      folder, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  GFileInfo *info;

  while (enumerator != NULL &&
         (info = g_file_enumerator_next_file (enumerator, cancellable, NULL)) != NULL)
    g_ptr_array_add (infos, info);
  g_ptr_array_sort (infos, compare_names);
  return infos;
}

static void
collect_folder (GPtrArray *found, GFile *folder, guint depth, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) infos = list_folder (folder, cancellable);

  for (guint i = 0; i < infos->len && found->len < INSTRU_COLLECT_MAX_FILES; i++)
    {
      GFileInfo *info = g_ptr_array_index (infos, i);
      g_autoptr (GFile) child = g_file_get_child (folder, g_file_info_get_name (info));

      if (g_file_info_get_is_hidden (info))
        continue;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        {
          if (depth < INSTRU_COLLECT_MAX_DEPTH)
            collect_folder (found, child, depth + 1, cancellable);
        }
      else if (is_recording (info))
        g_ptr_array_add (found, g_steal_pointer (&child));
    }
}

static void
collect (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GListModel *files = task_data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (!is_address (file) && g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE,
                                                        cancellable) == G_FILE_TYPE_DIRECTORY)
        collect_folder (found, file, 1, cancellable);
      else
        g_ptr_array_add (found, g_steal_pointer (&file));
    }
  g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_ptr_array_unref);
}

void
instru_collect_files_async (GListModel *files,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, instru_collect_files_async);
  g_task_set_task_data (task, g_object_ref (files), g_object_unref);
  g_task_run_in_thread (task, collect);
}

GPtrArray *
instru_collect_files_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
