/* Opens a file with the decoder process and reads all of it. */
#pragma once

#include "decoder-client.h"

typedef struct
{
  GError *error; /* of opening or of reading */
  InstruAudioFormat format;
  GArray *samples; /* of float, interleaved */
  gsize n_frames;
  char *title;
  char *codec;
  char *container;
  char *warning;
} InstruHearing;

/* The decoder that all tests of a program share: reopening is part of the test. Ended by
 * instru_hearing_stop (). */
InstruDecoder *instru_hearing_get_decoder (void);
void instru_hearing_stop (void);

InstruHearing *instru_hear (const char *path, double start_s);
InstruHearing *instru_hear_file (GFile *file, double start_s);
void instru_hearing_free (InstruHearing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruHearing, instru_hearing_free)
