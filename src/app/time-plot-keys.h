/* What the keys do to a focused plot: the arrows, Home and End move the reading cursor (with Shift
 * ten times as far), up and down the height that is read, Return seeks to it, [ and ] select from
 * it and up to it, Escape gives cursor and selection up. */
#pragma once

#include "time-plot.h"

G_BEGIN_DECLS

/* Once, while @self is being made. */
void instru_time_plot_add_keys (InstruTimePlot *self);

G_END_DECLS
