#!/usr/bin/python3
"""Makes the eight sample recordings: a short phrase for each family, played by FluidSynth.

Usage: make-samples.py [SOUNDFONT]     (Debian: apt install fluidsynth fluid-soundfont-gm sox
                                        gstreamer1.0-tools gstreamer1.0-plugins-base)

The phrases are our own. Each is written as a MIDI file, rendered at 48 kHz, brought to a peak of
-2 dBFS and encoded as Opus beside this script.
"""

import math
import os
import random
import struct
import subprocess
import sys
import tempfile

SOUNDFONT = "/usr/share/sounds/sf2/FluidR3_GM.sf2"
TICKS = 480  # of a beat
LENGTH_S = 3.9
FADE_S = 0.35
PEAK_DB = -2.0
BITS_PER_SECOND = 96000

MODULATION, EXPRESSION, PEDAL, REVERB = 1, 11, 64, 91


def line(start, *notes):
    """Notes in a row: (pitch, beats, velocity), a pitch of None being a rest."""
    placed = []
    for pitch, beats, velocity in notes:
        if pitch is not None:
            placed.append((start, beats, pitch, velocity))
        start += beats
    return placed


def chord(start, beats, velocity, *pitches, spread=0.0):
    return [(start + i * spread, beats - i * spread, pitch, velocity) for i, pitch in enumerate(pitches)]


def swell(controller, start, beats, low, high, steps=24):
    """A controller that rises and falls once, as a breath or a bow does."""
    return [
        (start + beats * i / steps, controller, round(low + (high - low) * math.sin(math.pi * i / steps)))
        for i in range(steps + 1)
    ]


# family: (General MIDI program counted from 0, beats a minute, notes, controllers)
PHRASES = {
    # Trumpet: a call that climbs and comes to rest.
    "brass": (
        56, 108,
        line(0, (67, 0.72, 84), (72, 0.25, 88), (76, 1.0, 104), (74, 0.5, 92), (72, 0.5, 90), (79, 2.6, 108)),
        swell(EXPRESSION, 3, 2.6, 92, 124) + swell(MODULATION, 3.6, 2.0, 0, 34),
    ),
    # Flute: a slow arch down from the high register.
    "flute": (
        73, 84,
        line(0, (81, 1.0, 84), (83, 0.25, 78), (81, 0.25, 76), (78, 0.5, 80), (79, 0.5, 84), (76, 0.5, 78),
             (74, 1.9, 88)),
        swell(EXPRESSION, 0, 1.5, 88, 118) + swell(EXPRESSION, 3, 1.9, 84, 122) + swell(MODULATION, 3.2, 1.7, 0, 40),
    ),
    # Nylon-string guitar: a broken chord of A minor whose strings ring on.
    "guitar": (
        24, 92,
        [(0.0, 5.5, 45, 92), (0.5, 2.4, 57, 76), (1.0, 2.0, 60, 82), (1.5, 1.5, 64, 88), (2.0, 1.0, 69, 96),
         (2.5, 1.0, 64, 78), (3.0, 3.0, 53, 86), (3.0, 3.0, 60, 76), (3.25, 2.7, 65, 82), (3.5, 2.5, 69, 92),
         (4.25, 1.8, 67, 80), (4.75, 1.3, 64, 86)],
        [],
    ),
    # Grand piano: a melody over two broken chords.
    "keyboard": (
        0, 88,
        line(0, (67, 1.0, 80), (72, 0.5, 84), (74, 0.5, 82), (76, 1.0, 92), (74, 0.5, 78), (71, 0.5, 76), (72, 2.0, 88))
        + line(0, (48, 0.5, 62), (55, 0.5, 54), (64, 0.5, 58), (55, 0.5, 52), (53, 0.5, 62), (57, 0.5, 54),
               (55, 0.5, 60), (62, 0.5, 52), (48, 2.0, 64)),
        [(0, PEDAL, 127), (1.98, PEDAL, 0), (2.02, PEDAL, 127), (2.98, PEDAL, 0), (3.02, PEDAL, 127),
         (3.98, PEDAL, 0), (4.02, PEDAL, 127)],
    ),
    # Vibraphone: fourths that open into a ringing chord.
    "mallet": (
        11, 96,
        line(0, (72, 0.5, 84), (77, 0.5, 90), (79, 0.5, 86), (84, 1.0, 98), (82, 0.5, 84), (79, 0.5, 82))
        + chord(3.5, 2.5, 88, 65, 69, 76, 79, spread=0.06),
        [(0, PEDAL, 127), (3.42, PEDAL, 0), (3.46, PEDAL, 127)],
    ),
    # Clarinet: out of the low register over the break.
    "reed": (
        71, 90,
        line(0, (53, 0.75, 82), (57, 0.25, 80), (60, 0.5, 84), (65, 0.5, 88), (69, 1.0, 94), (67, 0.5, 86),
             (64, 0.5, 82), (65, 1.9, 90)),
        swell(EXPRESSION, 0, 3, 86, 120) + swell(EXPRESSION, 3, 2.8, 82, 116),
    ),
    # Cello: one long bow, a turn, and a lower close.
    "string": (
        42, 80,
        line(0, (50, 1.5, 84), (57, 0.75, 90), (55, 0.25, 84), (53, 0.5, 86), (52, 0.5, 84), (50, 1.9, 92)),
        swell(EXPRESSION, 0, 2.2, 76, 122) + swell(EXPRESSION, 2.5, 2.6, 78, 118)
        + swell(MODULATION, 0.4, 1.1, 0, 30) + swell(MODULATION, 3.6, 1.6, 0, 36),
    ),
    # Choir: three chords on "aah".
    "vocal": (
        52, 76,
        chord(0, 1.6, 84, 55, 60, 64, 67) + chord(1.55, 1.1, 88, 53, 60, 65, 69) + chord(2.6, 2.0, 84, 55, 59, 62, 67),
        swell(EXPRESSION, 0, 2.6, 88, 122) + swell(EXPRESSION, 2.6, 2.0, 88, 116),
    ),
}


