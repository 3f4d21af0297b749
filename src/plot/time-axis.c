/* Seconds to pixels, round steps, and labels that fit them. */
#include "time-axis.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NARROW_SPACE "\u202f"

double
instru_time_view_to_x (const InstruTimeView *view, InstruRect area, double time_s)
{
  double span_s = view->end_s - view->start_s;

  if (!(span_s > 0.0))
    return area.x;
  return area.x + (time_s - view->start_s) / span_s * area.width;
}

double
instru_time_view_from_x (const InstruTimeView *view, InstruRect area, double x)
{
  if (!(area.width > 0.0))
    return view->start_s;
  return view->start_s + (x - area.x) / area.width * (view->end_s - view->start_s);
}

double
instru_nice_step (double span, double n_wanted)
{
  double wanted = span / MAX (n_wanted, 1.0), power, digit;

  if (!isfinite (wanted) || wanted <= 1e-9)
    return 1.0;

  power = pow (10.0, floor (log10 (wanted)));
  digit = wanted / power;
  return power * (digit <= 1.0 ? 1.0 : digit <= 2.0 ? 2.0 : digit <= 5.0 ? 5.0 : 10.0);
}

static int
get_n_decimals (double step_s)
{
  int n = 0;

  for (double step = step_s; step < 0.999 && n < 4; step *= 10.0)
    n++;
  return n;
}

char *
instru_format_time (double time_s, double step_s)
{
  int n_decimals = get_n_decimals (step_s);
  gint64 whole_s;

  if (!isfinite (time_s))
    return g_strdup ("–");
  if (fabs (time_s) < 60.0)
    /* Translators: seconds; the space is a narrow one */
    return g_strdup_printf (_ ("%.*f" NARROW_SPACE "s"), n_decimals, time_s);

  whole_s = (gint64) floor (time_s + 1e-9);
  if (n_decimals > 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%0*.*f", whole_s / 60, n_decimals + 3, n_decimals,
                            time_s - 60.0 * (double) (whole_s / 60));
  whole_s = (gint64) llrint (time_s);
  if (whole_s >= 3600)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", whole_s / 3600,
                            (int) (whole_s / 60 % 60), (int) (whole_s % 60));
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d", whole_s / 60, (int) (whole_s % 60));
}
