/* Names to texts. */
#include "architectures.h"

const char *
instru_architecture_get_layers (const char *name)
{
  if (g_strcmp0 (name, "classic") == 0)
    return INSTRU_ARCHITECTURE_CLASSIC;
  if (g_strcmp0 (name, "compact") == 0)
    return INSTRU_ARCHITECTURE_COMPACT;
  return NULL;
}
