/* Which recordings are kept apart: whole recording groups are dealt to folds so that each family is
 * in each fold, and a network is always tried on groups that it never heard. */
#pragma once

#include "dataset.h"

G_BEGIN_DECLS

/* Deals the groups of @dataset to @n_folds. Deterministic for a seed: many random deals are tried
 * and the most even one is kept. Returns: (transfer full): group → fold (GUINT_TO_POINTER). Errors:
 * INSTRU_LAB_ERROR_DATA where a family has fewer groups than there are folds. */
GHashTable *
instru_folds_deal (const InstruDataset *dataset, guint n_folds, guint64 seed, GError **error);

G_END_DECLS
