/* The names of the eight families: one for files, one for people. */
#include "family.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *id;
  const char *label;
} FamilyName;

static const FamilyName names[INSTRU_N_FAMILIES] = {
  [INSTRU_FAMILY_BRASS] = { "brass", NC_ ("family", "Brass") },
  [INSTRU_FAMILY_FLUTE] = { "flute", NC_ ("family", "Flute") },
  [INSTRU_FAMILY_GUITAR] = { "guitar", NC_ ("family", "Guitar") },
  [INSTRU_FAMILY_KEYBOARD] = { "keyboard", NC_ ("family", "Keyboard") },
  [INSTRU_FAMILY_MALLET] = { "mallet", NC_ ("family", "Mallet") },
  [INSTRU_FAMILY_REED] = { "reed", NC_ ("family", "Reed") },
  [INSTRU_FAMILY_STRING] = { "string", NC_ ("family", "String") },
  [INSTRU_FAMILY_VOCAL] = { "vocal", NC_ ("family", "Vocal") },
};

const char *
instru_family_get_id (InstruFamily family)
{
  g_return_val_if_fail ((guint) family < INSTRU_N_FAMILIES, NULL);

  return names[family].id;
}

const char *
instru_family_get_label (InstruFamily family)
{
  g_return_val_if_fail ((guint) family < INSTRU_N_FAMILIES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "family", names[family].label);
}

int
instru_family_from_id (const char *id)
{
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    if (g_strcmp0 (names[family].id, id) == 0)
      return family;
  return -1;
}
