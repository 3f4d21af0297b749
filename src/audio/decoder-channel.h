/* The window's end of the socket pair to a decoder process: exact reads and writes that give up
 * when the caller cancels, when the time is over or when the process is gone. */
#pragma once

#include <gio/gio.h>

#include "decoder-protocol.h"

G_BEGIN_DECLS

/* Reads exactly @n_bytes. @deadline_us is on g_get_monotonic_time ()'s clock.
 * Errors: INSTRU_RECORDING_ERROR_CANCELLED, _TIMEOUT, _CRASHED (the socket was closed). */
gboolean instru_channel_receive (int fd,
                                 void *bytes,
                                 gsize n_bytes,
                                 gint64 deadline_us,
                                 GCancellable *cancellable,
                                 GError **error);

/* Reads a header and checks it; a process that breaks the rules counts as crashed. */
gboolean instru_channel_receive_header (int fd,
                                        InstruFrameHeader *header,
                                        gint64 deadline_us,
                                        GCancellable *cancellable,
                                        GError **error);

/* Sends an OPEN frame with the descriptor @file_fd, which stays the caller's. */
gboolean instru_channel_send_open (int fd,
                                   guint32 request,
                                   double start_s,
                                   int file_fd,
                                   gint64 deadline_us,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
