"""The last signature: the paper gets its number and is frozen.

First everything is rendered with the number that is expected, holding no transaction. Then one short
transaction locks document, step and counter, looks whether anything has moved, and stores all of it. If the
number or the day has moved meanwhile, it is rolled back and rendered again.
"""

from dataclasses import dataclass
from datetime import date

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from audit import clock
from inspections.models import Evidence
from inspections.workflow import TransitionError
from prepared.queries import PreparedQuery
from reports import assembling, attaching, steps, tree, workflow
from reports.hashes import sha256
from reports.models import ApprovalStep, Document, Edition, EditionFile, NumberCounter, OutsideApproval
from reports.rendering.html import image_ids
from reports.rendering.hwpx import render_hwpx
from reports.rendering.pdf import render_both, render_pdf

ATTEMPTS = 5


class Moved(Exception):
    """The number or the day is no longer the one that was rendered."""


@dataclass(frozen=True)
class Prepared:
    content_sha256: str
    number: int
    day: date
    paper: tree.Paper
    html: str
    pdf: bytes
    hwpx: bytes
    files: list  # [PreparedFile]


@dataclass(frozen=True)
class PreparedFile:
    attachment_id: int
    order: int
    title: str
    tree: dict | None
    pdf: bytes
    hwpx: bytes


def approve(step, *, by, opinion="", exception_reason=""):
    """Sign 결재 and issue the paper. Asked again by the same person, it answers with the same paper."""
    for _ in range(ATTEMPTS):
        try:
            return _approve_once(step, by=by, opinion=opinion, exception_reason=exception_reason)
        except Moved:
            continue
        except TransitionError:
            # The same request may have been faster in another process: then its answer is ours.
            if steps.is_signed_by(step, by):
                return _issued(step)
            raise
    raise TransitionError("같은 처리과에서 결재가 몰려 번호를 받지 못했습니다. 잠시 뒤 다시 눌러 주세요.")


def _approve_once(step, *, by, opinion, exception_reason):
    if steps.is_signed_by(step, by):
        return _issued(step)
    document, step = _look(step, by, exception_reason)
    prepared = prepare(document, step, by)
    return _store(step, prepared, by=by, opinion=opinion, exception_reason=exception_reason)


def _issued(step):
    return Document.objects.get(pk=step.round.document_id)


def prepare(document, step, by):
    """Everything that will be stored, rendered as if the signature were given now."""
    day = clock.today()
    number = _next_number(document, day.year)
    content = step.round.content
    paper = assembling.with_header(content["paper"], _header(document, step, by, number, day))
    return rendered(document, content, paper, number, day)


def rendered(document, content, paper, number, day):
    """All that is stored of a paper under this header."""
    images = pictures(paper, document)
    files = list(_files(document, content["attachments"]))
    digits = len(str(len(content["attachments"])))  # the list of files inside is sorted by name
    # PDF/A-2 carries PDF/A alone: what was uploaded is kept beside it.
    carried = [(f"붙임 {file.order:0{digits}}. {file.title}", file.pdf) for file in files if file.tree]
    html, pdf = render_both(paper, images=images, files=carried)
    return Prepared(
        content_sha256=assembling.digest(content),
        number=number,
        day=day,
        paper=paper,
        html=html,
        pdf=pdf,
        hwpx=render_hwpx(paper, images=images),
        files=files,
    )


@transaction.atomic(durable=True)  # nobody may hold a transaction around the rendering
def _store(step, prepared, *, by, opinion, exception_reason):
    document, step = workflow.take_step(step, by=by)
    workflow.check_exception(document, by, exception_reason)
    workflow.check_unchanged(document, step.round)
    if step.round.content_sha256 != prepared.content_sha256:
        raise TransitionError(
            "결재를 요청한 뒤 문서 내용이 달라졌습니다. 반려하고 기안자에게 다시 요청받으세요."
        )
    now = clock.now()
    _take_number(document, prepared, timezone.localdate(now))
    workflow.close(
        document, step, by=by, opinion=opinion, exception_reason=exception_reason, signed_at=now,
        number=prepared.number, day=prepared.day,
    )  # fmt: skip
    freeze(document, prepared, now)
    return document


def pictures(paper, document):
    """sha256 → bytes of the photographs that the paper shows, of its own inspections only."""
    wanted = image_ids(paper)
    if not wanted:
        return {}
    found = Evidence.objects.filter(inspection__in=document.inspections.all(), shown_sha256__in=wanted)
    images = {}
    for evidence in found:
        images[evidence.shown_sha256] = _stored_bytes(evidence)
    return images


def _stored_bytes(evidence):
    try:
        with default_storage.open(evidence.shown) as file:
            return file.read()
    except FileNotFoundError as error:
        raise TransitionError(
            f"사진 파일이 없어 확정본을 만들 수 없습니다: {evidence.name}. 시스템 관리자에게 알려 주세요."
        ) from error


