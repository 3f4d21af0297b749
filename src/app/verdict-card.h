/* The first thing on the page: what the recording sounds like, how sure that is and why, its facts,
 * the radar and the bars. */
#pragma once

#include <gtk/gtk.h>

#include "recording.h"
#include "selection.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_VERDICT_CARD (instru_verdict_card_get_type ())
G_DECLARE_FINAL_TYPE (InstruVerdictCard, instru_verdict_card, INSTRU, VERDICT_CARD, GtkWidget)

/* Shows @recording as it is now; call it again when it changed. Nullable. */
void instru_verdict_card_show (InstruVerdictCard *self, InstruRecording *recording);

/* Tells the answer for a part of it beside the whole's; nullable. */
void instru_verdict_card_set_selection (InstruVerdictCard *self, const InstruSelection *selection);

/* Why there is no verdict although the recording was read; nullable. */
void instru_verdict_card_set_model_error (InstruVerdictCard *self, const char *sentence);

G_END_DECLS
