/* Streams over every sample of every channel, so it only counts; the numbers are made when asked.
 */
#include "quality.h"

#include <ebur128.h>
#include <math.h>
#include <string.h>

#include "stft.h"

#define CLIP_LEVEL         0.999f
#define CLIP_RUN           3
#define BLOCK_S            0.05
#define SILENT_MEAN_SQUARE 1e-12
/* Levels of blocks are counted in tenths of a dB from −120 dBFS up. */
#define LEVEL_MIN_DBFS    (-120.0)
#define LEVEL_STEP_DB     0.1
#define N_LEVELS          1400
#define FLOOR_PERCENTILE  0.05
#define SIGNAL_PERCENTILE 0.95
/* Where the quiet blocks are not this far under the loud ones there is no pause to measure in. */
#define MIN_PAUSE_DB 15.0
/* A pause is steady: so many blocks lie this close to the noise floor. A note that dies away
 * passes. */
#define MIN_PAUSE_BLOCKS 6
#define PAUSE_SPREAD_DB  1.5
#define SPECTRUM_SIZE    4096
/* One block in so many goes into the long-term spectrum. */
#define SPECTRUM_EVERY 2
#define BANDWIDTH_DB   60.0

/* The rating: poor where any number is worse than its second limit, fair where worse than its
 * first. A missing number does not count. */
static const struct
{
  double clipped_fraction;
  double snr_db;
  double peak_dbfs;
} fair_limit = { 1e-5, 30.0, -30.0 }, poor_limit = { 1e-3, 18.0, -50.0 };

typedef struct
{
  gsize run; /* samples at an extreme so far */
  gboolean is_top;
  double energy;
} Channel;

struct _InstruQualityMeter
{
  guint sample_rate_hz;
  guint n_channels;
  ebur128_state *loudness; /* NULL where libebur128 does not take this rate */
  Channel *channels;
  float peak;
  guint64 n_samples;
  guint64 n_clipped;
  gsize n_clipped_runs;
  double mono_energy;

  double block_energy;
  gsize n_in_block;
  gsize block_frames;
  guint64 levels[N_LEVELS];
  guint64 n_levels;

  InstruStft *stft;
  float mono[SPECTRUM_SIZE];
  float power[SPECTRUM_SIZE / 2 + 1];
  double spectrum[SPECTRUM_SIZE / 2 + 1];
  gsize n_mono;
  gsize n_spectrum_blocks;
};

InstruQualityMeter *
instru_quality_meter_new (guint sample_rate_hz, guint n_channels)
{
  InstruQualityMeter *self = g_new0 (InstruQualityMeter, 1);

  self->sample_rate_hz = sample_rate_hz;
  self->n_channels = n_channels;
  self->channels = g_new0 (Channel, n_channels);
  self->block_frames = (gsize) MAX (BLOCK_S * sample_rate_hz, 1.0);
  self->stft = instru_stft_new (SPECTRUM_SIZE);
  self->loudness =
      ebur128_init (n_channels, sample_rate_hz, EBUR128_MODE_I | EBUR128_MODE_HISTOGRAM);
  return self;
}

void
instru_quality_meter_free (InstruQualityMeter *self)
{
  if (self == NULL)
    return;
  if (self->loudness != NULL)
    ebur128_destroy (&self->loudness);
  g_clear_pointer (&self->stft, instru_stft_free);
  g_free (self->channels);
  g_free (self);
}

/* A run counts when its third sample comes, and then with all three. */
static void
count_clipping (InstruQualityMeter *self, Channel *channel, float sample)
{
  gboolean is_top = sample > 0.0f;

  if (fabsf (sample) < CLIP_LEVEL)
    {
      channel->run = 0;
      return;
    }
  channel->run = channel->run > 0 && channel->is_top == is_top ? channel->run + 1 : 1;
  channel->is_top = is_top;
  if (channel->run == CLIP_RUN)
    {
      self->n_clipped += CLIP_RUN;
      self->n_clipped_runs++;
    }
  else if (channel->run > CLIP_RUN)
    self->n_clipped++;
}

static void
close_block (InstruQualityMeter *self)
{
  double mean_square = self->block_energy / ((double) self->n_in_block * (double) self->n_channels);

  if (mean_square > SILENT_MEAN_SQUARE)
    {
      double level = (10.0 * log10 (mean_square) - LEVEL_MIN_DBFS) / LEVEL_STEP_DB;

      self->levels[(gsize) CLAMP (level, 0.0, N_LEVELS - 1)]++;
      self->n_levels++;
    }
  self->block_energy = 0.0;
  self->n_in_block = 0;
}

static void
push_mono (InstruQualityMeter *self, float mono)
{
  self->mono_energy += (double) mono * mono;
  self->mono[self->n_mono++] = mono;
  if (self->n_mono < SPECTRUM_SIZE)
    return;

  self->n_mono = 0;
  if (self->n_spectrum_blocks++ % SPECTRUM_EVERY != 0)
    return;
  instru_stft_get_power (self->stft, self->mono, self->power);
  for (gsize bin = 0; bin <= SPECTRUM_SIZE / 2; bin++)
    self->spectrum[bin] += self->power[bin];
}

