/* A model file for tests: the smallest network that has our input and outputs, with random weights
 * and everything that a model says of itself. */
#pragma once

#include <glib.h>

void instru_test_write_small_model (const char *path);
