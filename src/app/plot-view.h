/* A widget that shows one picture of src/plot. The picture is drawn once for each analysis, size,
 * scale and theme and kept as a render node; what moves (playhead, reading cursor) is drawn over it
 * by subclasses in a few rectangles.
 *
 * To a screen reader it is an image with a name, a description in words that holds its main
 * numbers, and, where a subclass has a reading cursor, the value under it. */
#pragma once

#include <gtk/gtk.h>

#include "analysis.h"
#include "canvas.h"
#include "theme.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_PLOT_VIEW (instru_plot_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (InstruPlotView, instru_plot_view, INSTRU, PLOT_VIEW, GtkWidget)

struct _InstruPlotViewClass
{
  GtkWidgetClass parent_class;

  /* The picture, in a widget of @size; called only with an analysis. */
  void (*draw) (InstruPlotView *self,
                InstruCanvas *canvas,
                const InstruTheme *theme,
                graphene_size_t size);
  /* One sentence for a screen reader; called only with an analysis. Returns: (transfer full) */
  char *(*describe) (InstruPlotView *self);
  /* What lies under and over the kept picture; nullable. */
  void (*snapshot_below) (InstruPlotView *self, GtkSnapshot *snapshot);
  void (*snapshot_above) (InstruPlotView *self, GtkSnapshot *snapshot);
  /* Another analysis was set, or none; nullable. Chain up. */
  void (*analysis_changed) (InstruPlotView *self, InstruAnalysis *old_analysis);
};

/* @analysis: nullable. */
void instru_plot_view_set_analysis (InstruPlotView *self, InstruAnalysis *analysis);
InstruAnalysis *instru_plot_view_get_analysis (InstruPlotView *self);

/* Forgets the kept picture and draws it again. */
void instru_plot_view_invalidate (InstruPlotView *self);

/* Tells screen readers the description anew. */
void instru_plot_view_update_description (InstruPlotView *self);

G_END_DECLS
