/* A plot over time with its title at the left and its read-out at the right.
 *
 * Properties: "title" (string, read-write), "plot" (InstruTimePlot, write once). */
#pragma once

#include "time-plot.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_PLOT_SECTION (instru_plot_section_get_type ())
G_DECLARE_FINAL_TYPE (InstruPlotSection, instru_plot_section, INSTRU, PLOT_SECTION, GtkWidget)

G_END_DECLS
