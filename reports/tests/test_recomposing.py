"""The merge table: what was composed × what the drafter did × what the inspection says now."""

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import Event
from inspections import workflow as inspection_workflow
from inspections.models import Finding, Inspection
from inspections.tests.factories import MOMENT, FindingFactory, InspectionFactory
from inspections.workflow import StaleError, TransitionError
from reports import creating, lines, recomposing
from reports.models import Block
from reports.tests.factories import BlockFactory, Office, sent

pytestmark = pytest.mark.django_db
OLD, NEW, MINE = "증빙이 규정에 맞음", "증빙 일부가 빠짐", "증빙은 대체로 맞음"


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def finding(office):
    inspection = InspectionFactory(department=office.department, in_progress=True)
    return FindingFactory(inspection=inspection, text=OLD)


@pytest.fixture
def document(office, finding):
    done = {"status": "done", "completed_at": MOMENT, "completed_by": office.drafter}
    Inspection.objects.filter(pk=finding.inspection_id).update(**done)
    document = creating.create([finding.inspection], by=office.drafter)
    inspection_workflow.reopen(finding.inspection, by=office.drafter, reason="보완")
    return document


def line(document, finding):
    return document.blocks.get(source_key=f"finding:{finding.pk}")


def edit(document, finding, text):
    block = line(document, finding)
    lines.save_line(block, by=document.drafter, version=block.version, text=text)


def delete(document, finding):
    block = line(document, finding)
    lines.delete_line(block, by=document.drafter, version=block.version)


def reword(finding, text=NEW):
    Finding.objects.filter(pk=finding.pk).update(text=text)


def run(document, **kwargs):
    plan = recomposing.plan(document)
    recomposing.recompose(document, digest=plan.digest, by=document.drafter, **kwargs)
    return plan


def groups(plan):
    named = {
        "added": plan.added,
        "changed": plan.changed,
        "removed": plan.removed,
        "conflicts": plan.conflicts,
    }
    named |= {"orphans": plan.orphans}
    return {name: len(changes) for name, changes in named.items() if changes}


def text_of(document, finding):
    block = line(document, finding)
    return None if block.is_removed else block.text


# drafter did, inspection did → plan, text afterwards
TABLE = [
    ("nothing", "nothing", {}, OLD),
    ("nothing", "reworded", {"changed": 1}, NEW),
    ("edited", "nothing", {}, MINE),
    ("edited", "reworded", {"conflicts": 1}, MINE),
    ("edited the same", "reworded", {}, NEW),
    ("deleted", "nothing", {}, None),
    ("deleted", "reworded", {}, None),
]


@pytest.mark.parametrize(("drafter", "inspection", "planned", "afterwards"), TABLE)
def test_merge_of_one_line(document, finding, drafter, inspection, planned, afterwards):
    if drafter.startswith("edited"):
        edit(document, finding, NEW if drafter == "edited the same" else MINE)
    if drafter == "deleted":
        delete(document, finding)
    if inspection == "reworded":
        reword(finding)

    assert groups(run(document)) == planned
    assert text_of(document, finding) == afterwards
    assert not recomposing.plan(document)


def test_plan_alone_changes_nothing(document, finding):
    reword(finding)

    recomposing.plan(document)

    assert text_of(document, finding) == OLD


def test_conflict_is_settled_for_the_inspection_where_the_drafter_picks_it(document, finding):
    edit(document, finding, MINE)
    reword(finding)

    run(document, take={f"finding:{finding.pk}"})

    assert text_of(document, finding) == NEW
    assert not line(document, finding).is_edited


def test_kept_conflict_is_not_asked_again_until_the_source_changes_again(document, finding):
    edit(document, finding, MINE)
    reword(finding)
    run(document)
    assert not recomposing.plan(document)

    reword(finding, "또 바뀜")

    assert groups(recomposing.plan(document)) == {"conflicts": 1}


def test_line_whose_source_is_gone_goes_too(document, finding):
    finding.delete()

    assert "removed" in groups(run(document))
    assert not document.blocks.filter(source_key__startswith="finding:").exists()


def test_edited_line_whose_source_is_gone_stays_as_ones_own(document, finding):
    edit(document, finding, MINE)
    finding.delete()

    assert groups(run(document))["orphans"] == 1

    block = document.blocks.get(runs=[[MINE, ""]])
    assert (block.source_key, block.composed) == ("", None)


def test_line_that_came_back_to_the_inspection_comes_back(document, finding):
    text, pk = finding.text, finding.pk
    finding.delete()
    run(document)
    FindingFactory(pk=pk, inspection=document.inspections.get(), text=text)

    assert "added" in groups(run(document))
    assert document.blocks.filter(source_key=f"finding:{pk}").exists()


def test_new_line_stands_behind_the_one_before_it_and_what_was_written_below_that(document, finding):
    own = BlockFactory(document=document, depth=6, runs=[["직접 적은 줄", ""]])
    lines.move_line(own, by=document.drafter, version=1, after=line(document, finding))
    FindingFactory(inspection=document.inspections.get(), text="새 결과", level=Finding.Level.DASH)

    run(document)

    shown = [block.text for block in document.blocks.all()]
    place = shown.index(OLD)
    assert shown[place : place + 3] == [OLD, "직접 적은 줄", "새 결과"]


def test_own_lines_are_never_touched(document, finding):
    own = BlockFactory(document=document, runs=[["직접 적은 줄", ""]])
    finding.delete()

    run(document)

    assert Block.objects.get(pk=own.pk).version == 1


def test_only_what_was_shown_is_done(document, finding):
    reword(finding)
    shown = recomposing.plan(document)
    reword(finding, "또 바뀜")

    with pytest.raises(StaleError):
        recomposing.recompose(document, digest=shown.digest, by=document.drafter)

    assert text_of(document, finding) == OLD


def test_only_the_drafter_composes_again(office, document, finding):
    with pytest.raises(PermissionDenied):
        recomposing.recompose(document, digest=recomposing.plan(document).digest, by=office.colleague)


def test_paper_in_approval_is_not_composed_again(office):
    document = sent(office)

    with pytest.raises(TransitionError):
        recomposing.recompose(document, digest=recomposing.plan(document).digest, by=document.drafter)


def test_composing_again_is_told_to_the_history(document, finding):
    reword(finding)
    run(document)

    assert Event.objects.get(action="recompose").detail["changed"] == [f"finding:{finding.pk}"]
