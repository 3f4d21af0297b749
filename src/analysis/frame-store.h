/* The frames of a recording while it grows: mel levels in hundredths of a dB and the descriptors,
 * in reference-counted chunks. A snapshot shares the chunks, so that partial results are free: the
 * writer only touches frames that no snapshot counts. */
#pragma once

#include "front-end.h"

G_BEGIN_DECLS

typedef struct _InstruFrameStore InstruFrameStore;

InstruFrameStore *instru_frame_store_new (void);
void instru_frame_store_free (InstruFrameStore *self);

/* @mel_db: INSTRU_N_MELS absolute levels in dB. */
void
instru_frame_store_append (InstruFrameStore *self, const float *mel_db, const float *descriptors);

/* Returns: (transfer full): the frames so far, never to be appended to. */
InstruFrameStore *instru_frame_store_snapshot (const InstruFrameStore *self);

gsize instru_frame_store_get_n_frames (const InstruFrameStore *self);
const gint16 *instru_frame_store_get_mel (const InstruFrameStore *self, gsize frame);
gint16 instru_frame_store_get_mel_maximum (const InstruFrameStore *self);
float instru_frame_store_get_descriptor (const InstruFrameStore *self,
                                         InstruDescriptor descriptor,
                                         gsize frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruFrameStore, instru_frame_store_free)

G_END_DECLS
