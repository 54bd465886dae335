# ruff: noqa: RUF001  look-alikes are the subject
"""Marks pasted from 한글 and Word: private-use glyphs become the marks that every font and reader knows.

Left alone, such a glyph prints as an empty box and publishes as `?`.
"""

import re
import unicodedata

# 한글 draws these from its own private plane; Wingdings and Symbol sit at U+F000 + their byte.
HANGUL_MARKS = {
    0xF003B: "↓",
    0xF012B: "(인)",
    0xF02EF: "·",
    0xF02FC: "▶",
    0xF031C: "■",
    0xF03C5: "□",
    0xF080F: "━",
    0xF081A: "─",
    0xF0854: "《",
    0xF0855: "》",
}
NUMBERED = (0xF02B1, 0xF02CE)  # two runs of twenty boxed numbers
SYMBOL_FONT = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "◆",
    0x9E: "·", 0x9F: "·", 0xA0: "·", 0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "■",
    0xA8: "□", 0xAB: "★", 0xB7: "·", 0xD8: "▶", 0xE0: "→", 0xE8: "→", 0xF0: "⇒", 0xFB: "×", 0xFC: "√",
    0xFD: "×", 0xFE: "√",
}  # fmt: skip
UNKNOWN = "·"

# Look-alikes of our marks: at the head of a line only, where they are marks and not letters.
LOOKALIKES = {
    "◯": "○", "〇": "○", "⚪": "○", "ㅇ": "○", "o": "○", "❍": "○", "◦": "○", "∘": "○", "º": "○",
    "☐": "□", "⬜": "□", "▢": "□", "◻": "□", "ㅁ": "□", "❏": "□", "❑": "□",
    "–": "-", "—": "-", "―": "-", "−": "-", "‐": "-", "ㅡ": "-", "─": "-",
    "•": "·", "∙": "·", "⋅": "·", "・": "·", "‧": "·", "ㆍ": "·",
}  # fmt: skip
LINE_HEAD = re.compile(rf"^(\s*)([{re.escape(''.join(LOOKALIKES))}])(?=\s)", re.MULTILINE)
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffc]")
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
COUNTED = r"(?:\d{1,2}|[가나다라마바사아자차카타파하])"
LEADING_MARK = re.compile(rf"^\s*(□|○|※|-|·|{COUNTED}[.)]|\({COUNTED}\)|[①-⑳㉮-㉻])\s+")


def clean_pasted(text: str) -> str:
    """Text as pasted from a word processor, in our marks and in composed Hangul; nothing readable is lost."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = INVISIBLE.sub("", SPACES.sub(" ", text))
    text = PRIVATE_USE.sub(lambda match: _known(ord(match[0])), text)
    return LINE_HEAD.sub(lambda match: match[1] + LOOKALIKES[match[2]], text)


def split_mark(line: str) -> tuple[str, str]:
    """(`□`, `점검개요`) of `□ 점검개요`; an empty mark if there is none. The outline sets the mark itself."""
    match = LEADING_MARK.match(line)
    if match is None:
        return "", line.strip()
    return match[1], line[match.end() :].strip()


def _known(code: int) -> str:
    if code in HANGUL_MARKS:
        return HANGUL_MARKS[code]
    for first in NUMBERED:
        if first <= code < first + 20:
            return chr(ord("①") + code - first)
    if 0xF000 <= code <= 0xF0FF:
        return SYMBOL_FONT.get(code - 0xF000, UNKNOWN)
    return UNKNOWN
