/* The window's side of instrunet-decoder: starts the process, asks it for one file after another
 * and reads the frames that it answers with. A process that breaks the protocol, dies, is too slow
 * or was cancelled is not used again. */
#include "decoder-client.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "decoder-channel.h"
#include "decoder-client-private.h"
#include "decoder-protocol.h"
#include "instru-config.h"
#include "recording-error.h"
#include "recording-file.h"

/* More frames without sound than this in one recording are not the work of our decoder. */
#define MAX_SILENT_FRAMES 100000

struct _InstruDecoder
{
  GSubprocess *process;
  int fd;
  double start_limit_s;
  double frame_limit_s;
  gboolean greeted;
  gboolean broken; /* the process may only be ended */
  guint32 request;
  guint n_silent_frames;

  gboolean has_format;
  gboolean at_end;
  InstruAudioFormat format;
  InstruAudioTags tags;
  char *warning;
  gsize audio_bytes_left; /* of the AUDIO frame that is being read */
};

static const char *
decoder_path (void)
{
  const char *path = g_getenv ("INSTRU_DECODER");

  return path != NULL && *path != '\0' ? path : INSTRU_PKGLIBEXEC_DIR "/instrunet-decoder";
}

/* Decoding needs no display, no bus and no sound server, so the process does not hear of them. */
static GSubprocessLauncher *
create_launcher (int child_fd)
{
  static const char *const hidden[] = { "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS",
                                        "PULSE_SERVER", "SSH_AUTH_SOCK" };
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    g_subprocess_launcher_unsetenv (launcher, hidden[i]);
  g_subprocess_launcher_take_fd (launcher, child_fd, INSTRU_PROTOCOL_FD);
  return launcher;
}

InstruDecoder *
instru_decoder_new_from (const char *program, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) cause = NULL;
  InstruDecoder *self;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED,
                   _ ("The decoder could not be started: %s."), g_strerror (errno));
      return NULL;
    }

  launcher = create_launcher (fds[1]);
  process = g_subprocess_launcher_spawn (launcher, &cause, program, NULL);
  if (process == NULL)
    {
      g_set_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED,
                   _ ("The decoder could not be started; install InstruNet again. (%s)"),
                   cause->message);
      close (fds[0]);
      return NULL;
    }

  self = g_new0 (InstruDecoder, 1);
  self->process = g_steal_pointer (&process);
  self->fd = fds[0];
  instru_decoder_set_limits (self, 30.0, 10.0);
  return self;
}

InstruDecoder *
instru_decoder_new (GError **error)
{
  return instru_decoder_new_from (decoder_path (), error);
}

void
instru_decoder_set_limits (InstruDecoder *self, double start_limit_s, double frame_limit_s)
{
  self->start_limit_s = start_limit_s;
  self->frame_limit_s = frame_limit_s;
}

const char *
instru_decoder_get_pid (InstruDecoder *self)
{
  return g_subprocess_get_identifier (self->process);
}

static void
clear_tags (InstruAudioTags *tags)
{
  g_free (tags->title);
  g_free (tags->artist);
  g_free (tags->album);
  g_free (tags->codec);
  g_free (tags->container);
  *tags = (InstruAudioTags){ 0 };
}

/* Forgets the recording before. Bytes of its last AUDIO frame may still have to be read away. */
static void
clear_recording (InstruDecoder *self)
{
  self->has_format = FALSE;
  self->at_end = FALSE;
  self->n_silent_frames = 0;
  self->format = (InstruAudioFormat){ 0 };
  clear_tags (&self->tags);
  g_clear_pointer (&self->warning, g_free);
}

void
instru_decoder_free (InstruDecoder *self)
{
  if (self == NULL)
    return;

  close (self->fd);
  g_subprocess_force_exit (self->process);
  g_object_unref (self->process);
  clear_recording (self);
  g_free (self);
}

static gint64
deadline_after (double seconds)
{
  return g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
}

/* The process closed its socket; tells a lack of memory from a crash by the exit status, which
 * follows within moments unless the process hangs. */
static gboolean
was_out_of_memory (InstruDecoder *self)
{
  for (int i = 0; i < 40 && g_subprocess_get_identifier (self->process) != NULL; i++)
    g_usleep (2500);

  return g_subprocess_get_identifier (self->process) == NULL &&
         g_subprocess_get_if_exited (self->process) &&
         g_subprocess_get_exit_status (self->process) == INSTRU_PROTOCOL_EXIT_OUT_OF_MEMORY;
}

/* Takes a failure of the channel: the process is not usable any more. Always returns FALSE. */
static gboolean
fail (InstruDecoder *self, GError **error, GError *cause)
{
  self->broken = TRUE;
  if (g_error_matches (cause, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED) &&
      was_out_of_memory (self))
    {
      g_clear_error (&cause);
      instru_recording_error_set (&cause, INSTRU_RECORDING_ERROR_OUT_OF_MEMORY);
    }
  g_propagate_error (error, cause);
  return FALSE;
}

