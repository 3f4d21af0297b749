/* The pages of the report, in order. Each function starts its own page (or more, where the text is
 * long) and leaves the rest to the document: header line, footer line, bookmarks. */
#pragma once

#include "analysis.h"
#include "pdf-layout.h"

G_BEGIN_DECLS

/* The verdict, radar and bars, the numbers, families over time, quality, three lines to fill in. */
void instru_pages_add_answer (InstruLayout *layout, const InstruAnalysis *analysis);

/* Waveform, mel-spectrogram, brightness, loudness, zero crossings on one time axis. */
void instru_pages_add_sound (InstruLayout *layout, const InstruAnalysis *analysis);

/* Bandwidth, roll-off and flatness on the same time axis; the families over time as a table. */
void instru_pages_add_timbre (InstruLayout *layout, const InstruAnalysis *analysis);

/* How it was made: method, model, limits, versions. */
void instru_pages_add_method (InstruLayout *layout, const InstruAnalysis *analysis);

/* "What this recording sounds like", …: the headings, which are the bookmarks too.
 * Returns: (transfer none) */
const char *instru_pages_get_answer_heading (void);
const char *instru_pages_get_sound_heading (void);
const char *instru_pages_get_timbre_heading (void);
const char *instru_pages_get_method_heading (void);

G_END_DECLS
