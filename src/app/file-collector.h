/* From what was dropped to what can be read: files as they are, folders as the recordings in them,
 * their subfolders' too, in the order of their names. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder gives at most this many recordings, from at most this many levels down. */
#define INSTRU_COLLECT_MAX_FILES 10000
#define INSTRU_COLLECT_MAX_DEPTH 16

/* @files: of GFile. */
void instru_collect_files_async (GListModel *files,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* Returns: (transfer full) (nullable): of GFile; NULL only where it was cancelled */
GPtrArray *instru_collect_files_finish (GAsyncResult *result, GError **error);

G_END_DECLS
