"""Ten thousand open demands, and ten years of one contractor."""

import datetime as dt

from audit import clock
from follow_up.models import Disposition, DispositionType
from inspections.models import Action, Finding, FindingType, Inspection, InspectionPeriod, PeriodPart, Visit

OPEN = 10_000
YEARS = range(2011, 2021)
LINES, DEMANDS, PAID = 12, 4, 2  # of each of the ten years


def prepare(inspections, by):
    """The demands hang on last year's inspections, which are done; the ten years on the first one's contractor."""
    keys = [each.pk for each in inspections]
    Inspection.objects.filter(pk__in=keys).update(status="done", completed_at=clock.now(), completed_by=by)
    today = clock.today()
    Action.objects.bulk_create(
        (
            Action(
                inspection=each, contractor=each.agreement.contractor, position=number + 10, in_charge=by,
                text=f"{number + 1}번 증빙을 보완할 것", told_on=today, due_on=today + dt.timedelta(days=number * 7 - 21),
            )
            for each in inspections
            for number in range(OPEN // len(inspections))
        ),
        batch_size=1000,
    )  # fmt: skip
    for year in YEARS:
        _year(year, inspections[0], by)
    return inspections[0].agreement.contractor


def _year(year, like, by):
    period = InspectionPeriod.objects.create(
        title=f"{year}년 정기 점검",
        year=year,
        department=like.department,
        created_by=by,
        created_at=clock.now(),
    )
    part = PeriodPart.objects.create(
        period=period, starts_on=dt.date(year, 3, 2), ends_on=dt.date(year, 3, 31)
    )
    inspection = Inspection.objects.create(
        part=part,
        subject=like.subject,
        agreement=like.agreement,
        department=like.department,
        status="in_progress",
    )
    Visit.objects.create(
        inspection=inspection, starts_on=part.starts_on, ends_on=part.starts_on, place="현장"
    )
    types = list(FindingType.objects.all()[:LINES])
    lines = Finding.objects.bulk_create(
        Finding(
            inspection=inspection,
            section="overall",
            position=n,
            text=f"{n}번 지적",
            kind="fault",
            finding_type=each,
        )
        for n, each in enumerate(types)
    )
    Action.objects.bulk_create(
        Action(inspection=inspection, contractor=like.agreement.contractor, position=n, text=f"{n}번 조치",
               told_on=part.ends_on, status="verified", status_on=part.ends_on, reported_on=part.ends_on)
        for n in range(DEMANDS)
    )  # fmt: skip
    of_type = DispositionType.objects.get(name="회수")
    Disposition.objects.bulk_create(
        Disposition(inspection=inspection, finding=line, contractor=like.agreement.contractor, disposition_type=of_type,
                    won=1000, status="decided", decided_on=part.ends_on, decided_by=by, created_on=part.ends_on)
        for line in lines[:PAID]
    )  # fmt: skip
    done = dt.datetime(year, 4, 1, tzinfo=dt.UTC)
    Inspection.objects.filter(pk=inspection.pk).update(status="done", completed_at=done, completed_by=by)
