/* The lanes are written out because floating-point addition may not be reordered by the compiler.
 */
#include "vector.h"

#define LANES 16
#define BLOCK 4096

/* The sum over a row of EXPRESSION in i. */
#define SUM_IN_LANES(EXPRESSION)                                                                   \
  double total = 0.0;                                                                              \
  for (gsize start = 0; start < n; start += BLOCK)                                                 \
    {                                                                                              \
      gsize end = MIN (start + BLOCK, n), i = start;                                               \
      float lanes[LANES] = { 0 };                                                                  \
      for (; i + LANES <= end; i += LANES)                                                         \
        for (gsize lane = 0; lane < LANES; lane++)                                                 \
          lanes[lane] += EXPRESSION (i + lane);                                                    \
      for (gsize lane = 0; i < end; i++, lane++)                                                   \
        lanes[lane] += EXPRESSION (i);                                                             \
      for (gsize lane = 0; lane < LANES; lane++)                                                   \
        total += lanes[lane];                                                                      \
    }                                                                                              \
  return total

double
instru_sum (const float *x, gsize n)
{
#define TERM(i) x[i]
  SUM_IN_LANES (TERM);
#undef TERM
}

double
instru_dot (const float *x, const float *y, gsize n)
{
#define TERM(i) (x[i] * y[i])
  SUM_IN_LANES (TERM);
#undef TERM
}

double
instru_squared_distance (const float *x, float mean, gsize n)
{
#define TERM(i) ((x[i] - mean) * (x[i] - mean))
  SUM_IN_LANES (TERM);
#undef TERM
}
