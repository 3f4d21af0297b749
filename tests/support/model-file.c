#include "model-file.h"

static const char *const outputs[] = { "brass", "flute",  "guitar", "keyboard", "mallet",
                                       "reed",  "string", "vocal",  "none",     NULL };
static const char *const trained_on[] = { "one-room", "another-room", NULL };

InstruModelInfo
instru_test_model_info (void)
{
  return (InstruModelInfo){ .name = "test",
                            .version = "7",
                            .n_outputs = 9,
                            .outputs = outputs,
                            .n_bands = 128,
                            .n_frames = 128,
                            .temperature = 1.25,
                            .sure_threshold = 0.5,
                            .none_threshold = 0.75,
                            .energy_threshold = -30.0,
                            .trained_on = trained_on,
                            .training_summary = "Trained on nothing.",
                            .accuracy_summary = "Never right but by chance." };
}

void
instru_test_write_model (const char *path,
                         const char *layers,
                         const InstruModelInfo *info,
                         const char *front_end,
                         guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InstruNetwork) network =
      instru_network_new (layers, (InstruShape){ 1, info->n_bands, info->n_frames }, seed, &error);

  g_assert_no_error (error);
  instru_model_save (network, NULL, info, front_end, path, &error);
  g_assert_no_error (error);
}
