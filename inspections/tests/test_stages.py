"""단계: the sheet as the contractor and a district filled it in, beside the inspection's own answers."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from accounts.tests.factories import UserFactory
from audit.models import Event
from contractors.tests.factories import SubjectFactory
from inspections import answering, checklists, moving, planning, sheets, stages
from inspections.answer_rules import Given
from inspections.forms.answer_values import base_of, stored
from inspections.models import Answer, ChecklistItem, Inspection, Stage, StageAnswer
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistItemFactory,
    InspectionFactory,
    StageAnswerFactory,
    StageFactory,
    published_checklist,
)
from inspections.tests.threads import at_once
from inspections.workflow import StaleError, TransitionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    return InspectionFactory(part__checklist=published_checklist(indicators=2, items=2))


@pytest.fixture
def items(inspection):
    return list(ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).order_by("code"))


@pytest.fixture
def stage(inspection):
    return StageFactory(inspection=inspection)


@pytest.fixture
def inspector(inspection, client):
    user = UserFactory(department=inspection.department)
    client.force_login(user)
    return user


def page_of(stage, name="stage"):
    return reverse(f"inspections:{name}", args=[stage.inspection_id, stage.kind])


def posted(item, answer=None, **values):
    prefix = f"a{item.pk}"
    return {f"{prefix}-base": base_of(answer, stored(item, answer))} | {
        f"{prefix}-{name}": value for name, value in values.items()
    }


def test_what_a_stage_answers_is_kept_apart_and_starts_nothing(inspection, stage, items, inspector):
    given = [
        Given(items[0], choice="적정"),
        Given(items[1], is_not_applicable=True, not_applicable_reason="없음"),
    ]

    assert answering.save_answers(inspection, given, by=inspector, stage=stage) == 2

    assert not Answer.objects.exists()
    assert list(stage.answers.values_list("item__code", "verdict")) == [("공1-1", "pass"), ("공1-2", "")]
    inspection.refresh_from_db()
    assert inspection.status == Inspection.Status.PLANNED
    assert Event.objects.get(action="answer").detail["stage"] == "자체점검 가람노인종합복지관"
    counted = [(group.answered, group.total) for group in sheets.progress(inspection, stage)]
    assert counted == [(2, 2), (0, 2)]
    assert [group.answered for group in sheets.progress(inspection)] == [0, 0]


def test_it_stands_beside_the_line_and_says_where_it_differs(client, inspection, stage, items, inspector):
    StageAnswerFactory(stage=stage, item=items[0], opinion="규정대로 씀")
    StageAnswerFactory(stage=stage, item=items[1])
    district = StageFactory(inspection=inspection, kind="first", organisation="중구청")
    StageAnswerFactory(stage=district, item=items[0], choice="부적정", verdict="fail")
    AnswerFactory(inspection=inspection, item=items[0], choice="부적정", failed=True)
    AnswerFactory(inspection=inspection, item=items[1], choice="적정")

    page = client.get(reverse("inspections:checklist", args=[inspection.pk]), {"all": 1}).content.decode()

    assert "자체점검 가람노인종합복지관: <strong>적정</strong> · 규정대로 씀" in page
    assert '1차 점검 중구청: <strong class="line-last-failed">부적정</strong>' in page
    assert page.count("답이 다름") == 1

    # The page of a stage shows those before it, never those behind it.
    of_district = client.get(page_of(district)).content.decode()
    of_contractor = client.get(page_of(stage)).content.decode()
    assert "자체점검 가람노인종합복지관: <strong>" in of_district
    assert "1차 점검 중구청" not in of_contractor
    assert "지적사항으로" not in of_contractor


def test_all_stages_side_by_side(client, inspection, stage, items, inspector):
    StageAnswerFactory(stage=stage, item=items[0])
    StageAnswerFactory(
        stage=stage, item=items[2], choice="", verdict="", is_not_applicable=True, not_applicable_reason="x"
    )
    AnswerFactory(inspection=inspection, item=items[0], choice="부적정", failed=True)
    AnswerFactory(inspection=inspection, item=items[2], choice="적정")

    rows = [row for group in stages.compared(inspection, [stage]) for row in group.rows]

    said = [[text for _, text in row.cells] for row in rows]
    assert said == [["적정", "부적정"], ["", ""], ["해당사항 없음", "적정"], ["", ""]]
    assert [row.is_different for row in rows] == [True, False, True, False]
    page = client.get(reverse("inspections:stages", args=[inspection.pk])).content.decode()
    assert "답이 다른 항목 2" in page


@pytest.mark.parametrize("items_each", [1, 3])
def test_the_pages_take_as_many_queries_for_three_items_as_for_one(
    client, items_each, django_assert_num_queries
):
    sheet = published_checklist(indicators=items_each, items=items_each)
    stage = StageFactory(inspection__part__checklist=sheet, inspection__checklist=sheet)
    for item in ChecklistItem.objects.filter(indicator__checklist=sheet):
        StageAnswerFactory(stage=stage, item=item)
        AnswerFactory(inspection=stage.inspection, item=item)
    client.force_login(UserFactory(department=stage.inspection.department))
    client.get(page_of(stage))
    with django_assert_num_queries(8):
        client.get(page_of(stage))
    with django_assert_num_queries(9):
        client.get(reverse("inspections:stages", args=[stage.inspection_id]))


def test_saving_by_the_button_and_a_collision(client, stage, items, inspector):
    client.post(page_of(stage), posted(items[0], choice="적정"), follow=True)
    answer = stage.answers.get()
    theirs = posted(items[0], choice="부적정", opinion="나중")  # made on no answer

    reply = client.post(page_of(stage), theirs)

    assert reply.status_code == 409
    page = reply.content.decode()
    assert page_of(stage, "stage_resolve") in page
    prefix = f"a{items[0].pk}"
    mine = {
        f"mine-{name}": value
        for name, value in posted(items[0], answer, choice="부적정", opinion="나중").items()
    }
    decided = posted(items[0], answer) | mine | {f"{prefix}-pick": "mine"}
    assert client.post(page_of(stage, "stage_resolve"), decided).status_code == 302
    answer.refresh_from_db()
    assert (answer.choice, answer.opinion, answer.version) == ("부적정", "나중", 2)


def test_a_fault_is_shown_at_its_line(client, stage, items, inspector):
    reply = client.post(page_of(stage), posted(items[0], is_not_applicable="on"))

    assert reply.status_code == 422
    assert "해당사항이 없는 까닭을 적어 주세요." in reply.content.decode()


def test_one_line_is_saved_once_for_its_number(client, stage, items, inspector):
    key = "6f9619ff-8b86-4011-b42d-00c04fc964ff"
    body = {"key": key, "line": items[0].pk} | posted(items[0], choice="적정")

    replies = [client.post(page_of(stage, "stage_answer_save"), body) for _ in range(2)]

    assert [reply.status_code for reply in replies] == [200, 200]
    assert stage.answers.get().version == 1
    other = reverse("inspections:stage_answer_save", args=[stage.inspection_id, "first"])
    assert client.post(other, body).status_code == 404


def test_excel_brings_the_answers_of_a_stage(client, stage, items, inspector):
    book = load_workbook(io.BytesIO(client.get(page_of(stage, "stage_answers_download")).content))
    book.active.cell(2, 6).value = "부적정"
    book.active.cell(2, 7).value = "대장이 없음"
    stream = io.BytesIO()
    book.save(stream)
    upload = {"file": SimpleUploadedFile("답.xlsx", stream.getvalue())}

    shown = client.post(page_of(stage, "stage_answers_upload"), upload)
    rows = {"rows": shown.context["confirm"]["rows"].value()}
    # What was previewed for a stage is not taken for the inspection itself.
    client.post(reverse("inspections:answers_confirm", args=[stage.inspection_id]), rows)
    assert not Answer.objects.exists()
    client.post(page_of(stage, "stage_answers_confirm"), rows)

    assert stage.answers.values_list("choice", "opinion").get() == ("부적정", "대장이 없음")
    assert not Answer.objects.exists()


def test_a_stage_is_added_changed_and_removed(client, inspection, inspector):
    new = reverse("inspections:stage_create", args=[inspection.pk])
    wrong = {"kind": "self", "organisation": "복지관", "starts_on": "2020-12-04", "ends_on": "2020-12-01"}
    assert "종료일이 시작일보다 앞섭니다." in client.post(new, wrong).content.decode()
    client.post(new, wrong | {"ends_on": "2020-12-04"})
    stage = inspection.stages.get()
    assert (stage.kind, stage.order, stage.when) == ("self", 0, "2020. 12. 4.")

    edit = page_of(stage, "stage_update")
    client.post(edit, {"organisation": "가람복지관", "version": 0})
    stale = client.post(edit, {"organisation": "나래복지관", "version": 0})
    assert stale.status_code == 409
    assert "가람복지관" in stale.content.decode()
    stage.refresh_from_db()
    assert (stage.organisation, stage.starts_on) == ("가람복지관", None)

    answer = StageAnswerFactory(stage=stage)
    client.post(page_of(stage, "stage_remove"))
    assert Stage.objects.exists()
    answer.delete()
    client.post(page_of(stage, "stage_remove"))
    assert not Stage.objects.exists()


def test_three_nets_for_the_rules_of_a_stage(inspection, stage, inspector):
    with pytest.raises(TransitionError):
        stages.add(inspection, by=inspector, kind="self", organisation="다른 기관")
    with pytest.raises(TransitionError):
        stages.add(inspection, by=inspector, kind="first", organisation=" ")
    dates = {"starts_on": dt.date(2020, 12, 2), "ends_on": dt.date(2020, 12, 1)}
    with pytest.raises(TransitionError):
        stages.change(stage, by=inspector, version=0, organisation="기관", **dates)
    for values in ({"organisation": ""}, dates):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stage.objects.filter(pk=stage.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        StageFactory(inspection=inspection)
    bare = InspectionFactory(checklist=None, department=inspection.department)
    with pytest.raises(TransitionError):
        stages.add(bare, by=inspector, kind="self", organisation="기관")


def test_a_stranger_changes_nothing(inspection, stage, items):
    stranger = UserFactory()
    with pytest.raises(PermissionDenied):
        stages.add(inspection, by=stranger, kind="first", organisation="기관")
    with pytest.raises(PermissionDenied):
        answering.save_answers(inspection, [Given(items[0], choice="적정")], by=stranger, stage=stage)


def test_a_done_inspection_keeps_its_stages(inspector, items):
    inspection = InspectionFactory(done=True)
    user = UserFactory(department=inspection.department)
    item = ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).first()
    with pytest.raises(TransitionError):
        stages.add(inspection, by=user, kind="self", organisation="기관")
    with pytest.raises(DatabaseError), transaction.atomic():
        StageFactory(inspection=inspection)
    opened = StageFactory(inspection__in_progress=True)
    answer = StageAnswerFactory(stage=opened)
    Inspection.objects.filter(pk=opened.inspection_id).update(
        status="done", completed_at=answer.answered_at, completed_by=user
    )
    for change in (
        lambda: StageAnswer.objects.update(opinion="나중에"),
        lambda: StageAnswer.objects.all().delete(),
        lambda: StageAnswerFactory(stage=opened, item=item),
        lambda: Stage.objects.update(organisation="나중에"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_plan_does_not_pull_the_sheet_from_under_a_stage(inspection, stage, inspector):
    StageAnswerFactory(stage=stage)
    with pytest.raises(TransitionError):
        planning.change_plan(inspection, by=inspector, version=0, checklist=published_checklist())
    with pytest.raises(TransitionError):
        planning.take_back(inspection, by=inspector, reason="잘못 넣음")


def test_sites_with_answers_of_a_stage_stay(inspection, inspector):
    site = SubjectFactory(site=True, parent=inspection.subject)
    inspection.sites.set([site])
    StageAnswerFactory(stage__inspection=inspection, site=site)
    with pytest.raises(TransitionError):
        planning.change_plan(inspection, by=inspector, version=0, sites=[])


def test_the_answers_of_a_stage_move_with_the_sheet(inspection, stage, items, inspector):
    StageAnswerFactory(stage=stage, item=items[0], opinion="그대로")
    StageAnswerFactory(stage=stage, item=items[1], opinion="갈 곳 없음")
    draft = checklists.copy(inspection.checklist, by=UserFactory(superintendent=True))
    ChecklistItem.objects.filter(indicator__checklist=draft, code=items[1].code).delete()
    ChecklistItemFactory(indicator=draft.indicators.first(), order=9, code="새-1")
    newer = checklists.publish(draft, by=UserFactory(superintendent=True))
    seen = moving.outlook(inspection, newer)

    moving.move(inspection, newer, by=inspector, version=0, fingerprint=seen.fingerprint)

    (answer,) = stage.answers.all()
    assert (answer.item.indicator.checklist, answer.opinion) == (newer, "그대로")
    (left,) = Event.objects.get(action="move_sheet").detail["left"]
    assert (left["opinion"], left["stage"]) == ("갈 곳 없음", str(stage))


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_two_people_at_one_item_of_a_stage(inspection, stage, items):
    people = [UserFactory(department=inspection.department) for _ in range(2)]

    def save(user, choice):
        try:
            return answering.save_answers(inspection, [Given(items[0], choice=choice)], by=user, stage=stage)
        except StaleError:
            return "stale"

    outcomes = at_once(lambda: save(people[0], "적정"), lambda: save(people[1], "부적정"))

    assert sorted(map(str, outcomes)) == ["1", "stale"]
    assert stage.answers.get().version == 1
