/* Analyses for the tests of the report: made from generated sound, with an answer put in by hand
 * (which family a network names is not what these tests are about). */
#pragma once

#include "analysis.h"

/* What sounds: eight notes with partials and a decay, one sine, nothing. */
typedef enum
{
  INSTRU_FIXTURE_MELODY,
  INSTRU_FIXTURE_SINE,
  INSTRU_FIXTURE_SILENCE
} InstruFixtureSound;

/* A stereo recording at 44.1 kHz of @path that lasts @duration_s; without a verdict.
 * Returns: (transfer full) */
InstruAnalysis *instru_fixture_new (const char *path, InstruFixtureSound sound, double duration_s);

/* Gives it a verdict and a timeline: @family gets @score and the others share the rest, the next
 * one most of it. */
void instru_fixture_set_verdict (InstruAnalysis *analysis,
                                 InstruFamily family,
                                 double score,
                                 InstruReason reason);

/* All windows silent, nothing known. */
void instru_fixture_set_silence (InstruAnalysis *analysis);

void instru_fixture_set_tags (InstruAnalysis *analysis, const char *title, const char *artist);
void instru_fixture_add_warning (InstruAnalysis *analysis, const char *sentence);

/* A small real network, which says of itself what a shipped one does. Its answer is not asked for:
 * set_verdict () gives that. */
void instru_fixture_set_model (InstruAnalysis *analysis);
