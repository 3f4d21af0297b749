/* Pictures on an image surface, read back: marks are where the numbers say, nothing is drawn
 * outside, odd sizes and odd recordings do no harm. */
#include "plots.h"

#include <math.h>

#include "analysis-builder.h"
#include "canvas-cairo.h"
#include "mel.h"
#include "wav.h"

#define WIDTH  500
#define HEIGHT 160

static const InstruRect area = { 60, 20, 380, 100 };

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  InstruCanvas *canvas;
  InstruTheme theme;
} Paper;

static void
paper_init (Paper *self)
{
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  self->cr = cairo_create (self->surface);
  self->canvas = instru_canvas_new_for_cairo (self->cr, "DejaVu Sans");
  self->theme = instru_theme_light ();
}

static void
paper_clear (Paper *self)
{
  instru_canvas_free (self->canvas);
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paper, paper_clear)

static guint32
get_pixel (Paper *self, int x, int y)
{
  const unsigned char *data;

  cairo_surface_flush (self->surface);
  data = cairo_image_surface_get_data (self->surface);
  return ((const guint32 *) (gconstpointer) (data + y * cairo_image_surface_get_stride (
                                                            self->surface)))[x];
}

static gsize
count_ink (Paper *self, int x0, int y0, int x1, int y1)
{
  gsize n = 0;

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      n += get_pixel (self, x, y) >> 24 != 0 ? 1 : 0;
  return n;
}

/* Two seconds: the first silent, the second a sine of half the full scale. */
static InstruAnalysis *
make_analysis (double frequency_hz, gsize n_samples, gboolean finish)
{
  InstruAudioFormat format = { INSTRU_SAMPLE_RATE_HZ, 1,
                               (double) n_samples / INSTRU_SAMPLE_RATE_HZ };
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/tone.wav");
  g_autoptr (InstruAnalysisBuilder) builder = instru_analysis_builder_new (file, &format, NULL);
  g_autofree float *samples =
      instru_test_make_sine (INSTRU_SAMPLE_RATE_HZ, frequency_hz, 0.5, n_samples);

  for (gsize i = 0; i < n_samples / 2; i++)
    samples[i] = 0.0f;
  instru_analysis_builder_push (builder, samples, n_samples);
  return finish ? instru_analysis_builder_finish (builder, NULL, NULL, NULL)
                : instru_analysis_builder_snapshot (builder);
}

static void
test_waveform (void)
{
  g_auto (Paper) paper;
  g_autoptr (InstruAnalysis) analysis = make_analysis (440.0, 2 * INSTRU_SAMPLE_RATE_HZ, TRUE);
  InstruTimeView view = { 0.0, 2.0 };
  int middle = 20 + 50;

  paper_init (&paper);
  instru_plot_waveform (paper.canvas, analysis, &view, &paper.theme, area);

  /* Silent on the left, ±0.5 on the right: ink at a quarter of the height, none near the top. */
  g_assert_cmpuint (count_ink (&paper, 100, middle - 20, 200, middle - 3), ==, 0);
  g_assert_cmpuint (count_ink (&paper, 300, middle - 20, 400, middle - 3), >, 1500);
  g_assert_cmpuint (count_ink (&paper, 300, middle - 40, 400, middle - 32), ==, 0);
  g_assert_cmpuint (count_ink (&paper, 442, 0, WIDTH, HEIGHT), ==, 0);
}

/* While a recording is read the rest of the axis stays empty. */
static void
test_grows_from_the_left (void)
{
  g_auto (Paper) paper;
  g_autoptr (InstruAnalysis) analysis = make_analysis (440.0, INSTRU_SAMPLE_RATE_HZ, FALSE);
  InstruTimeView view = { 0.0, 2.0 };
  InstruRect picture = { 60, 20, 380, 100 };

  paper_init (&paper);
  instru_plot_mel_spectrogram (paper.canvas, analysis, &view, &paper.theme, picture);
  g_assert_cmpuint (count_ink (&paper, 60, 20, 240, 120), >, 100 * 170);
  g_assert_cmpuint (count_ink (&paper, 260, 20, 438, 120), ==, 0);
}

