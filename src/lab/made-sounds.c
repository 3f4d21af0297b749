/* Each kind is a small generator of one sample after another. */
#include "made-sounds.h"

#include <math.h>

#include "front-end.h"
#include "random.h"

typedef struct
{
  guint64 random;
  double time_s;
  double level;
  double low_hz;  /* the pitch, or where a chirp begins */
  double high_hz; /* where a chirp ends */
  double rate_hz; /* of a vibrato, or of clicks */
  double depth;   /* of a vibrato, relative */
  double duration_s;
  double phase;
  double state[3]; /* of filters */
} Generator;

static double
next_white (Generator *self)
{
  return instru_random_between (&self->random, -1.0, 1.0);
}

/* Three one-pole filters whose sum falls by about 3 dB an octave. */
static double
next_pink (Generator *self)
{
  static const double poles[3] = { 0.9985, 0.97, 0.75 }, gains[3] = { 0.05, 0.12, 0.3 };
  double white = next_white (self), sum = 0.1 * white;

  for (gsize i = 0; i < 3; i++)
    {
      self->state[i] = poles[i] * self->state[i] + (1.0 - poles[i]) * white;
      sum += self->state[i] * gains[i] / (1.0 - poles[i]) * 0.3;
    }
  return 0.5 * sum;
}

static double
next_brown (Generator *self)
{
  self->state[0] = 0.998 * self->state[0] + 0.05 * next_white (self);
  return self->state[0];
}

/* A state variable filter around low_hz (Chamberlin, Musical Applications of Microprocessors,
 * 1985). */
static double
next_band (Generator *self)
{
  double f = 2.0 * sin (G_PI * MIN (self->low_hz, 3500.0) / INSTRU_SAMPLE_RATE_HZ);

  self->state[0] += f * self->state[1];
  self->state[1] += f * (next_white (self) - self->state[0] - 0.2 * self->state[1]);
  return 0.5 * self->state[1];
}

static double
next_tone (Generator *self, double hz)
{
  self->phase += 2.0 * G_PI * hz / INSTRU_SAMPLE_RATE_HZ;
  return sin (self->phase);
}

static double
next_vibrato (Generator *self)
{
  double swing = self->depth * sin (2.0 * G_PI * self->rate_hz * self->time_s);

  return next_tone (self, self->low_hz * (1.0 + swing));
}

static double
next_chirp (Generator *self)
{
  double part = self->time_s / self->duration_s;

  return next_tone (self, self->low_hz * pow (self->high_hz / self->low_hz, part));
}

/* Short decaying bursts at a steady rate. */
static double
next_click (Generator *self)
{
  double since = fmod (self->time_s * self->rate_hz, 1.0) / self->rate_hz;

  return exp (-since * 900.0) * next_white (self);
}

/* 50 or 60 Hz with falling harmonics. */
static double
next_hum (Generator *self)
{
  double sum = 0.0;

  next_tone (self, self->low_hz);
  for (int harmonic = 1; harmonic <= 8; harmonic++)
    sum += sin (harmonic * self->phase) / (harmonic * harmonic);
  return 0.5 * sum + 0.01 * next_white (self);
}

static const struct
{
  const char *name;
  double (*next) (Generator *self);
} kinds[INSTRU_N_MADE_SOUNDS] = {
  [INSTRU_MADE_WHITE_NOISE] = { "white noise", next_white },
  [INSTRU_MADE_PINK_NOISE] = { "pink noise", next_pink },
  [INSTRU_MADE_BROWN_NOISE] = { "brown noise", next_brown },
  [INSTRU_MADE_BAND_NOISE] = { "band noise", next_band },
  [INSTRU_MADE_SINE] = { "sine", next_vibrato }, /* with a depth of 0 */
  [INSTRU_MADE_VIBRATO_SINE] = { "vibrato sine", next_vibrato },
  [INSTRU_MADE_CHIRP] = { "chirp", next_chirp },
  [INSTRU_MADE_CLICKS] = { "clicks", next_click },
  [INSTRU_MADE_HUM] = { "hum", next_hum },
};

const char *
instru_made_sound_get_name (InstruMadeSound kind)
{
  return kinds[kind].name;
}

GArray *
instru_made_sound_render (InstruMadeSound kind, gsize n_samples, guint64 seed)
{
  GArray *samples = g_array_sized_new (FALSE, FALSE, sizeof (float), (guint) n_samples);
  Generator generator = { .random = seed };

  generator.level = pow (10.0, instru_random_between (&generator.random, -30.0, -3.0) / 20.0);
  generator.low_hz = 60.0 * pow (100.0, instru_random_uniform (&generator.random));
  generator.high_hz = 60.0 * pow (150.0, instru_random_uniform (&generator.random));
  generator.rate_hz = instru_random_between (&generator.random, 0.7, 8.0);
  generator.depth = kind == INSTRU_MADE_VIBRATO_SINE
                        ? instru_random_between (&generator.random, 0.005, 0.06)
                        : 0.0;
  generator.duration_s = (double) n_samples / INSTRU_SAMPLE_RATE_HZ;
  if (kind == INSTRU_MADE_HUM)
    generator.low_hz = instru_random_uniform (&generator.random) < 0.5 ? 50.0 : 60.0;

  for (gsize i = 0; i < n_samples; i++)
    {
      float sample = (float) (generator.level * kinds[kind].next (&generator));

      generator.time_s += 1.0 / INSTRU_SAMPLE_RATE_HZ;
      g_array_append_val (samples, sample);
    }
  return samples;
}
