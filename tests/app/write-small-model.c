/* Writes the tests' model to the path that is given. */
#include "small-model.h"

int
main (int argc, char **argv)
{
  if (argc != 2)
    return 2;
  instru_test_write_small_model (argv[1]);
  return 0;
}
