"""Stretches of a paper that look as if the law hid them: names, numbers, addresses. Pure; a person decides.

Better one too many than one too few: a suggestion costs a glance, what was overlooked is out for good.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.checking import MAIL, PHONE, RESIDENT
from reports.redacting import mask
from reports.tree import Paper, Run, Table, walk

LANDLINE = re.compile(r"(?<![\d-])(?:0\d{1,2}|050\d)[-.) ]\s?\d{3,4}[-. ]\d{4}(?![\d-])")
ACCOUNT = re.compile(r"(?<![\d-])\d{2,6}-\d{2,6}-\d{4,8}(?:-\d{1,3})?(?![\d-])")
BUSINESS = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{5}(?![\d-])")
PLACE = r"(?:[가-힣]{1,8}(?:특별자치시|특별자치도|특별시|광역시|시|도|군|구|읍|면)\s)"
DETAIL = r"(?:,?\s?(?:\d{1,4}동\s?)?\d{1,5}호)?"
# A number with such a word behind it counts something: 별도로 3건.
COUNTED = (
    r"(?!\d|[.,]\d|%|회|건|개|명|년|월|일|차|단계|분기|점|배|위|원|천|만|억|쪽|장|부|종|주|시|분|가지|번)"
)
ROAD = (
    rf"{PLACE}{{0,4}}[가-힣\d.]{{1,14}}(?<!으)(?:로|길)\s?\d{{1,4}}(?:번?길\s?\d{{1,4}})?"
    rf"(?:-\d{{1,4}})?{COUNTED}{DETAIL}"
)
LOT = rf"{PLACE}{{1,4}}[가-힣\d]{{1,8}}(?:동|리|가)\s\d{{1,4}}(?:-\d{{1,4}})?(?:번지)?{COUNTED}{DETAIL}"
ADDRESS = re.compile(rf"(?:{LOT}|{ROAD}|\d{{1,4}}동\s\d{{2,5}}호)")
KNOWN = (
    ("주민등록번호", RESIDENT, "6"),
    ("휴대전화 번호", PHONE, "6"),
    ("전자우편 주소", MAIL, "6"),
    ("사업자등록번호", BUSINESS, "7"),
    ("전화번호", LANDLINE, "6"),
    ("계좌번호", ACCOUNT, "7"),
    ("주소", ADDRESS, "6"),
)

Pattern = tuple[str, re.Pattern[str], str]  # why, what, clause


@dataclass(frozen=True)
class Suggestion:
    """Words that stand open in `places` lines and cells, the clause they may fall under, and why."""

    quote: str
    clause: str
    why: str
    places: int


def suggestions(papers: Iterable[Paper], names: Iterable[str] = ()) -> list[Suggestion]:
    """Numbers, addresses and known names of private persons that no mark hides yet, each once."""
    patterns = [*KNOWN, *(("이름", re.compile(re.escape(name)), "6") for name in names if name)]
    texts = [text for paper in papers for text in _open_texts(paper)]
    found = {}
    for text in texts:
        for quote, clause, why in _suggested(text, patterns):
            found.setdefault(quote, Suggestion(quote, clause, why, sum(quote in each for each in texts)))
    return list(found.values())


def _suggested(text: str, patterns: Iterable[Pattern]) -> Iterator[tuple[str, str, str]]:
    """Of stretches that lie in each other the one that the earlier pattern found."""
    taken: list[str] = []
    for why, pattern, clause in patterns:
        for match in pattern.finditer(text):
            quote = match[0].strip()
            if not any(quote in other for other in taken):
                taken.append(quote)
                yield quote, clause, why


def _open_texts(paper: Paper) -> Iterator[str]:
    """All that a reader of the public edition would read, in its order."""
    hide = mask(paper.hidden)
    yield from map(hide, (paper.title, _open(paper.lead), *(text for fact in paper.facts for text in fact)))
    for _, node in walk(paper.body):
        yield _open(node.runs)
        if node.table:
            yield from _of_table(node.table)
        if node.photo and not node.photo.clause:
            yield from (node.photo.caption, node.photo.alt)
    yield from (hide(each.title) for each in paper.attachments if not each.clause)


def _of_table(table: Table) -> Iterator[str]:
    if not table.clause:
        yield table.caption
    yield from (_open(cell.runs) for cell in table.cells)


def _open(runs: tuple[Run, ...]) -> str:
    return "\x00".join(run.text for run in runs if not run.clause)
