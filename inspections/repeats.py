"""반복: how often the same type of finding was made at this contractor, whichever office made it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection

from audit import clock
from inspections.models import Finding, FindingType, Inspection

YEARS = 5


@dataclass(frozen=True)
class Repeat:
    """One type, and in how many earlier inspections of the contractor it was found."""

    pk: int
    name: str
    count: int


@dataclass
class Repeats:
    """What earlier inspections of the last five years found, by type and by the code of the item."""

    names: dict = field(default_factory=dict)
    inspections: dict = field(default_factory=lambda: defaultdict(set))  # type → inspections
    types: dict = field(default_factory=lambda: defaultdict(set))  # code of an item → types

    def of_type(self, pk):
        """The Repeat of this type, or None if it was not found before."""
        found = self.inspections.get(pk)
        return Repeat(pk, self.names[pk], len(found)) if found else None

    def of_code(self, code):
        """The types that were found at items of this code, the most frequent first."""
        found = [self.of_type(pk) for pk in self.types.get(code, ())]
        return sorted(found, key=lambda repeat: (-repeat.count, repeat.name))


# Lines with a type, of inspections completed at the same contractors in the last five years. In SQL: the
# checklist asks for them each time it is opened, and Django takes longer to build this statement than the
# database to answer it.
ROWS = """
WITH contractors AS (
    SELECT own.contractor_id FROM contractors_agreement own
    JOIN inspections_inspection this ON this.agreement_id = own.id WHERE this.id = %(inspection)s
    UNION
    SELECT own.contractor_id FROM contractors_agreement own
    JOIN inspections_inspection_joint_agreements joint ON joint.agreement_id = own.id
    WHERE joint.inspection_id = %(inspection)s
), agreements AS (
    SELECT id FROM contractors_agreement WHERE contractor_id IN (SELECT contractor_id FROM contractors)
), earlier AS (
    SELECT done.id FROM inspections_inspection done
    JOIN inspections_periodpart part ON part.id = done.part_id
    JOIN inspections_inspectionperiod period ON period.id = part.period_id
    WHERE done.status = 'done' AND done.id <> %(inspection)s AND period.year >= %(since)s
    AND (
        done.agreement_id IN (SELECT id FROM agreements)
        OR done.id IN (
            SELECT inspection_id FROM inspections_inspection_joint_agreements
            WHERE agreement_id IN (SELECT id FROM agreements)
        )
    )
)
SELECT line.finding_type_id, type.name, line.inspection_id, item.code
FROM inspections_finding line
JOIN inspections_findingtype type ON type.id = line.finding_type_id
LEFT JOIN inspections_finding_items link ON link.finding_id = line.id
LEFT JOIN inspections_checklistitem item ON item.id = link.checklistitem_id
WHERE line.inspection_id IN (SELECT id FROM earlier)
"""


def repeats(inspection):
    """One query."""
    made = Repeats()
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"inspection": inspection.pk, "since": clock.today().year - YEARS})
        rows = cursor.fetchall()
    for pk, name, earlier, code in rows:
        made.names[pk] = name
        made.inspections[pk].add(earlier)
        if code:
            made.types[code].add(pk)
    return made


@dataclass(frozen=True)
class Told:
    """The earlier lines of one type: those that this user may see, and how many inspections hold others."""

    finding_type: FindingType
    lines: list
    hidden: int


def told_of_type(inspection, finding_type, *, to):
    """For the page behind a 반복: three queries."""
    everywhere = repeats(inspection).inspections.get(finding_type.pk, set())
    shown = Finding.objects.filter(
        finding_type=finding_type,
        inspection__in=Inspection.objects.visible_to(to).filter(pk__in=everywhere),
    ).select_related(
        "inspection__part__period", "inspection__subject", "inspection__department", "indicator"
    )  # fmt: skip
    lines = list(shown.prefetch_related("actions").order_by("-inspection__part__period__year", "position"))
    return Told(finding_type, lines, len(everywhere - {line.inspection_id for line in lines}))


def earlier_line(line):
    """Last year's line of the same type, if this one is not tied to any: to be proposed."""
    if line.previous_id or not line.finding_type_id or not line.inspection.previous_id:
        return None
    earlier = Finding.objects.filter(
        inspection=line.inspection.previous_id, finding_type=line.finding_type_id
    )
    return earlier.exclude(text="").in_outline_order().first()
