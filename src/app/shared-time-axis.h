/* The time that all plots of the window share: what is visible, where the playhead is, where the
 * pointer or the reading cursor is. It exists once, so a line drawn in one plot is drawn in all.
 * What is visible lies within the recording, is never shorter than INSTRU_TIME_AXIS_LEAST_SPAN_S
 * and never longer than the recording.
 *
 * Signals: "view-changed" (), "playhead-changed" (), "cursor-changed" (), "selection-changed" (),
 * and "seek" (double time_s), emitted where somebody points at a time to hear it from there. */
#pragma once

#include <glib-object.h>

#include "time-axis.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_TIME_AXIS (instru_time_axis_get_type ())
G_DECLARE_FINAL_TYPE (InstruTimeAxis, instru_time_axis, INSTRU, TIME_AXIS, GObject)

/* What a zoom can come down to. */
#define INSTRU_TIME_AXIS_LEAST_SPAN_S 0.005

InstruTimeAxis *instru_time_axis_new (void);

/* The recording's length, at least a hundredth of a second. Where all was visible all stays so. */
void instru_time_axis_set_duration (InstruTimeAxis *self, double duration_s);
double instru_time_axis_get_duration (InstruTimeAxis *self);
const InstruTimeView *instru_time_axis_get_view (InstruTimeAxis *self);

/* Shows @start_s … @end_s, moved and cut to what is possible. */
void instru_time_axis_show (InstruTimeAxis *self, double start_s, double end_s);
void instru_time_axis_show_all (InstruTimeAxis *self);
gboolean instru_time_axis_shows_all (InstruTimeAxis *self);
/* @factor > 1 comes nearer, one that is no positive number does nothing; @about_s stays where it
 * is, as far as the recording's ends allow. */
void instru_time_axis_zoom (InstruTimeAxis *self, double factor, double about_s);
/* Moves the visible part as little as it takes for @time_s to be in it. */
void instru_time_axis_reveal (InstruTimeAxis *self, double time_s);
void instru_time_axis_pan (InstruTimeAxis *self, double offset_s);
/* Where a zoom by key or button goes: the cursor, else the playhead, else the middle; whichever is
 * visible. */
double instru_time_axis_get_focus (InstruTimeAxis *self);

void instru_time_axis_set_playhead (InstruTimeAxis *self, double time_s);
double instru_time_axis_get_playhead (InstruTimeAxis *self);
/* Sets a playhead that moves by itself: where it runs out of the visible part, that part goes on
 * with it. */
void instru_time_axis_follow_playhead (InstruTimeAxis *self, double time_s);

/* @time_s is NAN where nobody reads the plots. */
void instru_time_axis_set_cursor (InstruTimeAxis *self, double time_s);
double instru_time_axis_get_cursor (InstruTimeAxis *self);

/* Selects what lies between two times, in whichever order; nothing where they are the same. */
void instru_time_axis_select (InstruTimeAxis *self, double one_s, double other_s);
void instru_time_axis_clear_selection (InstruTimeAxis *self);
/* FALSE where nothing is selected; @selection (nullable) is then left alone. */
gboolean instru_time_axis_get_selection (InstruTimeAxis *self, InstruTimeView *selection);

/* Moves the playhead to @time_s, kept within the recording, and emits "seek". */
void instru_time_axis_seek (InstruTimeAxis *self, double time_s);

G_END_DECLS
