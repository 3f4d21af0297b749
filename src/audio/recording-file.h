/* Turns any GFile into a descriptor of a regular file that the decoder process can be given. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The most bytes that are copied from a file without a descriptor of its own (a phone, a cloud). */
#define INSTRU_RECORDING_MAX_COPY_BYTES (G_GINT64_CONSTANT (4) << 30)

/* Opens @file for reading. A native file is opened as it is; what GVfs gives as a stream is first
 * copied to an unlinked temporary file. Addresses on the network are refused.
 * Returns: a descriptor that the caller closes, or −1 with @error (INSTRU_RECORDING_ERROR). */
int instru_recording_file_open (GFile *file, GCancellable *cancellable, GError **error);

G_END_DECLS
