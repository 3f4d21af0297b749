/* The player's thread. The main thread leaves its newest wish under a mutex; the thread compares it
 * with what it does at present and brings the two together, so ten seeks in a row cost one. */
#include "player-engine.h"

#include "player-sink.h"
#include "recording-error.h"

#define BLOCK_FRAMES 4096

/* How often the thread looks at the sound device while it plays: the position moves this often. */
#define TICK_US (15 * 1000)

typedef struct
{
  guint serial; /* counts all wishes */
  GFile *file;
  GCancellable *cancellable; /* one for each file */
  gboolean playing;
  guint seek_serial; /* the serial of the last wish that moved the position */
  double seek_s;
  gboolean quit;
} Wish;

struct _InstruPlayerEngine
{
  InstruDecoderPool *pool;
  GMainContext *context;
  GWeakRef owner;
  InstruPlayerEngineFunc on_event;

  GMutex mutex; /* guards these */
  GCond cond;
  Wish wish;
  double volume;
  double position_s;
  guint position_serial;  /* the seek that position_s follows; 0 while unknown */
  InstruPlayerSink *sink; /* changed by the thread only */

  /* The thread's own: */
  Wish now;
  InstruDecoder *decoder;
  gboolean sink_is_playing;
  gboolean decoder_has_ended;
  float *block;
};

typedef struct
{
  InstruPlayerEngine *engine;
  guint serial;
  char *failure;
} Event;

static void
clear_wish (Wish *wish)
{
  g_clear_object (&wish->file);
  g_clear_object (&wish->cancellable);
}

static void
copy_wish (Wish *to, const Wish *from)
{
  clear_wish (to);
  *to = *from;
  if (to->file != NULL)
    g_object_ref (to->file);
  g_object_ref (to->cancellable);
}

static void
clear_engine (gpointer data)
{
  InstruPlayerEngine *self = data;

  g_object_unref (self->pool);
  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->owner);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  clear_wish (&self->wish);
  clear_wish (&self->now);
}

static void
engine_unref (InstruPlayerEngine *self)
{
  g_atomic_rc_box_release_full (self, clear_engine);
}

static gboolean
deliver_event (gpointer data)
{
  Event *event = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&event->engine->owner);

  if (owner != NULL)
    event->engine->on_event (owner, event->serial, event->failure);
  return G_SOURCE_REMOVE;
}

static void
free_event (gpointer data)
{
  Event *event = data;

  engine_unref (event->engine);
  g_free (event->failure);
  g_free (event);
}

static void
post_event (InstruPlayerEngine *self, const char *failure)
{
  Event *event = g_new0 (Event, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  event->engine = g_atomic_rc_box_acquire (self);
  event->serial = self->now.serial;
  event->failure = g_strdup (failure);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_event, event, free_event);
  g_source_attach (source, self->context);
}

static void
publish_position (InstruPlayerEngine *self)
{
  double position_s;

  if (!instru_player_sink_get_position (self->sink, &position_s))
    return;
  g_mutex_lock (&self->mutex);
  self->position_s = position_s;
  self->position_serial = self->now.seek_serial;
  g_mutex_unlock (&self->mutex);
}

static void
set_sink (InstruPlayerEngine *self, InstruPlayerSink *sink)
{
  InstruPlayerSink *old = self->sink;

  g_mutex_lock (&self->mutex);
  if (sink != NULL)
    instru_player_sink_set_volume (sink, self->volume);
  self->sink = sink;
  g_mutex_unlock (&self->mutex);

  instru_player_sink_free (old);
  self->sink_is_playing = FALSE;
}

/* Gives the sound device back; a later play () begins at @restart_s, unless something else is
 * wished for in the meantime. */
static void
stop (InstruPlayerEngine *self, double restart_s)
{
  set_sink (self, NULL);
  self->now.playing = FALSE;

  g_mutex_lock (&self->mutex);
  if (self->wish.seek_serial == self->now.seek_serial)
    self->wish.seek_s = restart_s;
  self->position_s = restart_s;
  g_mutex_unlock (&self->mutex);
}

