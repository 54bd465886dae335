"""What a second look at a paper would find: wrong weekdays, sums, numbers, names. It warns, never corrects.

Pure: it reads the tree and what is known of the paper, and asks nobody. Errors are normal in originals, and
what the official wrote is kept.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from notation.weekdays import weekday_mismatches
from reports.tables import TOTALS
from reports.tree import Node, Paper, Table, laid_out, walk

NO_PART = re.compile(r"율|%|평균|점수|비중")  # columns that nobody adds up
FIGURE = re.compile(r"([△▲+-]?)\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
UNTIL = re.compile(r"~[\s’‘'\d.:()년월화수목금토일요]{1,30}까지")
TYPED = re.compile(r"(\d{1,2})([.)])\s")
ATTACHED = re.compile(r"붙임\s?(\d{1,2})")
PHONE = re.compile(r"(?<!\d)01[016-9][-. ]?\d{3,4}[-. ]?\d{4}(?!\d)")
RESIDENT = re.compile(r"(?<![\dA-Za-z])\d{6}[- ]?[1-8]\d{6}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
CLAUSES = {str(number) for number in range(1, 9)}


@dataclass(frozen=True)
class Fault:
    """One thing to look at again, in the line `node` (empty: in the heading facts)."""

    kind: str
    text: str
    node: str = ""

    @property
    def key(self) -> str:
        """Another one as soon as the words change, so that a reason given once speaks of this very fault."""
        about = f"{self.node}|{self.text}".encode()
        return f"{self.kind}:{hashlib.blake2b(about, digest_size=12).hexdigest()}"


@dataclass(frozen=True)
class Known:
    """What the tree does not say: disclosure (open, partial, closed), clauses, private names, and more."""

    disclosure: str = "open"
    clauses: tuple[str, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)
    without_file: tuple[str, ...] = ()  # attachments that are named only


def faults(paper: Paper, known: Known) -> list[Fault]:
    """Everything, the heading facts first and then in reading order."""
    found = list(_of_disclosure(known))
    found += [Fault("attachment", f"붙임 ‘{title}’에 파일이 없습니다.") for title in known.without_file]
    for text in (paper.title, "".join(run.text for run in paper.lead)):
        found += _of_text(text, "", paper, known, is_hidden=False)
    found += _typed_numbers(paper.body)
    for _, node in walk(paper.body):
        found += _of_node(node, paper, known)
        found += _typed_numbers(node.children)
    return found


def _of_node(node: Node, paper: Paper, known: Known) -> Iterator[Fault]:
    hidden = all(run.clause for run in node.runs) and bool(node.runs)
    yield from _of_text(node.text, node.id, paper, known, is_hidden=hidden)
    for clause in dict.fromkeys(run.clause for run in node.runs if run.clause):
        if clause not in known.clauses:
            yield Fault("clause", f"이 줄의 비공개 조항({clause}호)이 문서의 조항에 없습니다.", node.id)
    if node.table:
        for row in node.table.rows:
            for cell in row:
                yield from _of_text(cell.text, node.id, paper, known, is_hidden=False)
        yield from _sums(node.table, node.id)


def _of_text(text: str, node: str, paper: Paper, known: Known, *, is_hidden: bool) -> Iterator[Fault]:
    for mismatch in weekday_mismatches(text):
        yield Fault("weekday", mismatch.message, node)
    if match := UNTIL.search(text):
        yield Fault("until", f"‘{match[0]}’: ‘~’와 ‘까지’를 함께 쓰지 않습니다.", node)
    for number in map(int, ATTACHED.findall(text)):
        if number > len(paper.attachments):
            yield Fault("attachment", f"‘붙임 {number}’가 붙임 목록에 없습니다.", node)
    if not is_hidden and known.disclosure != "closed":
        yield from _private(text, node, known)


def _private(text: str, node: str, known: Known) -> Iterator[Fault]:
    for what, pattern in (("휴대전화 번호", PHONE), ("주민등록번호", RESIDENT), ("전자우편 주소", MAIL)):
        if match := pattern.search(text):
            yield Fault("private", f"개인의 {what}로 보입니다: {_masked(match[0])}", node)
    for name in sorted(known.names):
        if name in text:
            yield Fault("private", f"개인의 이름으로 보입니다: {_masked(name)}", node)


def _of_disclosure(known: Known) -> Iterator[Fault]:
    if known.disclosure != "open" and not known.clauses:
        yield Fault("clause", "공개하지 않는 까닭(정보공개법 제9조제1항의 호)을 정하지 않았습니다.")
    for clause in known.clauses:
        if clause not in CLAUSES:
            yield Fault("clause", f"정보공개법 제9조제1항에 없는 호입니다: {clause}")


def _typed_numbers(siblings: tuple[Node, ...]) -> Iterator[Fault]:
    """Numbers that were typed into the lines of one set of brothers: 1. 2. 4."""
    typed = [(match, node) for node in siblings if (match := TYPED.match(node.text))]
    for (before, _), (match, node) in pairwise(typed):
        if match[2] == before[2] and int(match[1]) not in (1, int(before[1]) + 1):
            told = f"{before[1]}{before[2]} 다음에 {match[1]}{match[2]}"
            yield Fault("numbering", f"번호가 이어지지 않습니다: {told}", node.id)


def _sums(table: Table, node: str) -> Iterator[Fault]:
    """A row or a column that is called a sum, and is not the sum of what stands before it."""
    grid = {(row, column): cell.text.strip() for row, column, cell in laid_out(table.rows)}
    heads = {column: cell.text.strip() for _, column, cell in laid_out(table.head)}
    rows = range(len(table.rows))
    columns = range(table.columns)
    for row in rows:
        label = grid.get((row, 0), "")
        if label in TOTALS:
            for column in columns[1:]:
                above = _addends([grid.get((one, column)) for one in _parts(grid, row, label)])
                yield from _compared(grid.get((row, column)), above, heads.get(column, ""), label, node)
    for column in columns:
        if heads.get(column) in TOTALS and not any(NO_PART.search(head) for head in heads.values()):
            for row in rows:
                others = [grid.get((row, one)) for one in columns[1:] if heads.get(one) not in TOTALS]
                yield from _compared(
                    grid.get((row, column)), _addends(others), grid.get((row, 0), ""), heads[column], node
                )


def _parts(grid: dict[tuple[int, int], str], row: int, label: str) -> list[int]:
    """The rows that a sum adds: those back to the last 소계, or all that are no sums themselves."""
    parts = []
    for above in range(row - 1, -1, -1):
        is_sum = grid.get((above, 0), "") in TOTALS
        if is_sum and label == "소계":
            break
        if not is_sum:
            parts.append(above)
    return parts


def _addends(texts: list[str | None]) -> list[Decimal] | None:
    """The figures, or None where something else stands among them or there are fewer than two."""
    values = [_figure(text) for text in texts if text]
    if len(values) < 2 or None in values:
        return None
    return [value for value in values if value is not None]


def _compared(
    text: str | None, addends: list[Decimal] | None, where: str, what: str, node: str
) -> Iterator[Fault]:
    stated = _figure(text or "")
    if stated is None or addends is None or NO_PART.search(where):
        return
    if sum(addends) != stated:
        told = f"{where} {what}".strip()
        yield Fault("sum", f"{told}: 적은 값은 {text}, 더하면 {sum(addends):,}입니다.", node)


def _figure(text: str) -> Decimal | None:
    """12 of 12, 12건, 12(34.5%), △3; 0 of -; None of words."""
    if text in ("-", "–", "─"):
        return Decimal(0)
    match = FIGURE.match(text)
    rest = text[match.end() :] if match else ""
    if not match or len(rest) > 12 or rest.startswith((".", "~", "/", ":")):
        return None
    value = Decimal(f"{match[2].replace(',', '')}{match[3] or ''}")
    return -value if match[1] in "△▲-" and match[1] else value


def _masked(text: str) -> str:
    return text[0] + "○" * max(len(text) - 1, 1) if len(text) < 6 else f"{text[:3]}…"
