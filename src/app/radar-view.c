/* The radar: its shape says at a glance whether the answer is sure. */
#include "radar-view.h"

#include <glib/gi18n-lib.h>

#include "plots.h"

#define WIDTH  248
#define HEIGHT 196

struct _InstruRadarView
{
  InstruVerdictView parent_instance;
};

G_DEFINE_FINAL_TYPE (InstruRadarView, instru_radar_view, INSTRU_TYPE_VERDICT_VIEW)

static void
instru_radar_view_class_init (InstruRadarViewClass *klass)
{
  InstruVerdictViewClass *view_class = INSTRU_VERDICT_VIEW_CLASS (klass);

  view_class->width = WIDTH;
  view_class->height = HEIGHT;
  view_class->draw_scores = instru_plot_radar;
}

static void
instru_radar_view_init (InstruRadarView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Radar of the eight families"), -1);
}
