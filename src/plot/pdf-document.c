/* A PDF by libharu. Its errors arrive by a callback in the middle of drawing; the first one is kept
 * and told when the document is saved, and everything between does nothing. */
#include "pdf-document.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "instru-config.h"

G_DEFINE_QUARK (instru - pdf - error - quark, instru_pdf_error)

static const char *const face_files[INSTRU_PDF_N_FACES] = { "InstruNetPaper-Regular.ttf",
                                                            "InstruNetPaper-Bold.ttf" };

static void
on_error (HPDF_STATUS error_number, HPDF_STATUS detail, void *user_data)
{
  InstruPdf *self = user_data;

  if (self->first_error == HPDF_OK)
    {
      self->first_error = error_number;
      g_debug ("libharu: error 0x%04lX, detail %ld", error_number, (long) detail);
    }
}

static gboolean
check (const InstruPdf *self, GError **error)
{
  if (self->first_error == HPDF_OK)
    return TRUE;

  g_set_error (error, INSTRU_PDF_ERROR, (int) self->first_error,
               self->first_error == HPDF_FAILD_TO_ALLOC_MEM
                   ? _ ("There is not enough memory for the report (0x%04lX).")
                   : _ ("The report could not be drawn: libharu reports error 0x%04lX."),
               self->first_error);
  return FALSE;
}

/* Where the program's data are: INSTRU_DATA_DIR, else the installed folder. */
static char *
get_font_path (const char *file)
{
  const char *folder = g_getenv ("INSTRU_DATA_DIR");

  return g_build_filename (folder != NULL ? folder : INSTRU_PKGDATA_DIR, "fonts", file, NULL);
}

static hb_set_t *
collect_characters (const char *path)
{
  hb_set_t *characters = hb_set_create ();
  hb_blob_t *blob = hb_blob_create_from_file (path);
  hb_face_t *face = hb_face_create (blob, 0);

  hb_face_collect_unicodes (face, characters);
  hb_face_destroy (face);
  hb_blob_destroy (blob);
  return characters;
}

static gboolean
load_face (InstruPdf *self, InstruPdfFace face, GError **error)
{
  g_autofree char *path = get_font_path (face_files[face]);
  hb_set_t *characters;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, INSTRU_PDF_ERROR, HPDF_FILE_OPEN_ERROR,
                   _ ("The report's font “%s” is missing. Install InstruNet again."), path);
      return FALSE;
    }
  name = HPDF_LoadTTFontFromFile (self->document, path, HPDF_TRUE);
  if (name != NULL)
    self->faces[face] = HPDF_GetFont (self->document, name, "UTF-8");
  if (!check (self, error))
    return FALSE;

  characters = collect_characters (path);
  if (self->covered == NULL)
    self->covered = hb_set_reference (characters);
  else
    hb_set_intersect (self->covered, characters);
  hb_set_destroy (characters);
  return TRUE;
}

InstruPdf *
instru_pdf_new (GError **error)
{
  g_autoptr (InstruPdf) self = g_new0 (InstruPdf, 1);

  self->transparency = g_hash_table_new (NULL, NULL);
  self->document = HPDF_New (on_error, self);
  if (self->document == NULL)
    {
      self->first_error = HPDF_FAILD_TO_ALLOC_MEM;
      check (self, error);
      return NULL;
    }
  HPDF_SetCompressionMode (self->document, HPDF_COMP_ALL);
  HPDF_UseUTFEncodings (self->document);
  for (int face = 0; face < INSTRU_PDF_N_FACES; face++)
    if (!load_face (self, (InstruPdfFace) face, error))
      return NULL;
  return g_steal_pointer (&self);
}

void
instru_pdf_free (InstruPdf *self)
{
  if (self == NULL)
    return;
  if (self->document != NULL)
    HPDF_Free (self->document);
  g_clear_pointer (&self->covered, hb_set_destroy);
  g_hash_table_unref (self->transparency);
  g_free (self);
}

HPDF_Doc
instru_pdf_get_document (InstruPdf *self)
{
  return self->document;
}

gboolean
instru_pdf_covers (const InstruPdf *self, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!hb_set_has (self->covered, g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

HPDF_ExtGState
instru_pdf_get_transparency (InstruPdf *self, double alpha)
{
  guint step = (guint) lrint (255.0 * CLAMP (alpha, 0.0, 1.0));
  gpointer key = GUINT_TO_POINTER (step);
  HPDF_ExtGState state = g_hash_table_lookup (self->transparency, key);

  if (state == NULL)
    {
      state = HPDF_CreateExtGState (self->document);
      HPDF_ExtGState_SetAlphaFill (state, (HPDF_REAL) step / 255.0f);
      HPDF_ExtGState_SetAlphaStroke (state, (HPDF_REAL) step / 255.0f);
      g_hash_table_insert (self->transparency, key, state);
    }
  return state;
}

/* — saving — */

static GBytes *
get_bytes (InstruPdf *self, GError **error)
{
  HPDF_UINT32 size, n_read;
  guint8 *bytes;

  if (!check (self, error))
    return NULL;
  HPDF_SaveToStream (self->document);
  if (!check (self, error))
    return NULL;

  size = n_read = HPDF_GetStreamSize (self->document);
  bytes = g_malloc (size);
  HPDF_ResetStream (self->document);
  HPDF_ReadFromStream (self->document, bytes, &n_read);
  return g_bytes_new_take (bytes, MIN (n_read, size));
}

/* A hidden name beside @file that no other program uses. */
static GFile *
make_temporary_file (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".instrunet-%s.part", unique);

  return folder != NULL ? g_file_get_child (folder, name) : NULL;
}

static gboolean
write_and_rename (GFile *file, GBytes *bytes, GError **error)
{
  g_autoptr (GFile) temporary = make_temporary_file (file);
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  if (temporary == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, _ ("It is a folder."));
      return FALSE;
    }
  if (g_file_replace_contents (temporary, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                               error) &&
      g_file_move (temporary, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
    return TRUE;

  g_file_delete (temporary, NULL, NULL);
  return FALSE;
}

gboolean
instru_pdf_save (InstruPdf *self, GFile *file, GError **error)
{
  g_autoptr (GBytes) bytes = get_bytes (self, error);
  g_autofree char *name = g_file_get_parse_name (file);

  if (bytes == NULL)
    return FALSE;
  if (write_and_rename (file, bytes, error))
    return TRUE;

  g_prefix_error (error, _ ("“%s” could not be written: "), name);
  return FALSE;
}
