"""The yearly duty and the rate of what was done, against figures computed by hand."""

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.tests.factories import (
    AgreementFactory,
    ContractorFactory,
    SubjectFactory,
    SubjectKindFactory,
)
from follow_up import duty, rates
from follow_up.tests.factories import demand, done_inspection
from inspections.models import Action, FindingType, Inspection
from inspections.tests.factories import FindingFactory, InspectionFactory, PeriodPartFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2021, 10, 2)


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel("2021-10-02T10:00:00+09:00", tick=False):
        yield


@pytest.fixture
def office():
    return DepartmentFactory(name="가. 사회과")


@pytest.fixture
def part(office):
    return PeriodPartFactory(period__year=2021, period__department=office)


@pytest.fixture
def viewer():
    return UserFactory(viewer=True, department=DepartmentFactory())


def commission(office, **fields):
    kind = SubjectKindFactory(is_commission=True)
    subject = SubjectFactory(kind=kind, department=office)
    AgreementFactory(subject=subject, **fields)
    return subject


def city(office, part):
    """One commission in each state, two done, and three that no duty is about."""
    traits = [
        {"done": True},
        {"done": True},
        {"in_progress": True},
        {},
        {"excluded": True},
        {"not_done": True},
    ]
    for trait in traits:
        InspectionFactory(part=part, subject=commission(office), department=office, **trait)
    commission(office)  # nothing planned
    commission(office, ends_on=dt.date(2020, 12, 31))  # the agreement ended the year before
    SubjectFactory(kind=SubjectKindFactory(is_commission=True), department=office)  # never had one
    AgreementFactory(subject=SubjectFactory(kind=SubjectKindFactory(facility=True), department=office))


def test_each_commission_is_in_one_state(office, part, viewer):
    city(office, part)

    [row] = duty.by_office(duty.commissions(viewer, 2021))

    assert row.counts == {"done": 2, "in_progress": 1, "planned": 1, "excluded": 1, "not_done": 1, "none": 1}
    assert (row.total, row.cells, row.share) == (7, [2, 1, 1, 1, 1, 1], "33.3")


def test_the_furthest_of_a_year_counts(office, viewer):
    subject = commission(office)
    for year, trait in ((2021, {}), (2021, {"done": True}), (2020, {"done": True})):
        part = PeriodPartFactory(period__year=year, period__department=office)
        InspectionFactory(part=part, subject=subject, department=office, **trait)

    assert duty.commissions(viewer, 2021).get().state == "done"
    [row] = duty.with_inspections(duty.commissions(viewer, 2021), 2021)
    assert row.inspection.status == Inspection.Status.DONE
    assert duty.commissions(viewer, 2022).get().state == "none"


def test_an_office_sees_its_own(office, part):
    city(office, part)
    commission(DepartmentFactory())
    assert duty.commissions(UserFactory(department=office), 2021).count() == 7
    assert duty.commissions(UserFactory(superintendent=True), 2021).count() == 8


@pytest.mark.parametrize(("year", "left"), [(2021, 90), (2020, 0), (2022, 455)])
def test_the_days_left(year, left):
    assert duty.days_left(year, TODAY) == left


def test_the_page_shows_what_is_open_with_fixed_queries(client, office, part, django_assert_num_queries):
    client.force_login(UserFactory(department=office))
    city(office, part)
    url = reverse("follow_up:duty")
    page = client.get(url)
    assert len(page.context["rows"]) == 4
    with django_assert_num_queries(7):
        client.get(url)
    city(office, part)
    with django_assert_num_queries(7):
        page = client.get(url)
    assert len(page.context["rows"]) == 8
    assert "90일 남음" in page.content.decode()
    everything = client.get(url, {"year": 2021, "state": ""}).context["rows"]
    assert len(everything) == 14
    last = everything[6]
    behind = client.get(url, {"year": 2021, "state": "", "after": f"{last.pk}~{last.sort_key}"}).context[
        "rows"
    ]
    assert len(behind) == 7
    assert client.get(url, {"year": "x", "department": "y", "state": "z"}).status_code == 200


