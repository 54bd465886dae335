import datetime as dt

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections.tests.factories import InspectionFactory, PostponementFactory, VisitFactory

pytestmark = pytest.mark.django_db
CHANGES = ["visit_update", "visit_postpone", "visit_withdraw"]


@pytest.fixture
def inspector(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def inspection(inspector):
    return InspectionFactory(department=inspector.department)


@pytest.fixture
def visit(inspection):
    return VisitFactory(inspection=inspection, starts_on=dt.date(2020, 12, 17))


def url(name, *args):
    return reverse(f"inspections:{name}", args=args)


def of(name, visit):
    return url(name, visit.inspection_id, visit.pk)


def month(client, value="2020-12"):
    return client.get(url("calendar"), {"month": value})


def test_strangers_sign_in_and_others_find_nothing(client, visit):
    addresses = [url("visits", visit.inspection_id), url("visit_create", visit.inspection_id)]
    addresses += [of(name, visit) for name in CHANGES]
    client.force_login(UserFactory())
    assert [client.get(address).status_code for address in addresses] == [404] * 5

    client.logout()
    assert all("login" in client.get(address).url for address in addresses)


@pytest.mark.parametrize("role", ["viewer", "superintendent"])
def test_readers_see_visits_but_do_not_change_them(client, visit, role):
    client.force_login(UserFactory(**{role: True}))

    page = client.get(url("visits", visit.inspection_id)).content.decode()

    assert "’20. 12. 17.(목)" in page
    assert "연기" not in page
    assert [client.post(of(name, visit)).status_code for name in CHANGES] == [403] * 3


def test_a_visit_of_another_inspection_is_not_there(client, inspection):
    stranger = VisitFactory()

    assert client.get(url("visit_update", inspection.pk, stranger.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(client, inspection, rows, django_assert_num_queries):
    for _ in range(rows):
        PostponementFactory(visit=VisitFactory(inspection=inspection))

    # session, user with office, inspection, visits, postponements, who postponed
    with django_assert_num_queries(6):
        response = client.get(url("visits", inspection.pk))

    assert response.content.decode().count("※ 당초") == rows


def test_no_visits_yet_says_what_to_do(client, inspection):
    assert "아직 방문 일정이 없습니다." in client.get(url("visits", inspection.pk)).content.decode()


def test_a_visit_is_planned(client, inspection):
    client.get(url("visit_create", inspection.pk))
    posted = {"starts_on": "2020-12-17", "daily_from": "14:00", "daily_to": "17:00", "method": "on_site"}

    response = client.post(url("visit_create", inspection.pk), posted)

    assert response.url == url("visits", inspection.pk)
    assert inspection.visits.get().when == "’20. 12. 17.(목) 14:00 ~ 17:00"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"starts_on": ""}, "필수 항목입니다."),
        ({"starts_on": "2020-13-40"}, "올바른 날짜를 입력하세요."),
        ({"ends_on": "2020-12-16"}, "끝 날짜가 첫 날짜보다 앞섭니다."),
        ({"daily_to": "09:00"}, "시작 시각도 적어야 합니다."),
        ({"daily_from": "17:00", "daily_to": "09:00"}, "시작 시각보다 뒤여야 합니다."),
        ({"daily_from": "25:00"}, "올바른 시각을 입력하세요."),
        ({"method": "전화"}, "올바르게 선택해"),
    ],
)
def test_wrong_input_is_told_and_kept(client, inspection, fields, message):
    posted = {"starts_on": "2020-12-17", "method": "on_site", "place": "3층 회의실"} | fields

    response = client.post(url("visit_create", inspection.pk), posted)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert "3층 회의실" in response.content.decode()


def test_hours_and_place_are_changed(client, visit):
    posted = {"daily_from": "14:00", "method": "paper", "place": "사무실", "version": "0"}

    client.post(of("visit_update", visit), posted)

    visit.refresh_from_db()
    assert (visit.hours, visit.place, visit.method) == ("14:00", "사무실", "paper")


