/* A page of a PDF as a canvas. Coordinates are brought to points here and written with two
 * decimals; a path is kept until it is drawn, because libharu takes no colours inside of one. */
#include "canvas-pdf.h"

#include <math.h>
#include <string.h>

#include "canvas-private.h"
#include "pdf-document.h"
#include "pdf-image.h"
#include "pdf-text.h"

#define MAX_DASHES 8
/* libharu takes dashes in whole numbers only, and no length or width above 100: dashes are drawn in
 * a space that is finer, by this at most. */
#define MAX_DASH_SCALE 20.0
#define MAX_LENGTH     100.0

typedef enum
{
  STEP_MOVE,
  STEP_LINE,
  STEP_CURVE,
  STEP_CLOSE
} StepKind;

typedef struct
{
  StepKind kind;
  float at[6]; /* points of the page: x, y of up to three places */
} Step;

/* From the canvas's units to points with y downwards. */
typedef struct
{
  double scale;
  double x, y;
} Transform;

typedef struct
{
  InstruCanvas parent;
  InstruPdf *pdf;
  HPDF_Page page;
  double height_pt;
  Transform transform;
  GArray *saved; /* of Transform */
  GArray *path;  /* of Step */
} PdfCanvas;

static PdfCanvas *
pdf_canvas (InstruCanvas *canvas)
{
  return (PdfCanvas *) canvas;
}

/* — coordinates — */

/* A hundredth of a point is a thirtieth of a pixel at 300 dpi: more digits would be wasted. */
static float
to_hundredths (double value)
{
  return (float) (rint (100.0 * value) / 100.0);
}

static float
page_x (const PdfCanvas *self, double x)
{
  return to_hundredths (self->transform.x + self->transform.scale * x);
}

/* A page's y grows upwards. */
static float
page_y (const PdfCanvas *self, double y)
{
  return to_hundredths (self->height_pt - self->transform.y - self->transform.scale * y);
}

static void
canvas_save (InstruCanvas *canvas)
{
  PdfCanvas *self = pdf_canvas (canvas);

  HPDF_Page_GSave (self->page);
  g_array_append_val (self->saved, self->transform);
}

static void
canvas_restore (InstruCanvas *canvas)
{
  PdfCanvas *self = pdf_canvas (canvas);

  g_return_if_fail (self->saved->len > 0);
  HPDF_Page_GRestore (self->page);
  self->transform = g_array_index (self->saved, Transform, self->saved->len - 1);
  g_array_set_size (self->saved, self->saved->len - 1);
}

static void
canvas_translate (InstruCanvas *canvas, double x, double y)
{
  Transform *transform = &pdf_canvas (canvas)->transform;

  transform->x += transform->scale * x;
  transform->y += transform->scale * y;
}

static void
canvas_scale (InstruCanvas *canvas, double factor)
{
  pdf_canvas (canvas)->transform.scale *= factor;
}

static void
canvas_clip (InstruCanvas *canvas, InstruRect rect)
{
  PdfCanvas *self = pdf_canvas (canvas);
  float left = page_x (self, rect.x), right = page_x (self, rect.x + rect.width);
  float top = page_y (self, rect.y), bottom = page_y (self, rect.y + rect.height);

  HPDF_Page_Rectangle (self->page, left, bottom, right - left, top - bottom);
  HPDF_Page_Clip (self->page);
  HPDF_Page_EndPath (self->page);
}

/* — paths — */

/* Places that are not numbers are left out, and so are steps that lead nowhere. */
static void
add_step (PdfCanvas *self, StepKind kind, const double *places, int n_places)
{
  Step step = { .kind = kind };
  const Step *last =
      self->path->len > 0 ? &g_array_index (self->path, Step, self->path->len - 1) : NULL;

  for (int i = 0; i < n_places; i++)
    {
      if (!isfinite (places[2 * i]) || !isfinite (places[2 * i + 1]))
        return;
      step.at[2 * i] = page_x (self, places[2 * i]);
      step.at[2 * i + 1] = page_y (self, places[2 * i + 1]);
    }
  if (last == NULL && kind == STEP_LINE)
    step.kind = STEP_MOVE;
  if (last == NULL && (kind == STEP_CURVE || kind == STEP_CLOSE))
    return;
  if (kind == STEP_LINE && last != NULL && last->kind == STEP_LINE && last->at[0] == step.at[0] &&
      last->at[1] == step.at[1])
    return;
  g_array_append_val (self->path, step);
}

