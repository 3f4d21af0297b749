#!/usr/bin/python3
"""Each toolkit stays in its rooms. (meson keeps the rooms' own headers apart; a system header can
be included from anywhere, so this looks.)"""

import glob
import os
import re
import unittest

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.MULTILINE)

ROOMS = {
    r"(gtk|gdk|gsk)/|adwaita\.h": {"app"},
    r"gst/": {"audio", "decoder"},
    r"cblas\.h|openblas": {"nn"},
    r"fftw3\.h|ebur128\.h": {"dsp"},
    r"hpdf\.h": {"plot", "report"},
    r"cairo|pango/": {"plot", "report", "app"},
    r"yajl/": {"lab"},
}


class Rooms(unittest.TestCase):
    def test_toolkits_stay_in_their_rooms(self):
        paths = glob.glob(os.path.join(SOURCE, "**", "*.[ch]"), recursive=True)
        self.assertGreater(len(paths), 0)

        strays = []
        for path in paths:
            room = os.path.relpath(path, SOURCE).split(os.sep)[0]
            with open(path, encoding="utf-8") as file:
                headers = INCLUDE.findall(file.read())
            for pattern, rooms in ROOMS.items():
                if room not in rooms:
                    strays += [(path, header) for header in headers if re.match(pattern, header)]
        self.assertEqual(strays, [])


if __name__ == "__main__":
    unittest.main()
