/* The weights file: what is written comes back, Python reads it, and whatever else a file may hold
 * is refused with a sentence. */
#include "safetensors.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define PYTHON "/usr/bin/python3"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("instru-weights-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "gewichte 重み\n.safetensors", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static InstruTensors *
make_tensors (void)
{
  static const float kernel[] = { 0.0f, -0.0f, 1.5f, -2.25f, 3e38f, 1e-45f };
  static const float bias[] = { 7.0f, 8.0f, 9.0f };
  static const float scalar[] = { 0.125f };
  InstruTensors *tensors = instru_tensors_new ();

  instru_tensors_add (tensors, "z/kernel", 4, (gsize[]){ 1, 2, 3, 1 }, kernel);
  instru_tensors_add (tensors, "bias \"ü\"", 1, (gsize[]){ 3 }, bias);
  instru_tensors_add (tensors, "scalar", 0, NULL, scalar);
  instru_tensors_add (tensors, "nothing", 2, (gsize[]){ 0, 5 }, NULL);
  instru_tensors_set_metadata (tensors, "name", "kompakt\nzwei");
  instru_tensors_set_metadata (tensors, "layers", "conv 3×3");
  return tensors;
}

static guint32
bits_of (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static void
assert_equal (const InstruTensors *read, const InstruTensors *written)
{
  g_assert_cmpuint (instru_tensors_get_n (read), ==, instru_tensors_get_n (written));
  for (gsize i = 0; i < instru_tensors_get_n (written); i++)
    {
      const InstruTensor *expected = instru_tensors_get_nth (written, i);
      const InstruTensor *tensor = instru_tensors_get (read, expected->name);

      g_assert_nonnull (tensor);
      g_assert_cmpstr (tensor->name, ==, expected->name);
      g_assert_cmpuint (tensor->n_dims, ==, expected->n_dims);
      g_assert_cmpuint (tensor->n_values, ==, expected->n_values);
      for (gsize k = 0; k < expected->n_dims; k++)
        g_assert_cmpuint (tensor->shape[k], ==, expected->shape[k]);
      for (gsize k = 0; k < expected->n_values; k++)
        g_assert_cmphex (bits_of (tensor->values[k]), ==, bits_of (expected->values[k]));
    }
}

static GBytes *
read_bytes (const char *path)
{
  char *contents;
  gsize length;
  GError *error = NULL;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

static GBytes *
save_to_bytes (Fixture *self)
{
  g_autoptr (InstruTensors) tensors = make_tensors ();
  GError *error = NULL;

  instru_tensors_save (tensors, self->path, &error);
  g_assert_no_error (error);
  return read_bytes (self->path);
}

/* A file of this header and n_bytes of zeros; its values may be misaligned. */
static GBytes *
make_file (const char *header, gsize n_bytes)
{
  GByteArray *file = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE ((guint64) strlen (header));
  gsize n_before;

  g_byte_array_append (file, (const guint8 *) &length, sizeof length);
  g_byte_array_append (file, (const guint8 *) header, (guint) strlen (header));
  n_before = file->len;
  g_byte_array_set_size (file, (guint) (n_before + n_bytes));
  memset (file->data + n_before, 0, n_bytes);
  return g_byte_array_free_to_bytes (file);
}

static void
assert_refused (GBytes *bytes, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InstruTensors) tensors = instru_tensors_load_bytes (bytes, &error);

  g_assert_null (tensors);
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_UNREADABLE);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” does not speak of “%s”", error->message, word);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr (InstruTensors) written = make_tensors ();
  g_autoptr (GBytes) bytes = save_to_bytes (self);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  GError *error = NULL;
  g_autoptr (InstruTensors) read = instru_tensors_load (self->path, &error);

  g_assert_no_error (error);
  assert_equal (read, written);
  g_assert_cmpstr (instru_tensors_get_nth (read, 0)->name, ==, "bias \"ü\"");
  g_assert_cmpstr (instru_tensors_get_metadata (read, "name"), ==, "kompakt\nzwei");
  g_assert_cmpstr (instru_tensors_get_metadata (read, "layers"), ==, "conv 3×3");
  g_assert_null (instru_tensors_get_metadata (read, "absent"));
  g_assert_null (instru_tensors_get (read, "absent"));
  g_assert_cmpstr (instru_tensors_get_sha256 (read), ==, sha256);
  g_assert_null (instru_tensors_get_sha256 (written));
}

