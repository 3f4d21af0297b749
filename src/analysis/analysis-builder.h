/* Builds an analysis from PCM as it comes: what instru_analyze () does between the decoder and the
 * result, without a file. One thread at a time. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

typedef struct _InstruAnalysisBuilder InstruAnalysisBuilder;

/* @file names the result and is not opened. @model: nullable. */
InstruAnalysisBuilder *
instru_analysis_builder_new (GFile *file, const InstruAudioFormat *format, InstruModel *model);
void instru_analysis_builder_free (InstruAnalysisBuilder *self);

/* @interleaved: @n_frames × n_channels at the native rate. */
void instru_analysis_builder_push (InstruAnalysisBuilder *self,
                                   const float *interleaved,
                                   gsize n_frames);

/* Native frames so far. */
guint64 instru_analysis_builder_get_n_pushed (const InstruAnalysisBuilder *self);

/* What is known so far, cheap. Returns: (transfer full) */
InstruAnalysis *instru_analysis_builder_snapshot (InstruAnalysisBuilder *self);

/* The whole, once, after the last push. @tags and @decoder_warning: nullable, copied.
 * Errors: INSTRU_RECORDING_ERROR_EMPTY, _TOO_SHORT.
 * Returns: (transfer full) (nullable) */
InstruAnalysis *instru_analysis_builder_finish (InstruAnalysisBuilder *self,
                                                const InstruAudioTags *tags,
                                                const char *decoder_warning,
                                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruAnalysisBuilder, instru_analysis_builder_free)

G_END_DECLS
