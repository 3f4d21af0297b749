/* Numbers for machines, as JSON and CSV print them: a decimal point in every locale, a fixed number
 * of decimals without trailing zeros, nothing that is not finite. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many decimals each quantity is given, so that JSON and CSV agree digit for digit. */
#define INSTRU_DECIMALS_SECONDS  3
#define INSTRU_DECIMALS_SCORE    4
#define INSTRU_DECIMALS_HZ       1
#define INSTRU_DECIMALS_DB       2
#define INSTRU_DECIMALS_RATE     5 /* zero crossings a sample */
#define INSTRU_DECIMALS_FRACTION 6 /* flatness, clipped samples */

/* Appends @value, "0.0" at least: 0.942, −1.0 as "-1.0". Returns: FALSE, and appends nothing, where
 * @value is not finite. */
gboolean instru_number_append (GString *text, double value, int decimals);

G_END_DECLS
