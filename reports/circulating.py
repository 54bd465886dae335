"""공람: an approved paper is shown to people who had no part in it; and what marks as read."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.workflow import TransitionError
from reports import notices, permissions, workflow
from reports.models import Circulation, Document


@transaction.atomic
def circulate(document, users, *, by):
    """Ask these people to read it; whoever was asked before is not asked again. Returns how many are new."""
    document = workflow.lock(document)  # else two who ask the same people at once would tell them twice
    if not permissions.can_circulate(by, document):
        raise PermissionDenied
    if document.status != Document.Status.APPROVED:
        raise TransitionError("결재가 끝난 문서만 공람할 수 있습니다.")
    if any(not permissions.can_be_shown(user) for user in users):
        raise TransitionError("공람할 수 없는 사람이 들어 있습니다.")
    known = set(Circulation.objects.filter(document=document).values_list("user", flat=True))
    new = [user for user in users if user.pk not in known]
    Circulation.objects.bulk_create(
        [Circulation(document=document, user=user, sent_by=by, sent_at=clock.now()) for user in new],
        ignore_conflicts=True,
    )
    if new:
        record("circulate", document, by=by, to=[str(user) for user in new])
    for user in new:
        notices.to_be_read(document, user)
    return len(new)


def opened(document, user):
    """He has the paper before him: what he was told about it is read."""
    now = clock.now()
    document.notices.filter(user=user, read_at=None).update(read_at=now)
    document.circulations.filter(user=user, read_at=None).update(read_at=now)


def read_all(user):
    user.notices.filter(read_at=None).update(read_at=clock.now())
