#include "frame-store.h"

#include <math.h>

#define N_FRAMES 1500 /* several chunks and a part of one */

static void
append_frame (InstruFrameStore *store, gsize k)
{
  float mel_db[INSTRU_N_MELS];
  float descriptors[INSTRU_N_DESCRIPTORS];

  for (gsize band = 0; band < INSTRU_N_MELS; band++)
    mel_db[band] = -(float) ((k + band) % 90) - 0.25f;
  for (gsize i = 0; i < INSTRU_N_DESCRIPTORS; i++)
    descriptors[i] = (float) (10 * k + i);
  instru_frame_store_append (store, mel_db, descriptors);
}

static void
test_values_come_back (void)
{
  g_autoptr (InstruFrameStore) store = instru_frame_store_new ();

  for (gsize k = 0; k < N_FRAMES; k++)
    append_frame (store, k);

  g_assert_cmpuint (instru_frame_store_get_n_frames (store), ==, N_FRAMES);
  g_assert_cmpint (instru_frame_store_get_mel_maximum (store), ==, -25);
  for (gsize k = 0; k < N_FRAMES; k += 7)
    {
      g_assert_cmpint (instru_frame_store_get_mel (store, k)[3], ==,
                       -100 * (int) ((k + 3) % 90) - 25);
      g_assert_cmpfloat (instru_frame_store_get_descriptor (store, INSTRU_DESCRIPTOR_ZCR, k), ==,
                         (float) (10 * k + INSTRU_DESCRIPTOR_ZCR));
    }
}

static void
test_levels_are_clamped (void)
{
  static const float levels[] = { -200.0f, -INFINITY, 400.0f, INFINITY, -99.999f };
  static const int expected[] = { -10000, -10000, G_MAXINT16, G_MAXINT16, -10000 };
  g_autoptr (InstruFrameStore) store = instru_frame_store_new ();
  float mel_db[INSTRU_N_MELS] = { 0 };
  float descriptors[INSTRU_N_DESCRIPTORS] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    mel_db[i] = levels[i];
  instru_frame_store_append (store, mel_db, descriptors);
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    g_assert_cmpint (instru_frame_store_get_mel (store, 0)[i], ==, expected[i]);
}

static gpointer
read_snapshot (gpointer data)
{
  const InstruFrameStore *snapshot = data;
  gsize n_wrong = 0;

  for (gsize k = 0; k < instru_frame_store_get_n_frames (snapshot); k++)
    if (instru_frame_store_get_mel (snapshot, k)[0] != -100 * (gint) (k % 90) - 25)
      n_wrong++;
  return GSIZE_TO_POINTER (n_wrong);
}

/* A snapshot stays as it was, and may be read while its original grows in the same chunk. */
static void
test_snapshot_while_growing (void)
{
  g_autoptr (InstruFrameStore) store = instru_frame_store_new ();
  g_autoptr (InstruFrameStore) snapshot = NULL;
  GThread *reader;

  for (gsize k = 0; k < 700; k++)
    append_frame (store, k);
  snapshot = instru_frame_store_snapshot (store);
  reader = g_thread_new ("reader", read_snapshot, snapshot);
  for (gsize k = 700; k < N_FRAMES; k++)
    append_frame (store, k);

  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, 0);
  g_assert_cmpuint (instru_frame_store_get_n_frames (snapshot), ==, 700);
  g_clear_pointer (&store, instru_frame_store_free);
  g_assert_cmpint (instru_frame_store_get_mel (snapshot, 699)[0], ==, -100 * (699 % 90) - 25);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-store/values-come-back", test_values_come_back);
  g_test_add_func ("/frame-store/levels-are-clamped", test_levels_are_clamped);
  g_test_add_func ("/frame-store/snapshot-while-growing", test_snapshot_while_growing);
  return g_test_run ();
}
