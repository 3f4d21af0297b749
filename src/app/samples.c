/* Samples are called by their family: samples/reed.opus. */
#include "samples.h"

#include "instru-config.h"

static GFile *
find_in (const char *folder, InstruFamily family)
{
  const char *const extensions[] = { "opus", "flac", "ogg" };

  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autofree char *name =
          g_strdup_printf ("%s.%s", instru_family_get_id (family), extensions[i]);
      g_autofree char *path = g_build_filename (folder, "samples", name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_file_new_for_path (path);
    }
  return NULL;
}

GFile *
instru_samples_find (InstruFamily family)
{
  const char *folder = g_getenv ("INSTRU_DATA_DIR");

  return find_in (folder != NULL ? folder : INSTRU_PKGDATA_DIR, family);
}
