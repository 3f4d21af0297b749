"""What a user of the window does and sees: starts it, drags files onto it, presses its buttons, reads
its texts through the accessibility bus, looks at the screen.

Where a Python module or a program for this is missing the importing test is skipped (77)."""
import functools
import os
import pathlib
import re
import subprocess
import sys
import time
import warnings

try:
    import gi
    warnings.simplefilter('ignore')
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi
except (ImportError, ValueError):
    print('SKIP: python3-gi with gir1.2-atspi-2.0 is not installed', flush=True)
    sys.exit(77)

TOOLS = pathlib.Path(__file__).parent
APP_NAME = 'instrunet'
PATIENCE_S = float(os.environ.get('INSTRU_TEST_PATIENCE_S', '60'))


class Failure(Exception):
    """What was expected and did not come."""


def wait_for(condition, what, seconds=PATIENCE_S):
    """Returns the first true answer of condition ()."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Failure(f'never came: {what}')
        time.sleep(0.1)


def again_where_it_changed(look):
    """Looks again where something went away, or was too busy to answer, while it was looked at."""
    @functools.wraps(look)
    def look_again(*arguments):
        for attempt in range(10):
            try:
                return look(*arguments)
            except gi.repository.GLib.Error as problem:
                last = problem
                time.sleep(0.2)
        raise Failure(f'the accessibility bus: {last.message}')
    return look_again


def xdotool(*arguments):
    return subprocess.run(['xdotool', *map(str, arguments)], capture_output=True, text=True).stdout


class Node:
    """One accessible object."""

    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def text(self):
        try:
            count = Atspi.Text.get_character_count(self.accessible)
            return Atspi.Text.get_text(self.accessible, 0, count) or self.name
        except Exception:
            return self.name

    def has(self, state):
        return self.accessible.get_state_set().contains(state)

    @property
    def is_visible(self):
        return self.has(Atspi.StateType.VISIBLE)

    @property
    def is_focusable(self):
        return self.has(Atspi.StateType.FOCUSABLE)

    @property
    def is_sensitive(self):
        return self.has(Atspi.StateType.SENSITIVE)

    def walk(self):
        """Itself and what is in it, without what is hidden. (GTK 4.8 says of windows only whether
        they are showing, and nothing of the pages of a stack.)"""
        if not self.is_visible and self.role != 'application':
            return
        yield self
        for index in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(index)
            if child is not None:
                yield from Node(child).walk()

    def actions(self):
        try:
            count = Atspi.Action.get_n_actions(self.accessible)
            return [Atspi.Action.get_action_name(self.accessible, i) for i in range(count)]
        except Exception:
            return []

    def click(self):
        Atspi.Action.do_action(self.accessible, self.actions().index('click'))


class App:
    """The running program; leaving the `with` closes its window and checks how it ended."""

    def __init__(self, program, *files, environment=None):
        self.command = [program, *map(str, files)]
        self.environment = {**os.environ, **(environment or {})}

    def __enter__(self):
        self.process = subprocess.Popen(self.command, env=self.environment)
        self.root = wait_for(self._find, 'the window on the accessibility bus')
        self.window_id = wait_for(lambda: self._find_window(), 'the window on the screen')
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.close()
        elif self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def _find(self):
        if self.process.poll() is not None:
            raise Failure(f'the program ended at once with {self.process.returncode}')
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid:
                return Node(child)
        return None

    def _find_window(self):
        found = xdotool('search', '--onlyvisible', '--pid', self.process.pid).split()
        return found[-1] if found else None

    # — seeing —

    @again_where_it_changed
    def nodes(self, role=None):
        self.root.accessible.clear_cache()
        return [node for node in self.root.walk() if role in (None, node.role)]

    @again_where_it_changed
    def texts(self):
        return [node.text for node in self.nodes('label')]

    @again_where_it_changed
    def find(self, name, role=None):
        return next((node for node in self.nodes(role) if name in node.name), None)

    def wait(self, name, role=None, seconds=PATIENCE_S):
        return wait_for(lambda: self.find(name, role), f'{role or "anything"} named “{name}”', seconds)

    def wait_text(self, text, seconds=PATIENCE_S):
        return wait_for(lambda: next((t for t in self.texts() if re.search(text, t)), None),
                        f'the text “{text}”', seconds)

    @again_where_it_changed
    def rows(self):
        """(name, status) of each recording in the list."""
        rows = []
        for item in self.nodes('list item'):
            labels = [node.text for node in item.walk() if node.role == 'label']
            if len(labels) >= 2:
                rows.append(tuple(labels[:2]))
        return rows

    def wait_done(self, n_rows, seconds=PATIENCE_S):
        """All rows are there and none is waiting or being read."""
        def done():
            rows = self.rows()
            busy = [row for row in rows if re.match('Waiting|Reading', row[1])]
            return rows if len(rows) == n_rows and not busy else None
        return wait_for(done, f'{n_rows} finished rows, but {self.rows()}', seconds)

    def picture(self, path):
        """A picture of the window."""
        subprocess.run(['import', '-window', self.window_id, str(path)], check=True)
        return path

    # — doing —

    def press(self, name):
        def try_press():
            node = next((n for n in self.nodes() if name in n.name and 'click' in n.actions()
                         and n.is_sensitive), None)
            if node is not None:
                node.click()
            return node
        wait_for(try_press, f'something to press named “{name}”')

    def key(self, *keys):
        xdotool('windowfocus', '--sync', self.window_id, 'key', *keys)

    def resize(self, width, height):
        xdotool('windowsize', '--sync', self.window_id, width, height)

    def drop(self, *files):
        """A real drag: press, move step by step, hover, let go."""
        source = subprocess.Popen([sys.executable, TOOLS / 'drag-source.py', *map(str, files)],
                                  stdout=subprocess.PIPE, text=True)
        try:
            if source.stdout.readline().strip() != 'ready':
                raise Failure('the window to drag from did not come')
            self._drag_from(source.pid)
            said = [source.stdout.readline().strip()]
            while said[-1] not in ('done', ''):
                said.append(source.stdout.readline().strip())
            if 'sent' not in said:
                raise Failure('nobody asked for the dragged files')
        finally:
            source.terminate()
            source.wait()

    def _drag_from(self, pid):
        source = wait_for(lambda: xdotool('search', '--onlyvisible', '--pid', pid).split(),
                          'the window to drag from')[-1]
        xdotool('windowmove', '--sync', self.window_id, 160, 20)
        xdotool('windowmove', '--sync', source, 10, 10)
        time.sleep(0.3)
        before, after = (pathlib.Path(os.environ['HOME']) / name for name in ('1.png', '2.png'))
        self.picture(before)
        from_x, from_y = middle(source)
        to_x, to_y = middle(self.window_id)
        xdotool('mousemove', from_x, from_y, 'mousedown', 1)
        for step in range(1, 21):
            xdotool('mousemove', from_x + (to_x - from_x) * step // 20,
                    from_y + (to_y - from_y) * step // 20)
            time.sleep(0.03)
        wait_for(lambda: changed_pixels(before, self.picture(after)) > 5000,
                 'the hint while hovering', 10)
        xdotool('mouseup', 1)

    def close(self):
        """Ends the program as a user does; anything but a clean end is a failure."""
        self.key('ctrl+q')
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failure('the window did not close') from None
        if status != 0:
            raise Failure(f'the program ended with {status}')


def changed_pixels(before, after):
    result = subprocess.run(['compare', '-metric', 'AE', str(before), str(after), 'null:'],
                            capture_output=True, text=True)
    return float(result.stderr.split()[0])


def middle(window):
    values = dict(re.findall(r'(\w+)=(\d+)', xdotool('getwindowgeometry', '--shell', window)))
    return (int(values['X']) + int(values['WIDTH']) // 2,
            int(values['Y']) + int(values['HEIGHT']) // 2)


def run(*tests):
    """Runs the tests in order and speaks TAP."""
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        name = (test.__doc__ or test.__name__).strip().splitlines()[0]
        try:
            test()
            print(f'ok {number} - {name}', flush=True)
        except Exception as problem:
            failed += 1
            print(f'not ok {number} - {name}\n# {problem!r}', flush=True)
    sys.exit(1 if failed else 0)
