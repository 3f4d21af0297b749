/* The sample recordings that come with the program: one for each family, to try it. */
#pragma once

#include <gio/gio.h>

#include "family.h"

G_BEGIN_DECLS

/* The sample of @family in INSTRU_DATA_DIR, else in the installed folder. Returns: (transfer full)
 * (nullable): NULL where it is not there */
GFile *instru_samples_find (InstruFamily family);

G_END_DECLS
