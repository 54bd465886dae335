"""자료 제출 and 연기·점검자 변경 신청, for the contractor."""

import uuid

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from audit.recording import record
from follow_up import asking, reminding
from follow_up.forms.asking import SendForm, WishForm
from follow_up.models import PaperFile, PaperItem
from follow_up.views.access import carried_out, sent, served
from inspections.models import Inspection
from portal.views.access import for_contractors


@require_safe
@for_contractors
def papers(request, pk):
    """All that was asked for one inspection, and what was wished for it."""
    inspection = _inspection(request, pk)
    items = PaperItem.objects.visible_to(request.user).filter(inspection=inspection)
    reminding.read(request.user, inspection=inspection)
    context = {
        "inspection": inspection,
        "items": items.prefetch_related("files"),
        "wishes": inspection.wishes.all(),
        "can_wish": inspection.is_open,
    }
    return render(request, "portal/papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_contractors
def paper_send(request, pk, item_pk):
    inspection = _inspection(request, pk)
    rows = PaperItem.objects.visible_to(request.user).filter(inspection=inspection)
    item = get_object_or_404(rows, pk=item_pk)
    form = SendForm(*sent(request), initial={"version": item.version})

    def act(fields):
        if fields.pop("is_none"):
            fields.pop("files")
            return asking.say_none(item, by=request.user, **fields)
        return asking.send(item, by=request.user, **fields)

    return _form(request, inspection, form, act, "자료 보내기", item.text, "자료를 보냈습니다.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_contractors
def wish(request, pk):
    inspection = _inspection(request, pk)
    form = WishForm(sent(request)[0], initial={"id": uuid.uuid4()})

    def act(fields):
        return asking.wish(inspection, by=request.user, **fields)

    text = "점검일을 미루거나 점검자를 바꾸어 달라고 신청합니다. 답은 이 자리에서 볼 수 있습니다."
    return _form(request, inspection, form, act, "연기·점검자 변경 신청", text, "신청했습니다.")


@require_safe
@for_contractors
def paper_file(request, pk, file_pk):
    inspection = _inspection(request, pk)
    kept = get_object_or_404(PaperFile, pk=file_pk, item__inspection=inspection)
    record("download", kept, by=request.user, chain=inspection)
    return served(request, kept, "portal:papers", pk)


def _form(request, inspection, form, act, title, text, done):
    saved, status = carried_out(request, form, act, done)
    if saved:
        return redirect("portal:papers", inspection.pk)
    context = {"inspection": inspection, "form": form, "title": title, "text": text}
    return render(request, "portal/papers_form.html", context, status=status)


def _inspection(request, pk):
    own = Inspection.objects.of_contractor(request.contractor).select_related("subject", "department")
    return get_object_or_404(own.active(), pk=pk)
