"""A chart of a table of the same paper: each row with a bar as long as its figure. Pure.

It is a table again, of label and figure, whose cells carry `bar`: every rendering prints the same texts, and
a voice reads them as the table they are. As it is drawn from the table each time, it is never out of date.
"""

import re
from decimal import Decimal

from reports.tables import TOTALS
from reports.tree import Cell, Run, Table, laid_out

FIGURE = re.compile(r"(△|-)?\s?(\d[\d,]*(?:\.\d+)?)")
MOST_SERIES = 3
LONGEST = 100  # of a bar, in hundredths
ONE_SERIES, SEVERAL_SERIES = (30, 70), (26, 18, 56)
SERIES_HEAD = "항목"


def series_of(table: Table) -> dict[int, str]:
    """Column → its heading, for each column with a figure in it but the first."""
    heads = _heads(table)
    columns = {column for _, column, cell in laid_out(table.rows) if FIGURE.match(cell.text)}
    return {column: heads.get(column, "") for column in sorted(columns - {0})}


def chart_of(table: Table, columns: list[int], caption: str) -> Table:
    """The columns that are gone from the table are left out; the rows that are sums, too."""
    heads = _heads(table)
    columns = [column for column in columns if column in series_of(table)][:MOST_SERIES]
    rows = [(label, [texts.get(column, "") for column in columns]) for label, texts in _rows(table)]
    most = max((_value(text) for _, texts in rows for text in texts), default=Decimal(0))
    bars = [(label, [_bar(text, most) for text in texts]) for label, texts in rows]
    told = [heads[column] for column in columns]
    made = _one_series(bars) if len(columns) == 1 else _several(bars, told)
    named = (
        told if len(columns) == 1 else [SERIES_HEAD, table.unit.strip("()").removeprefix("단위: ") or "값"]
    )
    return Table(
        caption=caption,
        unit=table.unit,
        widths=ONE_SERIES if len(columns) == 1 else SEVERAL_SERIES,
        head=(tuple(_head(text) for text in (heads.get(0, ""), *named)),),
        rows=tuple(made),
    )


def _one_series(bars):
    for label, (bar,) in bars:
        yield (_label(label, 1), bar)


def _several(bars, told):
    for label, cells in bars:
        for number, (name, bar) in enumerate(zip(told, cells, strict=True)):
            first = (_label(label, len(cells)),) if number == 0 else ()
            yield (*first, Cell((Run(name),)), bar)


def _rows(table):
    """(label, {column: text}) of each row but the sums, beside which all other bars would be short.

    A label that reaches down speaks for all of its rows.
    """
    grid = {(row, column): cell for row, column, cell in laid_out(table.rows)}
    label, below = "", 0
    for row in range(len(table.rows)):
        if (row, 0) in grid:
            label, below = grid[row, 0].text, grid[row, 0].rowspan
        elif below <= 0:
            label = ""
        below -= 1
        texts = {column: cell.text for (at, column), cell in grid.items() if at == row}
        if label not in TOTALS and any(text for column, text in texts.items() if column):
            yield label, texts


def _heads(table):
    """Column → its headings from above."""
    heads = {}
    for _, column, cell in laid_out(table.head):
        for each in range(column, column + cell.colspan):
            heads[each] = f"{heads.get(each, '')} {cell.text}".strip()
    return heads


def _value(text):
    match = FIGURE.match(text)
    if not match or match[1]:
        return Decimal(0)
    return Decimal(match[2].replace(",", ""))


def _bar(text, most):
    """A figure that is not nothing has a bar that can be seen."""
    value = _value(text)
    length = max(int(value * LONGEST / most), 1) if value else 0
    return Cell((Run(text),) if text else (), bar=length)


def _label(text, rowspan):
    return Cell((Run(text),), head=True, rowspan=rowspan)


def _head(text):
    return Cell((Run(text),), head=True, align="center")
