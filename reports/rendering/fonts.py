"""The fonts of the paper. Without the files Hangul prints as boxes while its text stays whole: so refuse.

`make` copies them from Debian's fonts-nanum (OFL) to static/vendor/fonts/; no system path stands in a style.
"""

import os
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from reports.rendering.errors import RenderError

FOLDER = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts"
FACES = (
    ("NanumMyeongjo", 400, "NanumMyeongjo.ttf"),
    ("NanumMyeongjo", 700, "NanumMyeongjoBold.ttf"),
    ("NanumGothic", 400, "NanumGothic.ttf"),
    ("NanumGothic", 700, "NanumGothicBold.ttf"),
    ("NanumBarunGothic", 400, "NanumBarunGothic.ttf"),  # has the mark ❍, which the others lack
)
TYPES = (b"\x00\x01\x00\x00", b"true")


class FontsMissing(RenderError):
    """The site must not start."""


def folder():
    return Path(os.environ.get("PAPER_FONTS", FOLDER))


def check():
    """Raise unless every face is there and is a TrueType file; the site and the child ask when they start."""
    for _, _, name in FACES:
        path = folder() / name
        try:
            with path.open("rb") as file:
                kind = file.read(4)
        except OSError:
            raise FontsMissing(f"한글 글꼴이 없습니다: {path} (make를 다시 실행하세요)") from None
        if kind not in TYPES:
            raise FontsMissing(f"글꼴 파일이 아닙니다: {path}")


def face_rules():
    """The @font-face rules of the PDF; the frozen HTML page names the same families without a file."""
    return "".join(
        f"@font-face {{ font-family: {family}; font-weight: {weight}; src: url('asset:{name}') }}\n"
        for family, weight, name in FACES
    )


def assets():
    """File name → bytes, for the fetcher of the child."""
    return {name: (folder() / name).read_bytes() for _, _, name in FACES}


@cache
def covered():
    """Every character that some face of the paper can draw."""
    characters = set()
    for _, _, name in FACES:
        with TTFont(folder() / name, lazy=True) as font:
            characters |= font.getBestCmap().keys()
    return frozenset(characters)


def not_covered(text):
    """Characters that would print as boxes, in order and once each; a warning for the drafter."""
    return "".join(
        dict.fromkeys(letter for letter in text if letter.isprintable() and ord(letter) not in covered())
    )
