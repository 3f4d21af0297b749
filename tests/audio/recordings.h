/* Recordings made at test time, with GStreamer's encoders, from a signal that the tests know. */
#pragma once

#include <gio/gio.h>

typedef struct
{
  guint rate_hz;
  guint n_channels;
  double duration_s;
} InstruTestSound;

/* The signal: each channel is a sine of its own frequency, 0.4 of full scale, faded in and out. */
double instru_test_sound_at (const InstruTestSound *sound, gsize frame, gsize channel);
gsize instru_test_sound_n_frames (const InstruTestSound *sound);

/* A path in a folder that is removed at the end. Returns: (transfer full) */
char *instru_test_path (const char *name);
void instru_test_remove_paths (void);

/* Sends the signal as float32 through "appsrc ! audioconvert ! @encoder ! filesink".
 * Returns: (transfer full) (nullable): the path, NULL after g_test_skip () where an element is not
 * installed. */
char *instru_test_record (const char *name, const InstruTestSound *sound, const char *encoder);

/* Writes bytes as they are. Returns: (transfer full): the path */
char *instru_test_write (const char *name, gconstpointer bytes, gsize n_bytes);

/* The first @fraction of the file @path. Returns: (transfer full): the path */
char *instru_test_cut (const char *name, const char *path, double fraction);
