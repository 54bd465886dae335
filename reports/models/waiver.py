"""Faults of a paper that its drafter decided to leave as they are."""

from django.db import models

from inspections.models.waiver import Waiver, waiver_constraints
from reports.models.document import Document


class WaivedFault(Waiver):
    """Of 다시 볼 것."""

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.CASCADE, related_name="waived_faults"
    )

    class Meta(Waiver.Meta):
        constraints = waiver_constraints("document", "fault")
