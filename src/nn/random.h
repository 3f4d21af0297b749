/* A small generator whose whole state is one number, so that a checkpoint can hold it: SplitMix64
 * (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014). */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

static inline guint64
instru_random_next (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Uniform in [0, 1). */
static inline double
instru_random_uniform (guint64 *state)
{
  return (double) (instru_random_next (state) >> 11) * 0x1p-53;
}

/* Uniform in [low, high). */
static inline double
instru_random_between (guint64 *state, double low, double high)
{
  return low + (high - low) * instru_random_uniform (state);
}

/* Uniform in 0 … n − 1. */
static inline gsize
instru_random_index (guint64 *state, gsize n)
{
  return (gsize) (instru_random_uniform (state) * (double) n);
}

/* Normal with mean 0 and standard deviation 1 (Box and Muller, 1958). */
static inline double
instru_random_normal (guint64 *state)
{
  double u = 1.0 - instru_random_uniform (state);

  return sqrt (-2.0 * log (u)) * cos (2.0 * G_PI * instru_random_uniform (state));
}

G_END_DECLS