/* The brightest row of the picture is that of the sine. */
static void
test_spectrogram_row (void)
{
  static const double tones_hz[] = { 300.0, 1000.0, 3000.0, 7000.0 };

  for (gsize i = 0; i < G_N_ELEMENTS (tones_hz); i++)
    {
      g_autoptr (InstruAnalysis) analysis =
          make_analysis (tones_hz[i], 2 * INSTRU_SAMPLE_RATE_HZ, TRUE);
      InstruTimeView view = { 0.0, 2.0 };
      guint32 pixels[8 * 256];
      gsize brightest = 0;
      double y;

      instru_mel_picture_render (analysis, &view, INSTRU_COLOR_MAP_GREY, 8, 256, 0, 8, pixels);
      for (gsize row = 0; row < 256; row++)
        if (pixels[row * 8 + 6] > pixels[brightest * 8 + 6])
          brightest = row;
      y = instru_plot_mel_hz_to_y ((InstruRect){ 0, 0, 8, 256 }, tones_hz[i]);
      /* A band is two rows high. */
      g_assert_cmpfloat_with_epsilon ((double) brightest + 0.5, y, 3.0);
      g_assert_cmphex (pixels[brightest * 8 + 6] & 0xff, >, 0xf0);
      g_assert_cmphex (pixels[brightest * 8 + 1] & 0xff, ==, 0x00);
    }
}

/* Tiles are parts of the whole. */
static void
test_tiles (void)
{
  g_autoptr (InstruAnalysis) analysis = make_analysis (500.0, 2 * INSTRU_SAMPLE_RATE_HZ, TRUE);
  InstruTimeView view = { 0.1, 1.9 };
  guint32 whole[60 * 20], tile[17 * 20];

  instru_mel_picture_render (analysis, &view, INSTRU_COLOR_MAP_MAGMA, 60, 20, 0, 60, whole);
  instru_mel_picture_render (analysis, &view, INSTRU_COLOR_MAP_MAGMA, 60, 20, 31, 17, tile);
  for (gsize row = 0; row < 20; row++)
    for (gsize x = 0; x < 17; x++)
      g_assert_cmphex (tile[row * 17 + x], ==, whole[row * 60 + 31 + x]);
}

static void
test_mel_axis_round_trip (void)
{
  for (double hz = 20.0; hz < INSTRU_MAX_HZ; hz *= 1.3)
    g_assert_cmpfloat_with_epsilon (
        instru_plot_mel_y_to_hz (area, instru_plot_mel_hz_to_y (area, hz)), hz, hz * 1e-9);
  g_assert_cmpfloat (instru_plot_mel_hz_to_y (area, 0.0), ==, area.y + area.height);
}

static void
test_playhead (void)
{
  g_auto (Paper) paper;
  InstruTimeView view = { 0.0, 10.0 };

  paper_init (&paper);
  instru_plot_playhead (paper.canvas, 5.0, &view, &paper.theme, area);
  g_assert_cmpuint (count_ink (&paper, 250, 20, 251, 120), ==, 100);
  g_assert_cmpuint (count_ink (&paper, 0, 0, 250, HEIGHT), ==, 0);

  instru_plot_playhead (paper.canvas, 11.0, &view, &paper.theme, area);
  instru_plot_playhead (paper.canvas, NAN, &view, &paper.theme, area);
  g_assert_cmpuint (count_ink (&paper, 252, 0, WIDTH, HEIGHT), ==, 0);
}

