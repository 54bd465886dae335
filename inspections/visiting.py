"""방문: when the inspectors go, how that was moved and what was written down by mistake.

The dates of a visit change by `postpone` only, which keeps the old ones; `withdraw` is for a visit that
was wrong. Nothing of a visit is ever removed while its inspection stays.
"""

from django.db import transaction
from django.db.models import F

from audit import clock
from audit.recording import record
from inspections.models import Postponement, Visit
from inspections.snapshots import changes, snapshot
from inspections.workflow import StaleError, TransitionError, given, lock_open


@transaction.atomic
def add_visit(inspection, *, by, starts_on, ends_on=None, **fields):
    """`fields`: daily_from, daily_to (the same hours each day), method, place."""
    inspection = lock_open(inspection, by)
    visit = Visit(inspection=inspection, starts_on=starts_on, ends_on=ends_on or starts_on, **fields)
    _check_times(visit)
    visit.save(force_insert=True)
    record("add_visit", visit, by=by, chain=inspection, visit=snapshot(visit))
    return visit


@transaction.atomic
def change_visit(visit, *, by, version, **fields):
    """`fields`: daily_from, daily_to, method, place. The dates are moved by `postpone`."""
    visit = _lock(visit, by, version)
    before = snapshot(visit)
    for name, value in fields.items():
        setattr(visit, name, value)
    _check_times(visit)
    _save(visit, fields)
    record("change_visit", visit, by=by, chain=visit.inspection, changes=changes(before, snapshot(visit)))
    return visit


@transaction.atomic
def postpone(visit, *, by, version, starts_on, reason, ends_on=None, **hours):
    """Move a visit; the old dates and the reason stay as a row. `hours`: daily_from, daily_to."""
    visit = _lock(visit, by, version)
    ends_on = ends_on or starts_on
    old = [visit.starts_on, visit.ends_on]
    if old == [starts_on, ends_on]:
        raise TransitionError("바뀐 날짜가 당초 날짜와 같습니다.")
    Postponement.objects.create(
        visit=visit, from_starts_on=old[0], from_ends_on=old[1], to_starts_on=starts_on, to_ends_on=ends_on,
        reason=given(reason), postponed_at=clock.now(), postponed_by=by,
    )  # fmt: skip
    fields = {"starts_on": starts_on, "ends_on": ends_on} | hours
    for name, value in fields.items():
        setattr(visit, name, value)
    _check_times(visit)
    _save(visit, fields)
    new = [str(starts_on), str(ends_on)]
    record("postpone", visit, by=by, chain=visit.inspection, old=list(map(str, old)), new=new, reason=reason)
    return visit


@transaction.atomic
def withdraw(visit, *, by, version, reason):
    """Take back a visit that was written down by mistake. Its row stays."""
    visit = _lock(visit, by, version)
    visit.withdrawn_at = clock.now()
    visit.withdrawn_reason = given(reason)
    _save(visit, {name: getattr(visit, name) for name in ["withdrawn_at", "withdrawn_reason"]})
    record("withdraw_visit", visit, by=by, chain=visit.inspection, reason=reason, was=snapshot(visit))
    return visit


def _lock(visit, by, version):
    inspection = lock_open(visit.inspection, by)
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    visit.inspection = inspection
    if visit.version != version:
        raise StaleError(visit)
    if visit.withdrawn_at:
        raise TransitionError("이미 취소한 방문입니다.")
    return visit


def _save(visit, fields):
    claimed = Visit.objects.filter(pk=visit.pk, version=visit.version)
    if not claimed.update(version=F("version") + 1, **fields):
        raise StaleError(Visit.objects.get(pk=visit.pk))
    visit.version += 1


def _check_times(visit):
    if visit.ends_on < visit.starts_on:
        raise TransitionError("종료일이 시작일보다 앞섭니다.")
    if visit.daily_to and not (visit.daily_from and visit.daily_from < visit.daily_to):
        raise TransitionError("종료 시각은 시작 시각보다 뒤여야 합니다.")
