import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines import counting
from deadlines.counting import (
    Rule,
    Unit,
    days_left,
    days_told,
    deadline,
    has_ended,
    latest_notice,
    next_working,
)
from deadlines.resting import Calendar, known_until, law

LAW = Calendar()
D = dt.date.fromisoformat
BUSINESS = Unit.BUSINESS_DAY


@pytest.mark.parametrize(
    ("start", "rule", "last"),
    [
        # ordinary days: the first does not count
        ("2026-11-02", Rule(10), "2026-11-12"),
        # the last is a Saturday, a Sunday
        ("2026-11-04", Rule(10), "2026-11-16"),
        ("2026-11-05", Rule(10), "2026-11-16"),
        # 설 2026: 16–18 February (Monday to Wednesday)
        ("2026-02-06", Rule(10), "2026-02-19"),
        ("2026-02-05", Rule(10), "2026-02-19"),  # a Sunday before them
        # 추석 2025: 5–7 October, 대체공휴일 on the 8th, 한글날 on the 9th
        ("2025-09-25", Rule(10), "2025-10-10"),
        # 대체공휴일: 15 August 2026 is a Saturday, the 17th rests instead
        ("2026-08-05", Rule(10), "2026-08-18"),
        # 임시공휴일 of 27 January 2025, before 설 (28–30)
        ("2025-01-17", Rule(10), "2025-01-31"),
        # since 2026 노동절 rests for all
        ("2026-04-21", Rule(10), "2026-05-04"),
        ("2025-04-21", Rule(10), "2025-05-01"),
        # no moving where the rule says so
        ("2026-11-04", Rule(10, moves=False), "2026-11-14"),
        # 정지: the first day counts, the last stays
        ("2026-11-02", Rule(30, counts_first=True, moves=False), "2026-12-01"),
        # business days: over a weekend, over 추석, from a day of rest on
        ("2026-11-02", Rule(7, BUSINESS), "2026-11-11"),
        ("2025-10-02", Rule(3, BUSINESS), "2025-10-14"),
        ("2026-11-06", Rule(1, BUSINESS), "2026-11-09"),
        # months
        ("2026-01-15", Rule(1, Unit.MONTH), "2026-02-19"),  # 15 February is a Sunday, then 설
        ("2026-01-15", Rule(1, Unit.MONTH, moves=False), "2026-02-15"),
        ("2026-01-15", Rule(1, Unit.MONTH, counts_first=True, moves=False), "2026-02-14"),
        ("2026-01-30", Rule(1, Unit.MONTH, moves=False), "2026-02-28"),
        ("2026-01-31", Rule(1, Unit.MONTH, moves=False), "2026-02-28"),
        ("2027-12-30", Rule(2, Unit.MONTH, moves=False), "2028-02-29"),
        ("2026-12-14", Rule(3, Unit.MONTH), "2027-03-15"),  # 14 March is a Sunday
        # over the end of the year: New Year's Day rests
        ("2026-12-22", Rule(10), "2027-01-04"),
    ],
)
def test_the_last_day(start, rule, last):
    assert deadline(D(start), rule, LAW).day == D(last)


def test_the_way_it_was_counted_is_told():
    assert deadline(D("2025-09-25"), Rule(10), LAW).told == (
        "2025. 9. 26.(금)부터 셉니다(첫날은 넣지 않음).",
        "10일째 되는 날은 2025. 10. 5.(일)입니다.",
        "그날이 쉬는 날(추석 전날)이어서 다음 일하는 날인 2025. 10. 10.(금)까지입니다.",
    )
    assert len(deadline(D("2026-11-02"), Rule(10), LAW).told) == 2


def test_the_citys_own_table_goes_before_the_law():
    special = Calendar({D("2026-11-12"): "임시공휴일", D("2026-11-14"): ""})
    assert deadline(D("2026-11-02"), Rule(10), special).day == D("2026-11-13")
    assert deadline(D("2026-11-04"), Rule(10), special).day == D("2026-11-14")  # a Saturday that is worked on


def test_a_rule_says_what_it_is():
    assert str(Rule(10)) == "첫날을 빼고 10일, 마지막 날이 쉬는 날이면 다음 일하는 날"
    assert str(Rule(2, Unit.MONTH, counts_first=True, moves=False)) == "첫날을 넣어 2개월, 마지막 날 그대로"
    with pytest.raises(ValueError, match="at least one"):
        Rule(0)


def test_a_notice_seven_days_before():
    # The day of the visit and the day of the notice lie outside the seven.
    assert latest_notice(D("2026-11-20"), 7) == D("2026-11-12")


def test_a_period_ends_with_its_last_day():
    assert not has_ended(D("2026-11-12"), D("2026-11-12"))
    assert has_ended(D("2026-11-12"), D("2026-11-13"))
    told = [days_told(D("2026-11-12"), D(f"2026-11-{day}")) for day in (10, 12, 13)]
    assert told == ["2일 남음", "오늘까지", "1일 지남"]
    assert [days_left(D("2026-11-12"), D(f"2026-11-{day}")) for day in (10, 12, 13)] == [2, 0, -1]


def test_the_list_of_the_law_is_new_enough():
    """Before 0.109 it lacked 노동절 and 제헌절 of 2026."""
    assert tuple(map(int, known_until().split(".")[:2])) >= (0, 109)
    assert {D("2026-05-01"), D("2026-07-17"), D("2025-01-27")} <= law(2026).keys() | law(2025).keys()


RULES = st.builds(Rule, st.integers(1, 120), st.sampled_from(Unit), st.booleans(), st.booleans())
DAYS = st.dates(D("2020-01-01"), D("2029-12-31"))


@given(DAYS, RULES)
def test_a_last_day_that_moves_is_worked_on(start, rule):
    found = deadline(start, rule, LAW).day
    assert found >= start
    if rule.moves or rule.unit == BUSINESS:
        assert not LAW(found)


@given(DAYS, st.integers(1, 300))
def test_business_days_are_as_many_as_asked(start, length):
    last = deadline(start, Rule(length, BUSINESS), LAW).day
    between = [start + dt.timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(not LAW(day) for day in between) == length


@given(DAYS)
def test_the_next_working_day_is_the_first(day):
    found = next_working(day, LAW)
    assert not LAW(found)
    assert all(LAW(day + dt.timedelta(days=n)) for n in range((found - day).days))


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (8, ""),
        (7, "d7"),
        (4, "d7"),
        (3, "d3"),
        (1, "d3"),
        (0, "d0"),
        (-1, "late1"),
        (-7, "late1"),
        (-8, "late2"),
        (-14, "late2"),
    ],
)
def test_the_occasions_of_a_reminder(left, expected):
    assert counting.occasion(D("2026-11-12"), D("2026-11-12") - dt.timedelta(days=left)) == expected
