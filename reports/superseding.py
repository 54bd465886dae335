"""정정: an approved paper is for ever, so what was wrong in it is put right by a new one that names it.

The new paper begins as a copy of the lines, the attachments and the head and foot of the old one, and then
goes its own way: its own line of approval, its own number. The old edition stays as it was frozen.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.workflow import TransitionError
from notation import dates
from reports import drafting, kinds, permissions, workflow
from reports.models import Attachment, AttachmentFile, Block, DisclosureMark, Document, Letter, Reference

SUFFIX = "(정정)"
COPIED = [*drafting.FACTS, "kind", "department", "clauses"]
LONGEST = Document._meta.get_field("title").max_length


@transaction.atomic
def supersede(document, *, reason, by):
    """A draft that puts this paper right. Asked again, it answers with the draft that is there."""
    document = workflow.lock(document)
    if not permissions.can_supersede(by, document):
        raise PermissionDenied
    if document.status != Document.Status.APPROVED:
        raise TransitionError("결재가 끝난 문서만 정정할 수 있습니다. 작성 중인 문서는 그대로 고치면 됩니다.")
    if existing := Document.objects.filter(supersedes=document).first():
        return existing
    if not reason.strip():
        raise TransitionError("무엇을 왜 바로잡는지 적어 주세요.")
    kinds.check(document.kind, list(document.inspections.all()))
    draft = _begun(document, by)
    _copy_parts(document, draft)
    _say_why(document, draft, reason.strip())
    record("supersede", document, by=by, reason=reason.strip(), draft=draft.pk)
    record("create", draft, by=by, kind=draft.kind, supersedes=document.pk)
    return draft


def _begun(document, by):
    facts = {name: getattr(document, name) for name in COPIED}
    facts["title"] = _corrected(document.title)
    facts["registered_title"] = document.registered_title and _corrected(document.registered_title)
    draft = Document.objects.create(drafter=by, created_at=clock.now(), supersedes=document, **facts)
    draft.inspections.set(document.inspections.all())
    return draft


def _corrected(title):
    return title if title.endswith(SUFFIX) else f"{title[: LONGEST - len(SUFFIX)]}{SUFFIX}"


def _copy_parts(document, draft):
    blocks = list(document.blocks.filter(is_removed=False))
    ids = {str(block.pk): uuid.uuid4() for block in blocks}
    Block.objects.bulk_create(_copy_line(block, draft, ids) for block in blocks)
    DisclosureMark.objects.bulk_create(
        _copy_mark(mark, draft, ids)
        for mark in document.marks.in_force()
        if mark.block_id is None or str(mark.block_id) in ids
    )
    for each in document.attachments.all():
        copied = _copy(each, draft, id=None)
        copied.save(force_insert=True)
        if each.kind == Attachment.Kind.FILE:
            AttachmentFile.objects.create(attachment=copied, pdf=bytes(each.file.pdf))
    if letter := Letter.objects.filter(document=document).first():
        _copy(letter, draft, id=None).save(force_insert=True)
    followed = [*(each.follows for each in document.references.all()), document]
    Reference.objects.bulk_create(Reference(document=draft, follows=each) for each in followed)


def _copy_line(block, draft, ids):
    """A chart draws the copy of its table."""
    made = _copy(block, draft, id=ids[str(block.pk)])
    if made.kind == Block.Kind.CHART:
        made.payload = made.payload | {"of": str(ids.get(made.payload["of"], ""))}
    return made


def _copy_mark(mark, draft, ids):
    """What was hidden stays hidden in the copy."""
    made = _copy(mark, draft, id=None)
    made.block_id = mark.block_id and ids[str(mark.block_id)]
    made.is_later = False
    return made


def _copy(row, draft, *, id):
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    return type(row)(**values | {"id": id, "document_id": draft.pk})


def _say_why(document, draft, reason):
    """The first line: which paper is put right, and why. It is the drafter's own, and can be edited."""
    first = draft.blocks.first()
    position = first.position - drafting.GAP if first else drafting.GAP
    told = f"{document.number_text}({dates.long_date(document.approved_on)}) 문서를 바로잡음: {reason}"
    Block.objects.create(document=draft, position=position, kind=Block.Kind.NOTE, runs=[[told, ""]])
