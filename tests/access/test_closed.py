"""Valid input to what is open, done or signed: it changes what is open, and only for those who may write."""

import uuid

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from inspections import following_up, workflow
from inspections.models import Finding, Inspection
from inspections.tests.factories import ActionFactory, InspectionFactory
from inspections.workflow import TransitionError
from reports import drafting, issuing, lines
from reports import workflow as papers
from reports.models import Document
from reports.tests.factories import quick_rendering
from tests.access import objects
from tests.access.world import asker, undone

pytestmark = pytest.mark.django_db
REFUSED = {302, 303, 409, 422}


def contents():
    """All rows of the inspections and the papers, without the history."""
    models = [*apps.get_app_config("inspections").get_models(), *apps.get_app_config("reports").get_models()]
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in models}


def send(world, role, name, args, data):
    """The status, and whether anything has changed."""
    before = contents()
    with undone():
        status = asker(world, role).post(reverse(name, args=args), data).status_code
        after = contents()
    return status, before != after


INSPECTION = {
    "inspections:exempt": {"reason": "해당 사업 없음"},
    "inspections:line_create": {"section": "overall", "level": 1, "text": "양호함"},
    "inspections:line_save": {"version": 1, "level": 1, "text": "고친 줄"},
    "inspections:line_delete": {"version": 1},
    "inspections:member_create": {"name": "박마바", "headcount": 1, "role": "member"},
    "inspections:evidence_caption": {"caption": "정문", "was": ""},
    "inspections:evidence_withdraw": {"reason": "잘못 올림"},
}
PAPER = {
    "reports:line_create": {"text": "덧붙임", "level": 1},
    "reports:line_save": {"text": "고침", "level": 1, "depth": 0, "kind": "line", "version": 1},
    "reports:line_delete": {"version": 1},
    "reports:attachment_update": {"title": "다른 제목", "copies": 2, "place": 1},
    "reports:table_create": {"rows": "구분\t건수\n시정\t3"},
}


def args_of(name, world, inspection, evidence):
    if "evidence_" in name:
        return [evidence.pk]
    if name == "inspections:exempt":
        return [inspection.pk, inspection.checklist.indicators.first().pk]
    if name in ("inspections:line_save", "inspections:line_delete"):
        line = Finding.objects.filter(inspection=inspection).first() or world.line
        return [inspection.pk, line.pk]
    return [inspection.pk]


@pytest.mark.parametrize("name", INSPECTION)
def test_an_inspection_is_written_by_those_who_work_on_it(world, name):
    args, data = args_of(name, world, world.inspection, world.evidence), INSPECTION[name]

    found = {role: send(world, role, name, args, data) for role in ("own", "member", "viewer", "superuser")}

    assert [found["own"][1], found["member"][1]] == [True, True]
    assert (found["viewer"], found["superuser"]) == ((403, False), (403, False))


@pytest.mark.parametrize(
    "name", [*INSPECTION, "inspections:complete", "inspections:start", "inspections:reopen"]
)
def test_a_done_inspection_on_a_signed_paper_stays_as_it_is(world, name):
    done = Inspection.objects.get(pk=world.photo.inspection_id)
    args = args_of(name, world, done, world.photo)

    status, changed = send(world, "own", name, args, INSPECTION.get(name, {"reason": "다시 봄"}))

    # The line stands in another inspection, so behind this one there is none.
    assert status in REFUSED | ({404} if "line_" in name else set())
    assert not changed


@pytest.mark.parametrize("name", PAPER)
def test_a_draft_is_written_by_its_drafter_alone(world, name):
    args = paper_args(name, world.draft, world.block, world.attachment)

    found = {role: send(world, role, name, args, PAPER[name]) for role in ("own", "lead", "superuser")}

    assert found["own"][1]
    assert (found["lead"], found["superuser"]) == ((403, False), (403, False))


