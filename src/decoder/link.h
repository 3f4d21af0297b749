/* The decoder process's end of its socket: takes requests with their descriptors, sends frames. */
#pragma once

#include <glib.h>

#include "decoder-protocol.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 number;
  int file_fd; /* the receiver closes it */
  double start_s;
} InstruRequest;

/* Ends the process as soon as the other side is gone, even where a plug-in never returns. */
void instru_link_watch_other_side (int fd);

/* Waits for an OPEN. Returns: FALSE when the other side is gone or does not keep to the protocol.
 */
gboolean instru_link_receive_request (int fd, InstruRequest *request);

/* Whether the present stream is to be given up: a new request waits, or nobody listens any more. */
gboolean instru_link_is_interrupted (int fd);

/* Sends a frame whose payload is @head and then @body (either may be empty). Waits while the socket
 * is full. Returns: FALSE, with nothing sent, when the stream is to be given up. */
gboolean instru_link_send (int fd,
                           guint32 request,
                           InstruFrameType type,
                           gconstpointer head,
                           gsize head_bytes,
                           gconstpointer body,
                           gsize body_bytes);

G_END_DECLS
