/* The mel-spectrogram over time, with its Hz axis and dB bar. */
#pragma once

#include "time-plot.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_SPECTROGRAM_PLOT (instru_spectrogram_plot_get_type ())
G_DECLARE_FINAL_TYPE (InstruSpectrogramPlot,
                      instru_spectrogram_plot,
                      INSTRU,
                      SPECTROGRAM_PLOT,
                      InstruTimePlot)

/* Whether the picture of what is shown now is ready. */
gboolean instru_spectrogram_plot_is_ready (InstruSpectrogramPlot *self);

G_END_DECLS
