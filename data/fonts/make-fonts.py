#!/usr/bin/python3
"""Makes the two faces of the PDF report from DejaVu Sans (Debian: fonts-dejavu-core).

A subset (Latin, Greek, Cyrillic, signs) in which every glyph is a plain outline: libharu loses
parts of nested composite glyphs, and with them the accents. Hinting and layout tables go, since
nothing in a PDF made by libharu reads them. The fonts get a name of their own, as a changed font
should. Needs python3-fonttools; run it once, the result is kept here.

    ./make-fonts.py /usr/share/fonts/truetype/dejavu
"""

import pathlib
import sys

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FAMILY = "InstruNet Paper"
FACES = {
    "DejaVuSans.ttf": ("Regular", "InstruNetPaper-Regular.ttf"),
    "DejaVuSans-Bold.ttf": ("Bold", "InstruNetPaper-Bold.ttf"),
}
RANGES = [
    (0x0020, 0x007E), (0x00A0, 0x024F),              # Latin
    (0x02B0, 0x02FF),                                # spacing modifiers
    (0x0370, 0x03FF), (0x1F00, 0x1FFF),              # Greek
    (0x0400, 0x052F),                                # Cyrillic
    (0x1E00, 0x1EFF),                                # more Latin
    (0x2000, 0x200A), (0x2010, 0x2027), (0x202F, 0x205F),  # spaces, dashes, quotes
    (0x2070, 0x209C), (0x20A0, 0x20BF),              # superscripts, currencies
    (0x2100, 0x214F), (0x2190, 0x2199),              # letter-like signs, arrows
    (0x2202, 0x2202), (0x2206, 0x2206), (0x220F, 0x221E), (0x2248, 0x2248),
    (0x2260, 0x2265),                                # some mathematics
    (0x25A0, 0x25FF), (0x2669, 0x266F),              # shapes, music
    (0xFB01, 0xFB02), (0xFFFD, 0xFFFD),
]


def decompose(font):
    """Every composite glyph becomes the outline that it stands for."""
    glyphs, glyph_set = font["glyf"], font.getGlyphSet()
    outlines = {}
    for name in font.getGlyphOrder():
        if glyphs[name].isComposite():
            recording = DecomposingRecordingPen(glyph_set)
            glyph_set[name].draw(recording)
            pen = TTGlyphPen(None)
            recording.replay(pen)
            outlines[name] = pen.glyph()
    for name, outline in outlines.items():
        glyphs[name] = outline


def rename(font, style):
    full = f"{FAMILY} {style}"
    names = {1: FAMILY, 2: style, 3: f"{full}; after DejaVu Sans", 4: full,
             6: f"{FAMILY}-{style}".replace(" ", ""), 16: FAMILY, 17: style}
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(names[record.nameID], record.nameID, record.platformID,
                                 record.platEncID, record.langID)
        elif record.nameID not in (0, 5, 13, 14):
            font["name"].removeNames(nameID=record.nameID)


def make(source, style, target):
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "kern", "FFTM", "gasp"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    decompose(font)
    rename(font, style)
    font.save(target)
    print(target, pathlib.Path(target).stat().st_size, "bytes,", font["maxp"].numGlyphs, "glyphs")


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/truetype/dejavu")
    here = pathlib.Path(__file__).parent
    for source, (style, target) in FACES.items():
        make(folder / source, style, here / target)


if __name__ == "__main__":
    main()
