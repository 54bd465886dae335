"""지표 서고: taking items of published sheets into a draft. And the draft as the inspector will see it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from inspections import sheet_editing, sheet_library
from inspections.forms.answering import SheetForm
from inspections.forms.sheet_rows import LibraryForm, TakeOverForm
from inspections.sheet_lines import lines_of
from inspections.sheets import Group
from inspections.views.sheet_editor import NOWHERE, draft_for, sheet_for
from inspections.workflow import TransitionError


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_library_page(request, pk):
    """Look for items of other sheets and copy the chosen ones."""
    sheet = draft_for(request, pk)
    search = LibraryForm(request.GET or None, sources=sheet_library.sources(sheet))
    wanted = search.cleaned_data if search.is_bound and search.is_valid() else {}
    found = sheet_library.items_of_others(sheet, wanted.get("q", ""), wanted.get("source"))
    form = TakeOverForm(request.POST or None, sheet=sheet, found=sheet_library.items_of_others(sheet))
    if request.method == "POST" and form.is_valid() and _taken_over(request, sheet, form.cleaned_data):
        return redirect("inspections:sheet", pk)
    shown = list(found[: sheet_library.MOST + 1])
    context = {
        "sheet": sheet,
        "search": search,
        "form": form,
        "items": shown[: sheet_library.MOST],
        "has_more": len(shown) > sheet_library.MOST,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "inspections/sheet_library.html", context, status=status)


@require_safe
def sheet_preview(request, pk):
    """The sheet with the very lines of the checklist, to be tried out; nothing is stored."""
    sheet = sheet_for(request, pk)
    form = SheetForm(groups=[_group(one) for one in sheet.indicators.prefetch_related("items__indicator")])
    context = {"sheet": sheet, "form": form, "takes_answers_only": True, "evidence_add_url": NOWHERE}
    return render(request, "inspections/sheet_preview.html", context)


def _group(indicator):
    indicator.exemption = ""
    lines = lines_of(indicator.items.all(), [])
    return Group(indicator, len(lines), lines=lines)


def _taken_over(request, sheet, chosen):
    try:
        copied, left = sheet_editing.take_over(
            sheet, list(chosen["items"]), by=request.user, indicator=chosen["indicator"]
        )
    except TransitionError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, f"항목 {len(copied)}개를 가져왔습니다.")
    if left:
        codes = ", ".join(item.code for item in left)
        messages.warning(request, f"이 점검표에 같은 코드가 있어 가져오지 않은 항목: {codes}")
    return True
