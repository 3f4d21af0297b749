/* The curves of timbre behind tabs: brightness, loudness, zero crossings. */
#pragma once

#include "descriptor-plot.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_DESCRIPTOR_SECTION (instru_descriptor_section_get_type ())
G_DECLARE_FINAL_TYPE (InstruDescriptorSection,
                      instru_descriptor_section,
                      INSTRU,
                      DESCRIPTOR_SECTION,
                      GtkWidget)

/* @selection: nullable. */
void instru_descriptor_section_set_selection (InstruDescriptorSection *self,
                                              const InstruSelection *selection);

/* The one plot behind all tabs. Returns: (transfer none) */
InstruTimePlot *instru_descriptor_section_get_plot (InstruDescriptorSection *self);

G_END_DECLS