# Rates ----------------------------------------------------------------------------------------------------

DUE = dt.date(2021, 9, 30)


def verified(inspection, reported_on=DUE, **fields):
    return demand(inspection, status="verified", status_on=DUE, reported_on=reported_on, due_on=DUE, **fields)


@pytest.fixture
def two(office):
    """Two contractors. 가: 5 demanded, 3 done, one of them late, 1 overdue. 나: 2 demanded, none done."""
    first, second = (
        done_inspection(
            department=office, agreement=AgreementFactory(contractor=ContractorFactory(name=name))
        )
        for name in ("가 법인", "나 법인")
    )
    verified(first)
    verified(first, reported_on=DUE - dt.timedelta(days=9))
    verified(first, reported_on=DUE + dt.timedelta(days=1))
    demand(first, due_on=DUE)
    demand(first, due_on=TODAY)
    demand(first, status="withdrawn")
    demand(second, status="reported", status_on=DUE, reported_on=DUE, due_on=DUE)
    demand(second, status="accepted", accepted_until=dt.date(2021, 12, 31), due_on=DUE)
    return first, second


def told(rate):
    return (
        rate.name,
        rate.demanded,
        rate.done,
        rate.on_time,
        rate.late,
        rate.open,
        rate.overdue,
        rate.share,
        rate.on_time_share,
    )


def test_the_rate_of_each_contractor(two):
    found = rates.rates(Action.objects.all(), "contractor", TODAY)

    assert [told(rate) for rate in found] == [
        ("가 법인", 5, 3, 2, 1, 2, 1, "60.0", "40.0"),
        ("나 법인", 2, 0, 0, 0, 2, 0, "0.0", "0.0"),
    ]
    assert told(rates.whole(Action.objects.all(), TODAY)) == ("계", 7, 3, 2, 1, 4, 1, "42.9", "28.6")


def test_by_department_type_and_year(two, office):
    first, _ = two
    one, other = FindingType.objects.all()[:2]
    action = first.actions.filter(status="verified").first()
    for finding_type in (one, one, other):
        action.findings.add(FindingFactory(finding_type=finding_type, kind="fault"))

    assert [rate.name for rate in rates.rates(Action.objects.all(), "department", TODAY)] == [office.name]
    assert [rate.demanded for rate in rates.rates(Action.objects.all(), "year", TODAY)] == [7]
    by_type = {rate.name: rate.demanded for rate in rates.rates(Action.objects.all(), "type", TODAY)}
    assert by_type == {one.name: 1, other.name: 1, "유형을 고르지 않음": 6}


def test_no_share_of_nothing():
    assert rates.whole(Action.objects.none(), TODAY).share is None


@pytest.mark.parametrize(
    ("done", "demanded", "share"), [(1, 3, "33.3"), (2, 3, "66.7"), (1, 16, "6.3"), (7, 7, "100.0")]
)
def test_shares_are_rounded_halves_up(done, demanded, share):
    assert rates.Rate("", demanded, done, 0, 0).share == share


def test_the_page_and_the_file_say_the_same(client, two, office, django_assert_num_queries):
    client.force_login(UserFactory(department=office))
    with django_assert_num_queries(5):
        page = client.get(reverse("follow_up:rates"))
    assert [rate.name for rate in page.context["rows"]] == ["가 법인", "나 법인"]

    book = load_workbook(BytesIO(client.get(reverse("follow_up:rates_download")).content))

    rows = [[cell.value for cell in row] for row in book.active.rows]
    assert rows[0][0] == "수탁기관"
    assert rows[1] == ["가 법인", 5, 3, 2, 1, 2, 1, "60.0", "40.0"]
    assert rows[-1][:3] == ["계", 7, 3]


def test_only_what_one_may_see_is_counted(client, two):
    client.force_login(UserFactory(department=DepartmentFactory(team=True)))
    assert client.get(reverse("follow_up:rates")).context["rows"] == []
