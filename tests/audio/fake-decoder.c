/* Stands in for instrunet-decoder and does what no honest process would. What to do is the
 * name that it is called by. */
#include "decoder-protocol.h"

#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static guint32 request = 1;

static void
send_bytes (gconstpointer bytes, gsize n_bytes)
{
  const guint8 *at = bytes;

  while (n_bytes > 0)
    {
      gssize n = send (INSTRU_PROTOCOL_FD, at, n_bytes, MSG_NOSIGNAL);

      if (n <= 0)
        exit (0);
      at += n;
      n_bytes -= (gsize) n;
    }
}

static void
send_header (guint32 type, guint32 length)
{
  InstruFrameHeader header = { INSTRU_PROTOCOL_MAGIC, type, request, length };

  send_bytes (&header, sizeof header);
}

static void
send_frame (guint32 type, gconstpointer payload, gsize length)
{
  send_header (type, (guint32) length);
  send_bytes (payload, length);
}

static void
send_format (guint32 rate_hz, guint32 n_channels)
{
  InstruFormatFrame format = { rate_hz, n_channels, NAN };

  send_frame (INSTRU_FRAME_FORMAT, &format, sizeof format);
}

static void
send_audio (void)
{
  float values[200] = { 0.5f, -0.5f, NAN, INFINITY };

  send_frame (INSTRU_FRAME_AUDIO, values, sizeof values);
}

static void
send_error (guint32 code, const char *sentence)
{
  guint8 payload[2000];

  memcpy (payload, &code, sizeof code);
  memcpy (payload + sizeof code, sentence, strlen (sentence));
  send_frame (INSTRU_FRAME_ERROR, payload, sizeof code + strlen (sentence));
}

/* Until the other side is gone. */
static void
hang (void)
{
  struct pollfd pollfd = { .fd = INSTRU_PROTOCOL_FD, .events = 0 };

  poll (&pollfd, 1, -1);
  exit (0);
}

static void
send_for_ever (guint32 type)
{
  for (;;)
    send_header (type, 0);
}

static void
send_tags (guint16 each_length, gsize n_bytes)
{
  guint8 payload[6000] = { 0 };
  InstruTagsFrame tags;

  for (guint i = 0; i < INSTRU_N_TAGS; i++)
    tags.lengths[i] = each_length;
  memset (payload, 0xff, sizeof payload); /* no UTF-8 */
  memcpy (payload, &tags, sizeof tags);
  send_frame (INSTRU_FRAME_TAGS, payload, sizeof tags + n_bytes);
}

/* Before the request. */
static void
greet (const char *mode)
{
  static const char garbage[] = "GARBAGE GARBAGE GARBAGE GARBAGE GARBAGE";

  request = 0;
  if (g_str_equal (mode, "garbage"))
    send_bytes (garbage, sizeof garbage);
  else if (g_str_equal (mode, "silent"))
    hang ();
  else if (g_str_equal (mode, "leave"))
    exit (0);
  else if (g_str_equal (mode, "half-a-header"))
    {
      send_bytes (garbage, 7);
      exit (0);
    }
  else if (g_str_equal (mode, "no-hello"))
    send_header (INSTRU_FRAME_END, 0);
  else
    send_header (INSTRU_FRAME_HELLO, 0);
  request = 1;
}

/* Instead of a format. */
static gboolean
answer_open (const char *mode)
{
  if (g_str_equal (mode, "hang"))
    hang ();
  else if (g_str_equal (mode, "huge"))
    send_header (INSTRU_FRAME_TAGS, 0xfffffff0);
  else if (g_str_equal (mode, "unknown-type"))
    send_header (77, 0);
  else if (g_str_equal (mode, "progress-for-ever"))
    send_for_ever (INSTRU_FRAME_PROGRESS);
  else if (g_str_equal (mode, "other-request-for-ever"))
    {
      request = 5;
      send_for_ever (INSTRU_FRAME_PROGRESS);
    }
  else if (g_str_equal (mode, "no-channels"))
    send_format (44100, 0);
  else if (g_str_equal (mode, "many-channels"))
    send_format (44100, 65);
  else if (g_str_equal (mode, "no-rate"))
    send_format (0, 1);
  else if (g_str_equal (mode, "high-rate"))
    send_format (768001, 1);
  else if (g_str_equal (mode, "audio-first"))
    send_audio ();
  else if (g_str_equal (mode, "end-first"))
    send_header (INSTRU_FRAME_END, 0);
  else if (g_str_equal (mode, "hello-again"))
    send_header (INSTRU_FRAME_HELLO, 0);
  else if (g_str_equal (mode, "tags-that-lie"))
    send_tags (1000, 100);
  else if (g_str_equal (mode, "tags-too-many"))
    send_tags (10, 100);
  else if (g_str_equal (mode, "error-unknown"))
    send_error (4711, "No such code.");
  else if (g_str_equal (mode, "error-known"))
    send_error (7, "Line one\nand \xff\xfe two.");
  else if (g_str_equal (mode, "error-bare"))
    send_error (7, "");
  else if (g_str_equal (mode, "out-of-memory"))
    exit (INSTRU_PROTOCOL_EXIT_OUT_OF_MEMORY);
  else if (g_str_equal (mode, "abort"))
    abort ();
  else
    return FALSE;
  return TRUE;
}

/* After a format of two channels. */
static void
answer_read (const char *mode)
{
  if (g_str_equal (mode, "two-formats"))
    send_format (48000, 2);
  else if (g_str_equal (mode, "half-a-frame"))
    send_frame (INSTRU_FRAME_AUDIO, "123456789012", 12);
  else if (g_str_equal (mode, "audio-too-long"))
    send_header (INSTRU_FRAME_AUDIO, INSTRU_PROTOCOL_MAX_AUDIO + 8);
  else if (g_str_equal (mode, "audio-cut"))
    {
      send_header (INSTRU_FRAME_AUDIO, 800);
      exit (0);
    }
  else if (g_str_equal (mode, "audio-stalls"))
    send_header (INSTRU_FRAME_AUDIO, 800);
  else if (g_str_equal (mode, "read-hang"))
    hang ();
  else if (g_str_equal (mode, "read-progress-for-ever"))
    send_for_ever (INSTRU_FRAME_PROGRESS);
  else if (g_str_equal (mode, "late-error"))
    {
      send_audio ();
      send_error (7, "It broke.");
    }
  else
    {
      send_tags (20, 100);
      send_audio ();
      send_frame (INSTRU_FRAME_WARNING, "Mind \n this.", 12);
      send_header (INSTRU_FRAME_END, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *mode = g_path_get_basename (argv[0]);
  guint8 open_frame[sizeof (InstruFrameHeader) + sizeof (InstruOpenFrame)];

  greet (mode);
  while (recv (INSTRU_PROTOCOL_FD, open_frame, sizeof open_frame, MSG_WAITALL) > 0)
    {
      memcpy (&request, open_frame + offsetof (InstruFrameHeader, request), sizeof request);
      if (answer_open (mode))
        continue;
      send_format (44100, 2);
      answer_read (mode);
    }
  return 0;
}
