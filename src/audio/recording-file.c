/* Opens a GFile for the decoder process. Only regular files get through: a FIFO or a device could
 * block for ever, and a folder or an empty file has its own sentence. */
#include "recording-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gfiledescriptorbased.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "recording-error.h"

#define COPY_BLOCK_BYTES (256 * 1024)

static void
set_error_from_errno (GError **error, int code)
{
  switch (code)
    {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP:
      instru_recording_error_set (error, INSTRU_RECORDING_ERROR_NOT_FOUND);
      break;
    case EACCES:
    case EPERM:
      instru_recording_error_set (error, INSTRU_RECORDING_ERROR_PERMISSION);
      break;
    case ENXIO:
    case ENODEV:
      instru_recording_error_set (error, INSTRU_RECORDING_ERROR_NOT_AUDIO);
      break;
    case ENOMEM:
      instru_recording_error_set (error, INSTRU_RECORDING_ERROR_OUT_OF_MEMORY);
      break;
    default:
      g_set_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CORRUPT,
                   _ ("The file could not be read: %s."), g_strerror (code));
    }
}

static void
set_error_from_gio (GError **error, const GError *cause)
{
  static const struct
  {
    int from;
    InstruRecordingError to;
  } table[] = {
    { G_IO_ERROR_NOT_FOUND, INSTRU_RECORDING_ERROR_NOT_FOUND },
    { G_IO_ERROR_NOT_DIRECTORY, INSTRU_RECORDING_ERROR_NOT_FOUND },
    { G_IO_ERROR_PERMISSION_DENIED, INSTRU_RECORDING_ERROR_PERMISSION },
    { G_IO_ERROR_IS_DIRECTORY, INSTRU_RECORDING_ERROR_IS_DIRECTORY },
    { G_IO_ERROR_NOT_SUPPORTED, INSTRU_RECORDING_ERROR_NOT_LOCAL },
    { G_IO_ERROR_NOT_MOUNTED, INSTRU_RECORDING_ERROR_NOT_LOCAL },
    { G_IO_ERROR_CANCELLED, INSTRU_RECORDING_ERROR_CANCELLED },
    { G_IO_ERROR_TIMED_OUT, INSTRU_RECORDING_ERROR_TIMEOUT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_error_matches (cause, G_IO_ERROR, table[i].from))
      {
        instru_recording_error_set (error, table[i].to);
        return;
      }
  if (g_error_matches (cause, G_RESOURCE_ERROR, G_RESOURCE_ERROR_NOT_FOUND))
    instru_recording_error_set (error, INSTRU_RECORDING_ERROR_NOT_FOUND);
  else
    g_set_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CORRUPT,
                 _ ("The file could not be read: %s."), cause->message);
}

/* Whether @fd is a regular file that holds something. */
static gboolean
check_descriptor (int fd, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    set_error_from_errno (error, errno);
  else if (S_ISDIR (status.st_mode))
    instru_recording_error_set (error, INSTRU_RECORDING_ERROR_IS_DIRECTORY);
  else if (!S_ISREG (status.st_mode))
    instru_recording_error_set (error, INSTRU_RECORDING_ERROR_NOT_AUDIO);
  else if (status.st_size == 0)
    instru_recording_error_set (error, INSTRU_RECORDING_ERROR_EMPTY);
  else
    return TRUE;
  return FALSE;
}

static int
take_checked (int fd, GError **error)
{
  if (check_descriptor (fd, error))
    return fd;
  close (fd);
  return -1;
}

static int
open_path (const char *path, GError **error)
{
  int fd;

  do
    fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  while (fd < 0 && errno == EINTR);

  if (fd < 0)
    {
      set_error_from_errno (error, errno);
      return -1;
    }
  return take_checked (fd, error);
}

static gboolean
is_network_address (GFile *file)
{
  static const char *const schemes[] = { "http",   "https", "ftp",   "ftps", "rtsp", "rtsps",
                                         "rtspt",  "rtmp",  "rtmps", "mms",  "mmsh", "mmst",
                                         "rtp",    "srtp",  "udp",   "tcp",  "srt",  "icecast",
                                         "gopher", "data",  NULL };
  g_autofree char *scheme = g_file_get_uri_scheme (file);

  return scheme != NULL && g_strv_contains (schemes, scheme);
}

/* An unlinked file in the user's cache folder: /tmp is often memory. */
static int
open_temporary (GError **error)
{
  g_autofree char *path = NULL;
  int fd = open (g_get_user_cache_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return fd;

  fd = g_file_open_tmp ("instrunet-XXXXXX", &path, NULL);
  if (fd < 0)
    {
      g_set_error (
          error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_PERMISSION,
          _ ("No temporary file could be made for a copy of the recording. Save the file on "
             "this computer first."));
      return -1;
    }
  g_unlink (path);
  fcntl (fd, F_SETFD, FD_CLOEXEC);
  return fd;
}

static gboolean
write_all (int fd, const guint8 *bytes, gsize n_bytes, GError **error)
{
  while (n_bytes > 0)
    {
      gssize n = write (fd, bytes, n_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_set_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_OUT_OF_MEMORY,
                       _ ("There is no room on the disk for a copy of the recording: %s."),
                       g_strerror (errno));
          return FALSE;
        }
      bytes += n;
      n_bytes -= (gsize) n;
    }
  return TRUE;
}

static gboolean
copy_stream (GInputStream *stream, int fd, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *block = g_malloc (COPY_BLOCK_BYTES);
  g_autoptr (GError) cause = NULL;
  goffset n_copied = 0;
  gssize n;

  while ((n = g_input_stream_read (stream, block, COPY_BLOCK_BYTES, cancellable, &cause)) > 0)
    {
      n_copied += n;
      if (n_copied > INSTRU_RECORDING_MAX_COPY_BYTES)
        {
          g_set_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_TOO_LONG,
                       _ ("The file is too large to be fetched for you. Save it on this computer "
                          "first."));
          return FALSE;
        }
      if (!write_all (fd, block, (gsize) n, error))
        return FALSE;
    }
  if (n < 0)
    set_error_from_gio (error, cause);
  return n == 0;
}

static int
open_stream (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &cause);
  int fd;

  if (stream == NULL)
    {
      set_error_from_gio (error, cause);
      return -1;
    }
  if (G_IS_FILE_DESCRIPTOR_BASED (stream))
    {
      fd = g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream));
      return take_checked (fcntl (fd, F_DUPFD_CLOEXEC, 3), error);
    }

  fd = open_temporary (error);
  if (fd < 0)
    return -1;
  if (!copy_stream (G_INPUT_STREAM (stream), fd, cancellable, error))
    {
      close (fd);
      return -1;
    }
  return take_checked (fd, error);
}

int
instru_recording_file_open (GFile *file, GCancellable *cancellable, GError **error)
{
  const char *path = g_file_peek_path (file);

  if (is_network_address (file))
    {
      instru_recording_error_set (error, INSTRU_RECORDING_ERROR_NOT_LOCAL);
      return -1;
    }
  if (g_file_is_native (file) && path != NULL)
    return open_path (path, error);
  return open_stream (file, cancellable, error);
}
