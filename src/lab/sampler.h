/* Draws training windows: which family, which recording group, which note, and what happens to it.
 */
#pragma once

#include "feature-cache.h"
#include "recipe.h"
#include "recognizer.h"

G_BEGIN_DECLS

#define INSTRU_WINDOW_VALUES (INSTRU_N_MELS * INSTRU_WINDOW_FRAMES)

typedef struct _InstruSampler InstruSampler;

/* Only notes that @recipe allows: neither of its test groups nor of its validation groups, and of
 * sounds that are no instrument only the kinds kept for training. @cache must outlive it.
 * Errors: INSTRU_LAB_ERROR_DATA where a family has no note left. */
InstruSampler *
instru_sampler_new (const InstruFeatureCache *cache, const InstruRecipe *recipe, GError **error);
void instru_sampler_free (InstruSampler *self);

/* Recording groups that it draws from, sorted. Returns: (transfer container) */
GPtrArray *instru_sampler_get_groups (const InstruSampler *self);
gsize instru_sampler_get_n_notes (const InstruSampler *self);

/* The batch of step @step: always the same for a recipe. @inputs: batch × INSTRU_WINDOW_VALUES, as
 * a network wants them; @targets: batch × INSTRU_N_LABELS. */
void
instru_sampler_draw_batch (const InstruSampler *self, guint64 step, float *inputs, float *targets);

/* Whether a kind of sound that is no instrument is kept for testing: every second one by its name.
 */
gboolean instru_sampler_is_test_kind (const char *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruSampler, instru_sampler_free)

G_END_DECLS
