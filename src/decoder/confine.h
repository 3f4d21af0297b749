/* Takes from this process everything that decoding does not need. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Limits memory and forbids writing files, core dumps, new programs, the network and files outside
 * the system's folders and @folders. What the kernel does not offer is left out: the confinement is
 * a second wall, the process of its own is the first. */
void instru_confine (const char *const *folders);

G_END_DECLS
