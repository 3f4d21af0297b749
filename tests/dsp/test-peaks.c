#include "peaks.h"

#include <math.h>

#define N_SAMPLES 300000

static float
get_sample (gsize i)
{
  return (float) (sin (0.001 * (double) i) * sin (0.37 * (double) i));
}

static void
push_all (InstruPeaks *peaks, gsize n_samples, gsize block)
{
  g_autofree float *samples = g_new (float, block);

  for (gsize start = 0; start < n_samples; start += block)
    {
      gsize n = MIN (block, n_samples - start);

      for (gsize i = 0; i < n; i++)
        samples[i] = get_sample (start + i);
      instru_peaks_push (peaks, samples, n);
    }
}

/* Against a look at every sample; columns are whole blocks here. */
static void
test_every_zoom (void)
{
  static const gsize blocks_per_column[] = { 1, 2, 3, 4, 7, 16, 64, 300 };
  g_autoptr (InstruPeaks) peaks = instru_peaks_new ();

  push_all (peaks, N_SAMPLES, 1000);
  instru_peaks_finish (peaks);
  for (gsize z = 0; z < G_N_ELEMENTS (blocks_per_column); z++)
    {
      gsize width = blocks_per_column[z] * INSTRU_PEAK_BLOCK;
      gsize n_columns = N_SAMPLES / width;
      g_autofree InstruPeak *columns = g_new (InstruPeak, n_columns);

      instru_peaks_get_columns (peaks, 0.0, (double) (n_columns * width), n_columns, columns);
      for (gsize c = 0; c < n_columns; c++)
        {
          float minimum = INFINITY, maximum = -INFINITY;
          double squares = 0.0;

          for (gsize i = c * width; i < (c + 1) * width; i++)
            {
              minimum = fminf (minimum, get_sample (i));
              maximum = fmaxf (maximum, get_sample (i));
              squares += (double) get_sample (i) * get_sample (i);
            }
          g_assert_cmpfloat (columns[c].minimum, ==, minimum);
          g_assert_cmpfloat (columns[c].maximum, ==, maximum);
          g_assert_cmpfloat_with_epsilon (columns[c].mean_square, squares / (double) width, 1e-5);
        }
    }
}

static void
test_outside_is_empty (void)
{
  g_autoptr (InstruPeaks) peaks = instru_peaks_new ();
  InstruPeak columns[4];

  instru_peaks_get_columns (peaks, 0.0, 1000.0, 4, columns);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpfloat (columns[i].maximum - columns[i].minimum, ==, 0.0);

  push_all (peaks, 2000, 2000);
  instru_peaks_finish (peaks);
  g_assert_cmpuint (instru_peaks_get_n_samples (peaks), ==, 2000);
  instru_peaks_get_columns (peaks, -4096.0, 4096.0, 4, columns);
  g_assert_cmpfloat (columns[0].maximum, ==, 0.0);
  g_assert_cmpfloat (columns[1].maximum, ==, 0.0);
  g_assert_cmpfloat (columns[2].maximum, >, 0.0);
  g_assert_cmpfloat (columns[3].maximum, ==, 0.0);
}

static gpointer
look_often (gpointer data)
{
  const InstruPeaks *snapshot = data;
  InstruPeak columns[64];
  double sum = 0.0;

  for (int i = 0; i < 200; i++)
    {
      instru_peaks_get_columns (snapshot, 0.0, (double) instru_peaks_get_n_samples (snapshot), 64,
                                columns);
      sum += columns[i % 64].maximum;
    }
  return GINT_TO_POINTER (sum > 0.0);
}

/* A snapshot may be looked at while its original grows on another thread. */
static void
test_snapshot_while_growing (void)
{
  g_autoptr (InstruPeaks) peaks = instru_peaks_new ();
  g_autoptr (InstruPeaks) snapshot = NULL;
  GThread *reader;

  push_all (peaks, 100000, 999);
  snapshot = instru_peaks_snapshot (peaks);
  reader = g_thread_new ("reader", look_often, snapshot);
  push_all (peaks, 1000000, 4096);
  g_assert_true (GPOINTER_TO_INT (g_thread_join (reader)));
  g_assert_cmpuint (instru_peaks_get_n_samples (snapshot), ==, 100000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/peaks/every-zoom", test_every_zoom);
  g_test_add_func ("/peaks/outside-is-empty", test_outside_is_empty);
  g_test_add_func ("/peaks/snapshot-while-growing", test_snapshot_while_growing);
  return g_test_run ();
}
