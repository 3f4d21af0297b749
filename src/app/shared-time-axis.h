/* The time that all plots of the window share: what is visible, where the playhead is, where the
 * pointer or the reading cursor is. It exists once, so a line drawn in one plot is drawn in all.
 *
 * Signals: "view-changed" (), "playhead-changed" (), "cursor-changed" (), and "seek" (double
 * time_s), emitted where somebody points at a time to hear it from there. */
#pragma once

#include <glib-object.h>

#include "time-axis.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_TIME_AXIS (instru_time_axis_get_type ())
G_DECLARE_FINAL_TYPE (InstruTimeAxis, instru_time_axis, INSTRU, TIME_AXIS, GObject)

InstruTimeAxis *instru_time_axis_new (void);

/* Shows all of a recording of @duration_s, at least a hundredth of a second. */
void instru_time_axis_set_duration (InstruTimeAxis *self, double duration_s);
double instru_time_axis_get_duration (InstruTimeAxis *self);
const InstruTimeView *instru_time_axis_get_view (InstruTimeAxis *self);

void instru_time_axis_set_playhead (InstruTimeAxis *self, double time_s);
double instru_time_axis_get_playhead (InstruTimeAxis *self);

/* @time_s is NAN where nobody reads the plots. */
void instru_time_axis_set_cursor (InstruTimeAxis *self, double time_s);
double instru_time_axis_get_cursor (InstruTimeAxis *self);

/* Moves the playhead to @time_s, kept within the recording, and emits "seek". */
void instru_time_axis_seek (InstruTimeAxis *self, double time_s);

G_END_DECLS
