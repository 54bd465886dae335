"""Recording a paper that was approved elsewhere: its number, day and line are typed, the signed file is kept.

It is frozen like any other: tree, HTML, PDF, HWPX and attachments, under the header that was signed. As at a
final signature everything is rendered first, holding no transaction.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.workflow import TransitionError
from reports import assembling, issuing, permissions, tree, workflow
from reports.hashes import sha256
from reports.models import ApprovalStep, Document, NumberCounter, OutsideApproval

CONCUR = ApprovalStep.Act.CONCUR


@dataclass(frozen=True)
class Signer:
    """`act` is review or concur or approve; `mode` 전결, 대결 or 직무대리 as it is printed, or empty."""

    act: str
    position: str
    name: str
    mode: str = ""


@dataclass(frozen=True)
class Outside:
    """What stands on the signed file: `number` is the serial of the office's series, `file` a PDF."""

    number: int
    day: date
    signers: tuple
    file: bytes


def record_outside(document, facts, *, by):
    content = _content(document, by)
    paper = assembling.with_header(content["paper"], _header(document, facts))
    prepared = issuing.rendered(document, content, paper, facts.number, facts.day)
    return _store(document, prepared, facts, by=by)


@transaction.atomic
def _content(document, by):
    return workflow.sendable(_locked(document, by))


@transaction.atomic(durable=True)  # nobody may hold a transaction around the rendering
def _store(document, prepared, facts, *, by):
    document = _locked(document, by)
    content = workflow.sendable(document)
    if assembling.digest(content) != prepared.content_sha256:
        raise TransitionError("그 사이 문서가 바뀌었습니다. 다시 확인하고 기록해 주세요.")
    _take_number(document, facts)
    now = clock.now()
    workflow.close_outside(document, content, by=by, number=facts.number, day=facts.day, at=now)
    issuing.freeze(document, prepared, now)
    OutsideApproval.objects.create(
        document=document, signers=[[s.act, s.position, s.name, s.mode] for s in facts.signers],
        file=facts.file, file_sha256=sha256(facts.file), recorded_by=by, recorded_at=now,
    )  # fmt: skip
    record(
        "record_outside", document, by=by, number=document.number_text, file=sha256(facts.file),
        line=[[s.position, s.name, s.mode] for s in facts.signers],
    )  # fmt: skip
    return document


def _locked(document, by):
    document = workflow.lock(document)
    if not permissions.is_drafter(by, document):
        raise PermissionDenied("기안자만 밖에서 한 결재를 기록할 수 있습니다.")
    if document.status != Document.Status.DRAFT or permissions.is_corrected(document):
        raise TransitionError("작성 중인 문서만 밖에서 한 결재를 기록할 수 있습니다.")
    return document


def _take_number(document, facts):
    """The other system shares the series: ours goes on behind the highest number."""
    year = facts.day.year
    counter = issuing.locked_counter(document.department, year)
    taken = Document.objects.filter(department=document.department, number_year=year, number=facts.number)
    if taken.exists():
        raise TransitionError(f"{year}년 {facts.number}번은 이미 쓴 문서번호입니다.")
    if facts.number > counter.last:
        NumberCounter.objects.filter(pk=counter.pk).update(last=facts.number)


def _header(document, facts):
    """The two boxes as they were signed: the day stands over the last who decided."""
    deciding = [signer for signer in facts.signers if signer.act != CONCUR]
    cells = [
        tree.ApprovalCell(s.position, s.name, facts.day if s is deciding[-1] else None, s.mode)
        for s in facts.signers
    ]
    acts = [signer.act for signer in facts.signers]
    header = assembling.header(
        document, [], number=f"{document.department.document_prefix}-{facts.number}", approved_on=facts.day
    )
    return tree.replace(
        header,
        approvals=tuple(cell for act, cell in zip(acts, cells, strict=True) if act != CONCUR),
        concurrences=tuple(cell for act, cell in zip(acts, cells, strict=True) if act == CONCUR),
    )