/* The decoder is of no more use, and the owner is told, unless it was the owner who cancelled. */
static void
fail (InstruPlayerEngine *self, const GError *error)
{
  double position_s = self->now.seek_s;

  if (self->sink != NULL)
    instru_player_sink_get_position (self->sink, &position_s);
  g_clear_pointer (&self->decoder, instru_decoder_free);
  stop (self, position_s);
  if (!g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CANCELLED))
    post_event (self, error->message);
}

static gboolean
open_decoder (InstruPlayerEngine *self, GError **error)
{
  if (self->decoder == NULL)
    self->decoder = instru_decoder_pool_take (self->pool, error);
  self->decoder_has_ended = FALSE;
  return self->decoder != NULL &&
         instru_decoder_open (self->decoder, self->now.file, self->now.seek_s,
                              self->now.cancellable, error);
}

/* Begins at the wished position, with the sink that there is or a new one. */
static gboolean
begin (InstruPlayerEngine *self, GError **error)
{
  const InstruAudioFormat *format;
  InstruPlayerSink *sink;

  if (self->sink != NULL)
    instru_player_sink_seek (self->sink, self->now.seek_s);
  if (!open_decoder (self, error))
    return FALSE;

  format = instru_decoder_get_format (self->decoder);
  if (self->sink != NULL && instru_player_sink_has_format (self->sink, format))
    return TRUE;

  sink = instru_player_sink_new (format, self->now.seek_s, error);
  set_sink (self, sink);
  return sink != NULL;
}

/* Gives the sink what it has room for. */
static gboolean
feed (InstruPlayerEngine *self, GError **error)
{
  gsize n_channels = instru_decoder_get_format (self->decoder)->n_channels;

  if (self->block == NULL)
    self->block = g_new (float, BLOCK_FRAMES *INSTRU_DECODER_MAX_CHANNELS);
  g_assert (n_channels <= INSTRU_DECODER_MAX_CHANNELS);

  while (!self->decoder_has_ended && !instru_player_sink_is_full (self->sink))
    {
      gssize n = instru_decoder_read (self->decoder, self->block, BLOCK_FRAMES,
                                      self->now.cancellable, error);

      if (n < 0)
        return FALSE;
      if (n > 0)
        instru_player_sink_push (self->sink, self->block, (gsize) n);
      else
        {
          instru_player_sink_push_end (self->sink);
          self->decoder_has_ended = TRUE;
        }
    }
  return TRUE;
}

/* One look at a running sink. */
static void
tick (InstruPlayerEngine *self)
{
  g_autoptr (GError) error = NULL;
  gboolean has_ended = FALSE;

  if (!feed (self, &error) || !instru_player_sink_check (self->sink, &has_ended, &error))
    {
      fail (self, error);
      return;
    }
  publish_position (self);
  if (has_ended)
    {
      stop (self, 0.0);
      post_event (self, NULL);
    }
}

/* Brings the thread's doing in line with the wish that was just taken. */
static void
follow_wish (InstruPlayerEngine *self, gboolean is_new_file, gboolean is_new_position)
{
  g_autoptr (GError) error = NULL;

  if (is_new_file)
    set_sink (self, NULL);
  if (self->now.file == NULL)
    g_clear_pointer (&self->decoder, instru_decoder_free);
  if (self->now.file == NULL || (self->sink == NULL && !self->now.playing))
    return;

  if ((self->sink == NULL || is_new_position) && !begin (self, &error))
    {
      fail (self, error);
      return;
    }
  if (self->sink_is_playing != self->now.playing)
    instru_player_sink_set_playing (self->sink, self->now.playing);
  self->sink_is_playing = self->now.playing;
}

