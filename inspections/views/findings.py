"""The results outline: its page, and one address for each thing done to a line."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspections import outlining, permissions, receipts
from inspections.forms.findings import FindingForm, MoveForm, NewLineForm, SavedLineForm, VersionForm, knowing
from inspections.models import Evidence, Finding
from inspections.repeats import earlier_line
from inspections.views.access import inspection_for, own_inspection, visible_inspection
from inspections.views.outline_page import outline_page
from inspections.workflow import StaleError, TransitionError


@require_safe
def findings(request, pk):
    inspection = visible_inspection(request, pk)
    page = outline_page(inspection, request.user, request.GET.get("item", ""))
    return render(request, "inspections/findings.html", page)


@require_POST
def line_create(request, pk):
    inspection = own_inspection(request, pk)
    form = NewLineForm(request.POST, inspection=inspection)

    def act(fields):
        return outlining.add_line(inspection, by=request.user, **fields)

    return _answer(request, inspection, form, act, status=201)


@require_POST
def line_save(request, pk, line_pk):
    line = _visible_line(request, pk, line_pk)

    def act(fields):
        return outlining.save_line(line, by=request.user, **fields)

    return _answer(request, line.inspection, SavedLineForm(request.POST), act, line=line)


@require_POST
def line_move(request, pk, line_pk):
    line = _visible_line(request, pk, line_pk)

    def act(fields):
        return outlining.move_line(line, by=request.user, **fields)

    form = MoveForm(request.POST, inspection=line.inspection)
    return _answer(request, line.inspection, form, act, line=line)


@require_POST
def line_delete(request, pk, line_pk):
    line = _visible_line(request, pk, line_pk)

    def act(fields):
        return outlining.delete_line(line, by=request.user, **fields)

    return _answer(request, line.inspection, VersionForm(request.POST), act, line=line)


@require_POST
def line_restore(request, pk, line_pk):
    inspection = own_inspection(request, pk)
    form = VersionForm({"version": 1})

    def act(_fields):
        return outlining.restore_line(inspection, line_pk, by=request.user)

    return _answer(request, inspection, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def line_detail(request, pk, line_pk):
    line = _visible_line(request, pk, line_pk)
    if request.method != "POST":
        return _detail_page(request, line, _form_of(line, initial=vars_of(line)))
    form = _form_of(line, request.POST)
    if not form.is_valid():
        return _detail_page(request, line, form, status=422)
    try:
        outlining.save_line(line, by=request.user, **form.cleaned_data)
    except StaleError as stale:
        return _detail_page(request, line, form, stale=stale.current, status=409)
    except TransitionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "저장했습니다.")
    return redirect(place_of(line))


@require_POST
def line_tie(request, pk, line_pk):
    """Tie the line to last year's of the same type, as the page proposed."""
    line = _visible_line(request, pk, line_pk)
    earlier, form = earlier_line(line), VersionForm(request.POST)
    try:
        if earlier and form.is_valid():
            outlining.save_line(line, by=request.user, previous=earlier, **form.cleaned_data)
            messages.success(request, "지난 점검결과에 이었습니다.")
    except (StaleError, TransitionError) as error:
        messages.error(request, str(error))
    return redirect("inspections:line_detail", pk, line_pk)


def _form_of(line, data=None, **kwargs):
    return FindingForm(data, inspection=line.inspection, indicator=line.indicator, **kwargs)


def place_of(line):
    return f"{reverse('inspections:findings', args=[line.inspection_id])}#line-{line.pk}"


def vars_of(line):
    names = ["previous", "department", "finding_type"]
    return (
        {name: value for name, value in vars(line).items() if not name.startswith("_")}
        | {name: getattr(line, f"{name}_id") for name in names}
        | {name: list(getattr(line, name).values_list("pk", flat=True)) for name in outlining.MANY}
    )


def _evidence(line):
    """What was photographed at the items the line was written of, at its sites if it names some."""
    found = Evidence.objects.current().filter(inspection=line.inspection, item__in=line.items.all())
    return found.filter(site__in=line.sites.all()) if line.sites.exists() else found


def _visible_line(request, pk, line_pk):
    inspection = inspection_for(request, pk)
    lines = Finding.objects.filter(inspection=inspection).select_related("indicator")
    line = get_object_or_404(lines, pk=line_pk)
    line.inspection = inspection
    return line


def _answer(request, inspection, form, act, *, line=None, status=200):
    """Do it and say so: JSON for the outline's script, a redirect or a page for a plain form."""
    by_script = request.headers.get("X-Requested-With") == "fetch"
    if not form.is_valid():
        return _refuse(request, inspection, 422, {"errors": form.errors}, by_script, line)
    try:
        saved = act(form.cleaned_data)
    except StaleError as stale:
        data = {"message": str(stale), "current": line_data(stale.current)}
        return _refuse(request, inspection, 409, data, by_script, line, stale.current)
    except TransitionError as error:
        return _refuse(request, inspection, 409, {"message": str(error)}, by_script, None)
    if by_script:
        return JsonResponse(line_data(saved) if saved else {}, status=status)
    return redirect(place_of(saved) if saved else reverse("inspections:findings", args=[inspection.pk]))


def line_data(line):
    return {
        "id": str(line.pk),
        "version": line.version,
        "text": line.text,
        "level": line.level,
        "kind": line.kind,
        "finding_type": line.finding_type_id or "",
    }


def _refuse(request, inspection, status, data, by_script, line, stale=None):
    if by_script:
        return JsonResponse(data, status=status)
    if line is not None:
        # A plain form came too late or was wrong: the page of this line keeps what was typed.
        form = _form_of(line, vars_of(line) | request.POST.dict())
        return _detail_page(request, line, form, stale=stale, status=status)
    messages.error(request, data.get("message", "줄을 저장하지 못했습니다. 자리와 단계를 확인해 주세요."))
    return redirect("inspections:findings", pk=inspection.pk)


def _detail_page(request, line, form, *, stale=None, status=200):
    can_edit = line.inspection.is_open and permissions.can_work_on(request.user, line.inspection)
    form = knowing(form, stale) if stale else form
    context = {
        "inspection": line.inspection,
        "line": line,
        "form": form,
        "stale": stale,
        "can_edit": can_edit,
        "evidence": _evidence(line),
        "earlier": earlier_line(line) if can_edit else None,
        "receipts": receipts.total(line.receipts) if line.receipts else None,
    }
    return render(request, "inspections/finding_detail.html", context, status=status)
