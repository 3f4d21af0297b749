#!/usr/bin/python3
"""The whole way: drag recordings onto the window, see them, hear one, keep its report.

usage: test-drop.py INSTRUNET INSTRUNET-ANALYZE MODEL-FOLDER SAMPLE-FOLDER
Runs inside tools/private-desktop.py.
"""
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import wave

sys.path.insert(0, str(pathlib.Path(__file__).parent / 'tools'))
import desktop_user  # noqa: E402
import picture  # noqa: E402
from desktop_user import App, Atspi, wait_for  # noqa: E402

PROGRAM, ANALYZE, MODELS, SAMPLES = sys.argv[1:5]
BAD_FILES = {
    'letter.txt': 'not a recording',
    'empty.wav': 'empty',
    'blink.wav': 'only 50',
}
folder = pathlib.Path(tempfile.mkdtemp(prefix='instrunet-drop-'))
reports = folder / 'reports'
os.environ['INSTRU_MODEL_DIR'] = MODELS


def write_recordings():
    """Eight samples under names that say nothing, and files that cannot be read."""
    good = []
    for number, sample in enumerate(sorted(pathlib.Path(SAMPLES).glob('*.opus'))):
        good.append(folder / f'take {number} – é.opus')
        shutil.copy(sample, good[-1])
    (folder / 'letter.txt').write_text('Dear Sir,\n')
    (folder / 'empty.wav').write_bytes(b'')
    with wave.open(str(folder / 'blink.wav'), 'wb') as file:
        file.setparams((1, 2, 22050, 0, 'NONE', ''))
        file.writeframes(struct.pack('<1102h', *([0, 8000] * 551)))
    return good


def remember_report_folder():
    reports.mkdir()
    keyfile = pathlib.Path(os.environ['XDG_CONFIG_HOME']) / 'glib-2.0' / 'settings' / 'keyfile'
    keyfile.parent.mkdir(parents=True)
    keyfile.write_text(f"[io/github/instrunet/InstruNet]\nreport-folder='{reports.as_uri()}'\n")


def expected_status(recording):
    """What the command line says of the same file with the same model."""
    result = subprocess.run([ANALYZE, '--format', 'json', '--model',
                             str(pathlib.Path(MODELS) / 'compact.safetensors'), str(recording)],
                            capture_output=True, text=True, check=True)
    answer = json.loads(result.stdout)
    if not answer['sure']:
        return 'Not sure'
    percent = min(round(100 * answer['confidence']), 99)
    return f'{answer["verdict"].capitalize()} {percent} %'


def plain(text):
    """Any space is a space."""
    return re.sub(r'\s', ' ', text)


def sound_of(sink, seconds):
    """The loudest sample that was played meanwhile, 0 … 32767."""
    recorder = subprocess.Popen(['parec', '--raw', '--format=s16le', '--channels=1',
                                 f'--device={sink}.monitor'], stdout=subprocess.PIPE)
    time.sleep(seconds)
    recorder.terminate()
    data = recorder.communicate()[0]
    samples = struct.unpack(f'<{len(data) // 2}h', data[:len(data) // 2 * 2])
    return max((abs(sample) for sample in samples), default=0)


good_files = write_recordings()
remember_report_folder()
app = App(PROGRAM)


def test_invitation():
    """the empty window invites and offers eight samples"""
    app.__enter__()
    app.wait('Drop a recording')
    names = {node.name for node in app.nodes('push button')}
    families = {'Brass', 'Flute', 'Guitar', 'Keyboard', 'Mallet', 'Reed', 'String', 'Vocal'}
    assert families <= names, names


def test_drop():
    """a real drop of eight recordings and three bad files fills the list"""
    app.drop(*good_files, *(folder / name for name in BAD_FILES))
    rows = app.wait_done(len(good_files) + len(BAD_FILES))
    assert [name for name, _ in rows[:8]] == [file.name for file in good_files], rows


def test_bad_files():
    """each bad file says in its row why it cannot be read"""
    rows = dict(app.rows())
    for name, word in BAD_FILES.items():
        assert word in rows[name] and rows[name].endswith('.'), rows[name]


def test_verdicts():
    """the rows say what the command line says"""
    rows = dict(app.rows())
    for file in good_files:
        assert plain(rows[file.name]) == expected_status(file), (rows[file.name], file)


def test_list_items_are_named():
    """a screen reader hears name and status of each row"""
    names = [node.name for node in app.nodes('list item')]
    for name, status in app.rows():
        assert f'{name}, {status}' in names, (name, names)


def test_controls_are_named():
    """everything that takes the focus has a name"""
    for node in app.nodes():
        if node.is_focusable and node.role not in ('scroll pane', 'panel'):
            assert node.name and not node.name.startswith('Gtk'), (node.role, node.name)


def test_card():
    """the card of the first recording has its verdict and its facts"""
    status = plain(dict(app.rows())[good_files[0].name])
    headline = re.sub(r' \d+ %$', '', status)
    app.wait(headline, 'label')
    app.wait_text(r'kHz stereo Opus · \w+ recording')


def test_plots_are_described():
    """every plot has a name and a description with numbers, and can be focused"""
    plots = [node for node in app.nodes() if node.role in ('image', 'icon') and node.is_focusable]
    names = ' / '.join(plot.name for plot in plots)
    for name in ('Waveform', 'Mel-spectrogram', 'Brightness', 'Families over time', 'Radar'):
        assert name in names, names
    for plot in plots:
        assert re.search(r'\d', plot.description), (plot.name, plot.description)


def test_picture():
    """the plots have ink"""
    screen = folder / 'window.png'
    app.picture(screen)
    for name, least_colors in (('Waveform', 8), ('Mel-spectrogram', 200), ('Brightness', 8)):
        plot = app.find(name, 'image') or app.find(name, 'icon')
        extents = plot.accessible.get_extents(Atspi.CoordType.WINDOW)
        part = picture.crop(screen, extents, folder / f'{name}.png')
        colors = picture.count_colors(part)
        assert colors >= least_colors, (name, colors)


def test_play():
    """play is heard, moves the position, and pauses"""
    if 'INSTRU_TEST_SINK' not in os.environ:
        print('# no PulseAudio: playback is not tried')
        return
    app.press('Play')
    wait_for(lambda: sound_of(os.environ['INSTRU_TEST_SINK'], 1) > 300, 'sound', 20)
    app.wait_text(r'^0:0[1-9]\.\d$')
    if app.find('Pause') is not None:  # else it is over already
        app.press('Pause')
    app.wait('Play', 'push button')


def test_report():
    """one click writes the report where the last one went"""
    app.press('Report')
    app.wait_text('Report saved')
    written = wait_for(lambda: list(reports.glob('*.pdf')), 'the PDF')
    assert written[0].read_bytes().startswith(b'%PDF-')
    if shutil.which('pdftotext'):
        text = subprocess.run(['pdftotext', str(written[0]), '-'], capture_output=True, text=True)
        assert good_files[0].stem in text.stdout, text.stdout[:500]


def test_remove():
    """Delete takes the selected recording out of the list"""
    app.key('Delete')
    wait_for(lambda: len(app.rows()) == len(good_files) + len(BAD_FILES) - 1, 'one row less')


def test_close():
    """the window closes cleanly"""
    app.__exit__(None, None, None)


try:
    desktop_user.run(test_invitation, test_drop, test_bad_files, test_verdicts, test_list_items_are_named,
                     test_controls_are_named,
                     test_card,
                     test_plots_are_described, test_picture, test_play, test_report, test_remove,
                     test_close)
finally:
    if app.process.poll() is None:
        app.process.terminate()
    shutil.rmtree(folder)
