#include "family.h"

static void
test_order_and_names (void)
{
  static const char *const ids[] = { "brass",  "flute", "guitar", "keyboard",
                                     "mallet", "reed",  "string", "vocal" };

  g_assert_cmpint (INSTRU_N_FAMILIES, ==, G_N_ELEMENTS (ids));
  for (int i = 0; i < INSTRU_N_FAMILIES; i++)
    {
      g_assert_cmpstr (instru_family_get_id ((InstruFamily) i), ==, ids[i]);
      g_assert_cmpint (instru_family_from_id (ids[i]), ==, i);
      g_assert_cmpint (g_utf8_strlen (instru_family_get_label ((InstruFamily) i), -1), >, 2);
    }
  g_assert_cmpint (instru_family_from_id ("Brass"), ==, -1);
  g_assert_cmpint (instru_family_from_id (NULL), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/family/order-and-names", test_order_and_names);
  return g_test_run ();
}
