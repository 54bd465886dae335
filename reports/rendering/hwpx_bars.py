"""The bars of a chart in HWPX: the last column is cut where a bar ends, and a bar is the filled part before.

Only where one ends: a column that no row needs is taken out of the table by the library, and by 한글.
"""

from dataclasses import replace
from itertools import pairwise

from reports.tree import Cell

WIDTH, LONGEST = 100, 80  # of the column and of a bar in it: the rest is room for the figure
SHORTEST = 4  # a cell narrower than the margins inside it would make the table wider
BAR = Cell(bar=1)  # no text: only filled


def with_bars(rows, widths):
    """Rows and widths as they are, or for a chart with each bar as a cell of its own before its figure."""
    ends = sorted({_length(row[-1]) for row in rows if row[-1].bar})
    if not ends:
        return rows, widths
    pieces = [widths[-1] * (after - before) for before, after in pairwise([0, *ends, WIDTH])]
    return [_row(row, ends) for row in rows], [*(width * WIDTH for width in widths[:-1]), *pieces]


def _row(row, ends):
    *before, last = row
    reached = ends.index(_length(last)) + 1 if last.bar else 0
    bar = [replace(BAR, colspan=reached)] if reached else []
    return [*before, *bar, replace(last, bar=0, colspan=last.colspan + len(ends) - reached)]


def _length(cell):
    return max(cell.bar * LONGEST // 100, SHORTEST)
