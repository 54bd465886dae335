"""지난 조치: what was still open at the subject when an inspection began; it ends with a verdict on each."""

import uuid

from django.db import transaction

from audit import clock
from audit.recording import record
from follow_up import acting
from follow_up.models import ActionReport, Source
from inspections import workflow
from inspections.models import Action, ActionCheck
from inspections.reviewing import open_before
from inspections.workflow import TransitionError, given

Result = ActionCheck.Result


def to_check(inspection):
    """The open ones and those found done here, each with its verdict of this inspection in `check_here`."""
    checks = {check.action_id: check for check in inspection.action_checks.select_related("checked_by")}
    waiting = open_before(inspection)
    done = Action.objects.filter(pk__in=checks).exclude(pk__in=waiting.values("pk"))
    actions = [*waiting.select_related("contractor", "department", "inspection__part__period"), *done]
    for action in actions:
        action.check_here = checks.get(action.pk)
    return actions


@transaction.atomic
def judge(inspection, action, *, by, result, note):
    """Seen at this visit: done ends it, not done leaves it open. Said again, the last word counts."""
    inspection = workflow.lock_open(inspection, by)
    if not open_before(inspection).filter(pk=action.pk).exists():
        raise TransitionError("이 점검에서 확인할 조치가 아니거나 이미 끝난 조치입니다.")
    note = given(note)
    if result == Result.DONE:
        _verify(action, by=by, note=note)
    check, _ = ActionCheck.objects.update_or_create(
        inspection=inspection, action=action,
        defaults={"result": result, "note": note, "checked_by": by, "checked_on": clock.today()},
    )  # fmt: skip
    record("check_action", check, by=by, chain=inspection, result=result, note=note)
    return check


def _verify(action, *, by, note):
    """What nobody reported is reported as seen at the visit."""
    action = acting.locked(action, by)
    if action.status == Action.Status.OBJECTED:
        raise TransitionError("이의를 먼저 결정해 주세요.")
    if action.status != Action.Status.REPORTED:
        acting.report(action, by=by, id=uuid.uuid4(), text=note, done_on=clock.today(), source=Source.VISIT)
        action.refresh_from_db()
    acting.verify(action, by=by, version=action.version, how=ActionReport.How.INSPECTION, note=note)
