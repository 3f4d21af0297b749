/* The mel-spectrogram: a picture of levels, its axis in Hz and its bar of dB. */
#include <math.h>

#include "mel.h"
#include "plot-parts.h"
#include "plots.h"

#define RANGE_DB               80.0
#define HUNDREDTHS_PER_DB      100.0
#define BAR_GAP                8.0
#define BAR_WIDTH              8.0
#define BAR_STEPS              64
#define BAR_LABEL_DB           20.0
#define MIN_LABEL_DISTANCE     1.25 /* of the font's size */
#define PAPER_PIXELS_PER_POINT 1.5
#define MAX_PICTURE_PX         2048

/* Heights are linear in mel: the lowest edge of the bank at the bottom, the highest at the top. */
double
instru_plot_mel_y_to_hz (InstruRect area, double y)
{
  double top = instru_hz_to_mel (INSTRU_MAX_HZ);
  double part = area.height > 0.0 ? (area.y + area.height - y) / area.height : 0.0;

  return instru_mel_to_hz (top * CLAMP (part, 0.0, 1.0));
}

double
instru_plot_mel_hz_to_y (InstruRect area, double hz)
{
  double part = instru_hz_to_mel (hz) / instru_hz_to_mel (INSTRU_MAX_HZ);

  return area.y + area.height * (1.0 - part);
}

/* — the picture — */

/* The bands around the height of a row, and how far it is from the first to the second. */
typedef struct
{
  gsize band;
  float part;
} RowPlace;

/* The centre of band b lies (b + 1) / (n + 1) of the way up. */
static RowPlace
get_row_place (gsize row, gsize n_rows)
{
  double up = 1.0 - ((double) row + 0.5) / (double) n_rows;
  double at = CLAMP (up * (INSTRU_N_MELS + 1) - 1.0, 0.0, INSTRU_N_MELS - 1.0);
  gsize band = MIN ((gsize) at, INSTRU_N_MELS - 2);

  return (RowPlace){ band, (float) (at - (double) band) };
}

/* Levels of one column: the loudest of its frames, or a mixture of the two around it. */
static gboolean
get_column (const InstruAnalysis *analysis, double first_frame, double end_frame, float *levels)
{
  gsize n_frames = instru_analysis_get_n_frames (analysis);
  double centre = 0.5 * (first_frame + end_frame);

  if (n_frames == 0 || end_frame < 0.0 || centre > (double) n_frames - 0.5)
    return FALSE;

  if (end_frame - first_frame <= 1.0)
    {
      double at = CLAMP (centre, 0.0, (double) (n_frames - 1));
      gsize frame = (gsize) at;
      float part = (float) (at - (double) frame);
      const gint16 *a = instru_analysis_get_mel_frame (analysis, frame);
      const gint16 *b = instru_analysis_get_mel_frame (analysis, MIN (frame + 1, n_frames - 1));

      for (gsize band = 0; band < INSTRU_N_MELS; band++)
        levels[band] = (1.0f - part) * a[band] + part * b[band];
      return TRUE;
    }

  for (gsize band = 0; band < INSTRU_N_MELS; band++)
    levels[band] = G_MININT16;
  for (gsize frame = (gsize) fmax (first_frame, 0.0);
       frame < MIN ((gsize) fmax (ceil (end_frame), 1.0), n_frames); frame++)
    {
      const gint16 *mel = instru_analysis_get_mel_frame (analysis, frame);

      for (gsize band = 0; band < INSTRU_N_MELS; band++)
        levels[band] = fmaxf (levels[band], mel[band]);
    }
  return TRUE;
}

static guint32
get_pixel (const guint32 *table, float level, float maximum)
{
  float below = (level - maximum) / (float) (RANGE_DB * HUNDREDTHS_PER_DB);
  int index = (int) (255.0f * (1.0f + below) + 0.5f);

  return table[CLAMP (index, 0, 255)];
}

void
instru_mel_picture_render (const InstruAnalysis *analysis,
                           const InstruTimeView *view,
                           InstruColorMap color_map,
                           gsize width_px,
                           gsize height_px,
                           gsize first_column,
                           gsize n_columns,
                           guint32 *pixels)
{
  const guint32 *table = instru_color_map_get_table (color_map);
  float maximum = instru_analysis_get_mel_maximum (analysis);
  double frames_per_px =
      (view->end_s - view->start_s) / INSTRU_FRAME_S / (double) MAX (width_px, 1);
  double start_frame = view->start_s / INSTRU_FRAME_S;
  g_autofree RowPlace *places = g_new (RowPlace, MAX (height_px, 1));
  float levels[INSTRU_N_MELS];

  for (gsize row = 0; row < height_px; row++)
    places[row] = get_row_place (row, height_px);

  for (gsize x = 0; x < n_columns; x++)
    {
      double first = start_frame + frames_per_px * (double) (first_column + x);
      gboolean known = get_column (analysis, first, first + frames_per_px, levels);

      for (gsize row = 0; row < height_px; row++)
        {
          RowPlace place = places[row];
          float level =
              known ? (1.0f - place.part) * levels[place.band] + place.part * levels[place.band + 1]
                    : 0.0f;

          pixels[row * n_columns + x] = known ? get_pixel (table, level, maximum) : 0;
        }
    }
}

