import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from contractors.tests.factories import AgreementFactory
from inspections.models import Inspection
from inspections.tests.factories import (
    InspectionFactory,
    PostponementFactory,
    StatusReasonFactory,
    TeamMemberFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
READ = ["detail"]
FORMS = ["plan_update", "exclude", "give_up", "take_back", "member_create"]
ACTIONS = ["start", "restore", "team_copy"]


@pytest.fixture
def inspector(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def inspection(inspector):
    agreement = AgreementFactory(subject__department=inspector.department)
    return InspectionFactory(department=inspector.department, subject=agreement.subject, agreement=agreement)


def url(name, inspection, *args):
    return reverse(f"inspections:{name}", args=[inspection.pk, *args])


def plan(inspection, **fields):
    return {
        "agreement": inspection.agreement_id or "", "checklist": inspection.checklist_id,
        "covers_from": "2020-01-01", "covers_to": "2020-12-17", "covers_precision": "month",
        "covers_to_present": "on",
        "methods": ["on_site"], "method_note": "점검표에 따름", "version": "0",
    } | fields  # fmt: skip


def status(inspection):
    return Inspection.objects.get(pk=inspection.pk).status


@pytest.mark.parametrize("name", READ + FORMS)
def test_strangers_sign_in_and_others_find_nothing(client, inspection, name):
    client.force_login(UserFactory())
    assert client.get(url(name, inspection)).status_code == 404

    client.logout()
    assert client.get(url(name, inspection)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["viewer", "superintendent"])
def test_readers_see_the_page_but_no_buttons(client, inspection, role):
    client.force_login(UserFactory(**{role: True}))

    page = client.get(url("detail", inspection)).content.decode()

    assert "점검 시작" not in page
    assert "점검자 더하기" not in page
    assert [client.get(url(name, inspection)).status_code for name in FORMS] == [403] * len(FORMS)
    assert [client.post(url(name, inspection)).status_code for name in ACTIONS] == [403] * len(ACTIONS)


@pytest.mark.parametrize("name", ACTIONS)
def test_nothing_changes_by_following_a_link(client, inspection, name):
    assert client.get(url(name, inspection)).status_code == 405


def test_a_member_of_another_office_works_on_it_without_seeing_the_period(client, inspection):
    member = TeamMemberFactory(inspection=inspection).user
    client.force_login(member)

    page = client.get(url("detail", inspection)).content.decode()

    assert "계획 고치기" in page
    assert reverse("inspections:period_detail", args=[inspection.part.period_id]) not in page


# The page -------------------------------------------------------------------------------------------------


def test_the_page_tells_the_plan(client, inspection):
    client.post(url("plan_update", inspection), plan(inspection))
    visit = VisitFactory(inspection=inspection)
    PostponementFactory(visit=visit)

    page = client.get(url("detail", inspection)).content.decode()

    for text in [
        "’20. 1. 1. ~ ’20. 12월 현재",
        "점검표에 따름",
        "’20. 12. 30.(수)",
        "※ 당초 ’20. 12. 17.(목)",
    ]:
        assert text in page
    assert str(inspection.agreement.contractor) in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(client, inspection, rows, django_assert_num_queries):
    for _ in range(rows):
        TeamMemberFactory(inspection=inspection)
        PostponementFactory(visit=VisitFactory(inspection=inspection))

    # session, user with office, inspection, period seen?, joint contractors (for the page and for
    # what is recent), recent inspections, a newer sheet, sites, visits, postponements,
    # team
    with django_assert_num_queries(14):
        response = client.get(url("detail", inspection))

    assert len(response.context["team"]) == rows


@pytest.mark.parametrize(
    ("state", "primary"),
    [
        ({}, "방문 일정 잡기"),
        ({"in_progress": True}, "점검표 작성"),
        ({"done": True}, "결과보고"),
        ({"excluded": True}, "되돌리기"),
        ({"not_done": True}, "되돌리기"),
    ],
)
def test_the_one_primary_action_follows_the_state(client, inspector, state, primary):
    inspection = InspectionFactory(department=inspector.department, **state)

    page = client.get(url("detail", inspection)).content.decode()

    head = page.partition('class="page-actions"')[2].partition('id="messages"')[0].partition("<dialog")[0]
    assert head.count("button-primary") == 1
    assert primary in head


# The plan -------------------------------------------------------------------------------------------------


def test_the_plan_is_changed(client, inspection):
    response = client.post(url("plan_update", inspection), plan(inspection))

    inspection.refresh_from_db()
    assert response.url == url("detail", inspection)
    assert (inspection.method_note, inspection.version) == ("점검표에 따름", 1)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"covers_to": "2019-12-31"}, "대상기간의 끝이 시작보다 앞섭니다."),
        ({"covers_from": "올해"}, "올바른 날짜를 입력하세요."),
        ({"methods": ["전화"]}, "올바르게 선택해"),
        ({"version": ""}, "필수 항목입니다."),
    ],
)
def test_wrong_input_is_told_and_kept(client, inspection, fields, message):
    response = client.post(url("plan_update", inspection), plan(inspection, **fields))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert "점검표에 따름" in response.content.decode()


def test_the_agreement_is_not_joint_with_itself(client, inspection):
    fields = {"joint_agreements": [inspection.agreement_id]}

    response = client.post(url("plan_update", inspection), plan(inspection, **fields))

    assert "공동 수탁 협약에서 빼 주세요." in response.content.decode()


