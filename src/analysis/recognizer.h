/* Frames in, windows and a verdict out. A window is 128 frames; one begins every 64 frames and the
 * last is aligned to the end; a recording shorter than a window is padded with silence at its end.
 * Windows whose loudest frame is under −60 dBFS are silence and do not vote. */
#pragma once

#include "verdict.h"

G_BEGIN_DECLS

#define INSTRU_WINDOW_FRAMES   128
#define INSTRU_WINDOW_STRIDE   64
#define INSTRU_WINDOW_FLOOR_DB (-80.0f)
#define INSTRU_SILENCE_DBFS    (-60.0)

typedef struct _InstruRecognizer InstruRecognizer;

/* Takes a reference to @model. */
InstruRecognizer *instru_recognizer_new (InstruModel *model);
void instru_recognizer_free (InstruRecognizer *self);

/* @mel_db: INSTRU_N_MELS absolute levels in dB, lowest band first; @rms: of the same frame, linear.
 */
void instru_recognizer_push (InstruRecognizer *self, const float *mel_db, float rms);

/* Evaluates the last window, which is aligned to the end. Once, after the last push. */
void instru_recognizer_finish (InstruRecognizer *self);

/* The windows so far. Returns: (transfer none) */
const InstruTimelineWindow *instru_recognizer_get_windows (const InstruRecognizer *self, gsize *n);

/* The mean vote of the windows so far; FALSE where none voted. */
gboolean instru_recognizer_get_vote (const InstruRecognizer *self, InstruVote *vote);

/* The answer for that vote. */
void instru_recognizer_get_verdict (const InstruRecognizer *self, InstruVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruRecognizer, instru_recognizer_free)

G_END_DECLS
