/* What a pointer does to a plot over time: a click seeks, a double click shows all; dragging moves
 * the visible part, or the playhead where all is visible; Shift and dragging selects; the wheel
 * moves the visible part, with Ctrl it zooms about the pointer, as two fingers do. */
#pragma once

#include "time-plot.h"

G_BEGIN_DECLS

/* Once, while @self is being made. The gestures do nothing until it has an axis and an analysis. */
void instru_time_plot_add_gestures (InstruTimePlot *self);

G_END_DECLS
