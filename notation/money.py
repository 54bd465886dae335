"""Money as official papers write it: integer won in, text out. Zero is `-`, a negative amount carries `△`."""

UNITS = {"원": 1, "천원": 1_000, "백만원": 1_000_000, "억원": 100_000_000}
ZERO = "-"
MINUS = "△"

DIGITS = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
PLACES = ("", "십", "백", "천")
MYRIADS = ("", "만", "억", "조", "경", "해")
LARGEST = 10 ** (4 * len(MYRIADS)) - 1


def number(value: int) -> str:
    """1,234 · △1,234 · -"""
    if value == 0:
        return ZERO
    return f"{MINUS if value < 0 else ''}{abs(value):,}"


def figure(won: int, unit: str = "원") -> str:
    """For a table with a unit line, rounded half away from zero: 113,560 won in 천원 is 114."""
    size = UNITS[unit]
    rounded = (abs(won) + size // 2) // size
    return number(-rounded if won < 0 else rounded)


def won(amount: int, unit: str = "원") -> str:
    """113,560원 · △5,000원 · 0 is `-`"""
    text = figure(amount, unit)
    return text if text == ZERO else f"{text}{unit}"


def unit_line(unit: str) -> str:
    return f"(단위: {unit})"


def in_words(amount: int) -> str:
    """일십일만삼천오백육십: every digit is read, as on a voucher."""
    if not 0 <= amount <= LARGEST:
        raise ValueError(f"out of range: {amount}")
    if amount == 0:
        return "영"
    words = []
    for power, group in _groups(amount):
        if group:
            words.append(_group_in_words(group) + MYRIADS[power])
    return "".join(words)


def formal(amount: int) -> str:
    """금113,560원(금일십일만삼천오백육십원), as letters write an amount."""
    if amount < 0:
        return f"금{MINUS}{-amount:,}원(금{MINUS}{in_words(-amount)}원)"
    return f"금{amount:,}원(금{in_words(amount)}원)"


def _groups(amount: int) -> list[tuple[int, int]]:
    groups = []
    power = 0
    while amount:
        amount, group = divmod(amount, 10_000)
        groups.append((power, group))
        power += 1
    return groups[::-1]


def _group_in_words(group: int) -> str:
    digits = f"{group:04}"
    return "".join(
        DIGITS[int(digit)] + PLACES[3 - place] for place, digit in enumerate(digits) if digit != "0"
    )
