/* The eight scores as bars, with their numbers. */
#pragma once

#include "verdict-view.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_BARS_VIEW (instru_bars_view_get_type ())
G_DECLARE_FINAL_TYPE (InstruBarsView, instru_bars_view, INSTRU, BARS_VIEW, InstruVerdictView)

G_END_DECLS
