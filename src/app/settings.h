/* The stored settings. Where the schema is not installed (a program copied out of its place) there
 * are none, and everything works with its defaults. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INSTRU_SETTINGS_WINDOW_WIDTH     "window-width"
#define INSTRU_SETTINGS_WINDOW_HEIGHT    "window-height"
#define INSTRU_SETTINGS_WINDOW_MAXIMIZED "window-maximized"
#define INSTRU_SETTINGS_VOLUME           "volume"
#define INSTRU_SETTINGS_REPORT_FOLDER    "report-folder"

/* Returns: (transfer full) (nullable) */
GSettings *instru_settings_new (void);

/* Where reports go; NULL until one was chosen. Returns: (transfer full) (nullable) */
GFile *instru_settings_get_report_folder (GSettings *self);
void instru_settings_set_report_folder (GSettings *self, GFile *folder);

G_END_DECLS
