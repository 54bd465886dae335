"""비공개 표시 of a draft: put on, taken off, and suggested. What is marked is part of what is approved."""

from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.models import TeamMember
from inspections.workflow import TransitionError
from reports import assembling, hiding
from reports.drafting import lock_draft
from reports.models import DisclosureMark

CLAUSES = {str(number) for number in range(1, 9)}


@transaction.atomic
def add(document, *, by, block, quote, clauses, reason, review_on=None):
    """Hide a quote of one block, or all of it."""
    document = lock_draft(document, by)
    if not clauses or not set(clauses) <= CLAUSES:
        raise TransitionError("비공개 조항을 고르세요.")
    if "5" in clauses and review_on is None:
        raise TransitionError("5호(감독·검사, 의사결정 과정)로 가리면 다시 볼 날을 적어야 합니다.")
    if not reason.strip():
        raise TransitionError("가리는 까닭을 적어 주세요.")
    if quote and not hiding.occurs(assembling.node(block), quote):
        raise TransitionError("이 줄에 없는 말입니다. 줄에 있는 그대로 적어 주세요.")
    if document.marks.filter(block=block, quote=quote).exists():
        raise TransitionError("이미 표시한 말입니다.")
    mark = DisclosureMark.objects.create(
        document=document, block=block, quote=quote, clause=",".join(sorted(clauses)), reason=reason.strip(),
        review_on=review_on, marked_by=by, marked_at=clock.now(),
    )  # fmt: skip
    record("mark", document, by=by, line=str(block.pk), clause=mark.clause, reason=mark.reason)
    return mark


@transaction.atomic
def remove(mark, *, by):
    document = lock_draft(mark.document, by)
    record("unmark", document, by=by, line=str(mark.block_id), clause=mark.clause)
    DisclosureMark.objects.filter(pk=mark.pk).delete()


def stale(document):
    """Marks whose words stand no longer in their line: they would hide nothing."""
    blocks = {block.pk: block for block in document.blocks.all() if not block.is_removed}
    return [
        mark
        for mark in document.marks.all()
        if mark.quote
        and mark.block_id in blocks
        and not hiding.occurs(assembling.node(blocks[mark.block_id]), mark.quote)
    ]


def suggestions(document):
    """Stretches of the draft that look as if they should be hidden; nothing is hidden by itself."""
    team = TeamMember.objects.filter(inspection__documents=document, user=None).exclude(name="")
    names = set(team.values_list("name", flat=True))
    return hiding.suggestions(assembling.paper(document).body, sorted(names))
