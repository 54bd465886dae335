import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation import money

DIGITS = {digit: value for value, digit in enumerate(money.DIGITS) if digit}
SMALL = {"십": 10, "백": 100, "천": 1000}
LARGE = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16, "해": 10**20}


def read_back(words):
    total = group = digit = 0
    for letter in words:
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in SMALL:
            group, digit = group + digit * SMALL[letter], 0
        else:
            total, group, digit = total + (group + digit) * LARGE[letter], 0, 0
    return total + group + digit


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (113_560, "금113,560원(금일십일만삼천오백육십원)"),
        (10, "금10원(금일십원)"),
        (100_000_000, "금100,000,000원(금일억원)"),
        (482_350_000, "금482,350,000원(금사억팔천이백삼십오만원)"),
        (0, "금0원(금영원)"),
        (-5_000, "금△5,000원(금△오천원)"),
    ],
)
def test_an_amount_as_letters_write_it(amount, expected):
    assert money.formal(amount) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (113_560, "원", "113,560"),
        (113_560, "천원", "114"),
        (113_499, "천원", "113"),
        (113_500, "천원", "114"),
        (-113_500, "천원", "△114"),
        (2_500_000, "백만원", "3"),
        (0, "천원", "-"),
        (499, "천원", "-"),
    ],
)
def test_a_figure_for_a_table_with_a_unit_line(amount, unit, expected):
    assert money.figure(amount, unit) == expected


def test_won_carries_its_unit_and_zero_none():
    assert money.won(113_560) == "113,560원"
    assert money.won(-113_560) == "△113,560원"
    assert money.won(113_560, "천원") == "114천원"
    assert money.won(0) == "-"
    assert money.unit_line("천원") == "(단위: 천원)"


@given(st.integers(1, money.LARGEST))
def test_the_words_say_the_amount(amount):
    assert read_back(money.in_words(amount)) == amount


@pytest.mark.parametrize("amount", [-1, money.LARGEST + 1])
def test_an_amount_without_words_is_refused(amount):
    with pytest.raises(ValueError, match="out of range"):
        money.in_words(amount)


@given(st.integers(-(10**15), 10**15))
def test_a_figure_never_shows_a_minus_sign(amount):
    assert money.won(amount).lstrip("△").rstrip("원").replace(",", "") == (
        str(abs(amount)) if amount else "-"
    )