static void
canvas_move_to (InstruCanvas *canvas, double x, double y)
{
  add_step (pdf_canvas (canvas), STEP_MOVE, (const double[]){ x, y }, 1);
}

static void
canvas_line_to (InstruCanvas *canvas, double x, double y)
{
  add_step (pdf_canvas (canvas), STEP_LINE, (const double[]){ x, y }, 1);
}

static void
canvas_curve_to (InstruCanvas *canvas,
                 double x1,
                 double y1,
                 double x2,
                 double y2,
                 double x3,
                 double y3)
{
  add_step (pdf_canvas (canvas), STEP_CURVE, (const double[]){ x1, y1, x2, y2, x3, y3 }, 3);
}

static void
canvas_close_path (InstruCanvas *canvas)
{
  add_step (pdf_canvas (canvas), STEP_CLOSE, NULL, 0);
}

/* Writes the path with its coordinates times @factor, and forgets it. */
static void
write_path (PdfCanvas *self, float factor)
{
  for (guint i = 0; i < self->path->len; i++)
    {
      const Step *step = &g_array_index (self->path, Step, i);
      const float *at = step->at;

      switch (step->kind)
        {
        case STEP_MOVE:
          HPDF_Page_MoveTo (self->page, factor * at[0], factor * at[1]);
          break;
        case STEP_LINE:
          HPDF_Page_LineTo (self->page, factor * at[0], factor * at[1]);
          break;
        case STEP_CURVE:
          HPDF_Page_CurveTo (self->page, factor * at[0], factor * at[1], factor * at[2],
                             factor * at[3], factor * at[4], factor * at[5]);
          break;
        case STEP_CLOSE:
        default:
          HPDF_Page_ClosePath (self->page);
        }
    }
  g_array_set_size (self->path, 0);
}

/* How much finer the space may be so that all lengths stay under libharu's limit. */
static double
choose_dash_scale (const PdfCanvas *self, double width, const double *dash, gsize n_dash)
{
  double longest = width;

  for (gsize i = 0; i < n_dash; i++)
    longest = MAX (longest, dash[i]);
  return CLAMP (MAX_LENGTH / (longest * self->transform.scale), 1.0, MAX_DASH_SCALE);
}

static void
set_dash (PdfCanvas *self, const double *dash, gsize n_dash, double factor)
{
  HPDF_UINT16 lengths[MAX_DASHES];
  gsize n_lengths = MIN (n_dash, MAX_DASHES);

  for (gsize i = 0; i < n_lengths; i++)
    lengths[i] =
        (HPDF_UINT16) CLAMP (rint (dash[i] * self->transform.scale * factor), 1.0, MAX_LENGTH);
  HPDF_Page_SetDash (self->page, lengths, (HPDF_UINT) n_lengths, 0);
}

/* After an error libharu no longer undoes a GSave, so nothing is begun. */
static gboolean
can_paint (const PdfCanvas *self)
{
  return self->path->len > 0 && self->pdf->first_error == HPDF_OK;
}

/* Begins what is drawn with @alpha; ends with GRestore. */
static void
begin_paint (PdfCanvas *self, double alpha)
{
  HPDF_Page_GSave (self->page);
  if (alpha < 1.0)
    HPDF_Page_SetExtGState (self->page, instru_pdf_get_transparency (self->pdf, alpha));
}