/* — the axis — */

static void
draw_hz_labels (InstruCanvas *canvas, const InstruTheme *theme, InstruRect area)
{
  static const struct
  {
    double hz;
    const char *label;
  } ticks[] = { { 1000.0, "1\u202fk" }, { 4000.0, "4\u202fk" }, { 2000.0, "2\u202fk" },
                { 500.0, "500" },       { 8000.0, "8\u202fk" }, { 250.0, "250" } };
  double used[G_N_ELEMENTS (ticks)];
  gsize n_used = 0;

  /* The most useful come first; one that would touch another is left out. */
  for (gsize i = 0; i < G_N_ELEMENTS (ticks); i++)
    {
      double y = instru_plot_mel_hz_to_y (area, ticks[i].hz);
      gboolean is_free = TRUE;

      for (gsize k = 0; k < n_used; k++)
        is_free = is_free && fabs (used[k] - y) >= MIN_LABEL_DISTANCE * theme->font_size;
      if (!is_free)
        continue;
      used[n_used++] = y;
      instru_draw_label (canvas, theme, area.x - INSTRU_LABEL_GAP, y, INSTRU_ALIGN_END,
                         ticks[i].label);
    }
}

static InstruColor
get_table_color (const guint32 *table, double part)
{
  guint32 rgb = table[CLAMP ((int) (255.0 * part + 0.5), 0, 255)];

  return (InstruColor){ ((rgb >> 16) & 0xff) / 255.0, ((rgb >> 8) & 0xff) / 255.0,
                        (rgb & 0xff) / 255.0, 1.0 };
}

static void
draw_db_bar (InstruCanvas *canvas, const InstruTheme *theme, InstruRect area)
{
  const guint32 *table = instru_color_map_get_table (theme->color_map);
  double x = area.x + area.width + BAR_GAP, step = area.height / BAR_STEPS;
  double label_distance = area.height * BAR_LABEL_DB / RANGE_DB;
  int stride =
      (int) fmax (ceil (MIN_LABEL_DISTANCE * theme->font_size / fmax (label_distance, 1.0)), 1.0);

  for (int i = 0; i < BAR_STEPS; i++)
    {
      /* Each step reaches under the next one, so that no seam shows. */
      InstruRect part = { x, area.y + step * i, BAR_WIDTH,
                          fmin (step * 1.5, step * (BAR_STEPS - i)) };

      instru_canvas_rectangle (canvas, part);
      instru_canvas_fill (canvas, get_table_color (table, 1.0 - (i + 0.5) / BAR_STEPS));
    }
  for (int i = 0; i * BAR_LABEL_DB <= RANGE_DB; i += stride)
    {
      g_autofree char *label =
          i == 0 ? g_strdup ("0\u202fdB") : g_strdup_printf ("−%.0f", i * BAR_LABEL_DB);
      double y = area.y + label_distance * i;
      double inset = theme->font_size * 0.4;

      instru_draw_label (canvas, theme, x + BAR_WIDTH + 4.0,
                         CLAMP (y, area.y + inset, area.y + fmax (area.height - inset, inset)),
                         INSTRU_ALIGN_START, label);
    }
}

void
instru_plot_mel_axis (InstruCanvas *canvas, const InstruTheme *theme, InstruRect area)
{
  if (area.width < 1.0 || area.height < 1.0)
    return;
  draw_hz_labels (canvas, theme, area);
  draw_db_bar (canvas, theme, area);
}

void
instru_plot_mel_spectrogram (InstruCanvas *canvas,
                             const InstruAnalysis *analysis,
                             const InstruTimeView *view,
                             const InstruTheme *theme,
                             InstruRect area)
{
  double density = instru_canvas_is_paper (canvas) ? PAPER_PIXELS_PER_POINT : 1.0;
  gsize width_px, height_px;
  g_autofree guint32 *pixels = NULL;
  InstruImage image;

  if (area.width < 1.0 || area.height < 1.0 || !(view->end_s > view->start_s))
    return;

  width_px = (gsize) CLAMP (ceil (area.width * density), 1.0, MAX_PICTURE_PX);
  height_px = (gsize) CLAMP (ceil (area.height * density), 1.0, MAX_PICTURE_PX);
  pixels = g_new (guint32, width_px * height_px);
  instru_mel_picture_render (analysis, view, theme->color_map, width_px, height_px, 0, width_px,
                             pixels);
  image = (InstruImage){ .width = width_px, .height = height_px, .pixels = pixels };
  instru_canvas_image (canvas, &image, area);
  instru_plot_mel_axis (canvas, theme, area);
}