/* A sure answer is a needle towards its family, an unsure one a flower around the centre. */
static void
test_radar (void)
{
  g_auto (Paper) sure;
  g_auto (Paper) unsure;
  g_auto (Paper) empty;
  InstruVerdict needle = { .has_scores = TRUE,
                           .sure = TRUE,
                           .family = INSTRU_FAMILY_GUITAR,
                           .confidence = 0.9,
                           .scores = { 0.1, 0, 0.9 } };
  InstruVerdict flower = { .has_scores = TRUE,
                           .family = INSTRU_FAMILY_FLUTE,
                           .confidence = 0.3,
                           .scores = { 0.2, 0.3, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05 } };
  InstruVerdict nothing = { .reason = INSTRU_REASON_SILENCE };
  InstruRect square = { 0, 0, WIDTH, HEIGHT };
  InstruColor guitar;
  guint32 pixel;

  paper_init (&sure);
  paper_init (&unsure);
  paper_init (&empty);
  instru_plot_radar (sure.canvas, &needle, NULL, &sure.theme, square);
  instru_plot_radar (unsure.canvas, &flower, NULL, &unsure.theme, square);
  instru_plot_radar (empty.canvas, &nothing, NULL, &empty.theme, square);

  /* Guitar is the third of eight: it points to the right. */
  guitar = instru_theme_get_family_color (&sure.theme, INSTRU_FAMILY_GUITAR);
  pixel = get_pixel (&sure, WIDTH / 2 + 20, HEIGHT / 2);
  g_assert_cmpint (abs ((int) ((pixel >> 16) & 0xff) - (int) (255 * guitar.red)), <, 24);
  g_assert_cmpuint (count_ink (&unsure, 0, 0, WIDTH, HEIGHT), >,
                    count_ink (&empty, 0, 0, WIDTH, HEIGHT));
}

/* The ink that a selection adds to @draw's picture of a verdict. */
static gsize
count_selection_ink (void (*draw) (InstruCanvas *,
                                   const InstruVerdict *,
                                   const InstruVerdict *,
                                   const InstruTheme *,
                                   InstruRect),
                     const InstruVerdict *selection)
{
  InstruVerdict whole = { .has_scores = TRUE,
                          .sure = TRUE,
                          .family = INSTRU_FAMILY_GUITAR,
                          .confidence = 1.0,
                          .scores = { 0, 0, 1.0 } };
  InstruRect square = { 0, 0, WIDTH, HEIGHT };
  g_auto (Paper) without;
  g_auto (Paper) with;

  paper_init (&without);
  paper_init (&with);
  draw (without.canvas, &whole, NULL, &without.theme, square);
  draw (with.canvas, &whole, selection, &with.theme, square);
  return count_ink (&with, 0, 0, WIDTH, HEIGHT) - count_ink (&without, 0, 0, WIDTH, HEIGHT);
}

/* What is selected is seen beside the whole, where it was heard at all. */
static void
test_selection (void)
{
  InstruVerdict other = { .has_scores = TRUE,
                          .family = INSTRU_FAMILY_VOCAL,
                          .confidence = 0.5,
                          .scores = { 0.1, 0, 0, 0.2, 0, 0.2, 0, 0.5 } };
  InstruVerdict silence = { .reason = INSTRU_REASON_SILENCE };

  g_assert_cmpuint (count_selection_ink (instru_plot_radar, &other), >, 20);
  g_assert_cmpuint (count_selection_ink (instru_plot_family_bars, &other), >, 20);
  g_assert_cmpuint (count_selection_ink (instru_plot_radar, &silence), ==, 0);
  g_assert_cmpuint (count_selection_ink (instru_plot_family_bars, &silence), ==, 0);
}

