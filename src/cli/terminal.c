/* What the C library's transliteration would turn into question marks has its stand-in here; it
 * knows the rest (thin spaces, the true minus, accents). */
#include "terminal.h"

#include <stdio.h>

char *
instru_terminal_encode (const char *text)
{
  static const char *const stand_ins[][2] = {
    { "·", "-" }, { "±", "+-" }, { "“", "\"" }, { "”", "\"" }, { "…", "..." }, { "–", "-" },
  };
  const char *charset = NULL;
  g_autofree char *lenient = NULL;
  g_autoptr (GString) simple = NULL;
  char *encoded;

  if (g_get_charset (&charset))
    return g_strdup (text);

  simple = g_string_new (text);
  for (gsize i = 0; i < G_N_ELEMENTS (stand_ins); i++)
    g_string_replace (simple, stand_ins[i][0], stand_ins[i][1], 0);
  lenient = g_strconcat (charset, "//TRANSLIT", NULL);
  encoded = g_convert (simple->str, -1, lenient, "UTF-8", NULL, NULL, NULL);
  return encoded != NULL ? encoded : g_str_to_ascii (simple->str, "C");
}

void
instru_terminal_complain (const char *text)
{
  g_autofree char *encoded = instru_terminal_encode (text);

  fputs (encoded, stderr);
}
