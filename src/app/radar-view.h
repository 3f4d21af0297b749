/* The radar of the eight scores. */
#pragma once

#include "verdict-view.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_RADAR_VIEW (instru_radar_view_get_type ())
G_DECLARE_FINAL_TYPE (InstruRadarView, instru_radar_view, INSTRU, RADAR_VIEW, InstruVerdictView)

G_END_DECLS
