#!/usr/bin/python3
"""Looking closer: the wheel, drags, keys, buttons and the scroll bar, on the real window.

usage: test-zoom.py INSTRUNET INSTRUNET-ANALYZE MODEL-FOLDER SAMPLE-FOLDER
Runs inside tools/private-desktop.py.
"""
import os
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / 'tools'))
import desktop_user  # noqa: E402
from desktop_user import App, Atspi, changed_pixels, wait_for, xdotool  # noqa: E402

PROGRAM, _, MODELS, SAMPLES = sys.argv[1:5]
os.environ['INSTRU_MODEL_DIR'] = MODELS
PICTURES = pathlib.Path(os.environ['HOME'])
app = App(PROGRAM, pathlib.Path(SAMPLES) / 'mallet.opus')


def is_sensitive():
    return app.find('Visible part', 'scroll bar').is_sensitive


def spectrogram_place():
    """A point of the screen inside the spectrogram."""
    extents = app.find('Mel-spectrogram', 'image').accessible.get_extents(Atspi.CoordType.WINDOW)
    values = dict(re.findall(r'(\w+)=(\d+)',
                             xdotool('getwindowgeometry', '--shell', app.window_id)))
    return (int(values['X']) + extents.x + extents.width // 2,
            int(values['Y']) + extents.y + extents.height // 2)


def read_time():
    """The time under the pointer, as the spectrogram's title line reads it."""
    text = app.wait_text(r'^\d+\.\d+\s*s · .*dB$', 10)
    return float(re.match(r'[\d.]+', text).group())


def wheel(button, *modifiers):
    for modifier in modifiers:
        xdotool('keydown', modifier)
    xdotool('click', button)
    for modifier in modifiers:
        xdotool('keyup', modifier)


def drag(offset_x, *modifiers):
    for modifier in modifiers:
        xdotool('keydown', modifier)
    xdotool('mousedown', 1)
    for _ in range(10):
        xdotool('mousemove_relative', '--', offset_x // 10, 0)
        time.sleep(0.03)
    xdotool('mouseup', 1)
    for modifier in modifiers:
        xdotool('keyup', modifier)


def test_starts_whole():
    """the whole recording is visible at first"""
    app.__enter__()
    app.wait_done(1)
    assert not is_sensitive()
    app.picture(PICTURES / 'whole.png')


def test_wheel_zooms():
    """Ctrl and the wheel zoom about the pointer"""
    xdotool('mousemove', *spectrogram_place())
    before = read_time()
    for _ in range(6):
        wheel(4, 'ctrl')
    wait_for(is_sensitive, 'a part to scroll', 10)
    wait_for(lambda: changed_pixels(PICTURES / 'whole.png',
                                    app.picture(PICTURES / 'part.png')) > 20000,
             'a closer picture', 10)
    assert abs(read_time() - before) < 0.02, (read_time(), before)


def test_wheel_pans():
    """the wheel alone moves the visible part, and what lies under the pointer with it"""
    before = read_time()
    wheel(5)
    wait_for(lambda: 0.05 < read_time() - before < 0.2, 'a tenth of the visible part', 10)


def test_drag_pans():
    """dragging holds on to the time that was pressed"""
    before = read_time()
    app.picture(PICTURES / 'before.png')
    drag(-200)
    wait_for(lambda: changed_pixels(PICTURES / 'before.png',
                                    app.picture(PICTURES / 'after.png')) > 20000,
             'another part', 10)
    assert abs(read_time() - before) < 0.02, (read_time(), before)


def test_click_seeks():
    """a click that does not move seeks, and leaves the visible part as it is"""
    wanted = read_time()
    app.picture(PICTURES / 'before.png')
    xdotool('click', 1)
    app.wait_text(f'^0:0{int(wanted)}[.,]', 10)
    changed = changed_pixels(PICTURES / 'before.png', app.picture(PICTURES / 'after.png'))
    assert changed < 10000, changed


def test_double_click_shows_all():
    """a double click shows all again"""
    xdotool('click', '--repeat', 2, '--delay', 60, 1)
    wait_for(lambda: not is_sensitive(), 'the whole recording', 10)


def test_keys():
    """plus, minus and 0 do the same without a mouse"""
    app.key('plus', 'plus')
    wait_for(is_sensitive, 'a part to scroll', 10)
    app.key('minus', 'minus')
    wait_for(lambda: not is_sensitive(), 'the whole recording', 10)
    app.key('ctrl+plus')
    wait_for(is_sensitive, 'a part to scroll', 10)
    app.key('0')
    wait_for(lambda: not is_sensitive(), 'the whole recording', 10)


def test_buttons():
    """so do the buttons"""
    app.press('Zoom In')
    wait_for(is_sensitive, 'a part to scroll', 10)
    app.press('Zoom Out')
    wait_for(lambda: not is_sensitive(), 'the whole recording', 10)


def selected():
    """(start, end, answer) as the card tells them."""
    text = app.wait_text(r'^Selected ', 10)
    return re.fullmatch(r'Selected ([\d.]+) – ([\d.]+)\s*s: (\w.*)', text).groups()


def test_selects():
    """Shift and a drag select, and the answer for that part stands beside the whole's"""
    xdotool('mousemove', *spectrogram_place())
    begin = read_time()
    drag(200, 'shift')
    end = read_time()
    wait_for(lambda: abs(float(selected()[1]) - end) < 0.03, 'the end of the drag', 10)
    assert abs(float(selected()[0]) - begin) < 0.03, (selected(), begin)
    xdotool('mousemove_relative', '--', 0, -400)
    app.wait_text(r'^spectral centroid, selected .*Hz, whole .*Hz$', 10)


def test_selects_nothing():
    """the cross beside it gives the selection up"""
    app.press('Select Nothing')
    wait_for(lambda: not any(text.startswith('Selected') for text in app.texts()),
             'no selection', 10)


def test_selects_by_keys():
    """brackets select from the reading cursor and up to it, Escape selects nothing"""
    def focus_on_waveform():
        app.key('Tab')
        time.sleep(0.5)
        plot = app.find('Waveform', 'image')
        return plot is not None and plot.has(Atspi.StateType.FOCUSED)

    wait_for(focus_on_waveform, 'the focus on the waveform', 30)
    app.key('Home', 'shift+Right', 'bracketleft', 'shift+Right', 'bracketright')
    start, end, _ = selected()
    assert 0.1 < float(start) < float(end) < 1.0, (start, end)
    app.key('Escape')
    wait_for(lambda: not any(text.startswith('Selected') for text in app.texts()),
             'no selection', 10)


def test_close():
    """the window closes cleanly"""
    app.__exit__(None, None, None)


try:
    desktop_user.run(test_starts_whole, test_wheel_zooms, test_wheel_pans, test_drag_pans,
                     test_click_seeks, test_double_click_shows_all, test_keys, test_buttons,
                     test_selects, test_selects_nothing, test_selects_by_keys, test_close)
finally:
    if hasattr(app, 'process') and app.process.poll() is None:
        app.process.terminate()
