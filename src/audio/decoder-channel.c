/* The window's end of the socket pair. Each call first tries without waiting, and only then polls
 * the socket together with the cancellable, so a stream that flows costs one system call a frame.
 */
#include "decoder-channel.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "recording-error.h"

/* Waits until the socket is ready for @events or closed. */
static gboolean
wait_until_ready (int fd,
                  short events,
                  gint64 deadline_us,
                  GCancellable *cancellable,
                  GError **error)
{
  struct pollfd fds[2] = { { .fd = fd, .events = events }, { .fd = -1 } };
  int n_ready;

  if (cancellable != NULL)
    fds[1] = (struct pollfd){ .fd = g_cancellable_get_fd (cancellable), .events = POLLIN };

  do
    {
      gint64 left_us = MAX (deadline_us - g_get_monotonic_time (), 0);

      n_ready = poll (fds, G_N_ELEMENTS (fds), (int) MIN ((left_us + 999) / 1000, G_MAXINT));
    }
  while (n_ready < 0 && errno == EINTR);

  if (fds[1].fd >= 0)
    g_cancellable_release_fd (cancellable);

  if (g_cancellable_is_cancelled (cancellable))
    {
      instru_recording_error_set (error, INSTRU_RECORDING_ERROR_CANCELLED);
      return FALSE;
    }
  if (n_ready <= 0)
    {
      instru_recording_error_set (error, INSTRU_RECORDING_ERROR_TIMEOUT);
      return FALSE;
    }
  return TRUE;
}

gboolean
instru_channel_receive (int fd,
                        void *bytes,
                        gsize n_bytes,
                        gint64 deadline_us,
                        GCancellable *cancellable,
                        GError **error)
{
  gsize n_read = 0;

  while (n_read < n_bytes)
    {
      gssize n = recv (fd, (guint8 *) bytes + n_read, n_bytes - n_read, MSG_DONTWAIT);

      if (n > 0)
        n_read += (gsize) n;
      else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        {
          if (!wait_until_ready (fd, POLLIN, deadline_us, cancellable, error))
            return FALSE;
        }
      else if (n == 0 || errno != EINTR)
        {
          instru_recording_error_set (error, INSTRU_RECORDING_ERROR_CRASHED);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
instru_channel_receive_header (int fd,
                               InstruFrameHeader *header,
                               gint64 deadline_us,
                               GCancellable *cancellable,
                               GError **error)
{
  /* Audio that is already here must not outrun a cancel. */
  if (g_cancellable_is_cancelled (cancellable))
    {
      instru_recording_error_set (error, INSTRU_RECORDING_ERROR_CANCELLED);
      return FALSE;
    }
  if (!instru_channel_receive (fd, header, sizeof *header, deadline_us, cancellable, error))
    return FALSE;
  if (!instru_frame_header_is_valid (header))
    {
      instru_recording_error_set (error, INSTRU_RECORDING_ERROR_CRASHED);
      return FALSE;
    }
  return TRUE;
}

gboolean
instru_channel_send_open (int fd,
                          guint32 request,
                          double start_s,
                          int file_fd,
                          gint64 deadline_us,
                          GCancellable *cancellable,
                          GError **error)
{
  struct
  {
    InstruFrameHeader header;
    InstruOpenFrame open;
  } frame = {
    .header = { INSTRU_PROTOCOL_MAGIC, INSTRU_FRAME_OPEN, request, sizeof (InstruOpenFrame) },
    .open = { start_s },
  };
  union
  {
    char bytes[CMSG_SPACE (sizeof (int))];
    struct cmsghdr align;
  } control = { 0 };
  struct iovec iov = { &frame, sizeof frame };
  struct msghdr message = { .msg_iov = &iov,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes };
  struct cmsghdr *cmsg = CMSG_FIRSTHDR (&message);

  cmsg->cmsg_level = SOL_SOCKET;
  cmsg->cmsg_type = SCM_RIGHTS;
  cmsg->cmsg_len = CMSG_LEN (sizeof (int));
  memcpy (CMSG_DATA (cmsg), &file_fd, sizeof (int));

  for (;;)
    {
      gssize n = sendmsg (fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n == (gssize) sizeof frame)
        return TRUE;
      if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        {
          if (!wait_until_ready (fd, POLLOUT, deadline_us, cancellable, error))
            return FALSE;
        }
      else if (n >= 0 || errno != EINTR)
        {
          /* A frame this small is never sent in part by a working peer. */
          instru_recording_error_set (error, INSTRU_RECORDING_ERROR_CRASHED);
          return FALSE;
        }
    }
}
