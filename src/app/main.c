/* instrunet: opens the window. */
#include <glib/gi18n-lib.h>
#include <locale.h>

#include "application.h"
#include "instru-config.h"

int
main (int argc, char **argv)
{
  g_autoptr (InstruApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (INSTRU_GETTEXT_DOMAIN, INSTRU_LOCALE_DIR);
  bind_textdomain_codeset (INSTRU_GETTEXT_DOMAIN, "UTF-8");
  textdomain (INSTRU_GETTEXT_DOMAIN);
  g_set_application_name ("InstruNet");

  application = instru_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
