/* How good the recording is, measured at its native rate over all channels while it streams by:
 * peak, loudness (EBU R 128 by libebur128), clipping, noise floor, signal to noise, bandwidth. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  INSTRU_RATING_GOOD,
  INSTRU_RATING_FAIR,
  INSTRU_RATING_POOR
} InstruRating;

/* NAN where a number has no value (silence has no loudness). */
typedef struct
{
  double peak_dbfs;        /* largest sample of any channel */
  double loudness_lufs;    /* integrated, EBU R 128 */
  double clipped_fraction; /* samples in runs of 3 or more at the same extreme ≥ 0.999, 0 … 1 */
  gsize n_clipped_runs;
  double
      noise_floor_dbfs; /* 5th percentile of the RMS of 50 ms blocks that are not digital silence;
                         * NAN where there is no pause: six blocks that
                         * steady, 15 dB under the 95th percentile */
  double snr_db;        /* 95th percentile of the same less the noise floor */
  double bandwidth_hz;  /* highest frequency within 60 dB of the long-term spectrum's maximum */
  double channel_cancel_db; /* level of the mean of the channels against the loudest channel; very
                             * negative when a pair cancels; NAN for mono */
  InstruRating rating;      /* documented thresholds in quality.c */
} InstruQuality;

typedef struct _InstruQualityMeter InstruQualityMeter;

InstruQualityMeter *instru_quality_meter_new (guint sample_rate_hz, guint n_channels);
void instru_quality_meter_free (InstruQualityMeter *self);
void instru_quality_meter_push (InstruQualityMeter *self, const float *interleaved, gsize n_frames);
void instru_quality_meter_get (InstruQualityMeter *self, InstruQuality *quality);

/* "good", "fair" or "poor": the JSON's word. Returns: (transfer none) */
const char *instru_rating_get_name (InstruRating rating);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruQualityMeter, instru_quality_meter_free)

G_END_DECLS