/* Nothing crashes, whatever is asked for. */
static void
test_odd_sizes (void)
{
  static const InstruRect odd[] = { { 0, 0, 0, 0 },   { 5, 5, 1, 1 },     { 0, 0, 0.5, 100 },
                                    { 0, 0, 100, 0 }, { 0, 0, -10, -10 }, { 0, 0, 20000, 3 } };
  static const InstruTimeView views[] = { { 0, 0 },     { 5, 1 },   { -10, -5 },
                                          { 100, 200 }, { 0, 1e9 }, { 1.0, 1.0 + 1e-9 } };
  InstruAnalysis *analyses[3] = { make_analysis (440.0, 2 * INSTRU_SAMPLE_RATE_HZ, TRUE),
                                  make_analysis (440.0, 0, FALSE),
                                  make_analysis (0.0, 4096, TRUE) };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (views); k++)
      for (gsize a = 0; a < G_N_ELEMENTS (analyses); a++)
        {
          g_auto (Paper) paper;

          paper_init (&paper);
          instru_plot_waveform (paper.canvas, analyses[a], &views[k], &paper.theme, odd[i]);
          instru_plot_mel_spectrogram (paper.canvas, analyses[a], &views[k], &paper.theme, odd[i]);
          instru_plot_descriptor (paper.canvas, analyses[a], INSTRU_DESCRIPTOR_RMS, &views[k],
                                  &paper.theme, odd[i]);
          instru_plot_descriptor (paper.canvas, analyses[a], INSTRU_DESCRIPTOR_ZCR, &views[k],
                                  &paper.theme, odd[i]);
          instru_plot_time_axis (paper.canvas, &views[k], &paper.theme, odd[i]);
          instru_plot_timeline (paper.canvas, analyses[a], &views[k], &paper.theme, odd[i]);
          instru_plot_family_bars (paper.canvas, instru_analysis_get_verdict (analyses[a]), NULL,
                                   &paper.theme, odd[i]);
          instru_plot_radar (paper.canvas, instru_analysis_get_verdict (analyses[a]), NULL,
                             &paper.theme, odd[i]);
          g_assert_cmpint (cairo_status (paper.cr), ==, CAIRO_STATUS_SUCCESS);
        }
  for (gsize a = 0; a < G_N_ELEMENTS (analyses); a++)
    instru_analysis_unref (analyses[a]);
}

static void
test_words (void)
{
  g_autoptr (InstruAnalysis) tone = make_analysis (1000.0, 2 * INSTRU_SAMPLE_RATE_HZ, TRUE);
  g_autoptr (InstruAnalysis) silence = make_analysis (0.0, 4096, TRUE);
  g_autofree char *waveform = instru_describe_waveform (tone);
  g_autofree char *quiet = instru_describe_waveform (silence);
  g_autofree char *loudness = instru_describe_descriptor (silence, INSTRU_DESCRIPTOR_RMS);
  g_autofree char *hz = instru_format_descriptor (INSTRU_DESCRIPTOR_CENTROID_HZ, 1333.4);
  g_autofree char *dbfs = instru_format_descriptor (INSTRU_DESCRIPTOR_RMS, -12.34);
  g_autofree char *none = instru_format_descriptor (INSTRU_DESCRIPTOR_RMS, NAN);

  g_assert_nonnull (g_strstr_len (waveform, -1, "−6.0\u202fdBFS"));
  g_assert_nonnull (g_strstr_len (quiet, -1, "silence"));
  g_assert_nonnull (g_strstr_len (loudness, -1, "silent"));
  g_assert_cmpstr (hz, ==, "1\u202f333\u202fHz");
  g_assert_cmpstr (dbfs, ==, "−12.3\u202fdBFS");
  g_assert_cmpstr (none, ==, "–");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pictures/waveform", test_waveform);
  g_test_add_func ("/pictures/grows-from-the-left", test_grows_from_the_left);
  g_test_add_func ("/pictures/spectrogram-row", test_spectrogram_row);
  g_test_add_func ("/pictures/tiles", test_tiles);
  g_test_add_func ("/pictures/mel-axis-round-trip", test_mel_axis_round_trip);
  g_test_add_func ("/pictures/playhead", test_playhead);
  g_test_add_func ("/pictures/radar", test_radar);
  g_test_add_func ("/pictures/selection", test_selection);
  g_test_add_func ("/pictures/odd-sizes", test_odd_sizes);
  g_test_add_func ("/pictures/words", test_words);
  return g_test_run ();
}
