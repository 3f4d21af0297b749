/* instrunet-decoder: untrusted recordings are parsed here, in a process of its own. It waits on its
 * socket for a descriptor, answers with sound, and leaves when the other side is gone. */
#include <glib/gi18n-lib.h>
#include <gst/gst.h>
#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "answer.h"
#include "confine.h"
#include "instru-config.h"
#include "link.h"
#include "plugins.h"

/* GLib ends a process that is refused memory; the exit status tells the window why. */
static GLogWriterOutput
log_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; (level & G_LOG_LEVEL_ERROR) && i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0 && fields[i].length < 0 &&
        strstr (fields[i].value, "failed to allocate") != NULL)
      _exit (INSTRU_PROTOCOL_EXIT_OUT_OF_MEMORY);
  return g_log_writer_default (level, fields, n_fields, data);
}

static gboolean
is_socket (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 && S_ISSOCK (status.st_mode);
}

static void
prepare_gstreamer (void)
{
  g_auto (GStrv) folders = NULL;

  /* Two arenas: many threads would otherwise keep many half-empty heaps. */
  mallopt (M_ARENA_MAX, 2);
  gst_init (NULL, NULL);
  folders = instru_plugins_list_folders ();
  instru_plugins_block ();
  instru_plugins_prefer_small ();
  instru_plugins_preload ();
  instru_confine ((const char *const *) folders);
}

int
main (int argc, char *argv[])
{
  InstruRequest request;

  if (!is_socket (INSTRU_PROTOCOL_FD))
    {
      g_printerr ("instrunet-decoder is started by InstruNet and is of no use by itself.\n");
      return EXIT_FAILURE;
    }

  setlocale (LC_ALL, "");
  bindtextdomain (INSTRU_GETTEXT_DOMAIN, INSTRU_LOCALE_DIR);
  bind_textdomain_codeset (INSTRU_GETTEXT_DOMAIN, "UTF-8");
  g_log_set_writer_func (log_writer, NULL, NULL);

  prepare_gstreamer ();
  instru_link_watch_other_side (INSTRU_PROTOCOL_FD);
  if (!instru_link_send (INSTRU_PROTOCOL_FD, 0, INSTRU_FRAME_HELLO, NULL, 0, NULL, 0))
    return EXIT_SUCCESS;

  while (instru_link_receive_request (INSTRU_PROTOCOL_FD, &request))
    {
      instru_answer (INSTRU_PROTOCOL_FD, &request);
      close (request.file_fd);
    }
  return EXIT_SUCCESS;
}
