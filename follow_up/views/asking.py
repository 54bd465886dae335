"""자료 제출 of one inspection, for the office: the list, what came in, and what the contractor wishes."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.recording import record
from follow_up import asking
from follow_up.forms.asking import AskForm, ItemsForm, JudgeForm, WishAnswerForm
from follow_up.models import PaperFile, PaperItem, Wish
from follow_up.views.access import carried_out, sent, served
from inspections import permissions
from inspections.views.access import attempt, own_inspection, visible_inspection


@require_safe
def papers(request, pk):
    return _page(request, visible_inspection(request, pk))


@require_POST
def papers_add(request, pk):
    inspection = own_inspection(request, pk)
    form = ItemsForm(request.POST)
    if not form.is_valid():
        return _page(request, inspection, items_form=form)
    attempt(request, "요구할 자료를 적었습니다.", asking.add_items, inspection, **form.cleaned_data)
    return redirect("follow_up:papers", pk)


@require_POST
def papers_ask(request, pk):
    inspection = own_inspection(request, pk)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, inspection, ask_form=form)
    attempt(request, "수탁기관에 자료를 요구했습니다.", asking.ask, inspection, **form.cleaned_data)
    return redirect("follow_up:papers", pk)


@require_POST
def paper_remove(request, pk, item_pk):
    attempt(request, "지웠습니다.", asking.remove_item, _item(request, pk, item_pk))
    return redirect("follow_up:papers", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_judge(request, pk, item_pk):
    item = _item(request, pk, item_pk)
    form = JudgeForm(sent(request)[0], initial={"version": item.version})
    return _form(request, item.inspection, form, "제출 자료 확인", item.text, asking.judge, item)


@require_http_methods(["GET", "HEAD", "POST"])
def wish_answer(request, pk, wish_pk):
    inspection = own_inspection(request, pk)
    wish = get_object_or_404(Wish, pk=wish_pk, inspection=inspection)
    wish.inspection = inspection
    form = WishAnswerForm(sent(request)[0])
    return _form(request, inspection, form, f"{wish}에 답하기", wish.text, asking.answer_wish, wish)


@require_safe
def paper_file(request, pk, file_pk):
    inspection = visible_inspection(request, pk)
    kept = get_object_or_404(PaperFile, pk=file_pk, item__inspection=inspection)
    record("download", kept, by=request.user, chain=inspection)
    return served(request, kept, "follow_up:papers", pk)


def _form(request, inspection, form, title, text, activity, thing):
    def act(fields):
        return activity(thing, by=request.user, **fields)

    saved, status = carried_out(request, form, act, "저장했습니다.")
    if saved:
        return redirect("follow_up:papers", inspection.pk)
    context = {"inspection": inspection, "form": form, "title": title, "text": text}
    return render(request, "follow_up/papers_form.html", context, status=status)


def _page(request, inspection, *, items_form=None, ask_form=None):
    can_edit = inspection.is_open and permissions.can_work_on(request.user, inspection)
    items = list(inspection.paper_items.select_related("answered_by").prefetch_related("files"))
    context = {
        "inspection": inspection,
        "items": items,
        "unasked": sum(item.asked_on is None for item in items),
        "wishes": inspection.wishes.select_related("asked_by", "answered_by"),
        "items_form": items_form or ItemsForm(),
        "ask_form": ask_form or AskForm(),
        "can_edit": can_edit,
    }
    return render(request, "follow_up/papers.html", context, status=422 if items_form or ask_form else 200)


def _item(request, pk, item_pk):
    inspection = own_inspection(request, pk)
    item = get_object_or_404(PaperItem, pk=item_pk, inspection=inspection)
    item.inspection = inspection
    return item
