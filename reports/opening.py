"""What is hidden of an approved paper, looked at again: more is hidden, something is opened, or it stays.

Only rows are written here; what citizens read changes when the edition is put right (reports.publishing).
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.workflow import TransitionError, given
from reports import hiding, marking, permissions, tree, workflow
from reports.models import DisclosureMark, DisclosureReview, Document

NOT_THERE = "확정본에 없는 말입니다. 문서에 있는 그대로 적어 주세요."


@transaction.atomic
def hide_more(document, *, by, block=None, quote, clauses, reason, review_on=None):
    """Something had been overlooked: hide it from now on."""
    document = _locked(document, by)
    marking.check(document, block, quote, clauses, reason, review_on)
    paper = tree.paper_from(document.edition.tree)
    frozen = [paper, *(tree.paper_from(file.tree) for file in document.edition.files.all() if file.tree)]
    nodes = [node for _, node in tree.walk(paper.body) if block and node.id == str(block.pk)]
    if (block and not nodes) or (quote and not hiding.stands_in(nodes or frozen, quote)):
        raise TransitionError(NOT_THERE)
    return marking.put(
        document, by=by, block=block, quote=quote, clauses=clauses, reason=reason, review_on=review_on,
        is_later=True,
    )  # fmt: skip


@transaction.atomic
def lift(mark, *, by, reason):
    """It need not be hidden any more."""
    mark = _locked_mark(mark, by)
    mark.lifted_at, mark.lifted_by, mark.lifted_reason = clock.now(), by, given(reason, "까닭을")
    mark.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    record(
        "lift_mark", mark.document, by=by, line=str(mark.block_id or ""), clause=mark.clause, reason=reason
    )
    return mark


@transaction.atomic
def keep(mark, *, by, reason, review_on):
    """It stays hidden, and is looked at again on another day."""
    mark = _locked_mark(mark, by)
    reason, mark.review_on = given(reason, "까닭을"), _later(review_on)
    mark.save(update_fields=["review_on"])
    record("keep_mark", mark.document, by=by, clause=mark.clause, reason=reason, until=review_on.isoformat())
    return mark


@transaction.atomic
def keep_closed(document, *, by, reason, review_on, attachment=None):
    """A closed paper, or one attachment of it, stays closed and is looked at again on another day."""
    document = _locked(document, by)
    _check_closed(document, attachment)
    made = _reviewed(document, attachment, by, reason, next_on=_later(review_on))
    record("keep_closed", document, by=by, reason=made.reason, until=review_on.isoformat(), about=str(made))
    return made


@transaction.atomic
def open_attachment(attachment, *, by, reason):
    """An attachment may be read from now on; citizens get it when the edition is put right."""
    document = _locked(attachment.document, by)
    _check_closed(document, attachment)
    made = _reviewed(document, attachment, by, reason, next_on=None)
    record("open_attachment", document, by=by, reason=made.reason, file=attachment.title)
    return made


def opened_attachments(document):
    """The keys of those that were closed and may be read now."""
    opened = document.disclosure_reviews.filter(next_on=None, attachment__isnull=False)
    return set(opened.values_list("attachment", flat=True))


def closed_attachments(document):
    """Those that are kept from the public still."""
    return list(document.attachments.exclude(clauses=[]).exclude(pk__in=opened_attachments(document)))


def _check_closed(document, attachment):
    if attachment is None and document.disclosure == Document.Disclosure.OPEN:
        raise TransitionError("공개 문서입니다. 다시 볼 것이 없습니다.")
    if attachment is not None and not attachment.clauses:
        raise TransitionError("비공개로 결재된 붙임이 아닙니다.")
    if attachment is not None and attachment.pk in opened_attachments(document):
        raise TransitionError("이미 연 붙임입니다.")


def _reviewed(document, attachment, by, reason, *, next_on):
    return DisclosureReview.objects.create(
        document=document, attachment=attachment, next_on=next_on, reason=given(reason, "까닭을"),
        reviewed_by=by, reviewed_at=clock.now(),
    )  # fmt: skip


def _later(day):
    if day is None or day <= clock.today():
        raise TransitionError("다시 볼 날은 오늘보다 뒤여야 합니다.")
    return day


def check(document, by):
    """May he decide what citizens read of it, and is it a paper that can be decided on?"""
    if not permissions.can_publish(by, document):
        raise PermissionDenied
    if document.status != Document.Status.APPROVED:
        raise TransitionError("결재가 끝난 문서만 공개할 수 있습니다.")


def _locked(document, by):
    document = workflow.lock(document)
    check(document, by)
    return document


def _locked_mark(mark, by):
    _locked(mark.document, by)
    mark = DisclosureMark.objects.select_for_update(of=("self",)).select_related("document").get(pk=mark.pk)
    if mark.lifted_at is not None:
        raise TransitionError("이미 연 표시입니다.")
    return mark
