"""점검 회차 and their parts, and the plan of a single inspection.

Edits carry the version they were made on; the UPDATE itself checks it. What was set up by mistake is
taken back as long as nothing hangs on it; the history keeps what it was.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from audit import clock
from audit.recording import record
from inspections import permissions
from inspections.models import Inspection, InspectionPeriod, PeriodPart, StageAnswer
from inspections.snapshots import changes, snapshot
from inspections.workflow import StaleError, TransitionError, given, lock_open

# What hangs on an inspection that somebody has already worked on.
FILLED_IN = ["answers", "exemptions", "evidence", "findings"]
TRACES_OF_WORK = [*FILLED_IN, "stages", "attestations", "actions", "documents", "following"]


@transaction.atomic
def create_period(*, by, department, year, title, parts, bases=(), **fields):
    """A period with its parts, each a dict of PeriodPart's fields. `fields`: kind, round, previous, memo."""
    if not permissions.can_plan_for(by, department):
        raise PermissionDenied
    period = InspectionPeriod(department=department, year=year, title=title, **fields)
    period.created_by = by
    period.created_at = clock.now()
    _refuse_double(period)
    period.save(force_insert=True)
    period.bases.set(bases)
    _write_parts(period, parts)
    record("create", period, by=by, **_described(period))
    return period


@transaction.atomic
def change_period(period, *, by, version, parts, bases=(), **fields):
    """Parts that carry a `pk` are kept, those without are new, those left out go if nothing is in them."""
    period = _lock_period(period, by)
    if period.version != version:
        raise StaleError(period)
    before = _described(period)
    for name, value in fields.items():
        setattr(period, name, value)
    _refuse_double(period)
    _claim(InspectionPeriod, period, version, fields)
    period.bases.set(bases)
    _write_parts(period, parts)
    record("change", period, by=by, changes=changes(before, _described(period)))
    return period


@transaction.atomic
def take_back_period(period, *, by, reason):
    """Remove a period that was set up by mistake: only while no inspection is in it."""
    period = _lock_period(period, by)
    if Inspection.objects.filter(part__period=period).exists() or period.following.exists():
        raise TransitionError("점검대상이 들어 있거나 다음 회차가 이어진 점검 회차는 지울 수 없습니다.")
    record("take_back", period, by=by, reason=given(reason), was=_described(period))
    period.delete()


@transaction.atomic
def change_plan(inspection, *, by, version, joint_agreements=None, sites=None, **fields):
    """Change what is planned. `fields`: agreement, checklist, previous, covers_…, methods, method_note."""
    inspection = lock_open(inspection, by)
    if inspection.version != version:
        raise StaleError(inspection)
    before = _planned(inspection)
    if fields.get("checklist", inspection.checklist) != inspection.checklist and _is_filled_in(inspection):
        raise TransitionError("이미 답한 항목이 있어 점검표를 바꿀 수 없습니다.")
    for name, value in fields.items():
        setattr(inspection, name, value)
    _check_plan(inspection, joint_agreements or [])
    _claim(Inspection, inspection, version, fields)
    if joint_agreements is not None:
        inspection.joint_agreements.set(joint_agreements)
    if sites is not None:
        _set_sites(inspection, sites)
    record("change_plan", inspection, by=by, changes=changes(before, _planned(inspection)))
    return inspection


@transaction.atomic
def take_back(inspection, *, by, reason):
    """Remove an inspection planned by mistake, with its team and visits, while nobody worked on it."""
    inspection = lock_open(inspection, by)
    if inspection.status != Inspection.Status.PLANNED or is_used(inspection):
        raise TransitionError(
            "이미 시작했거나 작성한 것이 있는 점검은 뺄 수 없습니다. 제외나 미실시로 처리해 주세요."
        )
    period = inspection.part.period
    was = _planned(inspection) | {
        "team": [snapshot(member) for member in inspection.team.all()],
        "visits": [snapshot(visit) for visit in inspection.visits.all()],
    }
    # In the chain of the period: there one looks for an inspection that is no longer there.
    record("take_back", inspection, by=by, chain=period, reason=given(reason), was=was)
    inspection.delete()


