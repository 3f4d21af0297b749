/* What tests and the pool may know of a decoder beyond its public header. */
#pragma once

#include "decoder-client.h"

G_BEGIN_DECLS

/* As instru_decoder_new (), with another program in the decoder's place. */
InstruDecoder *instru_decoder_new_from (const char *program, GError **error);

/* How long to wait for a process to start (30 s unless set: the first start after an installation
 * lists all plug-ins) and for each frame (10 s). */
void instru_decoder_set_limits (InstruDecoder *self, double start_limit_s, double frame_limit_s);

/* The process id as text, NULL once the process has ended. Returns: (transfer none) (nullable) */
const char *instru_decoder_get_pid (InstruDecoder *self);

G_END_DECLS
