/* The open .safetensors file format: 8 bytes of little-endian header length, a JSON header, raw
 * tensors. Reads and writes float32 tensors and the string map "__metadata__"; knows nothing of
 * networks. A truncated, shuffled, overlapping, over-long or non-finite file is refused with a
 * sentence, before anything is allocated from its sizes. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INSTRU_MAX_DIMS      4
#define INSTRU_WEIGHTS_ERROR (instru_weights_error_quark ())

typedef enum
{
  INSTRU_WEIGHTS_ERROR_UNREADABLE, /* not the format: the sentence says where it breaks */
  INSTRU_WEIGHTS_ERROR_MISMATCH,   /* the format, but not a network that this program can run */
  INSTRU_WEIGHTS_ERROR_WRITE
} InstruWeightsError;

GQuark instru_weights_error_quark (void);

typedef struct
{
  const char *name;
  gsize n_dims;
  gsize shape[INSTRU_MAX_DIMS];
  gsize n_values;
  const float *values; /* owned by the InstruTensors */
} InstruTensor;

typedef struct _InstruTensors InstruTensors;

/* An empty set, to fill and write. */
InstruTensors *instru_tensors_new (void);
InstruTensors *instru_tensors_load (const char *path, GError **error);
InstruTensors *instru_tensors_load_bytes (GBytes *bytes, GError **error);
void instru_tensors_free (InstruTensors *self);

/* Copies @values. */
void instru_tensors_add (InstruTensors *self,
                         const char *name,
                         gsize n_dims,
                         const gsize *shape,
                         const float *values);
void instru_tensors_set_metadata (InstruTensors *self, const char *key, const char *value);

/* Returns: (transfer none) (nullable) */
const InstruTensor *instru_tensors_get (const InstruTensors *self, const char *name);
gsize instru_tensors_get_n (const InstruTensors *self);
const InstruTensor *instru_tensors_get_nth (const InstruTensors *self, gsize index);
const char *instru_tensors_get_metadata (const InstruTensors *self, const char *key);

/* Lower-case hexadecimal SHA-256 of the file's bytes (of a loaded set), else NULL. */
const char *instru_tensors_get_sha256 (const InstruTensors *self);

/* Tensors sorted by name, 8-byte aligned; to a temporary name, then renamed. */
gboolean instru_tensors_save (const InstruTensors *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruTensors, instru_tensors_free)

G_END_DECLS
