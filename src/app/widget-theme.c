/* Reads the desktop's choice of colours and letters for plots. */
#include "widget-theme.h"

#include <adwaita.h>

/* Axis labels against the text of the window. */
#define LABEL_SCALE 0.8

/* The size of the widget's font in pixels; 0 where it has none yet. */
static double
get_font_size_px (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double dpi = pango_cairo_context_get_resolution (context);

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * (dpi > 0.0 ? dpi : 96.0) / 72.0;
}

InstruTheme
instru_widget_theme (GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);
  double font_size = get_font_size_px (widget) * LABEL_SCALE;
  InstruTheme theme;

  if (adw_style_manager_get_high_contrast (manager))
    theme = instru_theme_high_contrast (dark);
  else
    theme = dark ? instru_theme_dark () : instru_theme_light ();
  if (font_size > 0.0)
    theme.font_size = font_size;
  return theme;
}

char *
instru_widget_get_font_family (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);

  return g_strdup (
      pango_font_description_get_family (pango_context_get_font_description (context)));
}

GdkRGBA
instru_color_to_rgba (InstruColor color)
{
  return (GdkRGBA){ (float) color.red, (float) color.green, (float) color.blue,
                    (float) color.alpha };
}

void
instru_widget_watch_theme (GtkWidget *widget, GCallback callback)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", callback, widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", callback, widget, G_CONNECT_SWAPPED);
}
