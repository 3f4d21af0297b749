/* Numbers as JSON and CSV print them. */
#include "number.h"

#include <float.h>
#include <math.h>

static void
check (double value, int decimals, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_true (instru_number_append (text, value, decimals));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_fixed_and_short (void)
{
  check (0.942, 4, "0.942");
  check (0.1 + 0.2, 4, "0.3");
  check (3.02, 3, "3.02");
  check (21600.0, 3, "21600.0");
  check (-18.4049, 2, "-18.4");
  check (0.0, 4, "0.0");
  check (1e-9, 4, "0.0");
  check (10800.0, 0, "10800");
}

static void
test_what_rounds_to_zero_has_no_sign (void)
{
  check (-0.0, 2, "0.0");
  check (-0.001, 2, "0.0");
  check (-0.01, 2, "-0.01");
}

/* The largest double has 309 digits before the point. */
static void
test_largest (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_true (instru_number_append (text, -DBL_MAX, 9));
  g_assert_cmpuint (text->len, ==, 1 + 309 + 2);
}

static void
test_not_finite (void)
{
  g_autoptr (GString) text = g_string_new ("[");

  g_assert_false (instru_number_append (text, (double) NAN, 2));
  g_assert_false (instru_number_append (text, (double) INFINITY, 2));
  g_assert_false (instru_number_append (text, (double) -INFINITY, 2));
  g_assert_cmpstr (text->str, ==, "[");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/fixed-and-short", test_fixed_and_short);
  g_test_add_func ("/number/what-rounds-to-zero-has-no-sign", test_what_rounds_to_zero_has_no_sign);
  g_test_add_func ("/number/largest", test_largest);
  g_test_add_func ("/number/not-finite", test_not_finite);
  return g_test_run ();
}
