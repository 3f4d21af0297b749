/* A scroll bar that shows which part of the recording is visible, and moves it. */
#pragma once

#include <gtk/gtk.h>

#include "shared-time-axis.h"

G_BEGIN_DECLS

/* Once. Where all is visible the bar keeps its room but is neither seen nor reached. */
void instru_time_scroll_bar_connect (GtkScrollbar *bar, InstruTimeAxis *axis);

G_END_DECLS
