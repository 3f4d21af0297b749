/* Which GStreamer plug-ins a decoder of recordings may use. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Takes plug-ins out of this process's registry that play notes, talk to hardware or to the
 * network, or open other files. Call it once after gst_init (). */
void instru_plugins_block (void);

/* Of two decoders of one rank, takes the one that does not load all of libavcodec: an MP3 then
 * opens a quarter of a second sooner, in half the memory. */
void instru_plugins_prefer_small (void);

/* Loads what every recording needs, so that the first one need not wait for it. */
void instru_plugins_preload (void);

typedef enum
{
  INSTRU_PLUGIN_USE,
  INSTRU_PLUGIN_STOP, /* the stream is not sound: leave it undecoded */
  INSTRU_PLUGIN_SKIP, /* try the next plug-in */
} InstruPluginUse;

/* What to do with @factory when decodebin proposes it. */
InstruPluginUse instru_plugins_judge (GstElementFactory *factory);

/* The folders that the remaining plug-ins lie in. Returns: (transfer full), ends with NULL */
char **instru_plugins_list_folders (void);

G_END_DECLS
