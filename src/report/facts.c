/* Rules that every kind of output shares, so that no two of them can disagree. */
#include "facts.h"

#include "number.h"

gsize
instru_facts_list_also (const InstruVerdict *verdict, InstruFamily families[INSTRU_N_FAMILIES])
{
  gsize n_families = 0;

  if (!verdict->has_scores)
    return 0;

  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    {
      double score = verdict->scores[family];
      gsize place = n_families;

      if (family == (int) verdict->family || !(score >= INSTRU_ALSO_LEAST_SCORE))
        continue;

      for (; place > 0 && verdict->scores[families[place - 1]] < score; place--)
        families[place] = families[place - 1];
      families[place] = (InstruFamily) family;
      n_families++;
    }
  return n_families;
}

const InstruFeature *
instru_facts_get_feature (gsize index)
{
  /* The first three are those that were promised first. */
  static const InstruFeature features[INSTRU_N_FEATURES] = {
    { "centroid_hz", INSTRU_DESCRIPTOR_CENTROID_HZ, INSTRU_DECIMALS_HZ },
    { "rms_dbfs", INSTRU_DESCRIPTOR_RMS, INSTRU_DECIMALS_DB },
    { "zcr", INSTRU_DESCRIPTOR_ZCR, INSTRU_DECIMALS_RATE },
    { "bandwidth_hz", INSTRU_DESCRIPTOR_BANDWIDTH_HZ, INSTRU_DECIMALS_HZ },
    { "rolloff_hz", INSTRU_DESCRIPTOR_ROLLOFF_HZ, INSTRU_DECIMALS_HZ },
    { "flatness", INSTRU_DESCRIPTOR_FLATNESS, INSTRU_DECIMALS_FRACTION },
  };

  g_return_val_if_fail (index < INSTRU_N_FEATURES, NULL);
  return &features[index];
}

/* Line and paragraph separators and the marks that turn the direction of writing are not "control"
 * to Unicode, but they can hide the end of a name as well as any escape sequence. */
static gboolean
is_harmless (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    default:
      return !((character >= 0x202a && character <= 0x202e) ||
               (character >= 0x2066 && character <= 0x2069));
    }
}

char *
instru_facts_make_printable (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *printable = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (is_harmless (character))
        g_string_append_unichar (printable, character);
      else if (character == '\n')
        g_string_append (printable, "\\n");
      else if (character == '\t')
        g_string_append (printable, "\\t");
      else
        g_string_append_printf (printable, "\\u%04x", character);
    }
  return g_string_free (printable, FALSE);
}
