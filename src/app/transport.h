/* Playing a recording: play and pause, where one is, how long it is, how loud. */
#pragma once

#include <gtk/gtk.h>

#include "player.h"
#include "shared-time-axis.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_TRANSPORT (instru_transport_get_type ())
G_DECLARE_FINAL_TYPE (InstruTransport, instru_transport, INSTRU, TRANSPORT, GtkWidget)

/* Once. The slider and the playhead of @axis follow @player, and the other way round. */
void instru_transport_connect (InstruTransport *self, InstruPlayer *player, InstruTimeAxis *axis);

/* Another recording, or a longer part of the same. */
void instru_transport_set_duration (InstruTransport *self, double duration_s);

void instru_transport_toggle (InstruTransport *self);
/* Seeks @offset_s from where one is. */
void instru_transport_skip (InstruTransport *self, double offset_s);

G_END_DECLS
