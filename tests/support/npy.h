/* Reads NumPy's .npy files of little-endian float32, float64, int64 and int32 in C order: the
 * references that the tests compare with. */
#pragma once

#include <glib.h>

typedef struct
{
  gsize n_dims; /* 0 to 8 */
  gsize shape[8];
  gsize n_values; /* product of the shape */
  float *values;  /* converted to float32 */
} InstruNpy;

/* Returns: (transfer full) (nullable): NULL with @error where the file cannot be read or is not of
 * a kind above. */
InstruNpy *instru_npy_load (const char *path, GError **error);
void instru_npy_free (InstruNpy *self);

/* The path of a reference under the shared folder, or NULL after g_test_skip () where it is absent.
 * Returns: (transfer full) (nullable) */
char *instru_test_reference (const char *relative_path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruNpy, instru_npy_free)