@pytest.mark.parametrize("state", ["paper", "issued"])
@pytest.mark.parametrize(
    "name", [*PAPER, "reports:recompose_apply", "reports:document_discard", "reports:approval_request"]
)
def test_a_paper_that_was_sent_stays_as_it_is(world, name, state):
    document = getattr(world, state)
    block, attachment = document.blocks.first(), document.attachments.first()
    args = paper_args(name, document, block, attachment)
    data = PAPER.get(name, {"approver": world.office.head.pk})

    found = {role: send(world, role, name, args, data) for role in ("own", "head")}

    assert found["own"][0] in REFUSED
    assert (found["own"][1], found["head"]) == (False, (403, False))


def paper_args(name, document, block, attachment):
    behind = {"line_save": block, "line_delete": block, "attachment_update": attachment}
    row = behind.get(name.removeprefix("reports:"))
    return [document.pk, row.pk] if row else [document.pk]


@pytest.mark.parametrize(("role", "name"), [("lead", "sign"), ("head", "approve"), ("head", "return")])
def test_an_issued_paper_is_not_signed_or_returned_again(world, role, name):
    steps = world.issued.rounds.get().steps
    step = steps.get(assignee=world.users[role])

    status, changed = send(world, role, f"reports:{name}", [world.issued.pk, step.pk], {"reason": "늦음"})

    assert (status, changed) == (302, False)


def test_the_script_is_told_of_a_refusal_in_its_own_tongue(world):
    path = reverse("reports:line_save", args=[world.draft.pk, world.block.pk])
    with undone():
        response = asker(world, "lead").post(path, headers={"X-Requested-With": "fetch"})

    assert response.status_code == 403
    assert "기안자" in response.json()["message"]


# What was deleted, or lost its right, between the page and the lock ---------------------------------------


@pytest.mark.parametrize(
    "late",
    [
        lambda office: workflow.start(Inspection(pk=999_999), by=office.drafter),
        lambda office: drafting.discard(Document(pk=999_999), by=office.drafter),
        lambda office: papers.withdraw(Document(pk=999_999), by=office.drafter),
    ],
)
def test_what_is_gone_meanwhile_is_told(world, late):
    with undone(), pytest.raises(TransitionError, match="그 사이 지워진"):
        late(world.office)


def test_a_line_or_an_action_that_is_gone_meanwhile_is_told(world):
    drafter = world.office.drafter
    with undone():
        world.draft.blocks.filter(pk=world.block.pk).delete()
        with pytest.raises(TransitionError, match="지워진 줄"):
            lines.save_line(world.block, by=drafter, version=1, text="늦음")
        gone = ActionFactory.build(id=uuid.uuid4(), inspection=world.inspection)
        with pytest.raises(TransitionError, match="지워진 조치사항"):
            following_up.delete_action(gone, by=drafter, version=1)


def test_a_demand_that_was_answered_is_not_deleted(world):
    inspection = InspectionFactory(department=world.office.department, in_progress=True)
    action = ActionFactory(inspection=inspection)
    type(action).objects.filter(pk=action.pk).update(
        status="reported", status_on=objects.MOMENT.date(), status_note="공문으로 받음"
    )

    with undone(), pytest.raises(TransitionError, match="지울 수 없습니다"):
        following_up.delete_action(action, by=world.office.drafter, version=action.version)


def test_who_is_no_longer_an_approver_does_not_decide(world):
    with undone():
        head = world.office.head
        head.role = Role.INSPECTOR
        with pytest.raises(PermissionDenied, match="결재자 역할"), quick_rendering():
            issuing.approve(world.decision, by=head)
        head.role = Role.APPROVER


def test_a_photograph_that_was_lost_stops_the_issue_and_says_so(world):
    path = objects.path_of(world.photo.shown)
    kept = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(TransitionError, match="사진 파일이 없어"):
            issuing._stored_bytes(world.photo)
    finally:
        path.write_bytes(kept)
