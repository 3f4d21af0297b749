/* Colours and sizes of the pictures: light, dark, high contrast, paper. A value, no state. */
#pragma once

#include "canvas.h"
#include "family.h"

G_BEGIN_DECLS

typedef enum
{
  INSTRU_COLOR_MAP_MAGMA,
  INSTRU_COLOR_MAP_VIRIDIS,
  INSTRU_COLOR_MAP_GREY
} InstruColorMap;

typedef struct
{
  InstruColor text; /* of the window it is drawn on */
  InstruColor dim;  /* labels */
  InstruColor grid; /* hairlines: text at 10 % */
  InstruColor background;
  InstruColor accent; /* curves */
  InstruColor playhead;
  double font_size;  /* of axis labels */
  double line_width; /* of curves */
  InstruColorMap color_map;
  gboolean high_contrast;
} InstruTheme;

InstruTheme instru_theme_light (void);
InstruTheme instru_theme_dark (void);
InstruTheme instru_theme_high_contrast (gboolean dark);
InstruTheme instru_theme_paper (void);

/* The families' colours: fixed, the same in every theme. */
InstruColor instru_theme_get_family_color (const InstruTheme *theme, InstruFamily family);

/* 0xFFRRGGBB of @value in 0 … 255. Returns: (transfer none): 256 entries. */
const guint32 *instru_color_map_get_table (InstruColorMap map);

G_END_DECLS
