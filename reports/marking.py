"""비공개 표시 of a draft: put on, taken off, and suggested. What is marked is part of what is approved.

A mark names words of one line or table, or (no block) words that are hidden wherever the paper holds them.
"""

from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.models import TeamMember
from inspections.workflow import TransitionError
from reports import assembling, hiding, suggesting
from reports.drafting import lock_draft
from reports.models import Attachment, DisclosureMark

NOT_THERE = {
    False: "이 줄에 없는 말입니다. 줄에 있는 그대로 적어 주세요.",
    True: "문서에 없는 말입니다. 문서에 있는 그대로 적어 주세요.",
}
CLAUSES = {str(number) for number in range(1, 9)}


@transaction.atomic
def add(document, *, by, block=None, quote, clauses, reason, review_on=None):
    """Hide a quote of one block, or all of it; without a block, a quote in all the paper."""
    document = lock_draft(document, by)
    check(document, block, quote, clauses, reason, review_on)
    if quote and not _stands_in(document, block, quote):
        raise TransitionError(NOT_THERE[block is None])
    return put(document, by=by, block=block, quote=quote, clauses=clauses, reason=reason, review_on=review_on)


def check(document, block, quote, clauses, reason, review_on):
    if not clauses or not set(clauses) <= CLAUSES:
        raise TransitionError("비공개 조항을 고르세요.")
    if "5" in clauses and review_on is None:
        raise TransitionError("5호(감독·검사, 의사결정 과정)로 가리면 다시 볼 날을 적어야 합니다.")
    if not reason.strip():
        raise TransitionError("가리는 까닭을 적어 주세요.")
    if block is None and not quote:
        raise TransitionError("문서 전체에서 가릴 말을 적어 주세요.")
    if document.marks.in_force().filter(block=block, quote=quote).exists():
        raise TransitionError("이미 표시한 말입니다.")


def put(document, *, by, block, quote, clauses, reason, review_on, is_later=False):
    """The row and its event. Whoever calls has checked them, under a lock of the document."""
    mark = DisclosureMark.objects.create(
        document=document, block=block, quote=quote, clause=",".join(sorted(clauses)), reason=reason.strip(),
        review_on=review_on, marked_by=by, marked_at=clock.now(), is_later=is_later,
    )  # fmt: skip
    record("mark", document, by=by, line=str(mark.block_id or ""), clause=mark.clause, reason=mark.reason)
    return mark


@transaction.atomic
def remove(mark, *, by):
    document = lock_draft(mark.document, by)
    record("unmark", document, by=by, line=str(mark.block_id or ""), clause=mark.clause)
    DisclosureMark.objects.filter(pk=mark.pk).delete()


def stale(document):
    """Marks whose words stand no longer where they stood: they would hide nothing."""
    blocks = {block.pk: block for block in document.blocks.all() if not block.is_removed}
    marks = [mark for mark in document.marks.in_force() if mark.quote]
    plain = _without_marks(document) if any(mark.block_id is None for mark in marks) else []
    return [mark for mark in marks if _is_stale(mark, blocks, plain)]


def suggestions(document):
    """Stretches of the draft that look as if they should be hidden; nothing is hidden by itself."""
    marks = [hiding.Mark(each.quote, each.clause) for each in document.marks.in_force().filter(block=None)]
    attached = (hiding.hidden_everywhere(each, marks) for each in attached_papers(document))
    return suggesting.suggestions([assembling.paper(document), *attached], private_names(document))


def private_names(document):
    """Of people from outside the office who went along."""
    team = TeamMember.objects.filter(inspection__documents=document, user=None).exclude(name="")
    return sorted(set(team.values_list("name", flat=True)))


def _is_stale(mark, blocks, plain):
    if mark.block_id is None:
        return not hiding.stands_in(plain, mark.quote)
    block = blocks.get(mark.block_id)
    return block is not None and not hiding.occurs(assembling.node(block), mark.quote)


def _stands_in(document, block, quote):
    if block is not None:
        return hiding.occurs(assembling.node(block), quote)
    return hiding.stands_in(_without_marks(document), quote)


def _without_marks(document):
    """The draft as it would read if nothing were hidden, its attachments with it."""
    return [assembling.paper(document, marks=[]), *attached_papers(document)]


def attached_papers(document):
    """Those of the generated attachments: a mark of the whole paper holds in them, too."""
    return assembling.attachment_papers(document.attachments.filter(kind=Attachment.Kind.CHECKLIST))