static void
canvas_stroke (InstruCanvas *canvas,
               InstruColor color,
               double width,
               const double *dash,
               gsize n_dash)
{
  PdfCanvas *self = pdf_canvas (canvas);
  double factor = n_dash > 0 ? choose_dash_scale (self, width, dash, n_dash) : 1.0;

  if (!can_paint (self))
    return;
  begin_paint (self, color.alpha);
  if (n_dash > 0)
    {
      HPDF_Page_Concat (self->page, (float) (1.0 / factor), 0, 0, (float) (1.0 / factor), 0, 0);
      set_dash (self, dash, n_dash, factor);
    }
  HPDF_Page_SetRGBStroke (self->page, (float) color.red, (float) color.green, (float) color.blue);
  HPDF_Page_SetLineWidth (self->page,
                          (float) MIN (width * self->transform.scale * factor, MAX_LENGTH));
  HPDF_Page_SetLineJoin (self->page, HPDF_ROUND_JOIN);
  write_path (self, (float) factor);
  HPDF_Page_Stroke (self->page);
  HPDF_Page_GRestore (self->page);
}

static void
canvas_fill (InstruCanvas *canvas, InstruColor color)
{
  PdfCanvas *self = pdf_canvas (canvas);

  if (!can_paint (self))
    return;
  begin_paint (self, color.alpha);
  HPDF_Page_SetRGBFill (self->page, (float) color.red, (float) color.green, (float) color.blue);
  write_path (self, 1.0f);
  HPDF_Page_Fill (self->page);
  HPDF_Page_GRestore (self->page);
}

/* — pictures — */

static void
draw_image (PdfCanvas *self, const InstruImage *pixels, InstruRect rect)
{
  HPDF_Image image = instru_pdf_image_new (self->pdf, pixels);
  float left = page_x (self, rect.x), right = page_x (self, rect.x + rect.width);
  float top = page_y (self, rect.y), bottom = page_y (self, rect.y + rect.height);

  if (image != NULL)
    HPDF_Page_DrawImage (self->page, image, left, bottom, right - left, top - bottom);
}

static void
canvas_image (InstruCanvas *canvas, const InstruImage *image, InstruRect rect)
{
  draw_image (pdf_canvas (canvas), image, rect);
}

/* — text — */

/* Composed (é in one piece, as the font has it) and valid. Returns: (transfer full) */
static char *
compose (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  return g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
}

static HPDF_Font
get_face (const PdfCanvas *self, const InstruTextStyle *style)
{
  return self->pdf->faces[style->bold ? INSTRU_PDF_FACE_BOLD : INSTRU_PDF_FACE_REGULAR];
}

static InstruTextExtents
measure_run (const PdfCanvas *self,
             const char *text,
             gboolean is_covered,
             const InstruTextStyle *style)
{
  HPDF_Font face = get_face (self, style);

  if (!is_covered)
    return instru_text_image_measure (text, style->size, style->bold);

  return (InstruTextExtents){
    .width = style->size *
             HPDF_Font_TextWidth (face, (const HPDF_BYTE *) text, (HPDF_UINT) strlen (text)).width /
             1000.0,
    .ascent = style->size * HPDF_Font_GetAscent (face) / 1000.0,
    .descent = -style->size * HPDF_Font_GetDescent (face) / 1000.0,
  };
}

/* Of composed text. */
static InstruTextExtents
measure (const PdfCanvas *self, const char *text, const InstruTextStyle *style)
{
  g_autoptr (GArray) runs = instru_pdf_split_text (self->pdf, text);
  InstruTextExtents whole = measure_run (self, "", TRUE, style);

  for (guint i = 0; i < runs->len; i++)
    {
      const InstruTextRun *run = &g_array_index (runs, InstruTextRun, i);
      g_autofree char *part = g_strndup (text + run->start, run->length);
      InstruTextExtents extents = measure_run (self, part, run->is_covered, style);

      whole.width += extents.width;
      whole.ascent = MAX (whole.ascent, extents.ascent);
      whole.descent = MAX (whole.descent, extents.descent);
    }
  return whole;
}

static InstruTextExtents
canvas_text_extents (InstruCanvas *canvas, const char *text, const InstruTextStyle *style)
{
  g_autofree char *composed = compose (text);

  return measure (pdf_canvas (canvas), composed, style);
}

