/* Versions are asked of the libraries that run, not of those that were compiled against. */
#include "about.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <sys/utsname.h>

#include "compat.h"
#include "instru-config.h"

static const char *
get_display_name (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  return display != NULL ? G_OBJECT_TYPE_NAME (display) : "none";
}

static void
append_system (GString *text)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  struct utsname names;

  g_string_append_printf (text, "System: %s", os != NULL ? os : "unknown");
  if (uname (&names) == 0)
    g_string_append_printf (text, ", %s %s", names.sysname, names.machine);
  g_string_append_printf (text, "\nSandbox: %s\n",
                          g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "Flatpak" : "none");
}

char *
instru_about_make_details (const char *model)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "InstruNet: %s (%s)\n", INSTRU_VERSION, INSTRU_APP_ID);
  g_string_append_printf (text, "Model: %s\n", model != NULL ? model : "not loaded yet");
  g_string_append_printf (text, "GTK: %u.%u.%u on %s\n", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version (), get_display_name ());
  g_string_append_printf (text, "libadwaita: %u.%u.%u\n", adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (text, "GLib: %u.%u.%u\n", glib_major_version, glib_minor_version,
                          glib_micro_version);
  append_system (text);
  return g_string_free (text, FALSE);
}

void
instru_about_present (GtkWindow *parent, const char *model)
{
  g_autofree char *details = instru_about_make_details (model);
  const InstruAbout about = {
    .name = "InstruNet",
    .version = INSTRU_VERSION,
    .icon_name = INSTRU_APP_ID,
    .comments = _ ("Shows what a recording sounds like and says which family of instruments is "
                   "playing. It works offline and says so when it is not sure."),
    .details = details,
  };

  instru_compat_present_about (parent, &about);
}
