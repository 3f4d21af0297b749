#!/bin/sh
# ./run.sh [FILE…]: installs what is missing, builds InstruNet and opens it with the recordings.
# Without a display it analyses them in the terminal instead.
set -eu

root=$(cd "$(dirname "$0")" && pwd)
build=$root/build

# shellcheck source=tests/scripts/set-up.sh
. "$root/tests/scripts/set-up.sh"

# shellcheck disable=SC2086 # lists of words
require_packages $build_packages $runtime_packages

build_in "$build" --buildtype=release

# Where an installed program would look under its prefix, this one looks here.
export INSTRU_DECODER="$build/src/decoder/instrunet-decoder"
export INSTRU_MODEL_DIR="$root/model"
export INSTRU_DATA_DIR="$root/data"
export GSETTINGS_SCHEMA_DIR="$build/data"
export XDG_DATA_DIRS="$root/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"

if [ -n "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]
then
  exec "$build/src/app/instrunet" "$@"
fi

say 'There is no display, so the answer comes here. With one, this opens the window.'
[ "$#" -gt 0 ] || set -- "$root"/data/samples/*.opus
exec "$build/src/cli/instrunet-analyze" "$@"
