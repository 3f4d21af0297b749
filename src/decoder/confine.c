/* Takes from this process everything that decoding does not need. */
#include "confine.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* Enough for any codec; a file that asks for more is refused memory instead of taking the
 * machine's. */
#define MAX_DATA_BYTES ((rlim_t) 1 << 30)

static void
set_limit (__rlimit_resource_t resource, rlim_t value)
{
  struct rlimit limit = { value, value };

  setrlimit (resource, &limit);
}

void
instru_confine (const char *const *folders)
{
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  set_limit (RLIMIT_CORE, 0);
  /* A library that tries to write a file shall see an error, not die of it. */
  signal (SIGXFSZ, SIG_IGN);
  set_limit (RLIMIT_FSIZE, 0);
  set_limit (RLIMIT_DATA, MAX_DATA_BYTES);
}
