#include "npy.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

static const char magic[6] = "\x93NUMPY";

/* Reads the shape out of the header's Python literal: 'shape': (3, 20, 24). */
static gboolean
parse_shape (InstruNpy *self, const char *header)
{
  const char *at = strstr (header, "'shape': (");

  if (at == NULL)
    return FALSE;

  at += strlen ("'shape': (");
  self->n_values = 1;
  while (*at != ')' && *at != '\0')
    {
      char *end = NULL;
      guint64 size = g_ascii_strtoull (at, &end, 10);

      if (end == at || self->n_dims == G_N_ELEMENTS (self->shape) ||
          !g_size_checked_mul (&self->n_values, self->n_values, (gsize) size))
        return FALSE;
      self->shape[self->n_dims++] = (gsize) size;
      at = end + strspn (end, ", ");
    }
  return TRUE;
}

static gsize
value_size (const char *header)
{
  if (strstr (header, "'<f4'") != NULL || strstr (header, "'<i4'") != NULL)
    return 4;
  if (strstr (header, "'<f8'") != NULL || strstr (header, "'<i8'") != NULL)
    return 8;
  return 0;
}

static float
read_value (const char *header, const char *at)
{
  union
  {
    float f4;
    double f8;
    gint32 i4;
    gint64 i8;
  } value;

  memcpy (&value, at, value_size (header));
  if (strstr (header, "'<f4'") != NULL)
    return value.f4;
  if (strstr (header, "'<f8'") != NULL)
    return (float) value.f8;
  if (strstr (header, "'<i4'") != NULL)
    return (float) value.i4;
  return (float) value.i8;
}

InstruNpy *
instru_npy_load (const char *path, GError **error)
{
  g_autoptr (InstruNpy) self = g_new0 (InstruNpy, 1);
  g_autofree char *bytes = NULL;
  g_autofree char *header = NULL;
  gsize length = 0, header_length, data_length, size;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;

  header_length = length > 10 ? (guint8) bytes[8] + 256u * (guint8) bytes[9] : 0;
  if (length < 10 + header_length || header_length == 0 || memcmp (bytes, magic, 6) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is not a .npy file.", path);
      return NULL;
    }

  header = g_strndup (bytes + 10, header_length);
  size = value_size (header);
  if (size == 0 || strstr (header, "'fortran_order': False") == NULL ||
      !parse_shape (self, header) || !g_size_checked_mul (&data_length, self->n_values, size) ||
      length - 10 - header_length != data_length)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s has an unknown layout.", path);
      return NULL;
    }

  self->values = g_new (float, MAX (self->n_values, 1));
  for (gsize i = 0; i < self->n_values; i++)
    self->values[i] = read_value (header, bytes + 10 + header_length + i * size);
  return g_steal_pointer (&self);
}

void
instru_npy_free (InstruNpy *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_free (self);
}

char *
instru_test_reference (const char *relative_path)
{
  const char *shared = g_getenv ("INSTRU_SHARED_DIR");
  g_autofree char *path = g_build_filename (shared ? shared : ".", relative_path, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);

  g_test_skip_printf ("The reference %s is not here.", relative_path);
  return NULL;
}