static void
push_frame (InstruQualityMeter *self, const float *frame)
{
  float sum = 0.0f;

  for (guint c = 0; c < self->n_channels; c++)
    {
      Channel *channel = &self->channels[c];
      double square = (double) frame[c] * frame[c];

      self->peak = fmaxf (self->peak, fabsf (frame[c]));
      channel->energy += square;
      self->block_energy += square;
      sum += frame[c];
      if (channel->run > 0 || fabsf (frame[c]) >= CLIP_LEVEL)
        count_clipping (self, channel, frame[c]);
    }
  push_mono (self, sum / (float) self->n_channels);
  if (++self->n_in_block == self->block_frames)
    close_block (self);
}

void
instru_quality_meter_push (InstruQualityMeter *self, const float *interleaved, gsize n_frames)
{
  if (self->loudness != NULL)
    ebur128_add_frames_float (self->loudness, interleaved, n_frames);
  for (gsize i = 0; i < n_frames; i++)
    push_frame (self, interleaved + i * self->n_channels);
  self->n_samples += n_frames * self->n_channels;
}

static double
get_percentile_dbfs (const InstruQualityMeter *self, double percentile)
{
  guint64 below = 0;

  for (gsize i = 0; i < N_LEVELS; i++)
    {
      below += self->levels[i];
      if ((double) below >= percentile * (double) self->n_levels && below > 0)
        return LEVEL_MIN_DBFS + ((double) i + 0.5) * LEVEL_STEP_DB;
    }
  return NAN;
}

static gboolean
has_pause_at (const InstruQualityMeter *self, double floor_dbfs)
{
  guint64 n_blocks = 0;

  for (gsize i = 0; i < N_LEVELS; i++)
    {
      double level_dbfs = LEVEL_MIN_DBFS + ((double) i + 0.5) * LEVEL_STEP_DB;

      if (fabs (level_dbfs - floor_dbfs) <= PAUSE_SPREAD_DB)
        n_blocks += self->levels[i];
    }
  return n_blocks >= MIN_PAUSE_BLOCKS;
}

static double
get_loudness_lufs (const InstruQualityMeter *self)
{
  double loudness;

  if (self->loudness == NULL ||
      ebur128_loudness_global (self->loudness, &loudness) != EBUR128_SUCCESS)
    return NAN;
  return isfinite (loudness) ? loudness : NAN;
}

/* NAN where the recording is shorter than one block. */
static double
get_bandwidth_hz (InstruQualityMeter *self)
{
  const double *spectrum = self->spectrum;
  double maximum = 0.0;

  if (self->n_spectrum_blocks == 0)
    return NAN;
  for (gsize bin = 1; bin <= SPECTRUM_SIZE / 2; bin++)
    maximum = fmax (maximum, spectrum[bin]);
  for (gsize bin = SPECTRUM_SIZE / 2; bin > 0; bin--)
    if (maximum > 0.0 && spectrum[bin] >= maximum * pow (10.0, -BANDWIDTH_DB / 10.0))
      return (double) bin * self->sample_rate_hz / SPECTRUM_SIZE;
  return NAN;
}

static double
get_cancel_db (const InstruQualityMeter *self)
{
  double loudest = 0.0;

  if (self->n_channels < 2)
    return NAN;
  for (guint c = 0; c < self->n_channels; c++)
    loudest = fmax (loudest, self->channels[c].energy);
  return loudest > 0.0 ? 10.0 * log10 (fmax (self->mono_energy / loudest, 1e-12)) : NAN;
}

static gboolean
is_worse (const InstruQuality *quality, double clipped_fraction, double snr_db, double peak_dbfs)
{
  return quality->clipped_fraction > clipped_fraction || quality->snr_db < snr_db ||
         quality->peak_dbfs < peak_dbfs;
}

static InstruRating
rate (const InstruQuality *quality)
{
  if (is_worse (quality, poor_limit.clipped_fraction, poor_limit.snr_db, poor_limit.peak_dbfs))
    return INSTRU_RATING_POOR;
  if (is_worse (quality, fair_limit.clipped_fraction, fair_limit.snr_db, fair_limit.peak_dbfs))
    return INSTRU_RATING_FAIR;
  return INSTRU_RATING_GOOD;
}

void
instru_quality_meter_get (InstruQualityMeter *self, InstruQuality *quality)
{
  double floor_dbfs = get_percentile_dbfs (self, FLOOR_PERCENTILE);
  double signal_dbfs = get_percentile_dbfs (self, SIGNAL_PERCENTILE);
  gboolean has_pause = signal_dbfs - floor_dbfs >= MIN_PAUSE_DB && has_pause_at (self, floor_dbfs);

  quality->peak_dbfs = self->peak > 0.0f ? 20.0 * log10 (self->peak) : NAN;
  quality->loudness_lufs = get_loudness_lufs (self);
  quality->clipped_fraction =
      self->n_samples > 0 ? (double) self->n_clipped / (double) self->n_samples : 0.0;
  quality->n_clipped_runs = self->n_clipped_runs;
  quality->noise_floor_dbfs = has_pause ? floor_dbfs : NAN;
  quality->snr_db = has_pause ? signal_dbfs - floor_dbfs : NAN;
  quality->bandwidth_hz = get_bandwidth_hz (self);
  quality->channel_cancel_db = get_cancel_db (self);
  quality->rating = rate (quality);
}

const char *
instru_rating_get_name (InstruRating rating)
{
  switch (rating)
    {
    case INSTRU_RATING_FAIR:
      return "fair";
    case INSTRU_RATING_POOR:
      return "poor";
    case INSTRU_RATING_GOOD:
    default:
      return "good";
    }
}