static void
test_same_tensors_same_bytes (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) first = save_to_bytes (self);
  g_autoptr (InstruTensors) read = instru_tensors_load_bytes (first, NULL);
  g_autoptr (GBytes) second = NULL;

  g_assert_true (instru_tensors_save (read, self->path, NULL));
  second = read_bytes (self->path);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_python_reads_it (Fixture *self, gconstpointer data)
{
  static const char *script =
      "import json, struct, sys, array\n"
      "data = open(sys.argv[1], 'rb').read()\n"
      "(n,) = struct.unpack('<Q', data[:8])\n"
      "header = json.loads(data[8:8 + n])\n"
      "meta = header.pop('__metadata__')\n"
      "assert meta == {'name': 'kompakt\\nzwei', 'layers': 'conv 3×3'}, meta\n"
      "assert n % 8 == 0\n"
      "begin, end = header['bias \"ü\"']['data_offsets']\n"
      "values = array.array('f', data[8 + n + begin:8 + n + end])\n"
      "assert list(values) == [7.0, 8.0, 9.0], values\n"
      "assert header['z/kernel']['shape'] == [1, 2, 3, 1] and header['scalar']['shape'] == []\n"
      "assert max(e['data_offsets'][1] for e in header.values()) == len(data) - 8 - n\n";
  G_GNUC_UNUSED g_autoptr (GBytes) bytes = save_to_bytes (self);
  g_autofree char *complaint = NULL;
  const char *command[] = { PYTHON, "-c", script, self->path, NULL };
  GError *error = NULL;
  int status;

  if (!g_file_test (PYTHON, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_test_skip ("there is no " PYTHON);
      return;
    }
  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &complaint,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (complaint, ==, "");
  g_assert_cmpint (status, ==, 0);
}

static void
test_truncated (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) whole = save_to_bytes (self);
  gsize length = g_bytes_get_size (whole);

  for (gsize n_missing = 1; n_missing <= length; n_missing += n_missing == 1 ? 63 : 64)
    {
      /* A copy, so that a read past its end is seen. */
      g_autoptr (GBytes) part = g_bytes_new (g_bytes_get_data (whole, NULL), length - n_missing);

      assert_refused (part, "The weights file cannot be used: ");
    }
}

static void
test_longer_than_its_tensors (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) whole = save_to_bytes (self);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  g_byte_array_append (longer, g_bytes_get_data (whole, NULL), (guint) g_bytes_get_size (whole));
  g_byte_array_append (longer, (const guint8 *) "\0\0\0\0", 4);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  assert_refused (bytes, "bytes");
}

/* Each file is either refused or holds finite numbers of the sizes that it tells; the sanitizers
 * watch the rest. */
static void
test_flipped_bytes (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) whole = save_to_bytes (self);
  g_autoptr (GRand) random = g_rand_new_with_seed (300);
  gsize length = g_bytes_get_size (whole);
  gsize n_refused = 0;

  for (int i = 0; i < 300; i++)
    {
      guint8 *flipped = g_memdup2 (g_bytes_get_data (whole, NULL), length);
      g_autoptr (GBytes) bytes = g_bytes_new_take (flipped, length);
      g_autoptr (InstruTensors) tensors = NULL;
      g_autoptr (GError) error = NULL;

      flipped[g_rand_int_range (random, 0, (gint32) length)] ^=
          (guint8) g_rand_int_range (random, 1, 256);
      tensors = instru_tensors_load_bytes (bytes, &error);
      g_assert_true ((tensors == NULL) == (error != NULL));
      n_refused += tensors == NULL;
      for (gsize k = 0; tensors != NULL && k < instru_tensors_get_n (tensors); k++)
        {
          const InstruTensor *tensor = instru_tensors_get_nth (tensors, k);

          for (gsize v = 0; v < tensor->n_values; v++)
            g_assert_true (isfinite (tensor->values[v]));
        }
    }
  /* Most bytes are header, and most changes of it leave no header. */
  g_assert_cmpuint (n_refused, >, 100);
  g_assert_cmpuint (n_refused, <, 300);
}

