/* The window's two layouts: the list beside or over the content, the card in a row or a column. */
#include "app-fixture.h"
#include "row-column.h"
#include "side-pane.h"

static const char pane_ui[] =
    "<interface><object class='InstruSidePane' id='pane'>"
    "<child type='sidebar'><object class='GtkLabel' id='sidebar'/></child>"
    "<child><object class='GtkLabel' id='content'/></child>"
    "</object></interface>";

static const char row_column_ui[] =
    "<interface><object class='InstruRowColumn' id='box'>"
    "<property name='threshold'>500</property><property name='spacing'>10</property>"
    "<child><object class='GtkBox' id='first'><property name='height-request'>40</property>"
    "</object></child>"
    "<child><object class='GtkBox' id='second'><property name='width-request'>200</property>"
    "<property name='height-request'>60</property></object></child>"
    "</object></interface>";

static GtkWidget *
get (GtkBuilder *builder, const char *id)
{
  return GTK_WIDGET (gtk_builder_get_object (builder, id));
}

static void
test_wide (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (pane_ui, -1);
  InstruSidePane *pane = INSTRU_SIDE_PANE (get (builder, "pane"));
  GtkWidget *window = instru_test_show (GTK_WIDGET (pane), 900, 300);
  int with_list = gtk_widget_get_width (get (builder, "content"));

  g_assert_false (instru_side_pane_get_folded (pane));
  g_assert_true (instru_side_pane_get_revealed (pane));
  g_assert_cmpint (with_list + gtk_widget_get_width (get (builder, "sidebar")), ==, 900);
  instru_side_pane_set_revealed (pane, FALSE);
  g_assert_false (instru_side_pane_get_revealed (pane));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_narrow (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (pane_ui, -1);
  InstruSidePane *pane = INSTRU_SIDE_PANE (get (builder, "pane"));
  GtkWidget *window = instru_test_show (GTK_WIDGET (pane), 400, 300);

  g_assert_true (instru_side_pane_get_folded (pane));
  g_assert_false (instru_side_pane_get_revealed (pane));
  g_assert_cmpint (gtk_widget_get_width (get (builder, "content")), ==, 400);
  g_assert_false (gtk_widget_get_child_visible (get (builder, "sidebar")));
  instru_side_pane_set_revealed (pane, TRUE);
  g_assert_true (instru_side_pane_get_revealed (pane));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
assert_height (GtkWidget *widget, int for_width, int expected)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, for_width, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, expected);
}

static void
test_row_column (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (row_column_ui, -1);
  GtkWidget *box = get (builder, "box");
  GtkWidget *window;

  assert_height (box, 600, 60);
  assert_height (box, 499, 40 + 10 + 60);
  window = instru_test_show (box, 600, 100);
  g_assert_cmpint (gtk_widget_get_width (get (builder, "first")), ==, 600 - 10 - 200);
  g_assert_cmpint (gtk_widget_get_width (get (builder, "second")), ==, 200);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  instru_test_init_app (&argc, &argv);
  g_type_ensure (INSTRU_TYPE_SIDE_PANE);
  g_type_ensure (INSTRU_TYPE_ROW_COLUMN);

  g_test_add_func ("/layout/wide", test_wide);
  g_test_add_func ("/layout/narrow", test_narrow);
  g_test_add_func ("/layout/row-column", test_row_column);
  return g_test_run ();
}
