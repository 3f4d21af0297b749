/* Reading is done with distrust: the header is parsed into a table of tensors first, the table is
 * checked as a whole against the length of the file, and only then are values looked at. */
#include "safetensors.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define LENGTH_BYTES     8
#define MAX_HEADER_BYTES (1024 * 1024)
#define MAX_TENSORS      1024
#define MAX_NESTING      8
#define ALIGNMENT        8
#define METADATA_KEY     "__metadata__"

struct _InstruTensors
{
  GPtrArray *tensors;   /* InstruTensor, owned */
  GHashTable *by_name;  /* name → InstruTensor */
  GHashTable *metadata; /* string → string */
  char *sha256;
};

/* Where a tensor's bytes are, counted from the end of the header. */
typedef struct
{
  InstruTensor *tensor;
  guint64 begin;
  guint64 end;
} Span;

G_DEFINE_QUARK (instru - weights - error - quark, instru_weights_error)

static void
free_tensor (gpointer data)
{
  InstruTensor *tensor = data;

  g_free ((char *) tensor->name);
  g_free ((float *) tensor->values);
  g_free (tensor);
}

InstruTensors *
instru_tensors_new (void)
{
  InstruTensors *self = g_new0 (InstruTensors, 1);

  self->tensors = g_ptr_array_new_with_free_func (free_tensor);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
instru_tensors_free (InstruTensors *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->metadata);
  g_ptr_array_unref (self->tensors);
  g_free (self->sha256);
  g_free (self);
}

static void
append (InstruTensors *self, InstruTensor *tensor)
{
  g_ptr_array_add (self->tensors, tensor);
  g_hash_table_insert (self->by_name, (gpointer) tensor->name, tensor);
}

void
instru_tensors_add (InstruTensors *self,
                    const char *name,
                    gsize n_dims,
                    const gsize *shape,
                    const float *values)
{
  InstruTensor *tensor;

  g_return_if_fail (n_dims <= INSTRU_MAX_DIMS);
  g_return_if_fail (!g_hash_table_contains (self->by_name, name));

  tensor = g_new0 (InstruTensor, 1);
  tensor->name = g_strdup (name);
  tensor->n_dims = n_dims;
  tensor->n_values = 1;
  for (gsize i = 0; i < n_dims; i++)
    {
      tensor->shape[i] = shape[i];
      tensor->n_values *= shape[i];
    }
  tensor->values = g_memdup2 (values, tensor->n_values * sizeof (float));
  append (self, tensor);
}

void
instru_tensors_set_metadata (InstruTensors *self, const char *key, const char *value)
{
  g_hash_table_insert (self->metadata, g_strdup (key), g_strdup (value));
}

const InstruTensor *
instru_tensors_get (const InstruTensors *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

gsize
instru_tensors_get_n (const InstruTensors *self)
{
  return self->tensors->len;
}

const InstruTensor *
instru_tensors_get_nth (const InstruTensors *self, gsize index)
{
  g_return_val_if_fail (index < self->tensors->len, NULL);

  return g_ptr_array_index (self->tensors, index);
}

const char *
instru_tensors_get_metadata (const InstruTensors *self, const char *key)
{
  return g_hash_table_lookup (self->metadata, key);
}

const char *
instru_tensors_get_sha256 (const InstruTensors *self)
{
  return self->sha256;
}

/* — reading — */

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_UNREADABLE,
               _ ("The weights file cannot be used: %s."), reason);
  return FALSE;
}

/* A parser that recurses is not given a deep text. */
static gboolean
nesting_is_shallow (const char *text, gsize length)
{
  int depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_string = !in_string;
      else if (!in_string && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!in_string && (text[i] == '}' || text[i] == ']'))
        depth--;
      if (depth > MAX_NESTING)
        return FALSE;
    }
  return TRUE;
}

/* A count in JSON that is a whole number from 0 to 2^53. */
static gboolean
get_count (JsonArray *array, guint index, guint64 *count)
{
  JsonNode *node = json_array_get_element (array, index);
  gint64 value;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  value = json_node_get_int (node);
  *count = (guint64) value;
  return value >= 0 && value <= (G_GINT64_CONSTANT (1) << 53);
}

