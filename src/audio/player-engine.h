/* The player's other half: a thread that does everything that could block (starting decoders,
 * opening the sound device, seeking), so that the main thread only ever says what it wishes for. */
#pragma once

#include "decoder-client.h"

G_BEGIN_DECLS

typedef struct _InstruPlayerEngine InstruPlayerEngine;

/* Called in the main context that the engine was made in. @serial is the newest wish that the
 * thread had seen; @failure is NULL at the end of the recording, else a sentence. */
typedef void (*InstruPlayerEngineFunc) (GObject *owner, guint serial, const char *failure);

/* @owner is only held weakly. */
InstruPlayerEngine *
instru_player_engine_new (InstruDecoderPool *pool, GObject *owner, InstruPlayerEngineFunc on_event);

/* Stops in the background and frees; no event comes after this. */
void instru_player_engine_quit (InstruPlayerEngine *self);

/* Stops what is played and takes another file, nullable. Returns: the wish's serial */
guint instru_player_engine_set_file (InstruPlayerEngine *self, GFile *file);
guint instru_player_engine_set_playing (InstruPlayerEngine *self, gboolean playing);
guint instru_player_engine_seek (InstruPlayerEngine *self, double position_s);

/* @volume: 0 … 1, linear in amplitude. */
void instru_player_engine_set_volume (InstruPlayerEngine *self, double volume);

/* Where the sound device is. Returns: FALSE while the last wish has not been followed yet. */
gboolean instru_player_engine_get_position (InstruPlayerEngine *self, double *position_s);

G_END_DECLS