def test_a_late_save_shows_both_texts_and_the_next_one_decides(client, inspection):
    client.post(url("plan_update", inspection), plan(inspection, method_note="먼저 적은 것"))

    response = client.post(
        url("plan_update", inspection), plan(inspection, method_note="나중 것", methods=["paper"])
    )

    found = response.context["stale"]
    assert response.status_code == 409
    assert found == [("점검방법", "서면", "현장"), ("점검방법 설명", "나중 것", "먼저 적은 것")]
    assert "나중 것" in response.content.decode()

    client.post(url("plan_update", inspection), plan(inspection, method_note="나중 것", version="1"))
    inspection.refresh_from_db()
    assert inspection.method_note == "나중 것"


def test_a_closed_plan_is_told(client, inspector):
    inspection = InspectionFactory(department=inspector.department, done=True)

    response = client.post(url("plan_update", inspection), plan(inspection))

    assert response.status_code == 422
    assert "고칠 수 없습니다" in response.content.decode()


# Moving along ---------------------------------------------------------------------------------------------


def test_the_inspection_starts(client, inspection):
    response = client.post(url("start", inspection), follow=True)

    assert status(inspection) == "in_progress"
    assert "점검을 시작했습니다." in response.content.decode()


def test_starting_twice_is_told(client, inspection):
    client.post(url("start", inspection))

    response = client.post(url("start", inspection), follow=True)

    assert "상태에서는 할 수 없습니다: 점검 시작" in response.content.decode()


@pytest.mark.parametrize(("name", "use"), [("exclude", "excluded"), ("give_up", "not_done")])
def test_it_is_put_aside_with_a_reason_and_restored(client, inspection, name, use):
    reason = StatusReasonFactory(use=use, name="사유")
    client.get(url(name, inspection))

    client.post(url(name, inspection), {"status_reason": reason.pk, "note": "설명"})
    assert status(inspection) == use
    assert "사유: 설명" in client.get(url("detail", inspection)).content.decode()

    client.post(url("restore", inspection))
    assert status(inspection) == "planned"


@pytest.mark.parametrize("name", ["exclude", "give_up"])
def test_without_a_reason_the_note_stays(client, inspection, name):
    response = client.post(url(name, inspection), {"note": "적어 둔 설명"})

    assert response.status_code == 422
    assert "적어 둔 설명" in response.content.decode()
    assert status(inspection) == "planned"


def test_an_inspection_planned_by_mistake_is_taken_back(client, inspection):
    client.get(url("take_back", inspection))

    response = client.post(url("take_back", inspection), {"reason": "잘못 고름"})

    assert response.url == reverse("inspections:list")
    assert not Inspection.objects.exists()


def test_one_that_began_is_not_taken_back(client, inspector):
    inspection = InspectionFactory(department=inspector.department, in_progress=True)

    response = client.post(url("take_back", inspection), {"reason": "잘못 고름"})

    assert response.status_code == 422
    assert "제외나 미실시로 처리해 주세요." in response.content.decode()


# The team -------------------------------------------------------------------------------------------------


def member(**fields):
    return {"headcount": "1", "role": "member"} | fields


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": "정자차", "organisation": "가람회계법인", "role": "expert"}, "정자차"),
        ({"organisation": "소비자보호팀", "headcount": "2"}, "소비자보호팀 2인"),
    ],
    ids=["expert", "count"],
)
def test_people_from_outside_are_added(client, inspection, fields, name):
    client.post(url("member_create", inspection), member(**fields))

    assert str(inspection.team.get()) == name


def test_an_official_is_added_once(client, inspector, inspection):
    client.post(url("member_create", inspection), member(user=inspector.pk))
    response = client.post(url("member_create", inspection), member(user=inspector.pk))

    assert response.status_code == 422
    assert "이미 점검자로 들어 있습니다" in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "직원을 고르거나"),
        ({"name": "정자차", "headcount": "2"}, "이름이 있는 점검자는 한 사람입니다."),
        ({"organisation": "팀", "headcount": "x"}, "정수를 입력하세요."),
    ],
)
def test_a_wrong_member_is_told(client, inspection, fields, message):
    response = client.post(url("member_create", inspection), member(squad="1반", **fields))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert "1반" in response.content.decode()


def test_members_move_and_leave(client, inspection):
    first, second = (
        TeamMemberFactory(inspection=inspection, user=None, name=name, order=order)
        for order, name in enumerate("가나")
    )

    client.post(url("member_up", inspection, second.pk))
    assert list(inspection.team.all()) == [second, first]

    client.post(url("member_down", inspection, second.pk))
    assert list(inspection.team.all()) == [first, second]

    client.post(url("member_remove", inspection, first.pk))
    assert list(inspection.team.all()) == [second]


@pytest.mark.parametrize("name", ["member_up", "member_down", "member_remove"])
def test_members_of_another_inspection_are_not_there(client, inspection, name):
    stranger = TeamMemberFactory()

    assert client.post(url(name, inspection, stranger.pk)).status_code == 404
    assert client.get(url(name, inspection, stranger.pk)).status_code == 405


def test_the_team_goes_to_the_others_of_the_part(client, inspector, inspection):
    other = InspectionFactory(department=inspector.department, part=inspection.part)
    TeamMemberFactory(inspection=inspection, user=inspector)

    client.post(url("team_copy", inspection))

    assert [one.user for one in other.team.all()] == [inspector]
