# ruff: noqa: RUF001  apostrophes as people type them
"""The stricter notation of letters (행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조, 제4조), as warnings.

Reports write ’20. 12. 30. and 오후 as they like; a letter to somebody outside writes dates in full, the hours
to 24, and amounts with their words. Pure: it reads the tree, warns, and never corrects.
"""

import re
from collections.abc import Iterator

from notation import money
from reports.checking import Fault
from reports.tree import Node, Paper, walk

SHORT_YEAR = re.compile(r"[’‘'`´]\s?\d{2}\.\s?\d{1,2}\.(?:\s?\d{1,2}\.)?")
# 2026-1-2, 2026/1/2, 2026년 1월 2일, 2026.1.2., 2026. 01. 02. and 2026. 1. 2 without its last full stop.
DATE = re.compile(
    r"(?<![\d-])(\d{4})(?P<sep>\s?년\s?|\.\s?|-|/)(\d{1,2})(?:\s?월\s?|\.\s?|-|/)(\d{1,2})(?P<end>\s?일|\.)?(?![\d-])"
)
HALF_DAY = re.compile(r"(?:오전|오후|낮|밤|새벽)\s?\d{1,2}(?:시|:\d{2})(?:\s?\d{1,2}분)?")
SPOKEN_TIME = re.compile(r"(?<!\d)(\d{1,2})시(?:\s?(\d{1,2})분)?(?!간|\w*설)")
AMOUNT = re.compile(r"(?<![\d,.])(금\s?)?(△?\d{1,3}(?:,\d{3})+|△?\d{4,})\s?원(?:\s?\(([^)]*)\))?")
WORDS = re.compile(r"금?\s*(△?[영일이삼사오육칠팔구십백천만억조경해]+)\s*원(?:정)?")
TYPED_END = re.compile(r"끝\.?\s*$")
COLON = re.compile(r"^\s*붙임\s*[::]")


def faults(paper: Paper) -> list[Fault]:
    """In reading order. What a letter may not, and amounts whose words say another sum in any paper."""
    found = list(_of_text(paper.title, "", paper))
    for _, node in walk(paper.body):
        for text in _texts(node):
            found += _of_text(text, node.id, paper)
        if node.kind not in ("table", "photo"):
            found += _typed_ends(node)
    return found


def _texts(node: Node) -> Iterator[str]:
    yield node.text
    if node.table:
        for row in node.table.rows:
            yield from (cell.text for cell in row)


def _of_text(text: str, node: str, paper: Paper) -> Iterator[Fault]:
    yield from _amounts_in_words(text, node)
    if paper.form != "letter":
        return
    yield from _dates(text, node)
    yield from _times(text, node)
    yield from _amounts(text, node)


def _dates(text: str, node: str) -> Iterator[Fault]:
    for match in SHORT_YEAR.finditer(text):
        yield Fault("style", f"‘{match[0]}’: 시행문에서는 연도를 네 자리로 적습니다.", node)
    for match in DATE.finditer(text):
        year, month, day = match[1], int(match[3]), int(match[4])
        wanted = f"{year}. {month}. {day}."
        if 1 <= month <= 12 and 1 <= day <= 31 and match[0].strip() != wanted:
            yield Fault("style", f"‘{match[0].strip()}’: 날짜는 ‘{wanted}’처럼 적습니다.", node)


def _times(text: str, node: str) -> Iterator[Fault]:
    halves = list(HALF_DAY.finditer(text))
    for match in halves:
        yield Fault("style", f"‘{match[0]}’: 시각은 24시간제로 적습니다(예: 14:00).", node)
    for match in SPOKEN_TIME.finditer(text):
        inside = any(half.start() <= match.start() < half.end() for half in halves)
        hour, minute = int(match[1]), int(match[2] or 0)
        if not inside and hour <= 24 and minute < 60:
            yield Fault("style", f"‘{match[0]}’: 시각은 ‘{hour}:{minute:02}’처럼 적습니다.", node)


def _amounts(text: str, node: str) -> Iterator[Fault]:
    for match in AMOUNT.finditer(text):
        amount = _won(match[2])
        if not (match[1] and match[3]) and abs(amount) <= money.LARGEST:
            told = money.formal(amount)
            yield Fault("style", f"‘{match[0].strip()}’: 금액은 ‘{told}’처럼 적습니다.", node)


def _amounts_in_words(text: str, node: str) -> Iterator[Fault]:
    """금113,560원(금일십일만삼천오백육십원): both must say the same sum; 십일만 for 일십일만 will do."""
    for match in AMOUNT.finditer(text):
        words = WORDS.fullmatch(match[3].strip()) if match[3] else None
        amount = _won(match[2])
        if words is None or abs(amount) > money.LARGEST:
            continue
        wanted = ("△" if amount < 0 else "") + money.in_words(abs(amount))
        if _short(words[1]) != _short(wanted):
            yield Fault("amount", f"‘{match[0]}’: 숫자와 한글 금액이 다릅니다({wanted}원).", node)


def _typed_ends(node: Node) -> Iterator[Fault]:
    if TYPED_END.search(node.text):
        yield Fault("style", "‘끝.’은 저절로 붙습니다. 적은 것을 지우면 한 번만 찍힙니다.", node.id)
    if COLON.match(node.text):
        yield Fault("style", "‘붙임’ 뒤에는 쌍점(:)을 찍지 않습니다. 붙임은 저절로 적힙니다.", node.id)


def _won(text: str) -> int:
    value = int(text.lstrip("△").replace(",", ""))
    return -value if text.startswith("△") else value


def _short(words: str) -> str:
    """일십일만 and 십일만 are one sum."""
    return re.sub("일(?=[십백천])", "", words)