static void
test_wrong_headers (void)
{
#define TENSOR(shape, offsets)                                                                     \
  "{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":" offsets "}"
  static const struct
  {
    const char *header;
    gsize n_bytes;
    const char *word;
  } files[] = {
    { "", 0, "map" },
    { "not JSON", 0, "JSON" },
    { "{\"a\":", 0, "JSON" },
    { "\xff\xfe{}", 0, "JSON" },
    { "[]", 0, "map" },
    { "{\"a\":[[[[[[[[[[0]]]]]]]]]]}", 0, "JSON" },
    { "{\"a\":7}", 0, "“a”" },
    { "{\"__metadata__\":[]}", 0, "metadata" },
    { "{\"__metadata__\":{\"k\":7}}", 0, "“k”" },
    { "{\"half\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "“half”" },
    { "{\"a\":{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "“a”" },
    { "{\"a\":{\"dtype\":[\"F32\"],\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "“a”" },
    { "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, "shape" },
    { "{\"a\":" TENSOR ("[1,1,1,1,1]", "[0,4]") "}", 4, "shape" },
    { "{\"a\":" TENSOR ("{}", "[0,4]") "}", 4, "shape" },
    { "{\"a\":" TENSOR ("[-1]", "[0,4]") "}", 4, "shape" },
    { "{\"a\":" TENSOR ("[1.5]", "[0,4]") "}", 4, "shape" },
    { "{\"a\":" TENSOR ("[\"1\"]", "[0,4]") "}", 4, "shape" },
    { "{\"a\":" TENSOR ("[4611686018427387905]", "[0,4]") "}", 4, "shape" },
    /* 2^53 * 2^53, and four times 2^62 + 1: both would wrap to something small. */
    { "{\"a\":" TENSOR ("[9007199254740992,9007199254740992]", "[0,4]") "}", 4, "shape" },
    { "{\"a\":" TENSOR ("[2147483648,2147483648,1]", "[0,0]") "}", 0, "length" },
    { "{\"a\":" TENSOR ("[1]", "[0,8]") "}", 8, "length" },
    { "{\"a\":" TENSOR ("[1]", "[4,0]") "}", 4, "length" },
    { "{\"a\":" TENSOR ("[1]", "[0]") "}", 4, "length" },
    { "{\"a\":" TENSOR ("[1]", "[-4,0]") "}", 4, "length" },
    { "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "length" },
    { "{\"a\":" TENSOR ("[1]", "[9007199254740988,9007199254740992]") "}", 4, "“a”" },
    { "{\"a\":" TENSOR ("[2]", "[0,8]") "}", 4, "bytes" },
    { "{\"a\":" TENSOR ("[1]", "[4,8]") "}", 8, "“a”" },
    { "{\"a\":" TENSOR ("[1]", "[0,4]") ",\"b\":" TENSOR ("[1]", "[0,4]") "}", 8, "“" },
    { "{\"a\":" TENSOR ("[2]", "[0,8]") ",\"b\":" TENSOR ("[1]", "[4,8]") "}", 8, "“b”" },
    { "{\"a\":" TENSOR ("[1]", "[0,4]") ",\"b\":" TENSOR ("[1]", "[8,12]") "}", 12, "“b”" },
    { "{\"a\":" TENSOR ("[1]", "[0,4]") ",\"a\":" TENSOR ("[1]", "[4,8]") "}", 8, "one name" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = make_file (files[i].header, files[i].n_bytes);

      g_test_message ("header %" G_GSIZE_FORMAT, i);
      assert_refused (bytes, files[i].word);
    }
}

static void
test_header_lengths (void)
{
  static const guint64 lengths[] = { 3, 1024 * 1024 + 1, G_MAXINT64, G_MAXUINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      guint64 length = GUINT64_TO_LE (lengths[i]);
      guint8 file[10] = { 0 };
      g_autoptr (GBytes) bytes = NULL;

      memcpy (file, &length, sizeof length);
      bytes = g_bytes_new (file, sizeof file);
      assert_refused (bytes, "header");
    }
}

static void
test_too_many_tensors (void)
{
  g_autoptr (GString) header = g_string_new ("{");
  g_autoptr (GBytes) bytes = NULL;

  for (int i = 0; i <= 1024; i++)
    g_string_append_printf (header, "%s\"%d\":" TENSOR ("[0]", "[0,0]"), i > 0 ? "," : "", i);
  g_string_append (header, "}");
  bytes = make_file (header->str, 0);
  assert_refused (bytes, "1024");
}

static void
test_values_that_are_no_numbers (void)
{
  static const float values[] = { NAN, INFINITY, -INFINITY };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GBytes) zeros = make_file ("{\"bias\":" TENSOR ("[2]", "[0,8]") "}", 8);
      gsize length = g_bytes_get_size (zeros);
      guint8 *copy = g_memdup2 (g_bytes_get_data (zeros, NULL), length);
      g_autoptr (GBytes) bytes = g_bytes_new_take (copy, length);

      memcpy (copy + length - sizeof (float), &values[i], sizeof (float));
      assert_refused (bytes, "“bias”");
    }
}

static void
test_misaligned_values (void)
{
  /* Spaces bring the values to each of the four offsets. */
  for (int n_spaces = 0; n_spaces < 4; n_spaces++)
    {
      g_autofree char *header =
          g_strdup_printf ("{\"a\":" TENSOR ("[2]", "[0,8]") "}%*s", n_spaces, "");
      g_autoptr (GBytes) bytes = make_file (header, 8);
      GError *error = NULL;
      g_autoptr (InstruTensors) tensors = instru_tensors_load_bytes (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpfloat (instru_tensors_get (tensors, "a")->values[1], ==, 0.0f);
    }
}

static void
test_file_that_is_not_there (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (instru_tensors_load (self->path, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_UNREADABLE);
}

static void
test_empty_file (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (self->path, "", 0, NULL));
  g_assert_null (instru_tensors_load (self->path, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_UNREADABLE);
}

static void
test_folder_that_is_not_there (Fixture *self, gconstpointer data)
{
  g_autoptr (InstruTensors) tensors = make_tensors ();
  g_autofree char *path = g_build_filename (self->folder, "missing", "a.safetensors", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (instru_tensors_save (tensors, path, &error));
  g_assert_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_WRITE);
}

/* Whoever reads the name finds the old file or the new one, and nothing is left beside it. */
static void
test_written_beside_and_renamed (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) old = save_to_bytes (self);
  g_autoptr (InstruTensors) tensors = make_tensors ();
  g_autoptr (GMappedFile) reader = g_mapped_file_new (self->path, FALSE, NULL);
  g_autoptr (GBytes) seen = g_mapped_file_get_bytes (reader);
  g_autoptr (GDir) folder = NULL;
  g_autofree char *name = NULL;

  instru_tensors_set_metadata (tensors, "name", "another, and a longer one");
  g_assert_true (instru_tensors_save (tensors, self->path, NULL));
  g_assert_true (g_bytes_equal (seen, old));

  folder = g_dir_open (self->folder, 0, NULL);
  name = g_path_get_basename (self->path);
  g_assert_cmpstr (g_dir_read_name (folder), ==, name);
  g_assert_null (g_dir_read_name (folder));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/safetensors/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("same-tensors-same-bytes", test_same_tensors_same_bytes);
  ADD ("python-reads-it", test_python_reads_it);
  ADD ("truncated", test_truncated);
  ADD ("longer-than-its-tensors", test_longer_than_its_tensors);
  ADD ("flipped-bytes", test_flipped_bytes);
  ADD ("file-that-is-not-there", test_file_that_is_not_there);
  ADD ("empty-file", test_empty_file);
  ADD ("folder-that-is-not-there", test_folder_that_is_not_there);
  ADD ("written-beside-and-renamed", test_written_beside_and_renamed);
  g_test_add_func ("/safetensors/wrong-headers", test_wrong_headers);
  g_test_add_func ("/safetensors/header-lengths", test_header_lengths);
  g_test_add_func ("/safetensors/too-many-tensors", test_too_many_tensors);
  g_test_add_func ("/safetensors/values-that-are-no-numbers", test_values_that_are_no_numbers);
  g_test_add_func ("/safetensors/misaligned-values", test_misaligned_values);
  return g_test_run ();
}
