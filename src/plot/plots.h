/* Every picture of the program. Each is a pure function of an analysis, what is visible of it, a
 * theme and a canvas. @area is the plot itself: labels of the vertical axis hang outside on its
 * left (INSTRU_PLOT_LEFT_MARGIN), the dB bar on its right (INSTRU_PLOT_RIGHT_MARGIN), so that all
 * time plots of a column share one left and one right edge. */
#pragma once

#include "analysis.h"
#include "canvas.h"
#include "theme.h"
#include "time-axis.h"

G_BEGIN_DECLS

#define INSTRU_PLOT_LEFT_MARGIN  54.0
#define INSTRU_PLOT_RIGHT_MARGIN 42.0

/* Envelope from −1 to +1, with RMS inside; the loudest peak and clipped stretches marked. */
void instru_plot_waveform (InstruCanvas *canvas,
                           const InstruAnalysis *analysis,
                           const InstruTimeView *view,
                           const InstruTheme *theme,
                           InstruRect area);

/* Picture, Hz axis on the left, dB bar on the right. */
void instru_plot_mel_spectrogram (InstruCanvas *canvas,
                                  const InstruAnalysis *analysis,
                                  const InstruTimeView *view,
                                  const InstruTheme *theme,
                                  InstruRect area);

/* The parts of it, for who keeps the picture: axis and dB bar around @area … */
void instru_plot_mel_axis (InstruCanvas *canvas, const InstruTheme *theme, InstruRect area);

/* … and the picture: columns @first_column … + @n_columns − 1 of one that is @width_px ×
 * @height_px.
 * @pixels: n_columns × height_px, rows from the top. 0 dB is the recording's maximum, −80 dB the
 * floor; several frames of a column give their loudest. Columns without sound are the floor's
 * colour where the recording has been read, transparent beyond. Safe on any thread. */
void instru_mel_picture_render (const InstruAnalysis *analysis,
                                const InstruTimeView *view,
                                InstruColorMap color_map,
                                gsize width_px,
                                gsize height_px,
                                gsize first_column,
                                gsize n_columns,
                                guint32 *pixels);

/* The Hz of a height in the mel-spectrogram's area, and back. */
double instru_plot_mel_y_to_hz (InstruRect area, double y);
double instru_plot_mel_hz_to_y (InstruRect area, double hz);

/* A curve of one descriptor with its axis: Hz, dBFS for RMS, 0 … for flatness and ZCR. */
void instru_plot_descriptor (InstruCanvas *canvas,
                             const InstruAnalysis *analysis,
                             InstruDescriptor descriptor,
                             const InstruTimeView *view,
                             const InstruTheme *theme,
                             InstruRect area);

/* Ticks and labels in seconds along the bottom of @area. */
void instru_plot_time_axis (InstruCanvas *canvas,
                            const InstruTimeView *view,
                            const InstruTheme *theme,
                            InstruRect area);

/* Eight spokes; needles when sure, a flower when not; the winner's label bold. @selection, the
 * answer for a part of it, is a dashed outline; nullable. */
void instru_plot_radar (InstruCanvas *canvas,
                        const InstruVerdict *verdict,
                        const InstruVerdict *selection,
                        const InstruTheme *theme,
                        InstruRect area);

/* Eight rows: name, bar, per cent. @selection, the answer for a part of it, is a mark on each bar;
 * nullable. */
void instru_plot_family_bars (InstruCanvas *canvas,
                              const InstruVerdict *verdict,
                              const InstruVerdict *selection,
                              const InstruTheme *theme,
                              InstruRect area);

/* One block a window in its family's colour with its name (or initial), pale where not sure, empty
 * where silent. */
void instru_plot_timeline (InstruCanvas *canvas,
                           const InstruAnalysis *analysis,
                           const InstruTimeView *view,
                           const InstruTheme *theme,
                           InstruRect area);

/* A hairline at @time_s over the height of @area; nothing where it is not visible. */
void instru_plot_playhead (InstruCanvas *canvas,
                           double time_s,
                           const InstruTimeView *view,
                           const InstruTheme *theme,
                           InstruRect area);

/* One sentence that says what a plot shows, with its numbers, for screen readers and captions.
 * Returns: (transfer full) */
char *instru_describe_waveform (const InstruAnalysis *analysis);
char *instru_describe_mel_spectrogram (const InstruAnalysis *analysis);
char *instru_describe_descriptor (const InstruAnalysis *analysis, InstruDescriptor descriptor);
char *instru_describe_verdict (const InstruAnalysis *analysis);
char *instru_describe_timeline (const InstruAnalysis *analysis);

/* "Brightness", "Loudness", "Zero crossings", …: the plain word for a descriptor. */
const char *instru_descriptor_get_label (InstruDescriptor descriptor);
/* "spectral centroid", "RMS", …: the field's word. */
const char *instru_descriptor_get_term (InstruDescriptor descriptor);
/* A value with its unit, true minus and thin spaces: "1 333 Hz", "−12.3 dBFS", "0.090".
 * RMS is given in dBFS. Returns: (transfer full) */
char *instru_format_descriptor (InstruDescriptor descriptor, double value);

G_END_DECLS
