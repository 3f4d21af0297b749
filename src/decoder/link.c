/* The decoder process's end of its socket. Sending waits for room and for a new request at once, so
 * a window that has stopped listening to one recording can always ask for the next. */
#include "link.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static gpointer
watch_thread (gpointer data)
{
  struct pollfd pollfd = { .fd = GPOINTER_TO_INT (data), .events = 0 };

  while (poll (&pollfd, 1, -1) < 0 && errno == EINTR)
    ;
  /* The main thread leaves by itself, unless it is stuck. */
  g_usleep (G_USEC_PER_SEC / 2);
  _exit (0);
}

void
instru_link_watch_other_side (int fd)
{
  g_thread_unref (g_thread_new ("watch", watch_thread, GINT_TO_POINTER (fd)));
}

/* Takes the one descriptor out of a message, closing any more; −1 where there is none. */
static int
take_descriptor (struct msghdr *message)
{
  int taken = -1;

  for (struct cmsghdr *cmsg = CMSG_FIRSTHDR (message); cmsg; cmsg = CMSG_NXTHDR (message, cmsg))
    {
      gsize n_fds = (cmsg->cmsg_len - CMSG_LEN (0)) / sizeof (int);

      if (cmsg->cmsg_level != SOL_SOCKET || cmsg->cmsg_type != SCM_RIGHTS)
        continue;
      for (gsize i = 0; i < n_fds; i++)
        {
          int fd;

          memcpy (&fd, CMSG_DATA (cmsg) + i * sizeof (int), sizeof (int));
          if (taken < 0)
            taken = fd;
          else
            close (fd);
        }
    }
  return taken;
}

gboolean
instru_link_receive_request (int fd, InstruRequest *request)
{
  struct
  {
    InstruFrameHeader header;
    InstruOpenFrame open;
  } frame;
  union
  {
    char bytes[CMSG_SPACE (sizeof (int))];
    struct cmsghdr align;
  } control;
  struct iovec iov = { &frame, sizeof frame };
  struct msghdr message = { .msg_iov = &iov,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes };
  gssize n;

  do
    n = recvmsg (fd, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
  while (n < 0 && errno == EINTR);

  if (n <= 0)
    return FALSE;
  request->file_fd = take_descriptor (&message);
  if (n != (gssize) sizeof frame || !instru_frame_header_is_valid (&frame.header) ||
      frame.header.type != INSTRU_FRAME_OPEN || request->file_fd < 0)
    {
      if (request->file_fd >= 0)
        close (request->file_fd);
      return FALSE;
    }
  request->number = frame.header.request;
  request->start_s = frame.open.start_s;
  return TRUE;
}

static short
poll_link (int fd, short events, int timeout_ms)
{
  struct pollfd pollfd = { .fd = fd, .events = events };

  while (poll (&pollfd, 1, timeout_ms) < 0 && errno == EINTR)
    ;
  return pollfd.revents;
}

gboolean
instru_link_is_interrupted (int fd)
{
  return poll_link (fd, POLLIN, 0) != 0;
}

/* Sends all of @iov, waiting for room. */
static gboolean
send_all (int fd, struct iovec *iov, gsize n_iov)
{
  struct msghdr message = { .msg_iov = iov, .msg_iovlen = n_iov };

  while (message.msg_iovlen > 0)
    {
      gssize n = sendmsg (fd, &message, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      while (message.msg_iovlen > 0 && (gsize) n >= message.msg_iov->iov_len)
        {
          n -= (gssize) message.msg_iov->iov_len;
          message.msg_iov++;
          message.msg_iovlen--;
        }
      if (message.msg_iovlen > 0)
        {
          message.msg_iov->iov_base = (guint8 *) message.msg_iov->iov_base + n;
          message.msg_iov->iov_len -= (gsize) n;
        }
    }
  return TRUE;
}

gboolean
instru_link_send (int fd,
                  guint32 request,
                  InstruFrameType type,
                  gconstpointer head,
                  gsize head_bytes,
                  gconstpointer body,
                  gsize body_bytes)
{
  InstruFrameHeader header = { INSTRU_PROTOCOL_MAGIC, type, request,
                               (guint32) (head_bytes + body_bytes) };
  struct iovec iov[3] = { { &header, sizeof header },
                          { (gpointer) head, head_bytes },
                          { (gpointer) body, body_bytes } };

  g_return_val_if_fail (instru_frame_header_is_valid (&header), FALSE);

  /* Once begun, a frame is sent to its end: the other side reads it away before anything else. */
  if (poll_link (fd, POLLIN | POLLOUT, -1) & (POLLIN | POLLHUP | POLLERR))
    return FALSE;
  return send_all (fd, iov, G_N_ELEMENTS (iov));
}
