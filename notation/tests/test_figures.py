from decimal import Decimal

import pytest

from notation.figures import figure


@pytest.mark.parametrize(
    ("value", "text"),
    [("8.000", "8"), ("2.70", "2.7"), ("86.01", "86.01"), ("1200", "1,200"), ("-0.5", "-0.5"), ("0", "0")],
)
def test_a_figure_has_no_idle_zeros(value, text):
    assert figure(Decimal(value)) == text


def test_a_whole_number_keeps_its_zeros():
    assert figure(1200) == "1,200"
