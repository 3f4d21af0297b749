/* Frequencies as a musician names them: the nearest note of equal temperament, A4 = 440 Hz. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* MIDI number of the note nearest to @hz (60 is C4, 69 is A4), and how far @hz is above it in
 * cents, −50 … 50; @cents may be NULL. @hz must be positive and finite. */
int instru_note_find (double hz, double *cents);

/* The frequency of a MIDI note number. */
double instru_note_get_hz (int note);

/* "A4", "C♯−1". Returns: (transfer full) */
char *instru_note_get_name (int note);

/* "A4 +12 ¢", "C♯5 −3 ¢", "A4 ±0 ¢"; NULL where @hz is no tone that has a name (under 8 Hz, not
 * finite). Returns: (transfer full) (nullable) */
char *instru_note_format (double hz);

G_END_DECLS
