/* The bars carry the numbers; all eight families, always in the same order. */
#include "bars-view.h"

#include <glib/gi18n-lib.h>

#include "plots.h"

#define WIDTH  264
#define HEIGHT 168

struct _InstruBarsView
{
  InstruVerdictView parent_instance;
};

G_DEFINE_FINAL_TYPE (InstruBarsView, instru_bars_view, INSTRU_TYPE_VERDICT_VIEW)

static void
instru_bars_view_class_init (InstruBarsViewClass *klass)
{
  InstruVerdictViewClass *view_class = INSTRU_VERDICT_VIEW_CLASS (klass);

  view_class->width = WIDTH;
  view_class->height = HEIGHT;
  view_class->draw_scores = instru_plot_family_bars;
}

static void
instru_bars_view_init (InstruBarsView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Scores of the eight families"), -1);
}
