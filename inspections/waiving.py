"""Leaving a warning of 완료 전 확인 as it is, with a reason."""

from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.models import WaivedWarning
from inspections.reviewing import odd
from inspections.workflow import TransitionError, lock_open


@transaction.atomic
def waive(inspection, key, *, by, reason):
    """Leave the warning as it is. It comes back by itself when what it is about changes."""
    inspection = lock_open(inspection, by)
    if not reason.strip():
        raise TransitionError("그대로 두는 까닭을 적어 주세요.")
    oddity = next((oddity for oddity in odd(inspection) if oddity.key == key), None)
    if oddity is None:
        raise TransitionError("그 사이 내용이 바뀌어 없어진 알림입니다.")
    if oddity.waiver:
        raise TransitionError("이미 그대로 두기로 한 알림입니다.")
    waiver = WaivedWarning.objects.create(
        inspection=inspection, key=key, reason=reason.strip(), waived_by=by, waived_at=clock.now()
    )
    record("waive", inspection, by=by, warning=oddity.text, reason=waiver.reason)
    return waiver
