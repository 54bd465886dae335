"""붙임 of a draft: put behind the others, named, moved, taken out."""

from django.db import transaction
from django.db.models import Max

from audit.recording import record
from inspections.workflow import TransitionError
from reports.drafting import lock_draft
from reports.hashes import sha256
from reports.models import Attachment, AttachmentFile

MOST = 50
GONE = "붙임 파일이 없어졌거나 달라졌습니다. 반려하고 기안자에게 다시 올리게 하세요."


@transaction.atomic
def add(document, *, title, copies, clauses, pdf, by, closed_reason="", review_on=None):
    """With a `pdf` (bytes, written anew by the form) or, without one, as a name: it goes another way."""
    document = lock_draft(document, by)
    closing = _closing(clauses, closed_reason, review_on)
    count = document.attachments.count()
    if count >= MOST:
        raise TransitionError(f"붙임은 {MOST}건까지 둘 수 있습니다.")
    last = document.attachments.aggregate(last=Max("order"))["last"] or 0
    attachment = Attachment.objects.create(
        document=document, order=last + 1, title=title, copies=copies, clauses=clauses, **closing,
        kind=Attachment.Kind.FILE if pdf else Attachment.Kind.APART,
        file_sha256=sha256(pdf) if pdf else "",
    )  # fmt: skip
    if pdf:
        AttachmentFile.objects.create(attachment=attachment, pdf=pdf)
    record("add_attachment", attachment, by=by, chain=document, file=attachment.file_sha256)
    return attachment


@transaction.atomic
def edit(attachment, *, title, copies, clauses, place, by, closed_reason="", review_on=None):
    """`place` counts from 1 among the attachments of the paper."""
    document = lock_draft(attachment.document, by)
    closing = _closing(clauses, closed_reason, review_on)
    before = {"title": attachment.title, "copies": attachment.copies, "clauses": attachment.clauses}
    after = {"title": title, "copies": copies, "clauses": clauses}
    Attachment.objects.filter(pk=attachment.pk).update(**after, **closing)
    _put(document, attachment, place)
    record(
        "edit_attachment", attachment, by=by, chain=document, before=before, after=after | {"place": place}
    )


@transaction.atomic
def remove(attachment, *, by):
    document = lock_draft(attachment.document, by)
    record("remove_attachment", attachment, by=by, chain=document, file=attachment.file_sha256)
    document.attachments.filter(pk=attachment.pk).delete()


def place_of(attachment):
    return attachment.document.attachments.filter(order__lte=attachment.order).count()


def uploaded(pk, signed):
    """The bytes of an uploaded one, if they are those that were signed."""
    kept = AttachmentFile.objects.filter(attachment=pk).first()
    if kept is None or sha256(kept.pdf) != signed:
        raise TransitionError(GONE)
    return bytes(kept.pdf)


def _closing(clauses, reason, review_on):
    """Why it is kept from the public; of one that is not, nothing."""
    if not clauses:
        return {"closed_reason": "", "review_on": None}
    if not reason.strip():
        raise TransitionError("붙임을 공개하지 않는 까닭을 적어 주세요.")
    if "5" in clauses and review_on is None:
        raise TransitionError("5호로 공개하지 않으면 다시 볼 날을 적어야 합니다.")
    return {"closed_reason": reason.strip(), "review_on": review_on}


def _put(document, attachment, place):
    rows = [row for row in document.attachments.all() if row.pk != attachment.pk]
    rows.insert(place - 1, attachment)
    beyond = max(row.order for row in rows)
    # Two steps: no two may stand at one place even for a moment.
    for shift in (beyond, 0):
        for order, row in enumerate(rows, 1):
            Attachment.objects.filter(pk=row.pk).update(order=order + shift)
