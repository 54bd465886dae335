"""Letters of the city: opening one is its receipt."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.recording import record
from inspections import paging
from inspections.models import Evidence
from portal.views.access import for_contractors
from reports import delivering, tree
from reports.rendering.html import render_fragment
from reports.views import downloads


@require_safe
@for_contractors
def letter_list(request):
    found = delivering.letters_to(request.contractor).select_related("department").order_by("-pk")
    found = paging.below(found, request.GET.get("after", ""))
    shown, has_more = paging.page_of(found.prefetch_related("receipts"))
    for document in shown:
        document.received_at = next(
            (
                each.received_at
                for each in document.receipts.all()
                if each.contractor_id == request.contractor.pk
            ),
            None,
        )
    context = {
        "letters": shown,
        "next_url": has_more and paging.next_url(request, shown[-1].pk),
        "first_url": paging.first_url(request),
    }
    return render(request, "portal/letter_list.html", context)


@require_safe
@for_contractors
def letter(request, pk):
    document = _letter(request, pk)
    receipt = delivering.receive(document, request.contractor, by=request.user)
    paper = tree.paper_from(document.edition.tree)

    def picture(sha256):
        return reverse("portal:letter_picture", args=[document.pk, sha256])

    context = {
        "document": document,
        "receipt": receipt,
        "paper": render_fragment(paper, image_url=picture),
        "files": document.edition.files.defer("pdf", "hwpx", "tree"),
    }
    return render(request, "portal/letter.html", context)


@require_safe
@for_contractors
def letter_pdf(request, pk):
    document = _letter(request, pk)
    delivering.receive(document, request.contractor, by=request.user)
    record("download", document, by=request.user, file="PDF", sha256=document.edition.pdf_sha256)
    return downloads.pdf_response(document.edition.pdf, downloads.file_name(document, "pdf"))


@require_safe
@for_contractors
def letter_file(request, pk, order):
    document = _letter(request, pk)
    file = get_object_or_404(document.edition.files, order=order)
    record("download", document, by=request.user, file=file.title, sha256=file.pdf_sha256)
    return downloads.pdf_response(file.pdf, downloads.attachment_name(file, "pdf"))


@require_safe
@for_contractors
def letter_picture(request, pk, sha256):
    """A photograph that stands in the letter."""
    document = _letter(request, pk)
    if not document.blocks.filter(is_removed=False, payload__sha256=sha256).exists():
        raise Http404
    photos = Evidence.objects.filter(inspection__documents=document, kind=Evidence.Kind.PHOTO)
    return downloads.picture_response(photos.filter(shown_sha256=sha256).first())


def _letter(request, pk):
    letters = delivering.letters_to(request.contractor).select_related("department", "edition")
    return get_object_or_404(letters, pk=pk)
