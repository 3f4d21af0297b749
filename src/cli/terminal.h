/* Text for the terminal: UTF-8 where it speaks that, else the nearest signs that it has. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): @text in the locale's encoding */
char *instru_terminal_encode (const char *text);

/* @text to stderr, as it is. */
void instru_terminal_complain (const char *text);

G_END_DECLS