/* Waits for a new wish, or for the next look at the sink, and takes what is wished for. */
static gboolean
take_wish (InstruPlayerEngine *self,
           gboolean *is_new,
           gboolean *is_new_file,
           gboolean *is_new_position)
{
  gint64 end_us = g_get_monotonic_time () + TICK_US;

  g_mutex_lock (&self->mutex);
  while (self->wish.serial == self->now.serial)
    if (self->sink == NULL)
      g_cond_wait (&self->cond, &self->mutex);
    else if (!g_cond_wait_until (&self->cond, &self->mutex, end_us))
      break;

  *is_new = self->wish.serial != self->now.serial;
  *is_new_file = self->wish.cancellable != self->now.cancellable;
  *is_new_position = self->wish.seek_serial != self->now.seek_serial;
  if (*is_new)
    copy_wish (&self->now, &self->wish);
  g_mutex_unlock (&self->mutex);
  return !self->now.quit;
}

static gpointer
engine_thread (gpointer data)
{
  InstruPlayerEngine *self = data;
  gboolean is_new, is_new_file, is_new_position;

  while (take_wish (self, &is_new, &is_new_file, &is_new_position))
    {
      if (is_new)
        follow_wish (self, is_new_file, is_new_position);
      if (self->sink != NULL)
        tick (self);
    }

  set_sink (self, NULL);
  g_clear_pointer (&self->decoder, instru_decoder_free);
  g_clear_pointer (&self->block, g_free);
  engine_unref (self);
  return NULL;
}

InstruPlayerEngine *
instru_player_engine_new (InstruDecoderPool *pool, GObject *owner, InstruPlayerEngineFunc on_event)
{
  InstruPlayerEngine *self = g_atomic_rc_box_new0 (InstruPlayerEngine);

  self->pool = g_object_ref (pool);
  self->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->owner, owner);
  self->on_event = on_event;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->volume = 1.0;
  self->wish.cancellable = g_cancellable_new ();
  copy_wish (&self->now, &self->wish);
  g_thread_unref (g_thread_new ("player", engine_thread, g_atomic_rc_box_acquire (self)));
  return self;
}

/* Ends a change of the wish that began with the mutex locked. */
static guint
commit_wish (InstruPlayerEngine *self)
{
  guint serial = ++self->wish.serial;

  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  return serial;
}

void
instru_player_engine_quit (InstruPlayerEngine *self)
{
  g_mutex_lock (&self->mutex);
  g_cancellable_cancel (self->wish.cancellable);
  self->wish.quit = TRUE;
  commit_wish (self);
  engine_unref (self);
}

guint
instru_player_engine_set_file (InstruPlayerEngine *self, GFile *file)
{
  g_mutex_lock (&self->mutex);
  g_cancellable_cancel (self->wish.cancellable);
  g_object_unref (self->wish.cancellable);
  self->wish.cancellable = g_cancellable_new ();
  g_set_object (&self->wish.file, file);
  self->wish.playing = FALSE;
  self->wish.seek_s = 0.0;
  self->wish.seek_serial = self->wish.serial + 1;
  return commit_wish (self);
}

guint
instru_player_engine_set_playing (InstruPlayerEngine *self, gboolean playing)
{
  g_mutex_lock (&self->mutex);
  self->wish.playing = playing;
  return commit_wish (self);
}

guint
instru_player_engine_seek (InstruPlayerEngine *self, double position_s)
{
  g_mutex_lock (&self->mutex);
  self->wish.seek_s = position_s;
  self->wish.seek_serial = self->wish.serial + 1;
  return commit_wish (self);
}

void
instru_player_engine_set_volume (InstruPlayerEngine *self, double volume)
{
  g_mutex_lock (&self->mutex);
  self->volume = volume;
  if (self->sink != NULL)
    instru_player_sink_set_volume (self->sink, volume);
  g_mutex_unlock (&self->mutex);
}

gboolean
instru_player_engine_get_position (InstruPlayerEngine *self, double *position_s)
{
  gboolean is_known;

  g_mutex_lock (&self->mutex);
  is_known = self->position_serial != 0 && self->position_serial == self->wish.seek_serial;
  if (is_known)
    *position_s = self->position_s;
  g_mutex_unlock (&self->mutex);
  return is_known;
}
