/* Magma and viridis are drawn through nine of their colours, published by S. van der Walt and N.
 * Smith as CC0 with matplotlib, in between by straight lines in linear steps of the map. */
#include "color-map.h"

#include <math.h>

#define N_STOPS   9
#define N_ENTRIES 256

static const guint32 stops[][N_STOPS] = {
  [INSTRU_COLOR_MAP_MAGMA] = { 0x000004, 0x1d1147, 0x51127c, 0x822681, 0xb73779, 0xe75263, 0xfc8961,
                               0xfec488, 0xfcfdbf },
  [INSTRU_COLOR_MAP_VIRIDIS] = { 0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89,
                                 0x35b779, 0x8fd744, 0xfde725 },
  [INSTRU_COLOR_MAP_GREY] = { 0x000000, 0x202020, 0x404040, 0x606060, 0x808080, 0xa0a0a0, 0xc0c0c0,
                              0xe0e0e0, 0xffffff },
};

static guint32
mix_channel (guint32 a, guint32 b, int shift, double part)
{
  double low = (a >> shift) & 0xff, high = (b >> shift) & 0xff;

  return (guint32) lrint (low + (high - low) * part) << shift;
}

void
instru_color_map_make (InstruColorMap map, guint32 *table)
{
  for (int i = 0; i < N_ENTRIES; i++)
    {
      double at = (double) i * (N_STOPS - 1) / (N_ENTRIES - 1);
      int stop = MIN ((int) at, N_STOPS - 2);
      double part = at - stop;
      guint32 a = stops[map][stop], b = stops[map][stop + 1];

      table[i] = 0xff000000u | mix_channel (a, b, 16, part) | mix_channel (a, b, 8, part) |
                 mix_channel (a, b, 0, part);
    }
}

const guint32 *
instru_color_map_get_table (InstruColorMap map)
{
  static guint32 tables[G_N_ELEMENTS (stops)][N_ENTRIES];
  static gsize is_made = 0;

  g_return_val_if_fail ((guint) map < G_N_ELEMENTS (stops), NULL);

  if (g_once_init_enter (&is_made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
        instru_color_map_make ((InstruColorMap) i, tables[i]);
      g_once_init_leave (&is_made, 1);
    }
  return tables[map];
}