static void
draw_text_image (PdfCanvas *self,
                 double x,
                 double y,
                 const char *text,
                 const InstruTextStyle *style,
                 InstruColor color)
{
  double scale = self->transform.scale;
  InstruTextImage picture;

  instru_text_image_init (&picture, text, style->size * scale, style->bold, color);
  draw_image (self, &picture.image,
              (InstruRect){ x + picture.x / scale, y + picture.y / scale, picture.width / scale,
                            picture.height / scale });
  instru_text_image_clear (&picture);
}

static void
draw_real_text (PdfCanvas *self,
                double x,
                double y,
                const char *text,
                const InstruTextStyle *style,
                InstruColor color)
{
  begin_paint (self, color.alpha);
  HPDF_Page_SetRGBFill (self->page, (float) color.red, (float) color.green, (float) color.blue);
  HPDF_Page_BeginText (self->page);
  HPDF_Page_SetFontAndSize (self->page, get_face (self, style),
                            (float) (style->size * self->transform.scale));
  HPDF_Page_MoveTextPos (self->page, page_x (self, x), page_y (self, y));
  HPDF_Page_ShowText (self->page, text);
  HPDF_Page_EndText (self->page);
  HPDF_Page_GRestore (self->page);
}

static void
canvas_text (InstruCanvas *canvas,
             double x,
             double y,
             const char *text,
             const InstruTextStyle *style,
             InstruColor color)
{
  PdfCanvas *self = pdf_canvas (canvas);
  g_autofree char *composed = compose (text);
  g_autoptr (GArray) runs = NULL;

  if (composed[0] == '\0' || !isfinite (x) || !isfinite (y) || self->pdf->first_error != HPDF_OK)
    return;
  if (style->align != INSTRU_ALIGN_START)
    x -= measure (self, composed, style).width * (style->align == INSTRU_ALIGN_CENTER ? 0.5 : 1.0);

  runs = instru_pdf_split_text (self->pdf, composed);
  for (guint i = 0; i < runs->len; i++)
    {
      const InstruTextRun *run = &g_array_index (runs, InstruTextRun, i);
      g_autofree char *part = g_strndup (composed + run->start, run->length);

      if (run->is_covered)
        draw_real_text (self, x, y, part, style, color);
      else
        draw_text_image (self, x, y, part, style, color);
      x += measure_run (self, part, run->is_covered, style).width;
    }
}

/* — the canvas — */

static void
canvas_free (InstruCanvas *canvas)
{
  PdfCanvas *self = pdf_canvas (canvas);

  g_array_unref (self->saved);
  g_array_unref (self->path);
  g_free (self);
}

static const InstruCanvasClass pdf_canvas_class = {
  .free = canvas_free,
  .save = canvas_save,
  .restore = canvas_restore,
  .translate = canvas_translate,
  .scale = canvas_scale,
  .clip = canvas_clip,
  .move_to = canvas_move_to,
  .line_to = canvas_line_to,
  .curve_to = canvas_curve_to,
  .close_path = canvas_close_path,
  .stroke = canvas_stroke,
  .fill = canvas_fill,
  .text = canvas_text,
  .text_extents = canvas_text_extents,
  .image = canvas_image,
  .is_paper = TRUE,
};

InstruCanvas *
instru_pdf_add_page (InstruPdf *pdf, double width_pt, double height_pt)
{
  PdfCanvas *self = g_new0 (PdfCanvas, 1);

  self->parent.klass = &pdf_canvas_class;
  self->pdf = pdf;
  self->page = HPDF_AddPage (pdf->document);
  self->height_pt = height_pt;
  self->transform.scale = 1.0;
  self->saved = g_array_new (FALSE, FALSE, sizeof (Transform));
  self->path = g_array_new (FALSE, FALSE, sizeof (Step));
  if (self->page != NULL)
    {
      HPDF_Page_SetWidth (self->page, (float) width_pt);
      HPDF_Page_SetHeight (self->page, (float) height_pt);
    }
  return &self->parent;
}