def is_used(inspection):
    """Somebody has already worked on it: answers, files, results or papers hang on it."""
    return any(getattr(inspection, name).exists() for name in TRACES_OF_WORK)


def _is_filled_in(inspection):
    has_rows = any(getattr(inspection, name).exists() for name in FILLED_IN)
    return has_rows or StageAnswer.objects.filter(stage__inspection=inspection).exists()


def _check_plan(inspection, joint_agreements):
    start, end = inspection.covers_from, inspection.covers_to
    if start and end and end < start:
        raise TransitionError("대상기간의 끝이 시작보다 앞섭니다.")
    holders = {inspection.subject_id, inspection.subject.parent_id}
    agreements = [inspection.agreement, *joint_agreements]
    if any(agreement and agreement.subject_id not in holders for agreement in agreements):
        raise TransitionError("다른 점검대상의 협약은 고를 수 없습니다.")


def _set_sites(inspection, sites):
    """Answers belong to the sites they were given at, or to none: neither is taken away from under them."""
    if any(site.parent_id != inspection.subject_id for site in sites):
        raise TransitionError("이 점검대상 아래의 장소만 고를 수 있습니다.")
    gone = inspection.sites.exclude(pk__in=[site.pk for site in sites])
    answers = [inspection.answers.all(), StageAnswer.objects.filter(stage__inspection=inspection)]
    if any(rows.filter(site__in=gone).exists() for rows in [*answers, inspection.evidence.all()]):
        raise TransitionError("답이나 증빙이 있는 장소는 뺄 수 없습니다.")
    if sites and any(rows.filter(site=None, item__is_per_site=True).exists() for rows in answers):
        raise TransitionError(
            "장소마다 묻는 항목에 장소 없이 답한 것이 있습니다. 그 답을 지운 뒤 장소를 정해 주세요."
        )
    inspection.sites.set(sites)


def _lock_period(period, by):
    period = InspectionPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if not permissions.can_change_period(by, period):
        raise PermissionDenied
    return period


def _claim(model, row, version, fields):
    claimed = model.objects.filter(pk=row.pk, version=version)
    if not claimed.update(version=F("version") + 1, **fields):
        raise StaleError(model.objects.get(pk=row.pk))
    row.version = version + 1


def _refuse_double(period):
    names = ["department", "year", "kind", "round", "title"]
    same = InspectionPeriod.objects.filter(**{name: getattr(period, name) for name in names})
    if same.exclude(pk=period.pk).exists():
        raise TransitionError("같은 연도·종류·회차·이름의 점검 회차가 이미 있습니다.")


def _write_parts(period, parts):
    if not parts:
        raise TransitionError("점검 기간을 하나는 적어야 합니다.")
    kept = {part["pk"] for part in parts if part.get("pk")}
    gone = period.parts.exclude(pk__in=kept)
    if Inspection.objects.filter(part__in=gone).exists():
        raise TransitionError("점검대상이 들어 있는 구분은 지울 수 없습니다.")
    gone.delete()
    last = max(period.parts.values_list("order", flat=True), default=0)
    for part in parts:
        fields = {name: value for name, value in part.items() if name != "pk"}
        if part.get("pk"):
            period.parts.filter(pk=part["pk"]).update(**fields)
        else:
            last += 1
            PeriodPart.objects.create(period=period, order=last, **fields)


def _described(period):
    parts = period.parts.select_related("checklist")
    return snapshot(period) | {
        "bases": [str(basis) for basis in period.bases.all()],
        "parts": [snapshot(part, without=("id", "period")) for part in parts],
    }


def _planned(inspection):
    joint = [str(agreement) for agreement in inspection.joint_agreements.all()]
    sites = [str(site) for site in inspection.sites.all()]
    return snapshot(inspection) | {"joint_agreements": joint, "sites": sites}
