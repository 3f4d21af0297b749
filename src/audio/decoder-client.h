/* The window's side of instrunet-decoder: hands an open file to the decoder process and reads PCM
 * from it. Blocking calls, made for worker threads; one InstruDecoder belongs to one thread at a
 * time. The process is trusted with nothing: every length and number that it sends is checked. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INSTRU_DECODER_MAX_CHANNELS 64
#define INSTRU_DECODER_MAX_RATE_HZ  768000

typedef struct
{
  guint sample_rate_hz;   /* 1 … INSTRU_DECODER_MAX_RATE_HZ, the file's own */
  guint n_channels;       /* 1 … INSTRU_DECODER_MAX_CHANNELS */
  double duration_hint_s; /* what the container says, for progress only; negative when unknown */
} InstruAudioFormat;

/* What the file says of itself; every field may be NULL. */
typedef struct
{
  char *title;
  char *artist;
  char *album;
  char *codec;     /* for people: "FLAC", "MPEG-1 Layer 3 (MP3)" */
  char *container; /* for people: "Ogg" */
} InstruAudioTags;

typedef struct _InstruDecoder InstruDecoder;

/* Starts a decoder process that waits for a file: a warm spare.
 * Returns: (transfer full) (nullable): NULL with @error when the process cannot be started. */
InstruDecoder *instru_decoder_new (GError **error);

/* Ends the process at once, whatever it is doing. */
void instru_decoder_free (InstruDecoder *self);

/* Opens @file from @start_s on and waits for its format. A decoder may open one file after another;
 * opening ends the one before. An error of the file leaves the decoder usable; after
 * INSTRU_RECORDING_ERROR_CRASHED, _TIMEOUT or _CANCELLED it must be freed.
 * Errors: INSTRU_RECORDING_ERROR. */
gboolean instru_decoder_open (InstruDecoder *self,
                              GFile *file,
                              double start_s,
                              GCancellable *cancellable,
                              GError **error);

const InstruAudioFormat *instru_decoder_get_format (InstruDecoder *self);

/* Tags known so far; complete at the end of the stream. */
const InstruAudioTags *instru_decoder_get_tags (InstruDecoder *self);

/* A sentence where the file was read only in part (damaged after some audio), else NULL. */
const char *instru_decoder_get_warning (InstruDecoder *self);

/* Reads up to @max_frames frames of interleaved float32 at the native rate, nominally −1 … 1 (not
 * clipped, but always finite: NaN and infinities are made 0).
 * Returns: the frames read, 0 at the end, −1 with @error. */
gssize instru_decoder_read (InstruDecoder *self,
                            float *interleaved,
                            gsize max_frames,
                            GCancellable *cancellable,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruDecoder, instru_decoder_free)

/* A pool that keeps one warm process, so that opening a file does not wait for a start.
 * Thread-safe. */
#define INSTRU_TYPE_DECODER_POOL (instru_decoder_pool_get_type ())
G_DECLARE_FINAL_TYPE (InstruDecoderPool, instru_decoder_pool, INSTRU, DECODER_POOL, GObject)

InstruDecoderPool *instru_decoder_pool_new (void);

/* Starts the spare in a thread of its own; call it once the window is shown. */
void instru_decoder_pool_warm (InstruDecoderPool *self);

/* Takes the spare (or starts a process) and starts warming the next one.
 * Returns: (transfer full) (nullable) */
InstruDecoder *instru_decoder_pool_take (InstruDecoderPool *self, GError **error);

G_END_DECLS