static JsonArray *
get_array (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
get_text (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
read_shape (InstruTensor *tensor, JsonArray *shape, GError **error)
{
  if (shape == NULL || json_array_get_length (shape) > INSTRU_MAX_DIMS)
    return refuse (error, _ ("the tensor “%s” has no shape that is understood"), tensor->name);

  tensor->n_dims = json_array_get_length (shape);
  tensor->n_values = 1;
  for (guint i = 0; i < tensor->n_dims; i++)
    {
      guint64 size;

      if (!get_count (shape, i, &size) ||
          !g_size_checked_mul (&tensor->n_values, tensor->n_values, (gsize) size))
        return refuse (error, _ ("the shape of the tensor “%s” is impossible"), tensor->name);
      tensor->shape[i] = (gsize) size;
    }
  return TRUE;
}

static gboolean
read_span (Span *span, JsonObject *object, GError **error)
{
  JsonArray *offsets = get_array (object, "data_offsets");
  const char *name = span->tensor->name;
  gsize n_bytes;

  if (g_strcmp0 (get_text (object, "dtype"), "F32") != 0)
    return refuse (error, _ ("the tensor “%s” is not of float32 numbers"), name);
  if (!read_shape (span->tensor, get_array (object, "shape"), error))
    return FALSE;
  if (offsets == NULL || json_array_get_length (offsets) != 2 ||
      !get_count (offsets, 0, &span->begin) || !get_count (offsets, 1, &span->end) ||
      span->end < span->begin ||
      !g_size_checked_mul (&n_bytes, span->tensor->n_values, sizeof (float)) ||
      span->end - span->begin != n_bytes)
    return refuse (error, _ ("the tensor “%s” has not the length that its shape needs"), name);
  return TRUE;
}

static gboolean
read_metadata (InstruTensors *self, JsonNode *node, GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, _ ("its metadata is not a map"));

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    {
      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        return refuse (error, _ ("its metadata “%s” is not text"), key);
      instru_tensors_set_metadata (self, key, json_node_get_string (value));
    }
  return TRUE;
}

static gboolean
read_header (InstruTensors *self, JsonObject *header, GArray *spans, GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (json_object_get_size (header) > MAX_TENSORS)
    return refuse (error, _ ("it holds more than %d tensors"), MAX_TENSORS);

  json_object_iter_init_ordered (&iter, header);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      Span span = { 0 };

      if (g_str_equal (key, METADATA_KEY))
        {
          if (!read_metadata (self, value, error))
            return FALSE;
          continue;
        }
      if (!JSON_NODE_HOLDS_OBJECT (value))
        return refuse (error, _ ("the tensor “%s” is not described"), key);

      span.tensor = g_new0 (InstruTensor, 1);
      span.tensor->name = g_strdup (key);
      append (self, span.tensor);
      if (!read_span (&span, json_node_get_object (value), error))
        return FALSE;
      g_array_append_val (spans, span);
    }
  return TRUE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *first = a, *second = b;

  if (first->begin != second->begin)
    return first->begin < second->begin ? -1 : 1;
  return first->end < second->end ? -1 : first->end > second->end;
}

/* Tensors follow one another without gap or overlap, and end with the file. */
static gboolean
check_layout (GArray *spans, guint64 n_bytes, GError **error)
{
  guint64 at = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      if (span->begin != at)
        return refuse (error, _ ("the tensor “%s” is not where it should be"), span->tensor->name);
      at = span->end;
    }
  if (at != n_bytes)
    return refuse (
        error, _ ("its tensors need %" G_GUINT64_FORMAT " bytes and it holds %" G_GUINT64_FORMAT),
        at, n_bytes);
  return TRUE;
}

static gboolean
read_values (GArray *spans, const guint8 *data, GError **error)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);
      InstruTensor *tensor = span->tensor;

      tensor->values = g_memdup2 (data + span->begin, (gsize) (span->end - span->begin));
      for (gsize k = 0; k < tensor->n_values; k++)
        if (!isfinite (tensor->values[k]))
          return refuse (error, _ ("the tensor “%s” holds a value that is not a number"),
                         tensor->name);
    }
  return TRUE;
}

/* json-glib keeps the last of two equal names, so the count of names in the text must match. */
static gboolean
names_are_unique (const char *text, gsize length, gsize n_spans)
{
  gsize n_offsets = 0;
  const char *at = text;

  while ((at = g_strstr_len (at, (gssize) length - (at - text), "\"data_offsets\"")) != NULL)
    {
      n_offsets++;
      at++;
    }
  return n_offsets == n_spans;
}

