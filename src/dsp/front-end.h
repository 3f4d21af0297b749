/* The front end of everything: mono samples at 22,050 Hz in, one frame of mel power and descriptors
 * out for every 512 samples, equal to librosa 0.10 (power within 1e-6 of the frame's maximum, dB
 * within 0.01, descriptors within 1e-4 relative).
 *
 * Frame k is centred on sample 512 k (zero padding at both ends; the ZCR pads with the edge value),
 * so n samples give 1 + n / 512 frames, and none give none. The frames do not depend on how the
 * samples are cut into blocks, bit for bit. No memory is taken after new (). One FFT a frame serves
 * everything. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INSTRU_SAMPLE_RATE_HZ 22050
#define INSTRU_FFT_SIZE       2048
#define INSTRU_HOP            512
#define INSTRU_N_BINS         (INSTRU_FFT_SIZE / 2 + 1)
#define INSTRU_N_MELS         128
#define INSTRU_MAX_HZ         (INSTRU_SAMPLE_RATE_HZ / 2.0)

/* Seconds from one frame to the next. */
#define INSTRU_FRAME_S ((double) INSTRU_HOP / INSTRU_SAMPLE_RATE_HZ)

/* One value a frame. The spectral ones are of the magnitude spectrum; in a silent frame they
 * are 0, but for the flatness, which is 1. */
typedef enum
{
  INSTRU_DESCRIPTOR_CENTROID_HZ,  /* librosa.feature.spectral_centroid */
  INSTRU_DESCRIPTOR_BANDWIDTH_HZ, /* librosa.feature.spectral_bandwidth, p = 2 */
  INSTRU_DESCRIPTOR_ROLLOFF_HZ,   /* librosa.feature.spectral_rolloff, 85 % */
  INSTRU_DESCRIPTOR_FLATNESS,     /* librosa.feature.spectral_flatness, 0 … 1, of the power */
  INSTRU_DESCRIPTOR_RMS,          /* librosa.feature.rms of the samples, linear, full scale = 1 */
  INSTRU_DESCRIPTOR_ZCR,          /* librosa.feature.zero_crossing_rate, 0 … 1 per sample */
  INSTRU_N_DESCRIPTORS
} InstruDescriptor;

typedef struct
{
  float mel_power[INSTRU_N_MELS];
  float descriptors[INSTRU_N_DESCRIPTORS];
} InstruFrame;

/* Called for each frame in order; @frame is valid during the call only. */
typedef void (*InstruFrameFunc) (gsize index, const InstruFrame *frame, gpointer user_data);

typedef struct _InstruFrontEnd InstruFrontEnd;

/* Safe to call on any thread (FFTW's planner is locked). */
InstruFrontEnd *instru_front_end_new (void);
void instru_front_end_free (InstruFrontEnd *self);

void instru_front_end_push (InstruFrontEnd *self,
                            const float *samples,
                            gsize n_samples,
                            InstruFrameFunc func,
                            gpointer user_data);

/* Gives the last frames; after it the front end is as new. */
void instru_front_end_finish (InstruFrontEnd *self, InstruFrameFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruFrontEnd, instru_front_end_free)

G_END_DECLS
