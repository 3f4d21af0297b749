/* The waveform over time. */
#pragma once

#include "time-plot.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_WAVEFORM_PLOT (instru_waveform_plot_get_type ())
G_DECLARE_FINAL_TYPE (InstruWaveformPlot,
                      instru_waveform_plot,
                      INSTRU,
                      WAVEFORM_PLOT,
                      InstruTimePlot)

G_END_DECLS
