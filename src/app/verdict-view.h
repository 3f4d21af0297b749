/* A picture of the eight scores, of the whole recording and, marked in it, of what is selected. */
#pragma once

#include "plot-view.h"

G_BEGIN_DECLS

#define INSTRU_TYPE_VERDICT_VIEW (instru_verdict_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (InstruVerdictView,
                          instru_verdict_view,
                          INSTRU,
                          VERDICT_VIEW,
                          InstruPlotView)

struct _InstruVerdictViewClass
{
  InstruPlotViewClass parent_class;

  int width; /* that it needs */
  int height;
  /* @selection: nullable. */
  void (*draw_scores) (InstruCanvas *canvas,
                       const InstruVerdict *verdict,
                       const InstruVerdict *selection,
                       const InstruTheme *theme,
                       InstruRect area);
};

/* @verdict: of what is selected; NULL where nothing is. */
void instru_verdict_view_set_selection (InstruVerdictView *self, const InstruVerdict *verdict);

G_END_DECLS
