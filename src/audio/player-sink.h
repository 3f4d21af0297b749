/* The player's pipeline from samples to the sound device. Used by one thread, except for the
 * volume. */
#pragma once

#include "decoder-client.h"

G_BEGIN_DECLS

typedef struct _InstruPlayerSink InstruPlayerSink;

/* Opens the sound device, paused at @start_s.
 * Returns: (transfer full) (nullable): NULL with @error (INSTRU_RECORDING_ERROR_NOT_FOUND) and a
 * sentence where there is no sound device. */
InstruPlayerSink *
instru_player_sink_new (const InstruAudioFormat *format, double start_s, GError **error);
void instru_player_sink_free (InstruPlayerSink *self);

gboolean instru_player_sink_has_format (InstruPlayerSink *self, const InstruAudioFormat *format);

void instru_player_sink_set_playing (InstruPlayerSink *self, gboolean playing);

/* Drops what was pushed and goes on with what is pushed from now on, which begins at @position_s.
 */
void instru_player_sink_seek (InstruPlayerSink *self, double position_s);

/* Whether enough samples wait for now. */
gboolean instru_player_sink_is_full (InstruPlayerSink *self);

void instru_player_sink_push (InstruPlayerSink *self, const float *interleaved, gsize n_frames);
void instru_player_sink_push_end (InstruPlayerSink *self);

/* Whether all has been heard. Returns: FALSE with @error where the sound device failed. */
gboolean instru_player_sink_check (InstruPlayerSink *self, gboolean *has_ended, GError **error);

/* Where the sound device is. Returns: FALSE where that is not known at this moment. */
gboolean instru_player_sink_get_position (InstruPlayerSink *self, double *position_s);

/* @volume: 0 … 1, linear in amplitude. */
void instru_player_sink_set_volume (InstruPlayerSink *self, double volume);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruPlayerSink, instru_player_sink_free)

G_END_DECLS
