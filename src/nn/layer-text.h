/* From the text of a network to its layers and their shapes. */
#pragma once

#include "network.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): an array of InstruLayer with kinds and numbers but no
 * shapes. Errors: INSTRU_WEIGHTS_ERROR_MISMATCH. */
GArray *instru_layers_parse (const char *text, GError **error);

/* Fills in the shapes from the first layer to the last. Errors: INSTRU_WEIGHTS_ERROR_MISMATCH. */
gboolean instru_layers_set_shapes (GArray *layers, InstruShape input, GError **error);

G_END_DECLS
