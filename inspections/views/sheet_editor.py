"""점검표 편집기: the outline of a draft at the side, and beside it the form of the row that was chosen."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspections import permissions, sheet_editing
from inspections.checklist_diff import differing
from inspections.checklist_rules import problems
from inspections.forms.answer_lines import editable_line
from inspections.forms.answer_values import stored
from inspections.forms.sheet_rows import EditedIndicatorForm, EditedItemForm, MoveForm
from inspections.models import Checklist, ChecklistItem, Indicator
from inspections.sheet_lines import Line
from inspections.views.access import attempt, refuse_contractors
from inspections.workflow import StaleError, TransitionError

NOWHERE = "#"  # where the button for files leads in a preview


@require_safe
def sheet(request, pk):
    """What is missing before it may be published, and where to begin."""
    sheet = draft_for(request, pk)
    return _page(request, sheet, problems=problems(sheet))


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_indicator_create(request, pk):
    sheet = draft_for(request, pk)
    form = EditedIndicatorForm(request.POST or None)
    if indicator := _made(form, sheet_editing.add_indicator, sheet, by=request.user):
        messages.success(request, "지표를 더했습니다. 이제 항목을 더하세요.")
        return redirect("inspections:sheet_indicator", pk, indicator.pk)
    return _page(request, sheet, form=form, title="새 지표")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_indicator(request, pk, indicator_pk):
    sheet = draft_for(request, pk)
    indicator = get_object_or_404(sheet.indicators, pk=indicator_pk)
    return _edit(request, sheet, indicator, EditedIndicatorForm, name="indicator")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_item_create(request, pk, indicator_pk):
    sheet = draft_for(request, pk)
    indicator = get_object_or_404(sheet.indicators, pk=indicator_pk)
    # The form looks for the same code in the indicator of its instance.
    form = EditedItemForm(
        request.POST or None,
        instance=ChecklistItem(indicator=indicator),
        initial={"code": _next_code(indicator)},
    )
    if item := _made(form, sheet_editing.add_item, indicator, by=request.user):
        messages.success(request, f"항목을 더했습니다: {item.code}")
        if "again" in request.POST:
            return redirect("inspections:sheet_item_create", pk, indicator_pk)
        return redirect("inspections:sheet_item", pk, item.pk)
    return _page(
        request, sheet, form=form, title=f"새 항목: {indicator}", indicator=indicator, is_new_item=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_item(request, pk, item_pk):
    sheet = draft_for(request, pk)
    item = _item(sheet, item_pk)
    return _edit(request, sheet, item, EditedItemForm, name="item")


@require_POST
def sheet_item_preview(request, pk):
    """The line of an item as the inspector will see it, of what is typed in the form; nothing is stored."""
    draft_for(request, pk)
    form = EditedItemForm(request.POST, instance=ChecklistItem(pk=0))
    form.is_valid()
    faults = [text for texts in form.errors.values() for text in texts]
    line = "" if faults else preview_line(form.instance)
    return render(request, "inspections/includes/item_preview.html", {"line": line, "faults": faults})


@require_POST
def sheet_move(request, pk, row, row_pk):
    """By a step up or down, or in front of another row."""
    sheet = draft_for(request, pk)
    moved = _row(sheet, row, row_pk)
    form = MoveForm(request.POST, sheet=sheet, row=row)
    if not form.is_valid():
        messages.error(request, "그 사이 지워지거나 옮겨진 줄입니다. 다시 옮겨 주세요.")
    elif step := form.cleaned_data["step"]:
        attempt(request, f"옮겼습니다: {moved}", sheet_editing.step, moved, up=step == "up")
    else:
        attempt(request, f"옮겼습니다: {moved}", sheet_editing.move, moved, **form.place)
    return redirect(f"inspections:sheet_{row}", pk, row_pk)


@require_POST
def sheet_remove(request, pk, row, row_pk):
    sheet = draft_for(request, pk)
    removed = _row(sheet, row, row_pk)
    above = removed.indicator_id if row == "item" else None
    attempt(request, f"지웠습니다: {removed}", sheet_editing.remove, removed)
    return redirect("inspections:sheet_indicator", pk, above) if above else redirect("inspections:sheet", pk)


def draft_for(request, pk):
    """A published version is not edited, only looked at."""
    return sheet_for(request, pk, status=Checklist.Status.DRAFT)


def sheet_for(request, pk, **only):
    """For those who keep the sheets."""
    refuse_contractors(request.user)
    if not permissions.can_keep_checklists(request.user):
        raise PermissionDenied
    return get_object_or_404(Checklist, pk=pk, **only)


def preview_line(item):
    """The very line of the checklist, of an item that may not be stored yet."""
    about = {"evidence_add_url": NOWHERE, "takes_findings": False}
    return editable_line(Line(item), values=stored(item, None), base="", errors={}, **about)


def _edit(request, sheet, row, form_class, *, name):
    state = sheet_editing.state_of(row)
    form = form_class(request.POST or None, instance=row, initial={"state": state})
    if not form.is_bound or not form.is_valid():
        return _row_page(request, sheet, row, form, name, status=422 if form.is_bound else 200)
    fields = form.cleaned_data.copy()
    try:
        sheet_editing.change(row, by=request.user, state=fields.pop("state"), **fields)
    except StaleError as error:
        # Both texts; saving again is then a decision, made on what stands there now.
        stale = differing(form.instance, error.current, form_class.Meta.fields)
        form.data = form.data.copy() | {"state": sheet_editing.state_of(error.current)}
        return _row_page(request, sheet, row, form, name, stale=stale, status=409)
    except TransitionError as error:
        form.add_error(None, str(error))
        return _row_page(request, sheet, row, form, name, status=422)
    messages.success(request, f"저장했습니다: {form.instance}")
    return redirect(request.path)


def _row_page(request, sheet, row, form, name, **context):
    """`name`: indicator or item. The row as stored beside the form, which may hold something else."""
    stored_row = type(row).objects.filter(pk=row.pk).first()
    about = {
        "title": str(stored_row or row),
        "row": name,
        "row_pk": row.pk,
        "indicator": row if name == "indicator" else row.indicator,
        "preview": preview_line(stored_row) if stored_row and name == "item" else "",
    }
    return _page(request, sheet, form=form, **about, **context)


def _page(request, sheet, *, status=None, form=None, **context):
    status = status or (422 if form and form.is_bound else 200)
    indicators = list(sheet.indicators.prefetch_related("items"))
    context |= {"sheet": sheet, "indicators": indicators, "form": form}
    return render(request, "inspections/sheet_editor.html", context, status=status)


def _made(form, activity, *args, by):
    """The new row, or None with the reason in the form."""
    if not form.is_bound or not form.is_valid():
        return None
    fields = {name: value for name, value in form.cleaned_data.items() if name != "state"}
    try:
        return activity(*args, by=by, **fields)
    except TransitionError as error:
        form.add_error(None, str(error))
        return None


def _row(sheet, row, pk):
    return get_object_or_404(sheet.indicators, pk=pk) if row == "indicator" else _item(sheet, pk)


def _item(sheet, pk):
    items = ChecklistItem.objects.filter(indicator__checklist=sheet).select_related("indicator__checklist")
    return get_object_or_404(items, pk=pk)


def _next_code(indicator: Indicator):
    """공1-4 behind 공1-3."""
    last = indicator.items.last()
    found = re.fullmatch(r"(.*?)(\d+)", last.code) if last else None
    return f"{found[1]}{int(found[2]) + 1}" if found else ""
