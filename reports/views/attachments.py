"""붙임 of a draft: one more, its name and place, out again; and the file of an uploaded one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.recording import record
from reports import attaching
from reports.forms.attachments import NamedAttachmentForm, NewAttachmentForm
from reports.models import AttachmentFile
from reports.views.access import attempt, check_drafter, own_draft, refused_on_paper, visible_document

ASKED = ("title", "copies", "clauses", "closed_reason", "review_on")


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def attachment_create(request, pk):
    document = own_draft(request, pk)
    form = NewAttachmentForm(request.POST, request.FILES) if request.method == "POST" else NewAttachmentForm()
    if form.is_valid():
        attaching.add(document, by=request.user, **form.cleaned_data)
        messages.success(request, "붙임을 더했습니다.")
        return redirect("reports:document", pk=pk)
    return _page(request, document, form, "붙임 더하기")


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def attachment_update(request, pk, attachment_pk):
    document = own_draft(request, pk)
    attachment = get_object_or_404(document.attachments, pk=attachment_pk)
    initial = {
        name: getattr(attachment, name)
        for name in ("title", "copies", "clauses", "closed_reason", "review_on")
    }
    form = NamedAttachmentForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"place": attaching.place_of(attachment)}, count=document.attachments.count(),
    )  # fmt: skip
    if form.is_valid():
        attaching.edit(attachment, by=request.user, **form.cleaned_data)
        messages.success(request, "붙임을 고쳤습니다.")
        return redirect("reports:document", pk=pk)
    return _page(request, document, form, "붙임 고치기", attachment=attachment)


@require_POST
def attachment_remove(request, pk, attachment_pk):
    document = visible_document(request, pk)
    check_drafter(request.user, document)
    attachment = get_object_or_404(document.attachments, pk=attachment_pk)
    attempt(request, "붙임을 뺐습니다.", attaching.remove, attachment)
    return redirect("reports:document", pk=pk)


@require_safe
def attachment_file(request, pk, attachment_pk):
    """An uploaded one, as long as the paper is not issued; afterwards the frozen copy is served."""
    document = visible_document(request, pk)
    kept = get_object_or_404(
        AttachmentFile.objects.select_related("attachment"), attachment=attachment_pk,
        attachment__document=document,
    )  # fmt: skip
    record("download", document, by=request.user, file=kept.attachment.title)
    name = content_disposition_header(as_attachment=True, filename=f"{kept.attachment.title}.pdf")
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(kept.pdf), content_type="application/pdf", headers=headers)


def _page(request, document, form, title, **context):
    context |= {"document": document, "form": form, "title": title}
    return render(request, "reports/attachment_form.html", context, status=422 if form.is_bound else 200)
