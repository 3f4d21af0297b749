/* The player as the window knows it: properties and signals of the main thread. What could block is
 * done by the engine's thread; its events carry the serial of the wish they answer, and those that
 * answer an older one are dropped. */
#include "player.h"

#include <math.h>

#include "player-engine.h"

/* Just under 60 notifications a second. */
#define UPDATE_MS 17

struct _InstruPlayer
{
  GObject parent_instance;

  InstruDecoderPool *pool;
  InstruPlayerEngine *engine;
  GFile *file;
  guint serial; /* of the newest wish */
  guint update_id;
  gboolean playing;
  double position_s;
  double duration_s; /* 0 while unknown */
  double volume;
};

enum
{
  PROP_0,
  PROP_POOL,
  PROP_PLAYING,
  PROP_POSITION_S,
  PROP_DURATION_S,
  PROP_VOLUME,
  N_PROPS
};

enum
{
  ENDED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InstruPlayer, instru_player, G_TYPE_OBJECT)

static void
set_position (InstruPlayer *self, double position_s)
{
  if (self->duration_s > 0.0)
    position_s = MIN (position_s, self->duration_s);
  if (self->position_s == position_s)
    return;
  self->position_s = position_s;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION_S]);
}

static gboolean
on_update (gpointer data)
{
  InstruPlayer *self = data;
  double position_s;

  if (instru_player_engine_get_position (self->engine, &position_s))
    set_position (self, position_s);
  return G_SOURCE_CONTINUE;
}

static void
set_playing (InstruPlayer *self, gboolean playing)
{
  if (self->playing == playing)
    return;

  self->playing = playing;
  if (playing)
    self->update_id = g_timeout_add (UPDATE_MS, on_update, self);
  else
    g_clear_handle_id (&self->update_id, g_source_remove);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

static void
on_engine_event (GObject *owner, guint serial, const char *failure)
{
  InstruPlayer *self = INSTRU_PLAYER (owner);

  if (serial != self->serial)
    return;

  if (failure == NULL && self->duration_s > 0.0)
    set_position (self, self->duration_s);
  self->serial = instru_player_engine_set_playing (self->engine, FALSE);
  set_playing (self, FALSE);
  if (failure == NULL)
    g_signal_emit (self, signals[ENDED], 0);
  else
    g_signal_emit (self, signals[FAILED], 0, failure);
}

static void
set_duration (InstruPlayer *self, double duration_s)
{
  duration_s = isfinite (duration_s) ? MAX (duration_s, 0.0) : 0.0;
  if (self->duration_s == duration_s)
    return;
  self->duration_s = duration_s;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DURATION_S]);
}

static void
instru_player_constructed (GObject *object)
{
  InstruPlayer *self = INSTRU_PLAYER (object);

  self->engine = instru_player_engine_new (self->pool, object, on_engine_event);
  G_OBJECT_CLASS (instru_player_parent_class)->constructed (object);
}

static void
instru_player_dispose (GObject *object)
{
  InstruPlayer *self = INSTRU_PLAYER (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->engine, instru_player_engine_quit);
  g_clear_object (&self->file);
  g_clear_object (&self->pool);
  G_OBJECT_CLASS (instru_player_parent_class)->dispose (object);
}

static void
instru_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  InstruPlayer *self = INSTRU_PLAYER (object);

  switch (id)
    {
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_POSITION_S:
      g_value_set_double (value, self->position_s);
      break;
    case PROP_DURATION_S:
      g_value_set_double (value, self->duration_s);
      break;
    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
instru_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  InstruPlayer *self = INSTRU_PLAYER (object);

  switch (id)
    {
    case PROP_POOL:
      self->pool = g_value_dup_object (value);
      break;
    case PROP_DURATION_S:
      set_duration (self, g_value_get_double (value));
      break;
    case PROP_VOLUME:
      instru_player_set_volume (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
instru_player_class_init (InstruPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = readable | G_PARAM_WRITABLE;

  object_class->constructed = instru_player_constructed;
  object_class->dispose = instru_player_dispose;
  object_class->get_property = instru_player_get_property;
  object_class->set_property = instru_player_set_property;

  properties[PROP_POOL] =
      g_param_spec_object ("pool", NULL, NULL, INSTRU_TYPE_DECODER_POOL,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, readable);
  properties[PROP_POSITION_S] =
      g_param_spec_double ("position-s", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, readable);
  properties[PROP_DURATION_S] =
      g_param_spec_double ("duration-s", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, both);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ENDED] = g_signal_new ("ended", INSTRU_TYPE_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", INSTRU_TYPE_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
instru_player_init (InstruPlayer *self)
{
  self->volume = 1.0;
}

InstruPlayer *
instru_player_new (InstruDecoderPool *pool)
{
  g_return_val_if_fail (INSTRU_IS_DECODER_POOL (pool), NULL);

  return g_object_new (INSTRU_TYPE_PLAYER, "pool", pool, NULL);
}

void
instru_player_set_file (InstruPlayer *self, GFile *file, double duration_s)
{
  g_return_if_fail (INSTRU_IS_PLAYER (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  g_set_object (&self->file, file);
  self->serial = instru_player_engine_set_file (self->engine, file);
  set_playing (self, FALSE);
  set_duration (self, duration_s);
  set_position (self, 0.0);
}

void
instru_player_play (InstruPlayer *self)
{
  g_return_if_fail (INSTRU_IS_PLAYER (self));

  if (self->file == NULL || self->playing)
    return;
  self->serial = instru_player_engine_set_playing (self->engine, TRUE);
  set_playing (self, TRUE);
}

void
instru_player_pause (InstruPlayer *self)
{
  g_return_if_fail (INSTRU_IS_PLAYER (self));

  if (!self->playing)
    return;
  self->serial = instru_player_engine_set_playing (self->engine, FALSE);
  set_playing (self, FALSE);
}

void
instru_player_seek (InstruPlayer *self, double position_s)
{
  g_return_if_fail (INSTRU_IS_PLAYER (self));

  if (self->file == NULL || !isfinite (position_s))
    return;
  position_s = MAX (position_s, 0.0);
  if (self->duration_s > 0.0)
    position_s = MIN (position_s, self->duration_s);
  self->serial = instru_player_engine_seek (self->engine, position_s);
  set_position (self, position_s);
}

gboolean
instru_player_get_playing (InstruPlayer *self)
{
  g_return_val_if_fail (INSTRU_IS_PLAYER (self), FALSE);

  return self->playing;
}

double
instru_player_get_position_s (InstruPlayer *self)
{
  g_return_val_if_fail (INSTRU_IS_PLAYER (self), 0.0);

  return self->position_s;
}

/* The ear hears levels, not amplitudes: half the slider is an eighth of the amplitude. */
void
instru_player_set_volume (InstruPlayer *self, double volume)
{
  g_return_if_fail (INSTRU_IS_PLAYER (self));

  volume = isfinite (volume) ? CLAMP (volume, 0.0, 1.0) : 1.0;
  if (self->volume == volume)
    return;
  self->volume = volume;
  instru_player_engine_set_volume (self->engine, volume * volume * volume);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOLUME]);
}

double
instru_player_get_volume (InstruPlayer *self)
{
  g_return_val_if_fail (INSTRU_IS_PLAYER (self), 0.0);

  return self->volume;
}