def problems(edition):
    """What does not verify of a frozen paper; empty if all is as it was signed."""
    found = []
    signed = edition.document.rounds.get(status="approved")
    content = signed.content
    if (
        assembling.digest(content) != edition.content_sha256
        or edition.content_sha256 != signed.content_sha256
    ):
        found.append("서명한 내용의 해시가 다릅니다.")
    seen = set(edition.document.rounds.values_list("content_sha256", flat=True))
    if not seen.issuperset(signed.steps.filter(status="signed").values_list("content_sha256", flat=True)):
        found.append("서명이 이 문서의 어느 내용에도 묶여 있지 않습니다.")
    if {name: value for name, value in edition.tree.items() if name != "header"} != content["paper"]:
        found.append("확정본의 본문이 서명한 내용과 다릅니다.")
    if sha256(edition.html) != edition.html_sha256 or not _verify(edition):
        found.append("확정본 파일의 해시가 다릅니다.")
    kept = OutsideApproval.objects.filter(document=edition.document).first()
    if kept and sha256(kept.file) != kept.file_sha256:
        found.append("밖에서 서명된 파일의 해시가 다릅니다.")
    found += [f"붙임 파일의 해시가 다릅니다: {file}" for file in edition.files.all() if not _verify(file)]
    return found


def _verify(frozen):
    """The PDF, and the HWPX, which papers of the first months do not have."""
    has_hwpx = bool(frozen.hwpx or frozen.hwpx_sha256)
    is_same = sha256(frozen.pdf) == frozen.pdf_sha256
    return is_same and (not has_hwpx or sha256(frozen.hwpx) == frozen.hwpx_sha256)


@PreparedQuery
def _with_offices(*, pk):
    return Document.objects.select_related("department__parent", "drafter").filter(pk=pk)


def _look(step, by, exception_reason):
    """May it be signed at all? Asked without a lock before the dear rendering, and again under the lock."""
    step = steps.with_round.first(pk=step.pk)
    document = _with_offices.first(pk=step.round.document_id)
    if step.act != ApprovalStep.Act.APPROVE:
        raise TransitionError("마지막 결재 단계가 아닙니다.")
    steps.check_turn(document, step, by)
    workflow.check_exception(document, by, exception_reason)
    return document, step


def _next_number(document, year):
    counter = NumberCounter.objects.filter(department=document.department, year=year).first()
    return (counter.last if counter else 0) + 1


def locked_counter(department, year):
    """The row that the numbers of an office and year come from; made at the first."""
    found = NumberCounter.objects.select_for_update(of=("self",)).filter(department=department, year=year)
    if (counter := found.first()) is None:
        NumberCounter.objects.get_or_create(department=department, year=year)
        counter = found.get()
    return counter


def _take_number(document, prepared, today):
    counter = locked_counter(document.department, prepared.day.year)
    if counter.last + 1 != prepared.number or today != prepared.day:
        raise Moved
    NumberCounter.objects.filter(pk=counter.pk).update(last=prepared.number)


def _header(document, step, by, number, day):
    line = list(step.round.steps.select_related("assignee", "acted_by"))
    last = next(each for each in line if each.pk == step.pk)
    last.status, last.acted_at = ApprovalStep.Status.SIGNED, clock.now()
    steps.name_signer(last, by)
    text = f"{document.department.document_prefix}-{number}"
    return assembling.header(document, line, number=text, approved_on=day)


def _files(document, attachments):
    """Those that have a file: rendered from their paper, or as they were uploaded."""
    for order, attachment in enumerate(attachments, 1):
        about = (attachment["id"], order, attachment["title"])
        if "paper" in attachment:
            paper = tree.paper_from(attachment["paper"])
            images = pictures(paper, document)
            pdf, hwpx = render_pdf(paper, images=images), render_hwpx(paper, images=images)
            yield PreparedFile(*about, attachment["paper"], pdf, hwpx)
        elif attachment["file"]:
            yield PreparedFile(*about, None, attaching.uploaded(attachment["id"], attachment["file"]), b"")


def freeze(document, prepared, now):
    edition = Edition.objects.create(
        document=document, tree=tree.to_plain(prepared.paper), content_sha256=prepared.content_sha256,
        template_version=prepared.paper.template, html=prepared.html, html_sha256=sha256(prepared.html),
        pdf=prepared.pdf, pdf_sha256=sha256(prepared.pdf), hwpx=prepared.hwpx,
        hwpx_sha256=sha256(prepared.hwpx), issued_at=now,
    )  # fmt: skip
    EditionFile.objects.bulk_create(
        EditionFile(
            edition=edition,
            attachment_id=file.attachment_id,
            order=file.order,
            title=file.title,
            tree=file.tree,
            pdf=file.pdf,
            pdf_sha256=sha256(file.pdf),
            hwpx=file.hwpx,
            hwpx_sha256=sha256(file.hwpx) if file.hwpx else "",
        )
        for file in prepared.files
    )
