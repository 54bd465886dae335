"""All that is known of one contractor on one time line, as far as a user may see it: nine queries.

Visits of every office are told with day and office, since a second inspection of the same matter needs a
reason (행정조사기본법 제15조); what was found is told only to whoever may see the inspection.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from contractors.models import Agreement
from follow_up.models import Disposition
from inspections.models import Action, Finding, Inspection, Visit
from notation import money
from reports.models import Document

KINDS = {
    "agreement": "협약",
    "visit": "방문",
    "finding": "점검결과",
    "disposition": "처분",
    "action": "조치",
    "document": "문서",
}
TOLD = [Finding.Kind.FAULT, Finding.Kind.IMPROVE, Finding.Kind.COMMENDATION]


@dataclass(frozen=True)
class Row:
    """One thing on one day; `told` is everything of it that fits into a line."""

    day: dt.date
    kind: str
    subject: str
    told: str
    office: str
    state: str = ""
    won: int | None = None
    url: str = ""

    @property
    def label(self):
        return KINDS[self.kind]

    @property
    def cells(self):
        won = money.won(self.won) if self.won is not None else ""
        return [self.day, self.label, self.subject, self.told, won, self.state, self.office]


@dataclass(frozen=True)
class Record:
    rows: Sequence[Row] = field(default=())

    def of_kind(self, kind):
        return [row for row in self.rows if row.kind == kind]


def record_of(contractor, user, since, until):
    """From the first day of the year `since` to the last of `until`, the newest first."""
    first, last = dt.date(since, 1, 1), dt.date(until, 12, 31)
    inspections = Inspection.objects.of_contractor(contractor)
    seen = set(inspections.visible_to(user).values_list("pk", flat=True))
    rows = [
        *_agreements(contractor, first, last),
        *_visits(inspections, seen, first, last),
        *_findings(seen, since, until),
        *_dispositions(contractor, user, first, last),
        *_actions(contractor, user, first, last),
        *_documents(seen, user, first, last),
    ]
    order = list(KINDS)
    return Record(sorted(rows, key=lambda row: (-row.day.toordinal(), order.index(row.kind), row.told)))


def _agreements(contractor, first, last):
    found = Agreement.objects.filter(contractor=contractor, starts_on__lte=last, ends_on__gte=first)
    for each in found.select_related("subject__department"):
        yield Row(each.starts_on, "agreement", str(each.subject), each.dates, str(each.subject.department))


def _visits(inspections, seen, first, last):
    found = Visit.objects.filter(
        inspection__in=inspections.values("pk"), withdrawn_at=None, starts_on__lte=last, ends_on__gte=first
    )
    for visit in found.select_related(
        "inspection__subject", "inspection__department", "inspection__part__period"
    ):
        inspection = visit.inspection
        url = reverse("inspections:detail", args=[inspection.pk]) if inspection.pk in seen else ""
        title = inspection.part.period.title if url else "다른 부서의 점검"
        yield Row(visit.starts_on, "visit", str(inspection.subject), title, str(inspection.department),
                  inspection.get_status_display(), url=url)  # fmt: skip


def _findings(seen, since, until):
    """Of inspections of these years: a line has no day of its own but that of the inspection's end."""
    found = Finding.objects.filter(
        Q(kind__in=TOLD) | Q(finding_type__isnull=False), inspection__in=seen,
        inspection__completed_at__isnull=False, inspection__part__period__year__range=(since, until),
    ).exclude(text="")  # fmt: skip
    for finding in found.select_related("inspection__subject", "inspection__department", "finding_type"):
        inspection = finding.inspection
        kind = finding.get_kind_display() or Finding.Kind.FAULT.label
        url = f"{reverse('inspections:findings', args=[inspection.pk])}#line-{finding.pk}"
        told = f"[{finding.finding_type}] {finding.text}" if finding.finding_type_id else finding.text
        yield Row(
            timezone.localdate(inspection.completed_at), "finding", str(inspection.subject),
            " ".join(told.split()), str(inspection.department), kind, url=url,
        )  # fmt: skip


def _dispositions(contractor, user, first, last):
    day_in = Q(decided_on__range=(first, last)) | Q(decided_on=None, created_on__range=(first, last))
    found = Disposition.objects.visible_to(user).filter(day_in, contractor=contractor)
    related = [
        "disposition_type",
        "inspection__subject",
        "inspection__department",
        "department",
        "contractor",
    ]
    for each in found.select_related(*related):
        told = f"{each.disposition_type.full_name}({each.to_whom}) {each.text}"
        yield Row(
            each.decided_on or each.created_on, "disposition", str(each.inspection.subject),
            " ".join(told.split()), str(each.inspection.department), each.get_status_display(), each.won,
            reverse("follow_up:disposition", args=[each.inspection_id, each.pk]),
        )  # fmt: skip


def _actions(contractor, user, first, last):
    """On the day they were told, or, not told yet, completed."""
    seen = Action.objects.visible_to(user)
    found = seen.filter(contractor=contractor, inspection__completed_at__isnull=False)
    for action in found.select_related("inspection__subject", "inspection__department"):
        day = action.told_on or timezone.localdate(action.inspection.completed_at)
        if first <= day <= last:
            yield Row(
                day, "action", str(action.inspection.subject), " ".join(action.text.split()),
                str(action.inspection.department), action.get_status_display(), action.won,
                reverse("follow_up:action", args=[action.pk]),
            )  # fmt: skip


def _documents(seen, user, first, last):
    found = Document.objects.visible_to(user).filter(
        status=Document.Status.APPROVED, inspections__in=seen, approved_on__range=(first, last)
    )
    for document in found.select_related("department").distinct():
        yield Row(document.approved_on, "document", "", f"{document.number_text} {document}",
                  str(document.department), document.get_kind_display(),
                  url=reverse("reports:document", args=[document.pk]))  # fmt: skip
