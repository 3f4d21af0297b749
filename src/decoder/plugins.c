/* Which GStreamer plug-ins a decoder of recordings may use. Recordings are decoded in software,
 * from the one descriptor; a synthesiser would invent the sound that we are asked to recognise. */
#include "plugins.h"

#include <string.h>

static const char *const blocked[] = {
  /* Synthesisers: their files hold notes, not recordings. */
  "fluidsynthmidi",
  "midi",
  "wildmidi",
  "modplug",
  "openmpt",
  "sid",
  "gme",
  /* Hardware, displays and cameras. */
  "bcmdec",
  "camerabin",
  "libcamera",
  "vaapi",
  "va",
  "video4linux2",
  "nvcodec",
  "msdk",
  "qsv",
  "v4l2codecs",
  "omx",
  "opengl",
  "vulkan",
  "kms",
  "decklink",
  /* The network, and formats that lead to it or to other files. */
  "soup",
  "curl",
  "rtsp",
  "rtp",
  "rtpmanager",
  "rtmp",
  "rtmp2",
  "sdpelem",
  "hls",
  "dash",
  "smoothstreaming",
  "adaptivedemux2",
  "webrtc",
  "srt",
  "srtp",
  "rist",
  "neon",
  "mms",
  "gio",
  "udp",
  "tcp",
  "dvdread",
  "resindvd",
  "cdparanoia",
  "cdio",
  "ges",
  "nle",
  "multifile",
  "splitfile",
};

void
instru_plugins_block (void)
{
  GstRegistry *registry = gst_registry_get ();

  for (gsize i = 0; i < G_N_ELEMENTS (blocked); i++)
    {
      g_autoptr (GstPlugin) plugin = gst_registry_find_plugin (registry, blocked[i]);

      if (plugin != NULL)
        gst_registry_remove_plugin (registry, plugin);
    }
}

void
instru_plugins_prefer_small (void)
{
  g_autoptr (GstPluginFeature) mp3 =
      gst_registry_lookup_feature (gst_registry_get (), "mpg123audiodec");

  if (mp3 != NULL)
    gst_plugin_feature_set_rank (mp3, GST_RANK_PRIMARY);
}

void
instru_plugins_preload (void)
{
  static const char *const elements[] = { "decodebin",    "typefind",      "multiqueue",
                                          "audioconvert", "audioresample", "capsfilter",
                                          "appsink" };

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      g_autoptr (GstElement) element = gst_element_factory_make (elements[i], NULL);

      if (element != NULL)
        gst_object_ref_sink (element);
    }
}

InstruPluginUse
instru_plugins_judge (GstElementFactory *factory)
{
  const char *klass = gst_element_factory_get_metadata (factory, GST_ELEMENT_METADATA_KLASS);

  if (klass == NULL || strstr (klass, "Hardware") || strstr (klass, "Adaptive") ||
      strstr (klass, "Network"))
    return INSTRU_PLUGIN_SKIP;
  if (strstr (klass, "Demux"))
    return INSTRU_PLUGIN_USE;
  if (strstr (klass, "Video") || strstr (klass, "Image") || strstr (klass, "Subtitle"))
    return strstr (klass, "Audio") ? INSTRU_PLUGIN_USE : INSTRU_PLUGIN_STOP;
  return INSTRU_PLUGIN_USE;
}

char **
instru_plugins_list_folders (void)
{
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GList *plugins = gst_registry_get_plugin_list (gst_registry_get ());
  char **list;

  for (GList *at = plugins; at != NULL; at = at->next)
    {
      const char *path = gst_plugin_get_filename (at->data);

      if (path != NULL)
        g_hash_table_add (folders, g_path_get_dirname (path));
    }
  gst_plugin_list_free (plugins);

  list = (char **) g_hash_table_get_keys_as_array (folders, NULL);
  g_hash_table_steal_all (folders);
  return list;
}
