/* The colours, fixed once. The families' were found by a search: each stands out from light and
 * dark backgrounds by at least 3.2:1, and any two are at least 15 apart in CIE L*a*b* for
 * protanopes and deuteranopes, 30 for other eyes (tests/plot/test-theme.c computes it). */
#include "theme.h"

static InstruColor
from_rgb (guint32 rgb)
{
  return (InstruColor){ ((rgb >> 16) & 0xff) / 255.0, ((rgb >> 8) & 0xff) / 255.0,
                        (rgb & 0xff) / 255.0, 1.0 };
}

static InstruColor
with_alpha (InstruColor color, double alpha)
{
  color.alpha = alpha;
  return color;
}

static InstruTheme
make (guint32 text, guint32 dim, guint32 background, guint32 accent)
{
  return (InstruTheme){ .text = from_rgb (text),
                        .dim = from_rgb (dim),
                        .grid = with_alpha (from_rgb (text), 0.1),
                        .background = from_rgb (background),
                        .accent = from_rgb (accent),
                        .playhead = from_rgb (text),
                        .font_size = 11.5,
                        .line_width = 1.5,
                        .color_map = INSTRU_COLOR_MAP_MAGMA };
}

InstruTheme
instru_theme_light (void)
{
  return make (0x1e1e1e, 0x5e5c64, 0xfafafa, 0x3584e4);
}

InstruTheme
instru_theme_dark (void)
{
  return make (0xffffff, 0xb0afb3, 0x242424, 0x78aeed);
}

InstruTheme
instru_theme_high_contrast (gboolean dark)
{
  InstruTheme theme = dark ? make (0xffffff, 0xffffff, 0x000000, 0x99c1f1)
                           : make (0x000000, 0x000000, 0xffffff, 0x1a5fb4);

  theme.grid.alpha = 0.4;
  theme.line_width = 2.0;
  theme.high_contrast = TRUE;
  return theme;
}

InstruTheme
instru_theme_paper (void)
{
  InstruTheme theme = make (0x1e1e1e, 0x5e5c64, 0xffffff, 0x1a5fb4);

  theme.font_size = 8.0;
  theme.line_width = 0.8;
  return theme;
}

InstruColor
instru_theme_get_family_color (const InstruTheme *theme, InstruFamily family)
{
  static const guint32 colors[INSTRU_N_FAMILIES] = {
    [INSTRU_FAMILY_BRASS] = 0xe53f00,  [INSTRU_FAMILY_FLUTE] = 0x2a7fe8,
    [INSTRU_FAMILY_GUITAR] = 0xa5883b, [INSTRU_FAMILY_KEYBOARD] = 0x9a56b5,
    [INSTRU_FAMILY_MALLET] = 0x358b60, [INSTRU_FAMILY_REED] = 0xe2325a,
    [INSTRU_FAMILY_STRING] = 0x047f95, [INSTRU_FAMILY_VOCAL] = 0x8f888d,
  };

  g_return_val_if_fail ((guint) family < INSTRU_N_FAMILIES, theme->text);

  return from_rgb (colors[family]);
}