def test_a_postponed_visit_shows_its_old_date_and_why(client, visit):
    client.get(of("visit_postpone", visit))

    client.post(
        of("visit_postpone", visit), {"starts_on": "2020-12-30", "reason": "건물 폐쇄", "version": "0"}
    )

    page = client.get(url("visits", visit.inspection_id)).content.decode()
    assert "’20. 12. 30.(수)" in page
    assert "※ 당초 ’20. 12. 17.(목): 건물 폐쇄" in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"reason": ""}, "필수 항목입니다."), ({"starts_on": "2020-12-17"}, "당초 날짜와 같습니다.")],
)
def test_a_wrong_postponement_is_told_and_kept(client, visit, fields, message):
    posted = {
        "starts_on": "2020-12-30",
        "reason": "건물 폐쇄",
        "version": "0",
        "daily_from": "10:00",
    } | fields

    response = client.post(of("visit_postpone", visit), posted)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert "10:00" in response.content.decode()


def test_a_late_change_shows_both_texts(client, visit):
    first = {"method": "on_site", "place": "1층", "version": "0"}
    client.post(of("visit_update", visit), first)

    response = client.post(of("visit_update", visit), first | {"place": "2층"})

    assert response.status_code == 409
    assert response.context["stale"] == [("장소", "2층", "1층")]
    assert 'name="version" value="1"' in response.content.decode()


def test_a_late_postponement_says_what_stands_there_now(client, visit):
    posted = {"starts_on": "2020-12-30", "reason": "건물 폐쇄", "version": "0"}
    client.post(of("visit_postpone", visit), posted)

    response = client.post(of("visit_postpone", visit), posted | {"starts_on": "2020-12-23"})

    assert response.status_code == 409
    assert "지금 저장된 일정: ’20. 12. 30.(수)" in response.content.decode()
    assert "건물 폐쇄" in response.content.decode()


def test_a_wrong_visit_is_withdrawn_and_stays_to_be_seen(client, visit):
    client.get(of("visit_withdraw", visit))

    client.post(of("visit_withdraw", visit), {"reason": "날짜를 잘못 적음", "version": "0"})

    page = client.get(url("visits", visit.inspection_id)).content.decode()
    assert "취소한 방문" in page
    assert "날짜를 잘못 적음" in page
    assert ">연기<" not in page


def test_a_visit_of_a_closed_inspection_is_told(client, inspector):
    visit = VisitFactory(inspection=InspectionFactory(department=inspector.department, done=True))

    response = client.post(of("visit_withdraw", visit), {"reason": "잘못 적음", "version": "0"})

    assert response.status_code == 422
    assert "고칠 수 없습니다" in response.content.decode()


# The month ------------------------------------------------------------------------------------------------


def test_the_month_shows_each_day_of_a_visit(client, inspection):
    VisitFactory(inspection=inspection, starts_on=dt.date(2020, 12, 29), ends_on=dt.date(2021, 1, 5))

    page = month(client).content.decode()

    assert page.count(f">{inspection.subject}</a>") == 5  # until Saturday, the last day that is shown
    assert "2020. 12. 25.(금)" in page
    assert "기독탄신일" in page or "성탄절" in page


def test_the_month_leaves_out_what_does_not_take_place(client, inspector):
    VisitFactory(inspection__department=inspector.department, withdrawn=True)
    VisitFactory(inspection=InspectionFactory(department=inspector.department, excluded=True))
    VisitFactory()

    assert month(client).context["is_empty"]


def test_readers_see_the_visits_of_the_whole_city(client):
    VisitFactory()
    client.force_login(UserFactory(superintendent=True))

    assert not month(client).context["is_empty"]


@pytest.mark.parametrize("value", ["", "다음 달", "2020-13", "0000-00", "9999-12", "0001-01"])
def test_any_month_may_be_asked_for(client, inspector, value):
    assert month(client, value).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_month_asks_as_often_for_three_as_for_one(client, inspector, rows, django_assert_num_queries):
    for _ in range(rows):
        VisitFactory(inspection=InspectionFactory(department=inspector.department))

    # session, user with office, visits
    with django_assert_num_queries(3):
        month(client)


def test_a_contractor_finds_no_calendar(client):
    client.force_login(UserFactory(contractor=True))

    assert client.get(url("calendar")).status_code == 404
