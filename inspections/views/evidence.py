"""증빙: upload, look at, describe, withdraw. The files have no address but these views."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspections import evidence as activity
from inspections import evidence_files, permissions
from inspections.forms.evidence import CaptionForm, EvidenceForm, TurnForm, WithdrawForm
from inspections.models import Evidence
from inspections.sheet_lines import Line
from inspections.views.access import attempt, own_inspection
from inspections.workflow import StaleError, TransitionError

CAPTION_STALE = "그 사이 다른 사람이 설명을 고쳤습니다."
# Nothing in a served file may run or load, whatever it turns out to be.
FILE_POLICY = "default-src 'none'; sandbox"


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request, pk):
    """The plain form; the script of the checklist posts to the same address, one file at a time."""
    inspection = own_inspection(request, pk)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        inspection=inspection,
        initial={"item": request.GET.get("item")},
    )
    evidence = _add(request, inspection, form) if request.method == "POST" else None
    if request.headers.get("X-Requested-With") == "fetch" and request.method == "POST":
        return _answer(request, form, evidence)
    if evidence is None:
        context = {"inspection": inspection, "form": form, "back_url": _back_url(inspection, _item_of(form))}
        return render(request, "inspections/evidence_add.html", context, status=422 if form.is_bound else 200)
    messages.success(request, f"‘{evidence.name}’ 파일을 올렸습니다.")
    return redirect(_back_url(inspection, evidence.item, evidence.site))


@require_safe
def evidence(request, pk):
    """The page of one file: the picture, what is known of it, and what can be done."""
    evidence = _visible(request, pk)
    form = CaptionForm(initial={"caption": evidence.caption, "was": evidence.caption})
    return _detail(request, evidence, form)


@require_safe
def evidence_file(request, pk):
    """A photograph inline from the copy made here, a paper as a download; either is noted in the history."""
    evidence = _visible(request, pk)
    is_photo = evidence.kind == Evidence.Kind.PHOTO
    try:
        data = activity.read(evidence, by=request.user)
    except evidence_files.MissingFileError:
        return render(request, "inspections/evidence_missing.html", {"evidence": evidence}, status=410)
    return _file(
        data, "image/jpeg" if is_photo else "application/pdf", evidence.name, as_attachment=not is_photo
    )


@require_safe
def evidence_thumbnail(request, pk):
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user).exclude(thumbnail=""), pk=pk)
    try:
        return _file(evidence_files.stored_bytes(evidence.thumbnail), "image/jpeg", evidence.name)
    except evidence_files.MissingFileError as error:
        raise Http404 from error


@require_POST
def evidence_caption(request, pk):
    evidence = _own(request, pk)
    form = CaptionForm(request.POST)
    is_script = request.headers.get("X-Requested-With") == "fetch"
    if not form.is_valid():
        return _refused(form) if is_script else _detail(request, evidence, form, status=422)
    try:
        activity.describe(evidence, by=request.user, **form.cleaned_data)
    except StaleError as error:
        if is_script:
            return JsonResponse({"message": CAPTION_STALE}, status=409)
        context = {
            "message": CAPTION_STALE,
            "mine": form.cleaned_data["caption"],
            "theirs": error.current.caption,
            "back_url": reverse("inspections:evidence", args=[pk]),
        }
        return render(request, "409.html", context, status=409)
    except TransitionError as error:
        if is_script:
            return JsonResponse({"message": str(error)}, status=409)
        messages.error(request, str(error))
    else:
        if is_script:
            return JsonResponse({"caption": evidence.caption})
        messages.success(request, "설명을 저장했습니다.")
    return redirect("inspections:evidence", pk)


@require_POST
def evidence_move(request, pk):
    evidence = _own(request, pk)
    step = {"before": -1, "behind": 1}.get(request.POST.get("to"))
    if step is None:
        return _unknown(request, pk)
    attempt(request, "순서를 바꾸었습니다.", activity.move, evidence, step=step)
    return redirect("inspections:evidence", pk)


@require_POST
def evidence_turn(request, pk):
    evidence = _own(request, pk)
    form = TurnForm(request.POST)
    if not form.is_valid():
        return _unknown(request, pk)
    try:
        attempt(request, "사진을 돌렸습니다.", activity.turn, evidence, **form.cleaned_data)
    except StaleError:
        messages.error(request, "그 사이 다른 사람이 사진을 돌렸습니다. 지금 모습을 보고 다시 하세요.")
    except evidence_files.MissingFileError:
        messages.error(request, "원본 파일을 찾지 못해 돌릴 수 없습니다. 관리자에게 알려 주세요.")
    return redirect("inspections:evidence", pk)


@require_POST
def evidence_withdraw(request, pk):
    evidence = _own(request, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["reason"]))
    elif attempt(request, "증빙을 거두었습니다.", activity.withdraw, evidence, **form.cleaned_data):
        return redirect(_back_url(evidence.inspection, evidence.item, evidence.site))
    return redirect("inspections:evidence", pk)


def _visible(request, pk):
    rows = Evidence.objects.visible_to(request.user).select_related(
        "inspection__subject", "inspection__department", "inspection__part__period", "item__indicator",
        "site", "uploaded_by", "withdrawn_by",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def _own(request, pk):
    """One of an inspection that this user may work on; 403 for a mere reader."""
    evidence = _visible(request, pk)
    if not permissions.can_work_on(request.user, evidence.inspection):
        raise PermissionDenied
    return evidence


def _add(request, inspection, form):
    """The row, or None with the reason among the errors of the form."""
    if not form.is_valid():
        return None
    values = form.cleaned_data
    file, exif = values.pop("file"), values.pop("exif")
    values["exif"] = exif.read() if exif else b""
    try:
        return activity.add(inspection, file.read(), by=request.user, name=file.name, **values)
    except TransitionError as error:
        form.add_error("file", str(error))
    return None


def _answer(request, form, evidence):
    if evidence is None:
        return _refused(form)
    html = render_to_string("inspections/includes/evidence_thumbnail.html", {"file": evidence}, request)
    caption_url = reverse("inspections:evidence_caption", args=[evidence.pk])
    told = {"id": evidence.pk, "html": html, "caption": evidence.caption, "caption_url": caption_url}
    return JsonResponse(told, status=201)


def _unknown(request, pk):
    messages.error(request, "무엇을 할지 알 수 없습니다. 이 쪽의 단추를 다시 눌러 주세요.")
    return redirect("inspections:evidence", pk)


def _refused(form):
    errors = [text for texts in form.errors.values() for text in texts]
    return JsonResponse({"message": " ".join(errors)}, status=422)


def _detail(request, evidence, form, *, status=200):
    context = {
        "evidence": evidence,
        "inspection": evidence.inspection,
        "form": form,
        "can_edit": evidence.withdrawn_at is None
        and evidence.inspection.is_open
        and permissions.can_work_on(request.user, evidence.inspection),
        "back_url": _back_url(evidence.inspection, evidence.item, evidence.site),
    }
    return render(request, "inspections/evidence_detail.html", context, status=status)


def _item_of(form):
    value = form["item"].value()
    items = form.fields["item"].queryset
    return items.filter(pk=value).first() if str(value or "").isdecimal() else None


def _back_url(inspection, item, site=None):
    if item is None:
        return reverse("inspections:checklist", args=[inspection.pk])
    page = reverse("inspections:indicator", args=[inspection.pk, item.indicator_id])
    return f"{page}#item-{Line(item, site=site).key}"


def _file(data, content_type, name, *, as_attachment=False):
    return HttpResponse(
        data,
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment, name) or "inline",
            "Content-Security-Policy": FILE_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )
