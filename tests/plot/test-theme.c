/* What the eye needs: contrast, families that are told apart by colour-blind eyes, maps whose
 * lightness rises. */
#include "theme.h"

#include <math.h>

/* Linear light of an sRGB value (IEC 61966-2-1). */
static double
to_linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
get_luminance (InstruColor color)
{
  return 0.2126 * to_linear (color.red) + 0.7152 * to_linear (color.green) +
         0.0722 * to_linear (color.blue);
}

/* WCAG 2.1. */
static double
get_contrast (InstruColor a, InstruColor b)
{
  double first = get_luminance (a) + 0.05, second = get_luminance (b) + 0.05;

  return fmax (first, second) / fmin (first, second);
}

typedef struct
{
  double l, a, b;
} Lab;

static double
lab_curve (double t)
{
  return t > 216.0 / 24389.0 ? cbrt (t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
}

/* CIE 1976 L*a*b* under D65. */
static Lab
to_lab (const double linear[3])
{
  double x = 0.4124 * linear[0] + 0.3576 * linear[1] + 0.1805 * linear[2];
  double y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  double z = 0.0193 * linear[0] + 0.1192 * linear[1] + 0.9505 * linear[2];
  double fx = lab_curve (x / 0.9505), fy = lab_curve (y), fz = lab_curve (z / 1.089);

  return (Lab){ 116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz) };
}

/* How a colour looks without the cones of one kind: Viénot, Brettel and Mollon, Digital video
 * colourmaps for checking the legibility of displays by dichromats (1999), in linear RGB. */
static Lab
see (InstruColor color, const double m[3][3])
{
  double rgb[3] = { to_linear (color.red), to_linear (color.green), to_linear (color.blue) };
  double seen[3];

  for (int i = 0; i < 3; i++)
    seen[i] = CLAMP (m[i][0] * rgb[0] + m[i][1] * rgb[1] + m[i][2] * rgb[2], 0.0, 1.0);
  return to_lab (seen);
}

static const double normal[3][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
static const double protanope[3][3] = { { 0.11238, 0.88762, 0 },
                                        { 0.11238, 0.88762, 0 },
                                        { 0.00401, -0.00401, 1 } };
static const double deuteranope[3][3] = { { 0.29275, 0.70725, 0 },
                                          { 0.29275, 0.70725, 0 },
                                          { -0.02234, 0.02234, 1 } };

static double
get_least_distance (const double m[3][3], int *first, int *second)
{
  InstruTheme theme = instru_theme_light ();
  double least = INFINITY;

  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    for (int k = i + 1; k < INSTRU_N_FAMILIES; k++)
      {
        Lab a = see (instru_theme_get_family_color (&theme, (InstruFamily) i), m);
        Lab b = see (instru_theme_get_family_color (&theme, (InstruFamily) k), m);
        double distance = sqrt ((a.l - b.l) * (a.l - b.l) + (a.a - b.a) * (a.a - b.a) +
                                (a.b - b.b) * (a.b - b.b));

        if (distance < least)
          {
            least = distance;
            *first = i;
            *second = k;
          }
      }
  return least;
}

/* About 2 is what the eye just notices side by side. */
static void
test_families_are_told_apart (void)
{
  static const struct
  {
    const char *eyes;
    const double (*m)[3];
    double least;
  } cases[] = { { "normal", normal, 25.0 },
                { "protanope", protanope, 12.0 },
                { "deuteranope", deuteranope, 12.0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int a = 0, b = 0;
      double least = get_least_distance (cases[i].m, &a, &b);

      g_test_message ("%s: %s and %s are %.1f apart", cases[i].eyes,
                      instru_family_get_id ((InstruFamily) a),
                      instru_family_get_id ((InstruFamily) b), least);
      g_assert_cmpfloat (least, >=, cases[i].least);
    }
}

static void
test_contrast (void)
{
  InstruTheme themes[] = { instru_theme_light (), instru_theme_dark (), instru_theme_paper (),
                           instru_theme_high_contrast (FALSE), instru_theme_high_contrast (TRUE) };

  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      InstruTheme *theme = &themes[i];

      g_assert_cmpfloat (get_contrast (theme->text, theme->background), >=, 7.0);
      g_assert_cmpfloat (get_contrast (theme->dim, theme->background), >=, 4.5);
      g_assert_cmpfloat (get_contrast (theme->accent, theme->background), >=, 3.0);
      for (int family = 0; family < INSTRU_N_FAMILIES; family++)
        g_assert_cmpfloat (
            get_contrast (instru_theme_get_family_color (theme, (InstruFamily) family),
                          theme->background),
            >=, 3.2);
    }
}

static InstruColor
from_pixel (guint32 pixel)
{
  return (InstruColor){ ((pixel >> 16) & 0xff) / 255.0, ((pixel >> 8) & 0xff) / 255.0,
                        (pixel & 0xff) / 255.0, 1.0 };
}

/* Louder is never darker, but for the rounding to 8 bits. */
static void
test_maps_rise (void)
{
  for (int map = INSTRU_COLOR_MAP_MAGMA; map <= INSTRU_COLOR_MAP_GREY; map++)
    {
      const guint32 *table = instru_color_map_get_table ((InstruColorMap) map);

      for (int i = 0; i < 255; i++)
        {
          g_assert_cmphex (table[i] >> 24, ==, 0xff);
          g_assert_cmpfloat (get_luminance (from_pixel (table[i + 1])), >=,
                             get_luminance (from_pixel (table[i])) - 1e-3);
        }
      g_assert_cmpfloat (get_luminance (from_pixel (table[0])), <, 0.05);
      g_assert_cmpfloat (get_luminance (from_pixel (table[255])), >, 0.7);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theme/families-are-told-apart", test_families_are_told_apart);
  g_test_add_func ("/theme/contrast", test_contrast);
  g_test_add_func ("/theme/maps-rise", test_maps_rise);
  return g_test_run ();
}