def variable_length(value):
    data = [value & 0x7F]
    while value := value >> 7:
        data.append(0x80 | value & 0x7F)
    return bytes(reversed(data))


def midi_file(program, beats_a_minute, notes, controllers):
    """A MIDI file of one track; players' small unevenness is drawn from a fixed seed."""
    uneven = random.Random(program)
    events = [(0, 0, bytes([0xC0, program])), (0, 0, bytes([0xB0, REVERB, 36]))]
    for beat, controller, value in controllers:
        events.append((round(beat * TICKS), 1, bytes([0xB0, controller, value])))
    for beat, beats, pitch, velocity in notes:
        start = max(0, round(beat * TICKS) + uneven.randint(-5, 5))
        velocity = min(127, velocity + uneven.randint(-3, 3))
        events.append((start, 3, bytes([0x90, pitch, velocity])))
        events.append((start + round(beats * TICKS), 2, bytes([0x80, pitch, 64])))

    tempo = round(60e6 / beats_a_minute)
    track = b"\x00\xff\x51\x03" + struct.pack(">I", tempo)[1:]
    now = 0
    for time, _, data in sorted(events):
        track += variable_length(time - now) + data
        now = time
    track += variable_length(4 * TICKS) + b"\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(track)) + track


def render(family, soundfont, folder, target):
    midi, raw, trimmed = (os.path.join(folder, family + end) for end in (".mid", ".wav", "-trimmed.wav"))
    with open(midi, "wb") as file:
        file.write(midi_file(*PHRASES[family]))

    run = lambda *command: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    run("fluidsynth", "-n", "-i", "-q", "-r", "48000", "-g", "0.5", "-O", "float", "-T", "wav", "-F", raw,
        soundfont, midi)
    run("sox", raw, "-b", "24", trimmed, "trim", "0", str(LENGTH_S), "fade", "h", "0", str(LENGTH_S), str(FADE_S),
        "gain", "-n", str(PEAK_DB))
    run("gst-launch-1.0", "-q", "filesrc", "location=" + trimmed, "!", "wavparse", "!", "audioconvert", "!",
        "opusenc", "bitrate=%d" % BITS_PER_SECOND, "audio-type=generic", "!", "oggmux", "!",
        "filesink", "location=" + target)


def main():
    soundfont = sys.argv[1] if len(sys.argv) > 1 else SOUNDFONT
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as folder:
        for family in PHRASES:
            render(family, soundfont, folder, os.path.join(here, family + ".opus"))
            print(family)


if __name__ == "__main__":
    main()
