/* A plot over time: all of them share an InstruTimeAxis, so view, playhead and reading cursor are
 * the same in each. Pointing at a time shows what is read there; time-plot-gestures.h says what
 * pressing, dragging, turning the wheel and pinching do, time-plot-keys.h what the keys do.
 *
 * Property: "read-out" (string, read, notified): what stands at the right end of the plot's title:
 * the values under the cursor, or a summary where nobody reads. */
#pragma once

#include "plot-view.h"
#include "shared-time-axis.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_TIME_PLOT (instru_time_plot_get_type ())
G_DECLARE_DERIVABLE_TYPE (InstruTimePlot, instru_time_plot, INSTRU, TIME_PLOT, InstruPlotView)

struct _InstruTimePlotClass
{
  InstruPlotViewClass parent_class;

  /* The plot itself in @area; the axis of time is drawn by the base class. */
  void (*draw_area) (InstruTimePlot *self,
                     InstruCanvas *canvas,
                     const InstruTheme *theme,
                     InstruRect area);
  /* What is read at @time_s (a time of the recording). Returns: (transfer full) */
  char *(*read) (InstruTimePlot *self, double time_s);
  /* What is said where nobody reads. Returns: (transfer full) */
  char *(*summarise) (InstruTimePlot *self);
  /* The pointer came to height @y of the area (NAN: left it); nullable. */
  void (*point) (InstruTimePlot *self, double y);
  /* The axis is there; nullable. */
  void (*axis_set) (InstruTimePlot *self);
  /* The up (+1) or down (−1) key; FALSE where it means nothing; nullable. */
  gboolean (*step) (InstruTimePlot *self, int direction);
};

void instru_time_plot_set_axis (InstruTimePlot *self, InstruTimeAxis *axis);
InstruTimeAxis *instru_time_plot_get_axis (InstruTimePlot *self);

/* Whether seconds are written under the plot. */
void instru_time_plot_set_shows_axis (InstruTimePlot *self, gboolean shows_axis);
/* The height of the plot itself, without the seconds. */
void instru_time_plot_set_area_height (InstruTimePlot *self, int height);

/* Where the plot itself is inside the widget. */
InstruRect instru_time_plot_get_area (InstruTimePlot *self);

/* The time at @x of the widget, kept within the recording. The axis must be set. */
double instru_time_plot_get_time_at (InstruTimePlot *self, double x);
/* The time under the pointer; NAN where it is elsewhere. */
double instru_time_plot_get_pointed_time (InstruTimePlot *self);

const char *instru_time_plot_get_read_out (InstruTimePlot *self);
/* Reads again: the analysis, the height or the quantity changed. */
void instru_time_plot_update_read_out (InstruTimePlot *self);

/* The frame of the analysis that is nearest to @time_s; FALSE where there is none yet. */
gboolean instru_time_plot_find_frame (InstruTimePlot *self, double time_s, gsize *frame);

/* A time as the read-out writes it: "4.86 s"; finer where the plot is zoomed in. The axis must be
 * set. Returns: (transfer full) */
char *instru_time_plot_format_cursor (InstruTimePlot *self, double time_s);

G_END_DECLS
