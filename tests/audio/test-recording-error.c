/* Every code has a name of its own and a sentence. */
#include "recording-error.h"

#include <string.h>

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint code = 0; code < INSTRU_N_RECORDING_ERRORS; code++)
    {
      const char *name = instru_recording_error_get_name (code);

      g_assert_nonnull (name);
      g_assert_cmpuint (strspn (name, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen (name));
      g_assert_true (g_hash_table_add (seen, (gpointer) name));
    }
  g_assert_cmpstr (instru_recording_error_get_name (INSTRU_RECORDING_ERROR_NO_AUDIO_STREAM), ==,
                   "no-audio-stream");
  g_assert_cmpstr (instru_recording_error_get_name (INSTRU_RECORDING_ERROR_CANCELLED), ==,
                   "cancelled");
}

static void
test_sentences (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint code = 0; code < INSTRU_N_RECORDING_ERRORS; code++)
    {
      const char *sentence = instru_recording_error_get_sentence (code);

      g_assert_nonnull (sentence);
      g_assert_true (g_ascii_isupper (*sentence));
      g_assert_true (g_str_has_suffix (sentence, "."));
      g_assert_true (g_hash_table_add (seen, (gpointer) sentence));
    }
}

static void
test_set (void)
{
  g_autoptr (GError) error = NULL;

  instru_recording_error_set (&error, INSTRU_RECORDING_ERROR_EMPTY);
  g_assert_error (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_EMPTY);
  g_assert_cmpstr (error->message, ==,
                   instru_recording_error_get_sentence (INSTRU_RECORDING_ERROR_EMPTY));
  instru_recording_error_set (NULL, INSTRU_RECORDING_ERROR_EMPTY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording-error/names", test_names);
  g_test_add_func ("/recording-error/sentences", test_sentences);
  g_test_add_func ("/recording-error/set", test_set);
  return g_test_run ();
}
