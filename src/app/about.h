/* The About window, and what a bug report should say of this installation. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @model: what the loaded network calls itself, or why there is none. */
void instru_about_present (GtkWindow *parent, const char *model);

/* Several lines: versions of the program and of what it stands on. Returns: (transfer full) */
char *instru_about_make_details (const char *model);

G_END_DECLS
