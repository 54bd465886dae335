"""처분 기준: which disposition the ladder proposes, by how often the same was punished before."""

from dataclasses import dataclass

from django.db.models import F, Q

from follow_up.models import Disposition, DispositionType, Ladder
from inspections.models import FindingType


@dataclass(frozen=True)
class Proposal:
    """`earlier`: in how many inspections this type of finding led to a disposition within `ladder.years`."""

    ladder: Ladder
    finding_type: FindingType
    earlier: int
    disposition_type: DispositionType

    @property
    def told(self):
        return (
            f"{self.ladder}: 최근 {self.ladder.years}년 안에 같은 유형의 처분 {self.earlier}회, "
            f"이번이 {self.earlier + 1}번째이므로 '{self.disposition_type}'"
        )


def proposal(finding, contractor, day):
    """What the ladder of the finding's type proposes on this day, or None where no ladder speaks."""
    ladder = _ladder(finding) if finding is not None and finding.finding_type_id else None
    if ladder is None:
        return None
    earlier = earlier_dispositions(finding, contractor, _years_before(day, ladder.years))
    rung = ladder.rungs.filter(count__lte=earlier + 1).select_related("disposition_type").last()
    if rung is None:
        return None
    return Proposal(ladder, finding.finding_type, earlier, rung.disposition_type)


def earlier_dispositions(finding, contractor, since):
    """How many other inspections led to a decided, standing disposition for this type of finding."""
    if contractor is None:
        return 0
    found = Disposition.objects.filter(
        status=Disposition.Status.DECIDED, contractor=contractor, decided_on__gt=since,
        finding__finding_type=finding.finding_type_id, disposition_type__is_none=False,
    )  # fmt: skip
    return found.exclude(inspection=finding.inspection_id).values("inspection").distinct().count()


def _ladder(finding):
    """One made for the agreement goes before one for all."""
    own = Q(agreement=None) | Q(agreement=finding.inspection.agreement_id)
    found = Ladder.objects.filter(own, is_active=True, finding_types=finding.finding_type_id)
    return found.order_by(F("agreement").desc(nulls_last=True), "name").first()


def _years_before(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
