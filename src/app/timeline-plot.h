/* The families over time: what each window of the recogniser says. */
#pragma once

#include "time-plot.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_TIMELINE_PLOT (instru_timeline_plot_get_type ())
G_DECLARE_FINAL_TYPE (InstruTimelinePlot,
                      instru_timeline_plot,
                      INSTRU,
                      TIMELINE_PLOT,
                      InstruTimePlot)

G_END_DECLS
