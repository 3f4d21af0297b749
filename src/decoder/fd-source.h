/* A GStreamer source that reads an open descriptor at any offset, without moving its position.
 * Unlike fdsrc it works in pull mode, so demuxers can look at the end of a file first; unlike
 * filesrc it opens nothing. */
#pragma once

#include <gst/base/gstbasesrc.h>

G_BEGIN_DECLS

#define INSTRU_TYPE_FD_SOURCE (instru_fd_source_get_type ())
G_DECLARE_FINAL_TYPE (InstruFdSource, instru_fd_source, INSTRU, FD_SOURCE, GstBaseSrc)

/* @fd, of a regular file, stays the caller's and must outlive the source.
 * Returns: (transfer floating) */
GstElement *instru_fd_source_new (int fd);

G_END_DECLS
