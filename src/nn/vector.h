/* Sums over long rows of floats: in sixteen lanes, which compilers turn into vector code, and in
 * double precision from block to block, so that a row of a million keeps its digits. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double instru_sum (const float *x, gsize n);
double instru_dot (const float *x, const float *y, gsize n);
/* Σ (x − mean)² */
double instru_squared_distance (const float *x, float mean, gsize n);

G_END_DECLS
