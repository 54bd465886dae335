"""The files of an issued paper, byte for byte as they were frozen, and the pictures of a draft."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_safe

from audit.recording import record
from inspections import sheets
from inspections.models import Evidence, Inspection
from inspections.views.evidence import FILE_POLICY
from reports.composing import empty_sheet as composing_empty_sheet
from reports.composing import statement as composing_statement
from reports.drafting import for_composing
from reports.models import Edition, EditionFile, OutsideApproval
from reports.rendering.errors import RenderError
from reports.rendering.html import style_hash
from reports.rendering.pdf import render_pdf
from reports.rendering.spoken import render_spoken
from reports.rendering.text import render_text
from reports.views import pages
from reports.views.access import visible_document

LONGEST = 120  # letters of a file name, below the limit of every file system in bytes


@require_safe
def document_html(request, pk):
    """The frozen page, under a policy of its own: its one style, its pictures, nothing else."""
    edition = _edition(request, pk)
    _told(request, edition, "HTML")
    policy = (
        f"default-src 'none'; style-src '{style_hash(edition.html)}'; img-src data:; "
        "frame-ancestors 'none'; sandbox"
    )
    response = HttpResponse(edition.html, headers={"Content-Security-Policy": policy})
    return _named(response, file_name(edition.document, "html"), inline=True)


@require_safe
def document_text(request, pk):
    """The paper as plain text, as it stands, for the clipboard; ?spoken=1 says its structure in words."""
    document = visible_document(request, pk)
    record("view", document, by=request.user)
    render = render_spoken if "spoken" in request.GET else render_text
    text = render(pages.current_paper(document))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def outside_file(request, pk):
    """The signed file of a paper that was approved elsewhere."""
    document = visible_document(request, pk)
    kept = get_object_or_404(OutsideApproval, document=document)
    record("download", document, by=request.user, file="서명된 파일")
    return pdf_response(kept.file, file_name(document, "pdf"))


@require_safe
def document_pdf(request, pk):
    edition = _edition(request, pk)
    _told(request, edition, "PDF")
    return pdf_response(edition.pdf, file_name(edition.document, "pdf"))


@require_safe
def document_hwpx(request, pk):
    """To be edited in 한글; what was signed stays in the PDF."""
    edition = _edition(request, pk)
    if not edition.hwpx:
        raise Http404
    _told(request, edition, "HWPX")
    return _hwpx(edition.hwpx, file_name(edition.document, "hwpx"))


@require_safe
def attachment_pdf(request, pk, order):
    file = _edition_file(request, pk, order)
    record("download", file.edition.document, by=request.user, file=file.title, sha256=file.pdf_sha256)
    return pdf_response(file.pdf, attachment_name(file, "pdf"))


@require_safe
def attachment_hwpx(request, pk, order):
    file = _edition_file(request, pk, order)
    if not file.hwpx:
        raise Http404
    name = f"{file.title} HWPX"
    record("download", file.edition.document, by=request.user, file=name, sha256=file.hwpx_sha256)
    return _hwpx(file.hwpx, attachment_name(file, "hwpx"))


@require_safe
def empty_sheet(request, pk):
    """The checklist of an inspection to be filled in by hand, made when it is asked for."""
    inspection = get_object_or_404(
        for_composing().filter(pk__in=Inspection.objects.visible_to(request.user)), pk=pk
    )
    if inspection.checklist_id is None:
        raise Http404
    paper = composing_empty_sheet.paper(inspection, sheets.fill(inspection, sheets.progress(inspection)))
    try:
        content = render_pdf(paper, images={})
    except RenderError as error:
        messages.error(request, str(error))
        return redirect("inspections:checklist", pk)
    return pdf_response(content, _safe(f"{inspection.subject} 빈 점검표", "pdf"))


@require_safe
def statement_pdf(request, pk, statement_pk):
    """확인서 or 문답서 as a sheet, made when it is asked for."""
    inspection = get_object_or_404(
        for_composing().filter(pk__in=Inspection.objects.visible_to(request.user)), pk=pk
    )
    statement = get_object_or_404(inspection.statements, pk=statement_pk)
    statement.inspection = inspection
    try:
        content = render_pdf(composing_statement.paper(statement), images={})
    except RenderError as error:
        messages.error(request, str(error))
        return redirect("follow_up:statements", pk)
    return pdf_response(content, _safe(f"{inspection.subject} {statement}", "pdf"))


@require_safe
def picture(request, pk, sha256):
    """A photograph of the inspections that this paper reports, as the paper shows it."""
    document = visible_document(request, pk)
    photos = Evidence.objects.filter(inspection__in=document.inspections.all(), kind=Evidence.Kind.PHOTO)
    if not document.blocks.filter(is_removed=False, payload__sha256=sha256).exists():
        # Not in the paper: for those who may see the inspection itself.
        photos = photos.visible_to(request.user)
    evidence = photos.filter(shown_sha256=sha256).first()
    return picture_response(evidence)


def picture_response(evidence):
    """The copy that papers show; nothing in it may run or load, whatever it turns out to be."""
    if evidence is None or not default_storage.exists(evidence.shown):
        raise Http404
    headers = {"Content-Security-Policy": FILE_POLICY, "X-Content-Type-Options": "nosniff"}
    with default_storage.open(evidence.shown) as file:
        return HttpResponse(file.read(), content_type="image/jpeg", headers=headers)


def file_name(document, extension):
    return _safe(f"{document.number_text} {document}", extension)


def _safe(name, extension):
    return f"{get_valid_filename(name)[:LONGEST]}.{extension}"


def _edition(request, pk):
    document = visible_document(request, pk)
    return get_object_or_404(Edition.objects.select_related("document__department"), document=document)


def _edition_file(request, pk, order):
    document = visible_document(request, pk)
    files = EditionFile.objects.select_related("edition__document__department")
    return get_object_or_404(files, edition__document=document, order=order)


def attachment_name(file, extension):
    return _safe(f"{file.edition.document.number_text} 붙임 {file.title}", extension)


def _told(request, edition, kind):
    record(
        "download",
        edition.document,
        by=request.user,
        file=kind,
        sha256=getattr(edition, f"{kind.lower()}_sha256"),
    )


def pdf_response(content, name):
    response = HttpResponse(bytes(content), content_type="application/pdf")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return _named(response, name)


def _hwpx(content, name):
    response = HttpResponse(bytes(content), content_type="application/hwp+zip")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return _named(response, name)


def _named(response, name, *, inline=False):
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name)
    return response
