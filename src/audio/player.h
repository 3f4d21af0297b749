/* Plays a recording: PCM comes from a decoder process through appsrc, so the window never parses a
 * file. A GObject for the main thread; nothing here blocks.
 *
 * Properties: "playing" (boolean, read), "position-s" (double, read; notified at most 60 times a
 * second while playing), "duration-s" (double, read-write: set by the owner, used to clamp seeks),
 * "volume" (double 0 … 1, cubic as GStreamer's stream volume, read-write).
 * Signals: "ended" (), "failed" (const char *sentence). */
#pragma once

#include <gio/gio.h>

#include "decoder-client.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_PLAYER (instru_player_get_type ())
G_DECLARE_FINAL_TYPE (InstruPlayer, instru_player, INSTRU, PLAYER, GObject)

InstruPlayer *instru_player_new (InstruDecoderPool *pool);

/* Stops, and takes @file (nullable) as what the next play () plays from the start. */
void instru_player_set_file (InstruPlayer *self, GFile *file, double duration_s);

void instru_player_play (InstruPlayer *self);
void instru_player_pause (InstruPlayer *self);
void instru_player_seek (InstruPlayer *self, double position_s);
gboolean instru_player_get_playing (InstruPlayer *self);
double instru_player_get_position_s (InstruPlayer *self);
void instru_player_set_volume (InstruPlayer *self, double volume);
double instru_player_get_volume (InstruPlayer *self);

G_END_DECLS
