/* The curve of one descriptor over time: brightness, loudness, zero crossings. */
#pragma once

#include "front-end.h"
#include "selection.h"
#include "time-plot.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_DESCRIPTOR_PLOT (instru_descriptor_plot_get_type ())
G_DECLARE_FINAL_TYPE (InstruDescriptorPlot,
                      instru_descriptor_plot,
                      INSTRU,
                      DESCRIPTOR_PLOT,
                      InstruTimePlot)

void instru_descriptor_plot_set_descriptor (InstruDescriptorPlot *self,
                                            InstruDescriptor descriptor);
/* @selection: nullable; its means are told beside the whole's. */
void instru_descriptor_plot_set_selection (InstruDescriptorPlot *self,
                                           const InstruSelection *selection);
InstruDescriptor instru_descriptor_plot_get_descriptor (InstruDescriptorPlot *self);

G_END_DECLS
