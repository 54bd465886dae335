import datetime as dt

import pytest
from django.urls import reverse

from accounts.tests.factories import DepartmentFactory, UserFactory
from inspections.models import InspectionPeriod
from inspections.tests.factories import (
    BasisFactory,
    InspectionFactory,
    InspectionPeriodFactory,
    PeriodPartFactory,
    TeamMemberFactory,
    VisitFactory,
    published_checklist,
)

pytestmark = pytest.mark.django_db
READERS = ["viewer", "superintendent"]


@pytest.fixture
def inspector(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def period(inspector):
    part = PeriodPartFactory(period__department=inspector.department, period__title="정기 점검")
    return part.period


def url(name, *args):
    return reverse(f"inspections:{name}", args=args)


def posted(**fields):
    return {
        "kind": "regular", "year": "2020", "round": "1", "title": "2020년 정기 지도·점검", "version": "0",
        "parts-TOTAL_FORMS": "1", "parts-INITIAL_FORMS": "0", "parts-0-starts_on": "2020-12-01",
        "parts-0-ends_on": "2020-12-31", "parts-0-precision": "day",
    } | fields  # fmt: skip


def kept(period, **fields):
    """What the form of this period posts when nothing was typed."""
    part = period.parts.get()
    saved = {"parts-INITIAL_FORMS": "1", "parts-0-pk": str(part.pk), "title": period.title}
    return posted(**(saved | fields))


PAGES = ["period_detail", "period_update", "period_take_back"]


@pytest.mark.parametrize("name", ["period_list", "period_create"])
def test_strangers_are_sent_to_sign_in(client, name):
    assert client.get(url(name)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_periods_of_another_office_are_not_there(client, inspector, name):
    assert client.get(url(name, PeriodPartFactory().period_id)).status_code == 404


def test_a_contractor_finds_no_list(client):
    client.force_login(UserFactory(contractor=True))

    assert client.get(url("period_list")).status_code == 404


@pytest.mark.parametrize("role", READERS)
def test_readers_see_periods_but_do_not_change_them(client, period, role):
    client.force_login(UserFactory(**{role: True}))

    assert client.get(url("period_detail", period.pk)).status_code == 200
    assert client.get(url("period_create")).status_code == 403
    assert client.get(url("period_update", period.pk)).status_code == 403
    assert "고치기" not in client.get(url("period_detail", period.pk)).content.decode()


# The list -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, inspector, rows, django_assert_num_queries):
    for _ in range(rows):
        InspectionFactory(department=inspector.department)

    # session, user with office, periods, offices and years of the filter
    with django_assert_num_queries(5):
        response = client.get(url("period_list"))

    assert len(response.context["periods"]) == rows


def test_the_list_counts_targets_and_those_done(client, inspector, period):
    InspectionFactory(department=inspector.department, part=period.parts.get(), done=True)
    InspectionFactory(department=inspector.department, part=period.parts.get())

    [row] = client.get(url("period_list")).context["periods"]

    assert (row.targets, row.done) == (2, 1)


@pytest.mark.parametrize(("name", "value"), [("year", "2019"), ("kind", "special")])
def test_the_list_is_narrowed(client, inspector, period, name, value):
    wanted = InspectionPeriodFactory(department=inspector.department, **{name: value})

    assert client.get(url("period_list"), {name: value}).context["periods"] == [wanted]


def test_readers_narrow_by_office(client, period):
    other = InspectionPeriodFactory()
    client.force_login(UserFactory(superintendent=True))

    response = client.get(url("period_list"), {"department": other.department_id})

    assert response.context["periods"] == [other]


def test_a_filter_that_makes_no_sense_is_told_and_ignored(client, period):
    response = client.get(url("period_list"), {"year": "내년", "after": "x"})

    assert response.context["periods"] == [period]
    assert "올바르게 선택해 주세요" in response.content.decode()


def test_the_next_page_goes_on_where_this_one_ends(client, inspector):
    periods = [InspectionPeriodFactory(department=inspector.department, year=2020) for _ in range(51)]

    first = client.get(url("period_list"))
    second = client.get(url("period_list") + first.context["next_url"])

    assert len(first.context["periods"]) == 50
    assert second.context["periods"] == [periods[0]]
    assert second.context["first_url"] == "?"


def test_an_empty_list_says_what_to_do(client, inspector):
    assert "올해의 점검 회차를 만드세요" in client.get(url("period_list")).content.decode()


# Setting up -----------------------------------------------------------------------------------------------


def test_the_form_proposes_the_next_round_of_the_last_period(client, inspector, period, time_machine):
    time_machine.move_to(dt.datetime(2021, 2, 1, tzinfo=dt.UTC))
    basis = BasisFactory()
    period.bases.add(basis)

    initial = client.get(url("period_create")).context["form"].initial

    assert initial == {
        "kind": "regular",
        "year": 2021,
        "round": 1,
        "title": "2021년 민간위탁 정기 지도·점검",
        "previous": period,
        "bases": [basis],
    }


def test_the_first_period_of_an_office_is_proposed_too(client, inspector):
    assert client.get(url("period_create")).context["form"].initial["round"] == 1


def test_a_period_is_created(client, inspector):
    sheet = published_checklist()

    response = client.post(url("period_create"), posted(**{"parts-0-checklist": sheet.pk}))

    period = InspectionPeriod.objects.get()
    assert response.url == url("period_detail", period.pk)
    assert period.parts.get().checklist == sheet


def test_what_was_typed_stays_when_a_date_is_wrong(client, inspector):
    response = client.post(url("period_create"), posted(title="봄 점검", **{"parts-0-ends_on": "2020-11-30"}))

    text = response.content.decode()
    assert response.status_code == 422
    assert "종료일이 시작일보다 앞섭니다." in text
    assert "봄 점검" in text
    assert not InspectionPeriod.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": ""}, "필수 항목입니다."),
        ({"year": "1999"}, "2000년에서 2100년"),
        ({"parts-0-starts_on": "내일"}, "올바른 날짜를 입력하세요."),
        ({"parts-TOTAL_FORMS": "x"}, "ManagementForm"),
        ({"kind": "unknown"}, "올바르게 선택해 주세요"),
    ],
)
def test_wrong_input_is_told_in_korean(client, inspector, fields, message):
    response = client.post(url("period_create"), posted(**fields))

    assert response.status_code == 422
    assert message in response.content.decode()


