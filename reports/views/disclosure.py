"""공개: what is to be published and looked at again, what was published, and the figures of a year."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from audit.recording import record
from inspections import paging
from reports import disclosing
from reports.forms.filters import FiguresForm
from reports.views.access import refuse_contractors
from spreadsheets import writing
from spreadsheets.admin import download

TABS = {"todo": "공개할 문서", "review": "다시 볼 것", "shown": "공개한 문서", "figures": "연간 현황"}


@require_safe
def disclosure_list(request):
    refuse_contractors(request.user)
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in TABS else "todo"
    context = {
        "tab": tab,
        "label": TABS[tab],
        "tabs": [
            {"label": label, "url": f"?tab={name}", "current": name == tab} for name, label in TABS.items()
        ],
        **PAGES[tab](request),
    }
    return render(request, "reports/disclosure_list.html", context)


@require_safe
def disclosure_download(request):
    refuse_contractors(request.user)
    _, year = _year(request)
    rows = disclosing.table(disclosing.figures(request.user, year))
    record("export", request.user, by=request.user, disclosure=year, rows=len(rows))
    content = writing.workbook((f"{year}년 공개 현황", disclosing.HEADINGS, rows))
    return download(content, f"{year}년 공개 현황.xlsx")


def _todo(request):
    return _paged(request, disclosing.to_publish(request.user))


def _shown(request):
    return _paged(request, disclosing.published(request.user))


def _review(request):
    today = clock.today()
    marks, has_more = paging.page_of(disclosing.marks_to_review(request.user, today))
    kept = paging.page_of(disclosing.documents_to_review(request.user, today))[0]
    attached = paging.page_of(disclosing.attachments_to_review(request.user, today))[0]
    return {
        "marks": marks,
        "has_more": has_more,
        "documents": [(document, disclosing.next_look(document)) for document in kept],
        "attachments": [(attachment, disclosing.next_look(attachment)) for attachment in attached],
        "today": today,
    }


def _figures(request):
    form, year = _year(request)
    rows = disclosing.table(disclosing.figures(request.user, year))
    return {"form": form, "year": year, "rows": rows, "headings": disclosing.HEADINGS}


PAGES = {"todo": _todo, "review": _review, "shown": _shown, "figures": _figures}


def _paged(request, found):
    rows, has_more = paging.page_of(paging.below(found, request.GET.get("after", "")))
    return {
        "rows": rows,
        "next_url": has_more and paging.next_url(request, rows[-1].pk),
        "first_url": paging.first_url(request),
    }


def _year(request):
    initial = {"tab": "figures", "year": clock.today().year}
    form = FiguresForm(initial | request.GET.dict() if "year" in request.GET else None, initial=initial)
    return form, form.cleaned_data["year"] if form.is_valid() else initial["year"]
