/* Numbers for machines. printf () knows no format that is both fixed and short, and json-glib's
 * generator writes 0.942 as 0.94199999999999995, so the trailing zeros are taken off here. */
#include "number.h"

#include <math.h>
#include <string.h>

gboolean
instru_number_append (GString *text, double value, int decimals)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE + 320]; /* 1e308 has 309 digits before the point */
  char format[] = "%.0f";
  gsize length;

  g_return_val_if_fail (decimals >= 0 && decimals <= 9, FALSE);

  if (!isfinite (value))
    return FALSE;

  format[2] = (char) ('0' + decimals);
  g_ascii_formatd (digits, sizeof digits, format, value);
  length = strlen (digits);
  if (strchr (digits, '.') != NULL)
    while (digits[length - 1] == '0' && digits[length - 2] != '.')
      length--;
  digits[length] = '\0';

  /* What rounds to zero has no sign. */
  g_string_append (text,
                   digits[0] == '-' && strpbrk (digits, "123456789") == NULL ? digits + 1 : digits);
  return TRUE;
}
