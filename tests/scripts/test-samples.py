#!/usr/bin/python3
"""The bundled samples: one for each family, small, documented, and strange to the network."""

import glob
import json
import os
import re
import struct
import unittest

DATA = os.environ["INSTRU_DATA_DIR"]
MODELS = glob.glob(os.path.join(os.environ["INSTRU_MODEL_DIR"], "*.safetensors"))
SAMPLES = os.path.join(DATA, "samples")
FAMILIES = "brass flute guitar keyboard mallet reed string vocal".split()
SOUNDFONT_GROUP = "fluidr3"


def read(name):
    with open(os.path.join(SAMPLES, name), encoding="utf-8") as file:
        return file.read()


def metadata(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        return json.loads(file.read(length)).get("__metadata__", {})


class Samples(unittest.TestCase):
    def test_one_for_each_family(self):
        found = sorted(os.path.basename(path) for path in glob.glob(os.path.join(SAMPLES, "*.opus")))
        self.assertEqual(found, [family + ".opus" for family in FAMILIES])

    def test_under_a_megabyte_together(self):
        size = sum(os.path.getsize(os.path.join(SAMPLES, family + ".opus")) for family in FAMILIES)
        self.assertLess(size, 1_000_000)

    def test_readme_names_the_programs_of_the_script(self):
        script = dict(re.findall(r'^    "(\w+)": \(\n        (\d+),', read("make-samples.py"), re.MULTILINE))
        readme = dict(re.findall(r"^\| `(\w+)\.opus` \|[^|]*\| (\d+) \|", read("README.md"), re.MULTILINE))
        self.assertEqual(sorted(script), FAMILIES)
        self.assertEqual(readme, script)

    @unittest.skipUnless(MODELS, "no network is shipped yet")
    def test_no_network_was_trained_on_their_soundfont(self):
        for path in MODELS:
            trained_on = metadata(path)["trained_on"]
            self.assertTrue(trained_on.strip())
            self.assertNotIn(SOUNDFONT_GROUP, trained_on.lower())


if __name__ == "__main__":
    unittest.main()
