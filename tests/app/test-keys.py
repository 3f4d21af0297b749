#!/usr/bin/python3
"""The window by keyboard, on a narrow screen, by command line, and started a second time.

usage: test-keys.py INSTRUNET INSTRUNET-ANALYZE MODEL-FOLDER SAMPLE-FOLDER
Runs inside tools/private-desktop.py.
"""
import os
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / 'tools'))
import desktop_user  # noqa: E402
from desktop_user import App, wait_for, xdotool  # noqa: E402

PROGRAM, _, MODELS, SAMPLES = sys.argv[1:5]
os.environ['INSTRU_MODEL_DIR'] = MODELS
app = App(PROGRAM, pathlib.Path(SAMPLES) / 'reed.opus', 'http://example.org/song.mp3')


def test_version():
    """--version prints the version and ends"""
    result = subprocess.run([PROGRAM, '--version'], capture_output=True, text=True, check=True)
    assert re.fullmatch(r'InstruNet \d+\.\d+\.\d+\n', result.stdout), result.stdout


def test_command_line():
    """files on the command line are read; an address gets its sentence"""
    app.__enter__()
    rows = dict(app.wait_done(2))
    assert 'network' in rows['song.mp3'], rows


def test_second_start():
    """a second start hands its file to the first and ends"""
    subprocess.run([PROGRAM, str(pathlib.Path(SAMPLES) / 'flute.opus')], check=True, timeout=30)
    rows = app.wait_done(3)
    assert rows[2][0] == 'flute.opus', rows


def test_toggle_list():
    """F9 hides the list and shows it again"""
    app.key('F9')
    wait_for(lambda: not app.rows(), 'a hidden list', 10)
    app.key('F9')
    wait_for(app.rows, 'the list again', 10)


def test_reading_cursor():
    """the arrow keys read a focused plot"""
    def focus_on_waveform():
        app.key('Tab')
        time.sleep(0.5)
        plot = app.find('Waveform', 'image') or app.find('Waveform', 'icon')
        return plot if plot and plot.has(desktop_user.Atspi.StateType.FOCUSED) else None

    plot = wait_for(focus_on_waveform, 'the focus on the waveform', 30)
    app.key('Home')
    app.wait_text(r'^0\.00\s*s · ')
    app.key('Right', 'Right', 'shift+Right')
    first = app.wait_text(r'^0\.[1-9]\d\s*s · ')
    app.key('Left')
    wait_for(lambda: any(re.match(r'0\.\d\d\s*s · ', text) and text != first
                         for text in app.texts()), 'an earlier moment', 10)
    app.key('Escape')
    assert plot.name == 'Waveform'


def test_shortcuts():
    """Ctrl+? shows the shortcuts"""
    app.key('ctrl+question')
    app.wait('Save a PDF report')
    app.key('Escape')
    wait_for(lambda: app.find('Move the reading cursor') is None, 'the shortcuts gone', 10)


def window_width():
    geometry = xdotool('getwindowgeometry', '--shell', app.window_id)
    return int(re.search(r'WIDTH=(\d+)', geometry).group(1))


def test_narrow():
    """on a narrow window the list hides behind its button"""
    app.resize(500, 800)  # an edge that is dragged: what folds there gives room for the rest
    app.wait('List of recordings', seconds=10)
    assert not app.rows()
    app.resize(400, 800)
    app.press('List of recordings')
    wait_for(app.rows, 'the list over the page', 10)
    app.key('Escape')
    wait_for(lambda: not app.rows(), 'the list gone again', 10)
    wait_for(lambda: window_width() <= 400, f'400 px, but {window_width()}', 10)
    app.resize(1000, 800)


def test_delete():
    """Delete, once for each, brings the invitation back"""
    wait_for(app.rows, 'the list again', 10)
    for left in (2, 1):
        app.key('Delete')
        wait_for(lambda: len(app.rows()) == left, f'{left} rows', 10)
    app.key('Delete')
    app.wait('InstruNet', 'frame', seconds=10)
    assert not app.rows()


def test_close():
    """the window closes cleanly"""
    app.__exit__(None, None, None)


try:
    desktop_user.run(test_version, test_command_line, test_second_start, test_toggle_list,
                     test_reading_cursor, test_shortcuts, test_narrow, test_delete, test_close)
finally:
    if hasattr(app, 'process') and app.process.poll() is None:
        app.process.terminate()
