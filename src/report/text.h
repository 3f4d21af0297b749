/* An analysis in plain text for a person at a terminal: verdict, bars, numbers, warnings. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* Returns: (transfer full), several lines */
char *instru_text_from_analysis (const InstruAnalysis *analysis, const char *name, gsize width);

G_END_DECLS
