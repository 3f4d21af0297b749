/* g_settings_new () ends the program where the schema is missing; so it is looked up first. */
#include "settings.h"

#define SCHEMA_ID "io.github.instrunet.InstruNet"

GSettings *
instru_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  if (schema == NULL)
    {
      g_warning ("The settings schema " SCHEMA_ID " is not installed: nothing is remembered.");
      return NULL;
    }
  return g_settings_new_full (schema, NULL, NULL);
}

GFile *
instru_settings_get_report_folder (GSettings *self)
{
  g_autofree char *uri = NULL;

  if (self == NULL)
    return NULL;
  uri = g_settings_get_string (self, INSTRU_SETTINGS_REPORT_FOLDER);
  return *uri != '\0' ? g_file_new_for_uri (uri) : NULL;
}

void
instru_settings_set_report_folder (GSettings *self, GFile *folder)
{
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : g_strdup ("");

  if (self != NULL)
    g_settings_set_string (self, INSTRU_SETTINGS_REPORT_FOLDER, uri);
}
