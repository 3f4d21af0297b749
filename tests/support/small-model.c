#include "small-model.h"

#include <math.h>

#include "analyzer.h"
#include "model.h"
#include "network.h"

void
instru_test_write_small_model (const char *path)
{
  static const char *const outputs[] = { "brass", "flute",  "guitar", "keyboard", "mallet",
                                         "reed",  "string", "vocal",  NULL };
  static const char *const trained_on[] = { "group one", "group two", NULL };
  const InstruModelInfo info = {
    .name = "small",
    .version = "7",
    .n_outputs = G_N_ELEMENTS (outputs) - 1,
    .outputs = outputs,
    .n_bands = INSTRU_N_MELS,
    .n_frames = 128,
    .temperature = 1.0,
    .sure_threshold = 0.6,
    .none_threshold = 1.0,
    .energy_threshold = -INFINITY,
    .trained_on = trained_on,
    .training_summary = "Trained for a test on nothing at all, with random weights.",
    .accuracy_summary = "Right in one of eight cases, as a die would be.",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (InstruNetwork) network =
      instru_network_new ("avgpool, dense 8", (InstruShape){ 1, INSTRU_N_MELS, 128 }, 1, &error);

  g_assert_no_error (error);
  instru_model_save (network, NULL, &info, INSTRU_FRONT_END_NAME, path, &error);
  g_assert_no_error (error);
}
