/* A GStreamer source over pread (). */
#include "fd-source.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Demuxers ask for what they need; this is the block of the parsers that read on and on. */
#define BLOCK_BYTES 32768

struct _InstruFdSource
{
  GstBaseSrc parent_instance;

  int fd;
};

G_DEFINE_FINAL_TYPE (InstruFdSource, instru_fd_source, GST_TYPE_BASE_SRC)

static GstStaticPadTemplate source_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

static gboolean
instru_fd_source_get_size (GstBaseSrc *base, guint64 *size)
{
  struct stat status;

  if (fstat (INSTRU_FD_SOURCE (base)->fd, &status) != 0 || status.st_size < 0)
    return FALSE;
  *size = (guint64) status.st_size;
  return TRUE;
}

static gboolean
instru_fd_source_is_seekable (GstBaseSrc *base)
{
  return TRUE;
}

static gboolean
instru_fd_source_query (GstBaseSrc *base, GstQuery *query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_SCHEDULING)
    return GST_BASE_SRC_CLASS (instru_fd_source_parent_class)->query (base, query);

  gst_query_set_scheduling (query, GST_SCHEDULING_FLAG_SEEKABLE, 1, -1, 0);
  gst_query_add_scheduling_mode (query, GST_PAD_MODE_PUSH);
  gst_query_add_scheduling_mode (query, GST_PAD_MODE_PULL);
  return TRUE;
}

static GstFlowReturn
instru_fd_source_fill (GstBaseSrc *base, guint64 offset, guint length, GstBuffer *buffer)
{
  InstruFdSource *self = INSTRU_FD_SOURCE (base);
  gsize n_read = 0;
  gssize n = 0;
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    return GST_FLOW_ERROR;
  while (n_read < length)
    {
      n = pread (self->fd, map.data + n_read, length - n_read, (off_t) (offset + n_read));
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      n_read += (gsize) n;
    }
  gst_buffer_unmap (buffer, &map);

  if (n < 0)
    {
      GST_ELEMENT_ERROR (self, RESOURCE, READ, (NULL), ("%s", g_strerror (errno)));
      return GST_FLOW_ERROR;
    }
  if (n_read == 0 && length > 0)
    return GST_FLOW_EOS;
  gst_buffer_resize (buffer, 0, (gssize) n_read);
  GST_BUFFER_OFFSET (buffer) = offset;
  GST_BUFFER_OFFSET_END (buffer) = offset + n_read;
  return GST_FLOW_OK;
}

static void
instru_fd_source_class_init (InstruFdSourceClass *klass)
{
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  base_class->get_size = instru_fd_source_get_size;
  base_class->is_seekable = instru_fd_source_is_seekable;
  base_class->query = instru_fd_source_query;
  base_class->fill = instru_fd_source_fill;

  gst_element_class_add_static_pad_template (element_class, &source_template);
  gst_element_class_set_static_metadata (element_class, "Descriptor source", "Source/File",
                                         "Reads an open descriptor at any offset", "InstruNet");
}

static void
instru_fd_source_init (InstruFdSource *self)
{
  self->fd = -1;
  gst_base_src_set_blocksize (GST_BASE_SRC (self), BLOCK_BYTES);
}

GstElement *
instru_fd_source_new (int fd)
{
  InstruFdSource *self = g_object_new (INSTRU_TYPE_FD_SOURCE, NULL);

  self->fd = fd;
  return GST_ELEMENT (self);
}
