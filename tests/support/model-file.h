/* A small model file for tests: untrained, but with everything that a model file needs. */
#pragma once

#include "model.h"

/* An info that instru_model_save () takes, for 128 × 128 windows and nine outputs. Texts are
 * static. */
InstruModelInfo instru_test_model_info (void);

/* Writes a model of @layers with numbers drawn by @seed. */
void instru_test_write_model (const char *path,
                              const char *layers,
                              const InstruModelInfo *info,
                              const char *front_end,
                              guint64 seed);
