"""Figures that a person typed over those that were counted. They are kept, and told. Pure.

A line is {"runs", "payload"} as reports.models.Block keeps it, once as it stands and once as it was composed.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from notation.particles import with_particle
from reports.checking import Fault

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def faults(node: str, stands: dict[str, Any], composed: dict[str, Any]) -> Iterator[Fault]:
    """The figures of one line that differ from those counted; none where its words are others."""
    if stands.get("payload") and composed.get("payload"):
        yield from _in_table(node, _rows(stands), _rows(composed))
        return
    text, counted = _text(stands), _text(composed)
    if _words(text) == _words(counted):
        for mine, theirs in _differing(text, counted):
            yield Fault("figure", f"셈한 값은 {theirs}인데 {_as(mine)} 적었습니다: {_cut(text)}", node)


def _in_table(node: str, rows: list[list[str]], counted: list[list[str]]) -> Iterator[Fault]:
    """Cell by cell, found by the label of its row and the head of its column."""
    theirs = {(row, column): text for row, column, text in _cells(counted)}
    for row, column, text in _cells(rows):
        other = theirs.get((row, column))
        if other is not None and _words(text) == _words(other) and list(_differing(text, other)):
            where = f"{row[0]} {column[0]}".strip()
            yield Fault("figure", f"{where}: 셈한 값은 {other}인데 {_as(text)} 적었습니다.", node)


def _cells(rows: list[list[str]]) -> Iterator[tuple[tuple[str, int], tuple[str, int], str]]:
    """(row label, column head, text); labels that come twice are counted: each cell has a name of its own."""
    if not rows:
        return
    heads = _counted(rows[0])
    for label, row in zip(_counted([row[0] if row else "" for row in rows[1:]]), rows[1:], strict=True):
        for head, text in list(zip(heads, row, strict=False))[1:]:
            yield label, head, text


def _counted(texts: list[str]) -> list[tuple[str, int]]:
    return [(text, texts[:place].count(text)) for place, text in enumerate(texts)]


def _differing(text: str, counted: str) -> Iterator[tuple[str, str]]:
    for mine, theirs in zip_longest(FIGURE.findall(text), FIGURE.findall(counted), fillvalue="-"):
        if mine.replace(",", "") != theirs.replace(",", ""):
            yield mine, theirs


def _words(text: str) -> str:
    """What stands around the figures, without blanks; the - of a zero counts as one."""
    return "#" if text.strip() == "-" else "".join(FIGURE.sub("#", text).split())


def _text(content: dict[str, Any]) -> str:
    return "".join(run[0] for run in content["runs"])


def _rows(content: dict[str, Any]) -> list[list[str]]:
    return content["payload"].get("rows", [])


def _as(figure: str) -> str:
    return with_particle(figure, "으로/로")


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
