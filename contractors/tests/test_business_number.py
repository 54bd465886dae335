import pytest

from contractors import business_number


@pytest.mark.parametrize("number", ["124-81-00998", "220-81-62517", "120-81-47521"])
def test_the_numbers_of_well_known_firms_check(number):
    assert business_number.checks(number)


@pytest.mark.parametrize("number", ["123-45-67890", "124-81-00997", "124-81-0099", "", "가나다"])
def test_a_wrong_digit_does_not_check(number):
    assert not business_number.checks(number)


FULL_WIDTH = str.maketrans(
    "0123456789-", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff0d"
)
TYPED = ["1248100998", "124 81 00998", " 124-81-00998 ", "124-81-00998".translate(FULL_WIDTH)]


@pytest.mark.parametrize("typed", TYPED)
def test_typed_forms_become_one(typed):
    assert business_number.normalise(typed) == "124-81-00998"


@pytest.mark.parametrize("typed", ["", "12481009", "없음", "124-81-00998 (본점)"])
def test_what_is_no_number_stays_as_it_was_typed(typed):
    assert business_number.normalise(typed) == typed
