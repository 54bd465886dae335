import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from contractors.tests.factories import AgreementFactory, SubjectFactory
from inspections.models import Inspection
from inspections.tests.factories import (
    InspectionFactory,
    PeriodPartFactory,
    StatusReasonFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def part(inspector):
    return PeriodPartFactory(period__department=inspector.department)


@pytest.fixture
def subject(part):
    return AgreementFactory(subject__department=part.period.department).subject


def choose(part):
    return reverse("inspections:targets", args=[part.period_id, part.pk])


def add(part):
    return reverse("inspections:targets_add", args=[part.period_id, part.pk])


def exclude(part):
    return reverse("inspections:targets_exclude", args=[part.period_id])


def shown(response):
    return [row.subject for row in response.context["rows"]]


@pytest.mark.parametrize("address", [choose, exclude])
def test_strangers_sign_in_and_others_find_nothing(client, part, address):
    client.force_login(UserFactory())
    assert client.get(address(part)).status_code == 404

    client.logout()
    assert client.get(address(part)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["viewer", "superintendent"])
def test_readers_choose_nothing(client, part, subject, role):
    client.force_login(UserFactory(**{role: True}))

    assert client.get(choose(part)).status_code == 403
    assert client.post(add(part), {"subject": subject.pk}).status_code == 403
    assert not Inspection.objects.exists()


def test_a_part_of_another_period_is_not_there(client, inspector, part):
    other = PeriodPartFactory(period__department=inspector.department)

    assert client.get(reverse("inspections:targets", args=[part.period_id, other.pk])).status_code == 404


def test_adding_by_a_link_is_not_possible(client, part):
    assert client.get(add(part)).status_code == 405


def test_the_page_opens_with_what_is_due_in_ones_own_office(client, part, subject):
    AgreementFactory()
    SubjectFactory(department=part.period.department)

    assert shown(client.get(choose(part))) == [subject]


def test_the_whole_register_is_found_by_emptying_the_filter(client, part, subject):
    other = AgreementFactory().subject

    assert set(shown(client.get(choose(part), {"text": ""}))) == {subject, other}


@pytest.mark.parametrize(
    ("name", "value"), [("text", "공원"), ("district", "중구"), ("classification", "소비자보호")]
)
def test_the_register_is_narrowed(client, part, subject, name, value):
    field = "name" if name == "text" else name
    wanted = SubjectFactory(department=part.period.department, **{field: f"{value} 운영"})

    assert shown(client.get(choose(part), {name: value})) == [wanted]


def test_sites_below_ones_own_commissions_are_shown(client, part, subject):
    site = SubjectFactory(site=True, parent=subject, department=AgreementFactory().subject.department)

    found = shown(client.get(choose(part), {"department": part.period.department_id}))

    assert set(found) == {subject, site}


def test_a_clash_is_told(client, part, subject):
    agreement = AgreementFactory(contractor=subject.agreements.get().contractor)
    VisitFactory(inspection__agreement=agreement, inspection__subject=agreement.subject)

    assert "중복 점검 주의" in client.get(choose(part)).content.decode()


def test_nothing_found_says_what_to_do(client, part):
    assert "조건에 맞는 점검대상이 없습니다." in client.get(choose(part)).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(client, part, rows, django_assert_num_queries):
    for _ in range(rows):
        AgreementFactory(subject__department=part.period.department)

    # session, user with office, period, part, offices of the filter (once to check), then of the candidates:
    # subjects, agreements, last inspections, those inside, recent; offices and kinds of the filter
    with django_assert_num_queries(12):
        response = client.get(choose(part))

    assert len(shown(response)) == rows


def test_what_was_chosen_is_added_once(client, part, subject):
    for _ in range(2):
        response = client.post(add(part), {"subject": [subject.pk]})

    assert response.url == reverse("inspections:period_detail", args=[part.period_id])
    assert [inspection.subject for inspection in part.inspections.all()] == [subject]


def test_joint_contractors_are_chosen_together(client, part, subject):
    second = AgreementFactory(subject=subject)

    client.post(add(part), {"subject": [subject.pk], f"agreement-{subject.pk}": "joint"})

    inspection = part.inspections.get()
    assert {inspection.agreement, *inspection.joint_agreements.all()} == {*subject.agreements.all()}
    assert second in subject.agreements.all()


def test_one_of_several_agreements_is_chosen(client, part, subject):
    AgreementFactory(subject=subject)
    wanted = subject.agreements.earliest("pk")

    client.post(add(part), {"subject": [subject.pk], f"agreement-{subject.pk}": wanted.pk})

    assert part.inspections.get().agreement == wanted


@pytest.mark.parametrize("posted", [{}, {"subject": ["x", "999999"]}], ids=["nothing", "nonsense"])
def test_choosing_nothing_is_told(client, part, posted):
    response = client.post(add(part), posted, follow=True)

    assert "고른 점검대상이 없습니다." in response.content.decode()


def test_several_are_excluded_with_one_reason(client, inspector, part):
    inspections = [InspectionFactory(department=inspector.department, part=part) for _ in range(2)]
    keys = [inspection.pk for inspection in inspections]
    reason = StatusReasonFactory()

    page = client.get(exclude(part), {"inspection": keys})
    response = client.post(
        exclude(part), {"inspection": keys, "status_reason": reason.pk, "note": "다른 부서가 함"}
    )

    assert str(inspections[0].subject) in page.content.decode()
    assert response.url == reverse("inspections:period_detail", args=[part.period_id])
    assert list(part.inspections.values_list("status", "status_note")) == [("excluded", "다른 부서가 함")] * 2


def test_excluding_needs_a_reason_and_keeps_the_note(client, inspector, part):
    inspection = InspectionFactory(department=inspector.department, part=part)

    response = client.post(exclude(part), {"inspection": inspection.pk, "note": "적어 둔 설명"})

    assert response.status_code == 422
    assert "적어 둔 설명" in response.content.decode()


def test_one_that_cannot_be_excluded_stops_the_others(client, inspector, part):
    planned = InspectionFactory(department=inspector.department, part=part)
    begun = InspectionFactory(department=inspector.department, part=part, in_progress=True)
    posted = {"inspection": [planned.pk, begun.pk], "status_reason": StatusReasonFactory().pk}

    response = client.post(exclude(part), posted)

    planned.refresh_from_db()
    assert (response.status_code, planned.status) == (422, "planned")
    assert "상태에서는 할 수 없습니다" in response.content.decode()


def test_excluding_nothing_is_told(client, part):
    response = client.get(exclude(part), follow=True)

    assert "고른 점검대상이 없습니다." in response.content.decode()