def test_a_title_that_exists_is_told_and_kept(client, inspector, period):
    response = client.post(url("period_create"), posted(title="정기 점검"))

    assert response.status_code == 422
    assert "같은 연도·종류·회차·이름의 점검 회차가 이미 있습니다." in response.content.decode()


def test_a_period_is_changed(client, period):
    client.post(url("period_update", period.pk), kept(period, title="바뀐 이름"))

    period.refresh_from_db()
    assert (period.title, period.version, period.parts.count()) == ("바뀐 이름", 1, 1)


def test_room_for_one_more_part_keeps_what_was_typed_without_a_complaint(client, inspector):
    response = client.post(url("period_more_parts"), posted(title="", memo="비고"))

    text = response.content.decode()
    assert response.status_code == 200
    assert len(response.context["parts"].forms) == 2
    assert "비고" in text
    assert "필수 항목입니다." not in text
    assert not InspectionPeriod.objects.exists()


def test_room_for_one_more_part_of_a_saved_period(client, period):
    response = client.post(url("period_more_parts", period.pk), kept(period, title="고치는 중"))

    assert "고치는 중" in response.content.decode()
    assert client.get(url("period_more_parts", period.pk)).status_code == 405


def test_a_second_part_is_added_and_removed(client, period):
    more = {
        "parts-TOTAL_FORMS": "2", "parts-1-starts_on": "2020-11-01", "parts-1-ends_on": "2020-11-02",
        "parts-1-precision": "day", "parts-1-name": "하반기",
    }  # fmt: skip
    first = period.parts.get()
    client.post(url("period_update", period.pk), kept(period, **more))
    second = period.parts.exclude(pk=first.pk).get()

    gone = more | {"parts-1-pk": second.pk, "parts-1-DELETE": "on", "parts-0-pk": first.pk, "version": "1"}
    client.post(url("period_update", period.pk), posted(title=period.title, **gone))

    assert list(period.parts.all()) == [first]


def test_a_late_save_shows_both_texts(client, inspector, period):
    client.post(url("period_update", period.pk), kept(period, memo="먼저 적은 것"))

    response = client.post(url("period_update", period.pk), kept(period, memo="나중에 적은 것"))

    text = response.content.decode()
    assert response.status_code == 409
    assert "먼저 적은 것" in text
    assert "나중에 적은 것" in text
    assert 'name="version" value="1"' in text


def test_a_period_is_taken_back(client, period):
    assert client.get(url("period_take_back", period.pk)).status_code == 200

    response = client.post(url("period_take_back", period.pk), {"reason": "잘못 만듦"})

    assert response.url == url("period_list")
    assert not InspectionPeriod.objects.exists()


def test_a_period_with_targets_is_kept_with_a_word_why(client, inspector, period):
    InspectionFactory(department=inspector.department, part=period.parts.get())

    response = client.post(url("period_take_back", period.pk), {"reason": "잘못 만듦"})

    assert response.status_code == 422
    assert "지울 수 없습니다" in response.content.decode()


# One period -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    client, inspector, period, rows, django_assert_num_queries
):
    for _ in range(rows):
        previous = InspectionFactory(department=inspector.department, done=True)
        inspection = InspectionFactory(
            department=inspector.department, part=period.parts.get(), previous=previous
        )
        VisitFactory(inspection=inspection)
        VisitFactory(inspection=previous)
        TeamMemberFactory(inspection=inspection)

    # session, user with office, period, parts, targets, joint agreements, team, users, visits, postponements,
    # last visits, bases
    with django_assert_num_queries(12):
        response = client.get(url("period_detail", period.pk))

    assert len(response.context["rows"]) == rows


def test_the_page_counts_by_status(client, inspector, period):
    part = period.parts.get()
    for state in [{}, {"done": True}, {"excluded": True}, {"excluded": True}]:
        InspectionFactory(department=inspector.department, part=part, **state)

    counts = client.get(url("period_detail", period.pk)).context["counts"]

    assert {count["label"]: count["value"] for count in counts} == {
        "대상": 4, "계획": 1, "점검 중": 0, "점검 완료": 1, "제외": 2, "미실시": 0,
    }  # fmt: skip


def next_step(client, period):
    return client.get(url("period_detail", period.pk)).context["next_step"][0]


def test_the_next_step_follows_the_state(client, inspector, period):
    assert next_step(client, period) == "점검대상 고르기"

    inspection = InspectionFactory(department=inspector.department, part=period.parts.get())
    assert next_step(client, period) == "방문 일정 잡기"

    VisitFactory(inspection=inspection)
    assert next_step(client, period) == "점검 이어서 하기"

    inspection.part.inspections.update(
        status="done", completed_at=dt.datetime.now(dt.UTC), completed_by=inspector
    )
    assert next_step(client, period) == "다음 회차 만들기"


def test_a_lead_of_the_office_sets_up_periods_too(client):
    client.force_login(UserFactory(approver=True, department=DepartmentFactory()))

    assert client.post(url("period_create"), posted()).status_code == 302
