/* Colour maps whose lightness rises evenly from black (or dark violet) to the brightest, so that
 * loudness can be read in grey, too. */
#pragma once

#include "theme.h"

G_BEGIN_DECLS

/* Fills in 256 entries of 0xFFRRGGBB. */
void instru_color_map_make (InstruColorMap map, guint32 *table);

G_END_DECLS
