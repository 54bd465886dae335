"""지출 내역 of a finding: what its rows sum to. Amounts stand as typed; what is no amount is told."""

import re
from dataclasses import dataclass

AMOUNT = re.compile(r"^(△|-)?\s*(\d{1,3}(?:,\d{3})+|\d+)\s*원?$")


@dataclass(frozen=True)
class Total:
    """`won` of the rows that could be read; `unread` are the numbers of those that could not, from 1."""

    won: int
    unread: tuple


def total(rows):
    won, unread = 0, []
    for number, row in enumerate(rows, 1):
        if (found := AMOUNT.match(row[-1].strip())) is None:
            unread.append(number)
            continue
        amount = int(found[2].replace(",", ""))
        won += -amount if found[1] else amount
    return Total(won, tuple(unread))
