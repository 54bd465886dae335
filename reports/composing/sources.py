"""What a paper is composed from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from inspections.models import Inspection


@dataclass(frozen=True)
class Sources:
    """The inspections a paper speaks of, the papers it follows, and the day its draft was begun.

    `references` are documents with number and date; the day is that of the draft, not today, so that
    composing again tomorrow says the same.
    """

    inspections: Sequence[Inspection]
    references: Sequence = field(default=())
    written_on: dt.date | None = None

    @property
    def first(self):
        return self.inspections[0]

    @property
    def is_single(self):
        return len(self.inspections) == 1

    @property
    def active(self):
        """Those that count as work: neither excluded nor given up."""
        aside = {Inspection.Status.EXCLUDED, Inspection.Status.NOT_DONE}
        return [inspection for inspection in self.inspections if inspection.status not in aside]

    @property
    def what(self):
        """한빛복지관, or 한빛복지관 등 58곳; those that were put aside are not counted."""
        counted = self.active or self.inspections
        name = str(counted[0].subject)
        return name if len(counted) == 1 else f"{name} 등 {len(counted)}곳"

    @property
    def grounds(self):
        """The bases of the periods and the clauses of the agreements, each once."""
        texts = []
        for inspection in self.inspections:
            texts += [str(basis) for basis in inspection.part.period.bases.all()]
            texts.append(inspection.agreement.inspection_clause if inspection.agreement_id else "")
        return [text for text in dict.fromkeys(texts) if text]

    @property
    def starts_and_ends(self):
        """The first and the last day of all visits, of the parts where none is planned."""
        days = []
        for inspection in self.active or self.inspections:
            visits = [visit for visit in inspection.visits.all() if visit.withdrawn_at is None]
            for one in visits or [inspection.part]:
                days += [one.starts_on, one.ends_on]
        return min(days), max(days)
