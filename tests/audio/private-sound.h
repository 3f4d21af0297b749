/* A PulseAudio server of our own, with a sink that nobody hears: what was played is recorded from
 * its monitor. */
#pragma once

#include <glib.h>

#define INSTRU_TEST_SOUND_RATE_HZ 48000

/* Starts the server and points PULSE_SERVER at it; to be called before there are threads.
 * Returns: FALSE where PulseAudio is not installed. */
gboolean instru_test_sound_start (void);
void instru_test_sound_stop (void);

/* Records what is played into the sink from now on, one channel. */
void instru_test_sound_listen (void);

/* Ends listening. Returns: (transfer full): of float, from the first sample that is no silence on
 */
GArray *instru_test_sound_take (void);
