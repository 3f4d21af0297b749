# shellcheck shell=sh disable=SC2034
# What run.sh and test.sh share: the Debian packages that InstruNet needs, and the build. Package
# names are those of Debian 12, Debian 13 and Ubuntu 24.04. The caller sets $root, the top of the
# source tree.

build_packages='
  build-essential meson ninja-build pkgconf gettext
  libgtk-4-dev libadwaita-1-dev
  libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev
  libfftw3-dev libopenblas-dev libebur128-dev
  libhpdf-dev libjson-glib-dev libyajl-dev libxml2-utils
  desktop-file-utils
'

# What the program itself uses: decoders, a way to the loudspeaker, icons, fonts, kept settings.
runtime_packages='
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad
  gstreamer1.0-plugins-ugly gstreamer1.0-libav gstreamer1.0-pulseaudio
  adwaita-icon-theme librsvg2-common fonts-cantarell fonts-dejavu-core
  dconf-gsettings-backend
'

# A screen without a screen, a screen reader's view, and readers for the files that we write.
test_packages='
  xvfb xauth xdotool openbox dbus dbus-x11 at-spi2-core
  python3-gi python3-numpy gir1.2-atspi-2.0 gir1.2-gtk-3.0 gir1.2-gtk-4.0
  poppler-utils imagemagick librsvg2-bin libgtk-4-bin appstream file
'

# Tests that lack one of these skip. They are not worth removing another package for: a desktop
# with PipeWire may refuse the PulseAudio daemon.
optional_test_packages='pulseaudio pulseaudio-utils'

say ()
{
  printf '%s\n' "$*" >&2
}

# Prints those of the packages $@ that are not installed.
missing_packages ()
{
  installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  for package
  do
    printf '%s\n' "$installed" | grep -q -x -F "installed $package" || printf '%s ' "$package"
  done
}

# apt-get, as root, without questions, and patient with another one at work.
apt_get ()
{
  set -- env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
  [ "$(id -u)" -eq 0 ] || set -- sudo "$@"
  "$@" >&2
}

# Installs what is missing of $@, and removes nothing for it.
install_packages ()
{
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0

  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null
  then
    say "Some packages are missing. Please install them as root: apt-get install $missing"
    return 1
  fi

  say "Installing: $missing"
  apt_get update || say 'The list of packages could not be refreshed; trying with the one at hand.'
  # shellcheck disable=SC2086 # a list of words
  apt_get install --no-install-recommends --no-remove $missing && return 0
  say 'Some packages could not be installed. The lines above say why.'
  return 1
}

# Makes sure that the packages $@ are there, or says what to do.
require_packages ()
{
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null
  then
    say "This system has no apt-get. Going on with what is installed; needed are the equivalents of: $*"
    return 0
  fi

  install_packages "$@"
}

# build_in FOLDER [OPTION…]: builds there, set up with the options the first time.
build_in ()
{
  folder=$1
  shift
  [ -f "$folder/build.ninja" ] || meson setup "$@" "$folder" "$root" >&2
  say "Building in $folder"
  ninja -C "$folder" --quiet >&2
}
