/* What several plots draw alike: hairlines, labels, a curve through columns. */
#pragma once

#include "canvas.h"
#include "theme.h"

G_BEGIN_DECLS

/* Room between a plot and the labels that hang outside of it. */
#define INSTRU_LABEL_GAP 8.0

/* A horizontal hairline over the width of @area with a label to the left of it; the label's middle
 * is on the line. */
void instru_draw_level (InstruCanvas *canvas,
                        const InstruTheme *theme,
                        InstruRect area,
                        double y,
                        const char *label);

/* A label whose middle is at height @y. */
void instru_draw_label (InstruCanvas *canvas,
                        const InstruTheme *theme,
                        double x,
                        double y,
                        InstruAlign align,
                        const char *label);

/* A line that is sharp on a screen: the middle of the pixel that @at falls into. */
double instru_snap (InstruCanvas *canvas, double at);

/* How many columns a plot of this width has: one a pixel on a screen, three a point on paper. */
gsize instru_count_columns (InstruCanvas *canvas, double width);

/* How thick a hairline is. */
double instru_hairline (InstruCanvas *canvas);

G_END_DECLS
