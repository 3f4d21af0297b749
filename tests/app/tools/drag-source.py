#!/usr/bin/python3
"""A small window from which the files given as arguments are dragged, as from a file manager.
Prints "ready" when it is on the screen, "sent" when its files were asked for, and "done" when the
drag is over and nothing is under way any more."""
import sys

import gi

gi.require_version('Gtk', '3.0')
gi.require_version('Gdk', '3.0')
from gi.repository import Gdk, Gio, Gtk  # noqa: E402

TITLE = 'InstruNet drag source'


def main():
    uris = [Gio.File.new_for_commandline_arg(name).get_uri() for name in sys.argv[1:]]

    def on_data_get(widget, context, selection, info, time):
        selection.set_uris(uris)
        print('sent', flush=True)

    window = Gtk.Window(title=TITLE)
    window.set_default_size(120, 80)
    box = Gtk.EventBox()
    box.add(Gtk.Label(label='drag'))
    box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    box.drag_source_add_uri_targets()
    box.connect('drag-data-get', on_data_get)
    box.connect('drag-end', lambda *_: print('done', flush=True))
    window.add(box)
    window.connect('destroy', Gtk.main_quit)
    window.show_all()
    print('ready', flush=True)
    Gtk.main()


main()
