/* Sounds that are no instrument, made from numbers: noises, sines, chirps, clicks, hum. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  INSTRU_MADE_WHITE_NOISE,
  INSTRU_MADE_PINK_NOISE,
  INSTRU_MADE_BROWN_NOISE,
  INSTRU_MADE_BAND_NOISE,
  INSTRU_MADE_SINE,
  INSTRU_MADE_VIBRATO_SINE,
  INSTRU_MADE_CHIRP,
  INSTRU_MADE_CLICKS,
  INSTRU_MADE_HUM,
  INSTRU_N_MADE_SOUNDS
} InstruMadeSound;

/* "white noise", … Returns: (transfer none) */
const char *instru_made_sound_get_name (InstruMadeSound kind);

/* @n_samples at 22,050 Hz; pitch, level and speed are drawn from @seed. Returns: (transfer full):
 * an array of float */
GArray *instru_made_sound_render (InstruMadeSound kind, gsize n_samples, guint64 seed);

G_END_DECLS