static gboolean
parse (InstruTensors *self, const guint8 *data, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
  const char *text = (const char *) data + LENGTH_BYTES;
  guint64 n_header;
  JsonNode *root;

  if (length < LENGTH_BYTES)
    return refuse (error, _ ("it is too short"));
  memcpy (&n_header, data, LENGTH_BYTES);
  n_header = GUINT64_FROM_LE (n_header);
  if (n_header > MAX_HEADER_BYTES || n_header > length - LENGTH_BYTES)
    return refuse (error, _ ("its header is longer than it may be"));
  if (!g_utf8_validate_len (text, n_header, NULL) || !nesting_is_shallow (text, n_header) ||
      !json_parser_load_from_data (parser, text, (gssize) n_header, NULL))
    return refuse (error, _ ("its header is not JSON"));

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return refuse (error, _ ("its header is not a map"));
  if (!read_header (self, json_node_get_object (root), spans, error))
    return FALSE;
  if (!names_are_unique (text, n_header, spans->len))
    return refuse (error, _ ("two tensors have one name"));
  return check_layout (spans, length - LENGTH_BYTES - n_header, error) &&
         read_values (spans, data + LENGTH_BYTES + n_header, error);
}

InstruTensors *
instru_tensors_load_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (InstruTensors) self = instru_tensors_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (!parse (self, data, length, error))
    return NULL;
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return g_steal_pointer (&self);
}

InstruTensors *
instru_tensors_load (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &local_error);
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL)
    {
      g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_UNREADABLE,
                   _ ("The weights file cannot be opened: %s"), local_error->message);
      return NULL;
    }
  bytes = g_mapped_file_get_bytes (file);
  return instru_tensors_load_bytes (bytes, error);
}

/* — writing — */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const InstruTensor *const *) a)->name,
                 (*(const InstruTensor *const *) b)->name);
}

static void
add_metadata_to_header (const InstruTensors *self, JsonBuilder *builder)
{
  g_autoptr (GList) keys = g_hash_table_get_keys (self->metadata);

  if (keys == NULL)
    return;
  keys = g_list_sort (keys, (GCompareFunc) strcmp);
  json_builder_set_member_name (builder, METADATA_KEY);
  json_builder_begin_object (builder);
  for (GList *key = keys; key != NULL; key = key->next)
    {
      json_builder_set_member_name (builder, key->data);
      json_builder_add_string_value (builder, g_hash_table_lookup (self->metadata, key->data));
    }
  json_builder_end_object (builder);
}

static void
add_tensor_to_header (JsonBuilder *builder, const InstruTensor *tensor, gsize begin)
{
  json_builder_set_member_name (builder, tensor->name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dtype");
  json_builder_add_string_value (builder, "F32");
  json_builder_set_member_name (builder, "shape");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < tensor->n_dims; i++)
    json_builder_add_int_value (builder, (gint64) tensor->shape[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "data_offsets");
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, (gint64) begin);
  json_builder_add_int_value (builder, (gint64) (begin + tensor->n_values * sizeof (float)));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* The header as text, padded with spaces so that the values begin aligned. */
static GString *
make_header (const InstruTensors *self, GPtrArray *sorted)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  GString *header;
  gsize at = 0;

  json_builder_begin_object (builder);
  add_metadata_to_header (self, builder);
  for (guint i = 0; i < sorted->len; i++)
    {
      const InstruTensor *tensor = g_ptr_array_index (sorted, i);

      add_tensor_to_header (builder, tensor, at);
      at += tensor->n_values * sizeof (float);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  header = g_string_new (text);
  while (header->len % ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  return header;
}

gboolean
instru_tensors_save (const InstruTensors *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) header = NULL;
  g_autoptr (GError) local_error = NULL;
  guint64 n_header;

  for (guint i = 0; i < self->tensors->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (self->tensors, i));
  g_ptr_array_sort (sorted, compare_names);

  header = make_header (self, sorted);
  n_header = GUINT64_TO_LE ((guint64) header->len);
  g_byte_array_append (bytes, (const guint8 *) &n_header, LENGTH_BYTES);
  g_byte_array_append (bytes, (const guint8 *) header->str, (guint) header->len);
  for (guint i = 0; i < sorted->len; i++)
    {
      const InstruTensor *tensor = g_ptr_array_index (sorted, i);

      g_byte_array_append (bytes, (const guint8 *) tensor->values,
                           (guint) (tensor->n_values * sizeof (float)));
    }

  if (g_file_set_contents_full (path, (const char *) bytes->data, (gssize) bytes->len,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                &local_error))
    return TRUE;
  g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_WRITE,
               _ ("The weights cannot be written: %s"), local_error->message);
  return FALSE;
}
