/* The flow of a document on pages: a cursor that runs down, new pages where something would not
 * fit, words in lines, tables. Everything is in points from the page's top left corner. */
#pragma once

#include "canvas-pdf.h"
#include "theme.h"

G_BEGIN_DECLS

/* Steps of space: inside a group, between groups, between sections. */
#define INSTRU_LAYOUT_GAP_SMALL 4.5
#define INSTRU_LAYOUT_GAP       9.0
#define INSTRU_LAYOUT_GAP_LARGE 18.0

#define INSTRU_LAYOUT_LEADING 1.35 /* from one base line to the next, in sizes of the type */

typedef enum
{
  INSTRU_TYPE_SMALL, /* header line, captions */
  INSTRU_TYPE_BODY,
  INSTRU_TYPE_TABLE,
  INSTRU_TYPE_SECTION, /* bold */
  INSTRU_TYPE_TITLE,   /* bold */
  INSTRU_TYPE_VERDICT, /* bold, the largest */
  INSTRU_N_TYPES
} InstruType;

typedef struct
{
  InstruPdf *pdf;       /* not owned */
  GPtrArray *canvases;  /* one a page */
  GArray *pages;        /* HPDF_Page */
  InstruCanvas *canvas; /* of the current page */
  InstruTheme theme;
  double left, right; /* the edges that everything stands on */
  double bottom;      /* nothing of the flow goes below it */
  double y;           /* the cursor: top of what comes next */
} InstruLayout;

InstruLayout *instru_layout_new (InstruPdf *pdf);
void instru_layout_free (InstruLayout *self);

/* Starts a page; the cursor is under the header line. */
void instru_layout_add_page (InstruLayout *self);
/* Starts a page where @height does not fit on this one. */
void instru_layout_ensure (InstruLayout *self, double height);
double instru_layout_get_width (const InstruLayout *self);

/* The size and weight of a kind of text. */
InstruTextStyle instru_layout_get_style (InstruType type);

/* — text — */

/* @text in lines not wider than @width; a word that is wider is cut between characters. Never
 * empty. Returns: (transfer full) */
GStrv instru_layout_wrap (InstruCanvas *canvas,
                          const char *text,
                          const InstruTextStyle *style,
                          double width);

/* @text, or its beginning and end with "…" between them where it is wider than @width: of a file's
 * name the end tells as much as the beginning. Returns: (transfer full) */
char *instru_layout_ellipsize (InstruCanvas *canvas,
                               const char *text,
                               const InstruTextStyle *style,
                               double width);

/* Draws wrapped text at @x and @y (top). Returns: its height. */
double instru_layout_draw_text (InstruLayout *self,
                                const char *text,
                                InstruType type,
                                InstruColor color,
                                double x,
                                double y,
                                double width);
double
instru_layout_measure_text (InstruLayout *self, const char *text, InstruType type, double width);

/* A heading over the whole width, the cursor below it. */
void instru_layout_add_heading (InstruLayout *self, const char *text, InstruType type);
/* A paragraph over the whole width, the cursor below it. */
void instru_layout_add_paragraph (InstruLayout *self, const char *text, InstruColor color);

/* — tables — */

#define INSTRU_LAYOUT_ROW 17.5

/* A row of @n_cells between @columns (n_cells + 1 edges) at @y, with a hairline below; what is too
 * wide is shortened. @head: bold and dim. */
void instru_layout_draw_row (InstruLayout *self,
                             const char *const *cells,
                             const double *columns,
                             gsize n_cells,
                             double y,
                             gboolean head);

/* A hairline. */
void instru_layout_draw_rule (InstruLayout *self, double x, double y, double width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruLayout, instru_layout_free)

G_END_DECLS
