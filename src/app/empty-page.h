/* What the window shows before the first recording: how to begin, and eight sounds to try. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INSTRU_TYPE_EMPTY_PAGE (instru_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (InstruEmptyPage, instru_empty_page, INSTRU, EMPTY_PAGE, GtkWidget)

G_END_DECLS
