#!/bin/sh
# ./test.sh [--sanitize | --threads] [OPTION OF meson test | TEST]…: installs what is missing,
# builds, runs every test without a display, and ends with "N passed, N failed, N skipped".
#
#   --sanitize  with AddressSanitizer and UndefinedBehaviorSanitizer, all but the window's tests
#   --threads   with ThreadSanitizer, all but the window's tests
set -eu

root=$(cd "$(dirname "$0")" && pwd)
sanitizers=$root/tests/sanitizers

# shellcheck source=tests/scripts/set-up.sh
. "$root/tests/scripts/set-up.sh"

usage ()
{
  say 'Usage: ./test.sh [--sanitize | --threads] [OPTION OF meson test | TEST]…'
  say 'For example: ./test.sh --sanitize --suite dsp'
  exit 2
}

kind=plain
case ${1:-} in
  --sanitize) kind=sanitize; shift ;;
  --threads) kind=threads; shift ;;
  -h | --help) usage ;;
esac

# shellcheck disable=SC2086 # lists of words
require_packages $build_packages $runtime_packages $test_packages
if command -v apt-get >/dev/null
then
  # shellcheck disable=SC2086
  install_packages $optional_test_packages || say 'Going on without; the tests that need them skip.'
fi

# Three kinds, each in a folder of its own, so that none waits for another's rebuild.
case $kind in
  plain)
    build=$root/build-test
    build_in "$build"
    set -- --timeout-multiplier 2 "$@"
    ;;
  sanitize)
    build=$root/build-sanitize
    build_in "$build" -Db_sanitize=address,undefined -Db_lundef=false
    export ASAN_OPTIONS="fast_unwind_on_malloc=0:strict_string_checks=1"
    export LSAN_OPTIONS="suppressions=$sanitizers/lsan.supp:print_suppressions=0"
    export UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1"
    set -- --timeout-multiplier 10 --no-suite app "$@"
    ;;
  threads)
    build=$root/build-threads
    shim=$build/tsan-glib.o
    mkdir -p "$build"
    # shellcheck disable=SC2046 # flags
    cc -O1 $(pkg-config --cflags gio-2.0) -c -o "$shim" "$sanitizers/tsan-glib.c"
    build_in "$build" -Db_sanitize=thread -Db_lundef=false "-Dc_link_args=$shim @$sanitizers/tsan-wraps.txt"
    export G_SLICE=always-malloc # its own allocator looks like a race
    export TSAN_OPTIONS="ignore_noninstrumented_modules=1:second_deadlock_stack=1"
    set -- --timeout-multiplier 10 --no-suite app "$@"
    ;;
esac

status=0
meson test -C "$build" --no-rebuild --print-errorlogs "$@" || status=$?
python3 "$root/tests/scripts/count-results.py" "$build/meson-logs/testlog.json" || status=1
exit "$status"
