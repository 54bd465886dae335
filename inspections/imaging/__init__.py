"""Decoding what came from outside, in a child process with limits on memory and CPU.

Only what a decoder has read and written anew is ever shown; a hostile file takes down the child, not the
server. Each function returns what the child made, or raises UnreadableError with its reason.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")
SECONDS = 60


class UnreadableError(Exception):
    """`reason`: broken, too_large, encrypted, or too_costly (the child ran out of memory or time)."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Photo:
    shown: bytes
    thumbnail: bytes
    taken_at: str  # as EXIF writes it, "2020:12:30 14:03:00", with the offset behind it if known
    place: str  # "37.56650, 126.97800"


def photo(data, *, exif=b"", rotation=0):
    """Decode, turn upright and then by `rotation` degrees to the right, write anew.

    `exif` is the block of the file that a browser has made smaller before sending: read for time and place
    where the picture itself brings none.
    """
    header, (shown, thumbnail) = _ask("photo", exif + data, str(len(exif)), str(rotation))
    return Photo(shown, thumbnail, header["taken_at"], header["place"])


def paper(data):
    """The PDF without anything that acts: scripts, actions, links outward, embedded files, XFA."""
    return _ask("paper", data)[1][0]


def pages(data):
    """The same, and only what is printed: no notes, bookmarks, file names, or what a camera wrote."""
    return _ask("pages", data)[1][0]


def words(data):
    """The text of a PDF; empty where its pages are pictures."""
    return _ask("words", data)[1][0].decode()


def _ask(kind, data, *arguments):
    # -I: no path of ours, no environment; the child knows nothing but the bytes it is given.
    command = [sys.executable, "-IB", str(CHILD), kind, *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False, env={})  # noqa: S603
    except subprocess.TimeoutExpired:
        raise UnreadableError("too_costly") from None
    if done.returncode:
        raise UnreadableError("too_costly")
    line, _, rest = done.stdout.partition(b"\n")
    header = json.loads(line)
    if reason := header.get("refused"):
        raise UnreadableError(reason)
    parts = []
    for length in header["lengths"]:
        parts.append(rest[:length])
        rest = rest[length:]
    return header, parts
