/* A window is laid out as frames of bands in dB while it is worked on, and turned over at the end.
 */
#include "augmentation.h"

#include <math.h>

#include "random.h"
#include "recognizer.h"

#define N_FRAMES             INSTRU_WINDOW_FRAMES
#define N_BANDS              INSTRU_N_MELS
#define SILENCE_DB           (-120.0f)
#define MIN_VISIBLE_FRAMES   24
#define MAX_ONSET            72
#define MAX_GAP              16
#define MAX_STEP             36
#define OVERLAP_GOES_ON      0.8
#define N_EQUALISER_POINTS   5
#define LOW_PASS_MIN_BAND    56
#define LOW_PASS_DB_PER_BAND 2.0
#define MIN_NOISE_DB         10.0
#define MAX_NOISE_DB         60.0
#define MAX_NOISE_TILT_DB    20.0
#define MIN_ACCOMPANIMENT_DB 6.0
#define MAX_ACCOMPANIMENT_DB 18.0
/* The tail of a room: how far under the sound, and how fast it falls, in dB a frame (0.7 dB a frame
 * is a reverberation time of 2 s). */
#define MIN_WET_DB    8.0
#define MAX_WET_DB    26.0
#define MIN_DECAY_DB  0.5
#define MAX_DECAY_DB  4.0
#define MAX_TIME_MASK 20
#define MAX_BAND_MASK 12

typedef struct
{
  float db[N_FRAMES][N_BANDS];
} Window;

/* Two levels in dB added as powers. */
static float
add_db (float a, float b)
{
  float high = fmaxf (a, b), low = fminf (a, b);

  if (high - low > 40.0f)
    return high;
  return high + 10.0f * log10f (1.0f + exp2f ((low - high) * 0.33219281f));
}

static gboolean
happens (double share, guint64 *random)
{
  return instru_random_uniform (random) < share;
}

double
instru_random_beta (double alpha, guint64 *random)
{
  for (;;)
    {
      double x = pow (1.0 - instru_random_uniform (random), 1.0 / alpha);
      double y = pow (1.0 - instru_random_uniform (random), 1.0 / alpha);

      if (x + y <= 1.0 && x + y > 0.0)
        return x / (x + y);
    }
}

static void
clear (Window *window)
{
  for (gsize t = 0; t < N_FRAMES; t++)
    for (gsize band = 0; band < N_BANDS; band++)
      window->db[t][band] = SILENCE_DB;
}

/* Lays a note over the window from frame @onset on, @speed times as fast, @roll bands higher.
 * Returns: the frame after its last. */
static int
place_note (Window *window, const InstruCachedNote *note, int onset, double speed, int roll)
{
  int length = (int) ((double) note->n_frames / speed);

  for (int t = MAX (onset, 0); t < MIN (onset + length, N_FRAMES); t++)
    {
      double at = MIN ((t - onset) * speed, (double) note->n_frames - 1.0);
      gsize frame = (gsize) at;
      float part = (float) (at - (double) frame);
      const gint16 *a = note->frames + frame * INSTRU_CACHE_COLUMNS;
      const gint16 *b = frame + 1 < note->n_frames ? a + INSTRU_CACHE_COLUMNS : a;

      for (int band = MAX (roll, 0); band < MIN (N_BANDS + roll, N_BANDS); band++)
        window->db[t][band] = fmaxf (
            window->db[t][band], 0.01f * ((1.0f - part) * a[band - roll] + part * b[band - roll]));
    }
  return onset + length;
}

/* Notes that ring into each other from the one at @onset on: chords, arpeggios, a held pedal. */
static void
place_overlapping (Window *window,
                   const InstruCachedNote *const notes[INSTRU_PHRASE_NOTES],
                   int onset,
                   double speed,
                   int roll,
                   guint64 *random)
{
  for (int i = 1; happens (OVERLAP_GOES_ON, random); i = (i + 1) % INSTRU_PHRASE_NOTES)
    {
      onset += (int) instru_random_between (random, 0, MAX_STEP);
      if (onset >= N_FRAMES)
        return;
      place_note (window, notes[i], onset, speed, roll);
    }
}

/* A note somewhere in the window: late, early with its beginning cut off, alone, or followed by
 * others. */
static void
place_notes (Window *window,
             const InstruRecipe *recipe,
             const InstruCachedNote *const notes[INSTRU_PHRASE_NOTES],
             guint64 *random)
{
  double speed = 1.0 + instru_random_between (random, -recipe->max_stretch, recipe->max_stretch);
  int roll =
      (int) lrint (instru_random_between (random, -recipe->max_roll_bands, recipe->max_roll_bands));
  int length = (int) ((double) notes[0]->n_frames / speed);
  int earliest = MIN (0, MIN_VISIBLE_FRAMES - length);
  int onset = happens (0.5, random) ? (int) instru_random_between (random, 0, MAX_ONSET)
                                    : (int) instru_random_between (random, earliest, 1);
  int end = place_note (window, notes[0], onset, speed, roll);

  if (happens (recipe->overlap_share, random))
    {
      place_overlapping (window, notes, MAX (onset, 0), speed, roll, random);
      return;
    }
  for (int i = 1; end < N_FRAMES && happens (0.5, random); i = (i + 1) % INSTRU_PHRASE_NOTES)
    {
      int start = end + (int) instru_random_between (random, -4, MAX_GAP);

      end = MAX (place_note (window, notes[i], start, speed, roll), start + MIN_VISIBLE_FRAMES);
    }
}

