/* What may happen to a note on its way into a training window, on mel frames: another place and
 * speed, other notes after it, other bands, an equaliser, a low-pass, a room, an accompaniment,
 * noise, masks. Each is a thing that recordings differ by and families do not. */
#pragma once

#include "feature-cache.h"
#include "recipe.h"

G_BEGIN_DECLS

/* How many notes a phrase is made of; it begins again when it is over. */
#define INSTRU_PHRASE_NOTES 4

/* @notes: the note and those that may follow it. @accompaniment: nullable.
 * @level_db: INSTRU_N_MELS × 128 values, lowest band first, −80 … 0 relative to the loudest. */
void instru_augment_window (const InstruRecipe *recipe,
                            const InstruCachedNote *const notes[INSTRU_PHRASE_NOTES],
                            const InstruCachedNote *accompaniment,
                            guint64 *random,
                            float *level_db);

/* A number of the distribution Beta (@alpha, @alpha) (Jöhnk, Metrika 8, 1964). */
double instru_random_beta (double alpha, guint64 *random);

G_END_DECLS
