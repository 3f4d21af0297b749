/* Twelve equal steps to the octave, a hundred cents to the step. */
#include "note.h"

#include <math.h>

#define A4_NOTE      69
#define A4_HZ        440.0
#define LEAST_HZ     8.0 /* just under C−1, MIDI's lowest */
#define NARROW_SPACE "\u202f"

static double
get_exact_note (double hz)
{
  return A4_NOTE + 12.0 * log2 (hz / A4_HZ);
}

int
instru_note_find (double hz, double *cents)
{
  double exact = get_exact_note (hz);
  double nearest = round (exact);

  if (cents != NULL)
    *cents = 100.0 * (exact - nearest);
  return (int) nearest;
}

double
instru_note_get_hz (int note)
{
  return A4_HZ * exp2 ((note - A4_NOTE) / 12.0);
}

char *
instru_note_get_name (int note)
{
  static const char *const names[12] = { "C",  "C♯", "D",  "D♯", "E",  "F",
                                         "F♯", "G",  "G♯", "A",  "A♯", "B" };
  int step = ((note % 12) + 12) % 12;
  int octave = (note - step) / 12 - 1;

  return g_strdup_printf ("%s%s%d", names[step], octave < 0 ? "−" : "", ABS (octave));
}

char *
instru_note_format (double hz)
{
  g_autofree char *name = NULL;
  double cents;
  int rounded;

  if (!isfinite (hz) || hz < LEAST_HZ)
    return NULL;
  name = instru_note_get_name (instru_note_find (hz, &cents));
  rounded = (int) lrint (cents);
  return g_strdup_printf ("%s %s%d" NARROW_SPACE "¢", name,
                          rounded > 0   ? "+"
                          : rounded < 0 ? "−"
                                        : "±",
                          ABS (rounded));
}