static gboolean
fail_protocol (InstruDecoder *self, GError **error)
{
  self->broken = TRUE;
  instru_recording_error_set (error, INSTRU_RECORDING_ERROR_CRASHED);
  return FALSE;
}

static gboolean
receive (InstruDecoder *self,
         void *bytes,
         gsize n_bytes,
         gint64 deadline_us,
         GCancellable *cancellable,
         GError **error)
{
  GError *cause = NULL;

  if (instru_channel_receive (self->fd, bytes, n_bytes, deadline_us, cancellable, &cause))
    return TRUE;
  return fail (self, error, cause);
}

static gboolean
receive_header (InstruDecoder *self,
                InstruFrameHeader *header,
                gint64 deadline_us,
                GCancellable *cancellable,
                GError **error)
{
  GError *cause = NULL;

  if (instru_channel_receive_header (self->fd, header, deadline_us, cancellable, &cause))
    return TRUE;
  return fail (self, error, cause);
}

/* Reads @n_bytes away without keeping them. */
static gboolean
discard (InstruDecoder *self,
         gsize n_bytes,
         gint64 deadline_us,
         GCancellable *cancellable,
         GError **error)
{
  guint8 block[4096];

  while (n_bytes > 0)
    {
      gsize n = MIN (n_bytes, sizeof block);

      if (!receive (self, block, n, deadline_us, cancellable, error))
        return FALSE;
      n_bytes -= n;
    }
  return TRUE;
}

