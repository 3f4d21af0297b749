"""Looks at pictures of the window by ImageMagick."""
import subprocess


def crop(picture, extents, path):
    geometry = f'{extents.width}x{extents.height}+{extents.x}+{extents.y}'
    subprocess.run(['convert', str(picture), '-crop', geometry, '+repage', str(path)], check=True)
    return path


def count_colors(picture):
    """How many different colours there are: an empty plot has one or two."""
    result = subprocess.run(['identify', '-format', '%k', str(picture)], capture_output=True,
                            text=True, check=True)
    return int(result.stdout)
