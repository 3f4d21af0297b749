/* A layout that puts its children side by side where they have room, and one below the other where
 * they have not: the verdict card on a wide window and on a phone.
 *
 * Properties: "threshold" (int, read-write): the least width for a row. "spacing" (int,
 * read-write): between the children. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INSTRU_TYPE_ROW_COLUMN (instru_row_column_get_type ())
G_DECLARE_FINAL_TYPE (InstruRowColumn, instru_row_column, INSTRU, ROW_COLUMN, GtkWidget)

G_END_DECLS