/* A text that a stranger wrote, as one line of valid UTF-8; NULL where nothing is left. */
static char *
clean_text (const char *bytes, gsize n_bytes)
{
  g_autofree char *text = g_utf8_make_valid (bytes, (gssize) n_bytes);

  for (char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  g_strstrip (text);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static gboolean
take_format (InstruDecoder *self, const InstruFormatFrame *frame)
{
  if (self->has_format || frame->sample_rate_hz < 1 ||
      frame->sample_rate_hz > INSTRU_DECODER_MAX_RATE_HZ || frame->n_channels < 1 ||
      frame->n_channels > INSTRU_DECODER_MAX_CHANNELS)
    return FALSE;

  self->format.sample_rate_hz = frame->sample_rate_hz;
  self->format.n_channels = frame->n_channels;
  self->format.duration_hint_s = isfinite (frame->duration_hint_s) ? frame->duration_hint_s : -1.0;
  self->has_format = TRUE;
  return TRUE;
}

static gboolean
take_tags (InstruDecoder *self, const guint8 *payload, gsize length)
{
  char **fields[INSTRU_N_TAGS] = { &self->tags.title, &self->tags.artist, &self->tags.album,
                                   &self->tags.codec, &self->tags.container };
  gsize at = sizeof (InstruTagsFrame);
  InstruTagsFrame frame;

  memcpy (&frame, payload, sizeof frame);
  clear_tags (&self->tags);
  for (gsize i = 0; i < INSTRU_N_TAGS; i++)
    {
      if (frame.lengths[i] > length - at)
        return FALSE;
      *fields[i] = clean_text ((const char *) payload + at, frame.lengths[i]);
      at += frame.lengths[i];
    }
  return at == length;
}

/* An error of the file; the process waits for the next one. Always returns FALSE. */
static gboolean
take_error (InstruDecoder *self, const guint8 *payload, gsize length, GError **error)
{
  g_autofree char *sentence = NULL;
  InstruErrorFrame frame;

  memcpy (&frame, payload, sizeof frame);
  if (frame.code >= INSTRU_N_RECORDING_ERRORS)
    return fail_protocol (self, error);

  self->at_end = TRUE;
  sentence = clean_text ((const char *) payload + sizeof frame, length - sizeof frame);
  g_set_error_literal (error, INSTRU_RECORDING_ERROR, (int) frame.code,
                       sentence ? sentence : instru_recording_error_get_sentence (frame.code));
  return FALSE;
}

/* Takes a frame that carries no audio. */
static gboolean
take_frame (InstruDecoder *self,
            const InstruFrameHeader *header,
            const guint8 *payload,
            GError **error)
{
  gboolean good = TRUE;

  switch ((InstruFrameType) header->type)
    {
    case INSTRU_FRAME_FORMAT:
      {
        InstruFormatFrame format;

        memcpy (&format, payload, sizeof format);
        good = take_format (self, &format);
        break;
      }
    case INSTRU_FRAME_TAGS:
      good = take_tags (self, payload, header->length);
      break;
    case INSTRU_FRAME_PROGRESS:
      break;
    case INSTRU_FRAME_WARNING:
      g_free (self->warning);
      self->warning = clean_text ((const char *) payload, header->length);
      break;
    case INSTRU_FRAME_END:
      good = self->has_format;
      self->at_end = TRUE;
      break;
    case INSTRU_FRAME_ERROR:
      return take_error (self, payload, header->length, error);
    case INSTRU_FRAME_HELLO:
    case INSTRU_FRAME_OPEN:
    case INSTRU_FRAME_AUDIO:
    case INSTRU_N_FRAME_TYPES:
    default:
      good = FALSE;
    }
  return good || fail_protocol (self, error);
}

/* Reads frames of the present recording up to and with the next one that changes something: its
 * audio, of which only the header is read then, or another. Frames of earlier requests are dropped.
 */
static gboolean
read_frame (InstruDecoder *self, gint64 deadline_us, GCancellable *cancellable, GError **error)
{
  guint8 payload[sizeof (InstruTagsFrame) + INSTRU_N_TAGS * INSTRU_PROTOCOL_MAX_TEXT];
  InstruFrameHeader header;

  for (;;)
    {
      if (!receive_header (self, &header, deadline_us, cancellable, error))
        return FALSE;
      if (header.request == self->request)
        break;
      if (!discard (self, header.length, deadline_us, cancellable, error))
        return FALSE;
    }

  if (header.type == INSTRU_FRAME_AUDIO)
    {
      if (!self->has_format || header.length % (self->format.n_channels * sizeof (float)) != 0)
        return fail_protocol (self, error);
      self->audio_bytes_left = header.length;
      return TRUE;
    }

  if (header.length > sizeof payload || ++self->n_silent_frames > MAX_SILENT_FRAMES)
    return fail_protocol (self, error);
  return receive (self, payload, header.length, deadline_us, cancellable, error) &&
         take_frame (self, &header, payload, error);
}

/* The first frame of a process says that it is ready. */
static gboolean
wait_for_hello (InstruDecoder *self, GCancellable *cancellable, GError **error)
{
  gint64 deadline_us = deadline_after (self->start_limit_s);
  InstruFrameHeader header;

  if (self->greeted)
    return TRUE;
  if (!receive_header (self, &header, deadline_us, cancellable, error))
    return FALSE;
  if (header.type != INSTRU_FRAME_HELLO)
    return fail_protocol (self, error);
  self->greeted = TRUE;
  return TRUE;
}

static gboolean
send_request (InstruDecoder *self,
              int file_fd,
              double start_s,
              GCancellable *cancellable,
              GError **error)
{
  GError *cause = NULL;

  self->request++;
  if (instru_channel_send_open (self->fd, self->request, start_s, file_fd,
                                deadline_after (self->frame_limit_s), cancellable, &cause))
    return TRUE;
  return fail (self, error, cause);
}

gboolean
instru_decoder_open (InstruDecoder *self,
                     GFile *file,
                     double start_s,
                     GCancellable *cancellable,
                     GError **error)
{
  gint64 deadline_us;
  gboolean sent;
  int file_fd;

  g_return_val_if_fail (self != NULL && G_IS_FILE (file), FALSE);

  clear_recording (self);
  if (self->broken)
    return fail_protocol (self, error);

  file_fd = instru_recording_file_open (file, cancellable, error);
  if (file_fd < 0)
    return FALSE;

  sent = wait_for_hello (self, cancellable, error) &&
         send_request (self, file_fd, isfinite (start_s) ? MAX (start_s, 0.0) : 0.0, cancellable,
                       error);
  close (file_fd);
  if (!sent)
    return FALSE;

  deadline_us = deadline_after (self->frame_limit_s);
  if (!discard (self, self->audio_bytes_left, deadline_us, cancellable, error))
    return FALSE;
  self->audio_bytes_left = 0;
  while (!self->has_format)
    if (!read_frame (self, deadline_us, cancellable, error))
      return FALSE;
  return TRUE;
}

const InstruAudioFormat *
instru_decoder_get_format (InstruDecoder *self)
{
  return &self->format;
}

const InstruAudioTags *
instru_decoder_get_tags (InstruDecoder *self)
{
  return &self->tags;
}

const char *
instru_decoder_get_warning (InstruDecoder *self)
{
  return self->warning;
}

static void
silence_what_is_not_finite (float *values, gsize n_values)
{
  for (gsize i = 0; i < n_values; i++)
    if (!isfinite (values[i]))
      values[i] = 0.0f;
}

gssize
instru_decoder_read (InstruDecoder *self,
                     float *interleaved,
                     gsize max_frames,
                     GCancellable *cancellable,
                     GError **error)
{
  gsize frame_bytes = self->format.n_channels * sizeof (float);
  gsize n_frames = 0;

  g_return_val_if_fail (self->has_format || self->broken, -1);

  if (self->broken)
    {
      fail_protocol (self, error);
      return -1;
    }

  while (n_frames < max_frames && !self->at_end)
    {
      gint64 deadline_us = deadline_after (self->frame_limit_s);
      float *at = interleaved + n_frames * self->format.n_channels;
      gsize n;

      if (self->audio_bytes_left == 0)
        {
          if (!read_frame (self, deadline_us, cancellable, error))
            return -1;
          continue;
        }
      n = MIN (self->audio_bytes_left / frame_bytes, max_frames - n_frames);
      if (!receive (self, at, n * frame_bytes, deadline_us, cancellable, error))
        return -1;
      silence_what_is_not_finite (at, n * self->format.n_channels);
      self->audio_bytes_left -= n * frame_bytes;
      n_frames += n;
    }
  return (gssize) n_frames;
}
