/* The eight instrument families, always in this order: of the model's outputs, of every picture and
 * of every file that is written. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  INSTRU_FAMILY_BRASS,
  INSTRU_FAMILY_FLUTE,
  INSTRU_FAMILY_GUITAR,
  INSTRU_FAMILY_KEYBOARD,
  INSTRU_FAMILY_MALLET,
  INSTRU_FAMILY_REED,
  INSTRU_FAMILY_STRING,
  INSTRU_FAMILY_VOCAL,
  INSTRU_N_FAMILIES
} InstruFamily;

/* The name in files and models: "brass". Returns: (transfer none) */
const char *instru_family_get_id (InstruFamily family);

/* The name for people, in their language: "Brass". Returns: (transfer none) */
const char *instru_family_get_label (InstruFamily family);

/* Returns: the family called @id, or −1. */
int instru_family_from_id (const char *id);

G_END_DECLS
