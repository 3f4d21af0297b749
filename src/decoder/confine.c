/* Takes from this process everything that decoding does not need: memory without end, other files,
 * the network, new programs. Landlock rules over files, a seccomp filter over system calls; both
 * hold for every thread that is started from here on. */
#include "confine.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Enough for any codec; a file that asks for more is refused memory instead of taking the
 * machine's. */
#define MAX_DATA_BYTES ((rlim_t) 1 << 30)

/* Sanitizers map terabytes, start helpers and read any file. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

#define FILE_READS  (LANDLOCK_ACCESS_FS_READ_FILE)
#define FILE_WRITES (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE)
#define TREE_READS  (FILE_READS | LANDLOCK_ACCESS_FS_READ_DIR)
#define TREE_WRITES                                                                                \
  (FILE_WRITES | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |                  \
   LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |      \
   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |   \
   LANDLOCK_ACCESS_FS_MAKE_SYM)

/* Where plug-ins, the libraries they need and translations are; no folder that people keep files
 * in. */
static const char *const system_paths[] = {
  "/usr",          "/lib",
  "/lib32",        "/lib64",
  "/app",          "/nix/store",
  "/gnu/store",    "/etc/ld.so.cache",
  "/dev/null",     "/dev/urandom",
  "/proc/self",    "/proc/cpuinfo",
  "/proc/meminfo", "/sys/devices/system/cpu",
};

static void
set_limit (__rlimit_resource_t resource, rlim_t value)
{
  struct rlimit limit = { value, value };

  setrlimit (resource, &limit);
}

static void
allow_reading (int ruleset, const char *path)
{
  struct landlock_path_beneath_attr rule = { .parent_fd = open (path, O_PATH | O_CLOEXEC) };
  struct stat status;

  if (rule.parent_fd < 0)
    return;
  if (fstat (rule.parent_fd, &status) == 0)
    {
      rule.allowed_access = S_ISDIR (status.st_mode) ? TREE_READS : FILE_READS;
      syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
  close (rule.parent_fd);
}

/* Returns: whether the kernel guards the files now */
static gboolean
confine_files (const char *const *folders)
{
  const struct landlock_ruleset_attr attributes = { .handled_access_fs = TREE_READS | TREE_WRITES };
  int ruleset = (int) syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  gboolean is_confined;

  if (ruleset < 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (system_paths); i++)
    allow_reading (ruleset, system_paths[i]);
  for (gsize i = 0; folders != NULL && folders[i] != NULL; i++)
    allow_reading (ruleset, folders[i]);
  is_confined = syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close (ruleset);
  return is_confined;
}

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define OUR_ARCH AUDIT_ARCH_RISCV64
#endif

#ifdef OUR_ARCH
#define FORBID(name)                                                                               \
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1),                                          \
      BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM_VALUE)
#define EPERM_VALUE 1

/* System calls that decoding never makes are refused, and all those of another architecture, whose
 * numbers mean other things. */
static void
confine_system_calls (void)
{
  static struct sock_filter filter[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, arch)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM_VALUE),
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    FORBID (socket),
    FORBID (connect),
    FORBID (bind),
    FORBID (listen),
    FORBID (execve),
    FORBID (execveat),
    FORBID (ptrace),
    FORBID (process_vm_readv),
    FORBID (process_vm_writev),
    FORBID (kill),
    FORBID (mount),
    FORBID (umount2),
    FORBID (unshare),
    FORBID (setns),
    FORBID (bpf),
    FORBID (keyctl),
    FORBID (add_key),
    FORBID (request_key),
    FORBID (userfaultfd),
    FORBID (perf_event_open),
    FORBID (io_uring_setup),
    FORBID (open_by_handle_at),
    FORBID (truncate),
    FORBID (shmget),
    FORBID (shmat),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const struct sock_fprog program = { .len = G_N_ELEMENTS (filter), .filter = filter };

  syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}
#else
static void
confine_system_calls (void)
{
}
#endif

void
instru_confine (const char *const *folders)
{
  set_limit (RLIMIT_CORE, 0);
  if (IS_SANITIZED)
    return;

  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  set_limit (RLIMIT_DATA, MAX_DATA_BYTES);
  if (!confine_files (folders))
    {
      /* Without Landlock at least nothing is written; a library that tries shall see an error. */
      signal (SIGXFSZ, SIG_IGN);
      set_limit (RLIMIT_FSIZE, 0);
    }
  confine_system_calls ();
}