/* A room: what was heard lingers, some dB under it, and dies away; faster in the treble. */
static void
add_room (Window *window, guint64 *random)
{
  float wet_db = (float) instru_random_between (random, MIN_WET_DB, MAX_WET_DB);
  float decay_db = (float) instru_random_between (random, MIN_DECAY_DB, MAX_DECAY_DB);

  for (gsize band = 0; band < N_BANDS; band++)
    {
      float fall_db = decay_db * (1.0f + (float) band / (N_BANDS - 1));
      float tail_db = SILENCE_DB;

      for (gsize t = 0; t < N_FRAMES; t++)
        {
          float dry_db = window->db[t][band];

          window->db[t][band] = add_db (dry_db, tail_db);
          tail_db = fmaxf (tail_db - fall_db, dry_db - wet_db);
        }
    }
}

static float
find_maximum (const Window *window)
{
  float maximum = SILENCE_DB;

  for (gsize t = 0; t < N_FRAMES; t++)
    for (gsize band = 0; band < N_BANDS; band++)
      maximum = fmaxf (maximum, window->db[t][band]);
  return maximum;
}

static void
add_accompaniment (Window *window,
                   const InstruRecipe *recipe,
                   const InstruCachedNote *note,
                   guint64 *random)
{
  Window other;
  const InstruCachedNote *const notes[INSTRU_PHRASE_NOTES] = { note, note, note, note };
  float gain;

  clear (&other);
  place_notes (&other, recipe, notes, random);
  gain = find_maximum (window) - find_maximum (&other) -
         (float) instru_random_between (random, MIN_ACCOMPANIMENT_DB, MAX_ACCOMPANIMENT_DB);
  for (gsize t = 0; t < N_FRAMES; t++)
    for (gsize band = 0; band < N_BANDS; band++)
      window->db[t][band] = add_db (window->db[t][band], other.db[t][band] + gain);
}

/* A gain for each band: a line through five random points, and perhaps a low-pass. */
static void
equalise (Window *window, const InstruRecipe *recipe, guint64 *random)
{
  float points[N_EQUALISER_POINTS + 1], gains[N_BANDS];
  double cutoff = happens (recipe->low_pass_share, random)
                      ? instru_random_between (random, LOW_PASS_MIN_BAND, N_BANDS)
                      : N_BANDS;

  for (gsize i = 0; i <= N_EQUALISER_POINTS; i++)
    points[i] = (float) (recipe->equaliser_db * instru_random_normal (random));
  for (gsize band = 0; band < N_BANDS; band++)
    {
      float at = (float) band * (N_EQUALISER_POINTS - 1) / (N_BANDS - 1);
      gsize point = (gsize) at;
      float part = at - (float) point;

      gains[band] = (1.0f - part) * points[point] + part * points[point + 1];
      gains[band] -= (float) (LOW_PASS_DB_PER_BAND * fmax ((double) band - cutoff, 0.0));
    }
  for (gsize t = 0; t < N_FRAMES; t++)
    for (gsize band = 0; band < N_BANDS; band++)
      window->db[t][band] += gains[band];
}

/* Noise with a random slope; each cell of its spectrogram has the exponential distribution of a
 * periodogram, a little smoothed by the width of the band. */
static void
add_noise (Window *window, guint64 *random)
{
  float level =
      find_maximum (window) - (float) instru_random_between (random, MIN_NOISE_DB, MAX_NOISE_DB);
  float tilt = (float) instru_random_between (random, -MAX_NOISE_TILT_DB, MAX_NOISE_TILT_DB);

  for (gsize t = 0; t < N_FRAMES; t++)
    for (gsize band = 0; band < N_BANDS; band++)
      {
        float slope = tilt * ((float) band / (N_BANDS - 1) - 0.5f);
        float u = 1.0f - (float) instru_random_uniform (random);
        float power = 0.3f - 0.7f * logf (u);

        window->db[t][band] = add_db (window->db[t][band], level + slope + 10.0f * log10f (power));
      }
}

/* Hides some frames and some bands. */
static void
mask (float *level_db, guint64 *random)
{
  gsize n_frames = instru_random_index (random, MAX_TIME_MASK + 1);
  gsize n_bands = instru_random_index (random, MAX_BAND_MASK + 1);
  gsize first_frame = instru_random_index (random, N_FRAMES - n_frames);
  gsize first_band = instru_random_index (random, N_BANDS - n_bands);

  for (gsize band = 0; band < N_BANDS; band++)
    for (gsize t = 0; t < N_FRAMES; t++)
      if ((t >= first_frame && t < first_frame + n_frames) ||
          (band >= first_band && band < first_band + n_bands))
        level_db[band * N_FRAMES + t] = INSTRU_WINDOW_FLOOR_DB;
}

static void
turn_over (const Window *window, float *level_db)
{
  float maximum = find_maximum (window);

  for (gsize band = 0; band < N_BANDS; band++)
    for (gsize t = 0; t < N_FRAMES; t++)
      level_db[band * N_FRAMES + t] = fmaxf (window->db[t][band] - maximum, INSTRU_WINDOW_FLOOR_DB);
}

void
instru_augment_window (const InstruRecipe *recipe,
                       const InstruCachedNote *const notes[INSTRU_PHRASE_NOTES],
                       const InstruCachedNote *accompaniment,
                       guint64 *random,
                       float *level_db)
{
  Window window;

  clear (&window);
  place_notes (&window, recipe, notes, random);
  if (accompaniment != NULL)
    add_accompaniment (&window, recipe, accompaniment, random);
  if (happens (recipe->room_share, random))
    add_room (&window, random);
  equalise (&window, recipe, random);
  if (happens (recipe->noise_share, random))
    add_noise (&window, random);
  turn_over (&window, level_db);
  if (happens (recipe->mask_share, random))
    mask (level_db, random);
}
