#!/usr/bin/python3
"""Runs a command on a desktop of its own: an X server without a screen, a window manager, a D-Bus
session, a sound server that plays into nothing, and empty XDG folders.

usage: private-desktop.py [--size WxH] [--bare] COMMAND…

--bare leaves out the window manager and the sound. Exits with 77 (a skipped test) and a line where
a program for it is missing. Everything that was started here is ended here, by its process id.
"""
import argparse
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
# Without anything else installed that could answer in place of what is tested.
FIXED_ENVIRONMENT = {
    'GDK_BACKEND': 'x11',
    'GSK_RENDERER': 'cairo',
    'LIBGL_ALWAYS_SOFTWARE': '1',
    'LANG': 'C.UTF-8',
    'LC_ALL': 'C.UTF-8',
    'GTK_USE_PORTAL': '0',
    'ADW_DISABLE_PORTAL': '1',
    'GSETTINGS_BACKEND': 'keyfile',
}


def skip_without(programs):
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        print(f'SKIP: {", ".join(missing)} not installed', flush=True)
        sys.exit(SKIPPED)


def end(process):
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def start(stack, log, *command, **options):
    process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **options)
    stack.callback(end, process)
    return process


def wait_until(condition, what, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f'{what} did not start')
        time.sleep(0.05)


def make_folders(root):
    os.environ.pop('WAYLAND_DISPLAY', None)
    os.environ.update(FIXED_ENVIRONMENT)
    names = {'HOME': 'home', 'XDG_RUNTIME_DIR': 'run', 'XDG_CONFIG_HOME': 'config',
             'XDG_DATA_HOME': 'data', 'XDG_CACHE_HOME': 'cache', 'XDG_STATE_HOME': 'state'}
    for variable, name in names.items():
        (root / name).mkdir(mode=0o700)
        os.environ[variable] = str(root / name)
    settings = root / 'config' / 'gtk-4.0' / 'settings.ini'
    settings.parent.mkdir()
    settings.write_text('[Settings]\ngtk-font-name=Cantarell 11\n')


def start_screen(stack, log, size):
    """-displayfd lets the server choose a free number, so that runs do not meet."""
    reader, writer = os.pipe()
    start(stack, log, 'Xvfb', '-displayfd', str(writer), '-screen', '0', f'{size}x24',
          '-nolisten', 'tcp', '-noreset', pass_fds=[writer])
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    if not number:
        sys.exit('Xvfb did not start')
    os.environ['DISPLAY'] = f':{number}'


def start_bus(stack, log):
    reader, writer = os.pipe()
    start(stack, log, 'dbus-daemon', '--session', '--nofork', f'--print-address={writer}',
          pass_fds=[writer])
    os.close(writer)
    with os.fdopen(reader) as pipe:
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = pipe.readline().strip()


def start_sound(stack, log, root):
    """A sink whose monitor is what was played; without PulseAudio the tests go on in silence."""
    if shutil.which('pulseaudio') is None or shutil.which('pactl') is None:
        return
    (root / 'pulse').mkdir(mode=0o700)
    socket = root / 'pulse' / 'native'
    os.environ.update(PULSE_RUNTIME_PATH=str(root / 'pulse'), PULSE_SERVER=f'unix:{socket}')
    start(stack, log, 'pulseaudio', '--daemonize=no', '-n', '--exit-idle-time=-1',
          '--disable-shm=yes', '--use-pid-file=no', '--log-level=error', '--realtime=no',
          '--high-priority=no', '-L', f'module-native-protocol-unix socket={socket} auth-anonymous=1',
          '-L', 'module-null-sink sink_name=testsink rate=48000')
    quiet = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}
    wait_until(lambda: subprocess.run(['pactl', 'info'], **quiet).returncode == 0, 'PulseAudio')
    subprocess.run(['pactl', 'set-default-sink', 'testsink'], check=True, **quiet)
    os.environ['INSTRU_TEST_SINK'] = 'testsink'


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--size', default='1280x900')
    parser.add_argument('--bare', action='store_true')
    parser.add_argument('command', nargs=argparse.REMAINDER)
    options = parser.parse_args()
    skip_without(['Xvfb', 'dbus-daemon'] + ([] if options.bare else ['openbox', 'xdotool']))

    with contextlib.ExitStack() as stack:
        root = pathlib.Path(stack.enter_context(
            tempfile.TemporaryDirectory(prefix='instrunet-desktop-', ignore_cleanup_errors=True)))
        log = stack.enter_context(open(root / 'log', 'w'))
        make_folders(root)
        start_screen(stack, log, options.size)
        start_bus(stack, log)
        if not options.bare:
            start(stack, log, 'openbox', '--sm-disable')
            start_sound(stack, log, root)
        return subprocess.run(options.command).returncode


if __name__ == '__main__':
    sys.exit(main())
