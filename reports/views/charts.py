"""A chart of a table: made behind it, or changed."""

import uuid

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inspections.workflow import StaleError, TransitionError
from reports import charts, lines, tables
from reports.forms.lines import ChartForm
from reports.models import Block
from reports.views.access import own_draft, refused_on_paper

Kind = Block.Kind


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def chart(request, pk, line_pk):
    """Of a table a new one, of a chart that chart itself."""
    document = own_draft(request, pk)
    live = document.blocks.filter(is_removed=False)
    block = get_object_or_404(live, pk=line_pk, kind__in=[Kind.TABLE, Kind.CHART])
    drawn = _drawn(live, block)
    series = charts.series_of(tables.table_of(drawn.payload))
    if not series:
        raise TransitionError("숫자가 적힌 열이 없어 도표를 그릴 수 없습니다.")
    form = ChartForm(
        request.POST if request.method == "POST" else None, series=series, initial=_initial(block)
    )
    if form.is_valid():
        saved = _save(form, block, drawn, request.user)
        return redirect(f"{reverse('reports:document', args=[pk])}#line-{saved.pk}")
    context = {"document": document, "form": form, "title": "도표", "button": _button(block)}
    return render(request, "reports/part_form.html", context, status=422 if form.is_bound else 200)


def _drawn(live, block):
    if block.kind == Kind.TABLE:
        return block
    if table := live.filter(pk=block.payload["of"], kind=Kind.TABLE).first():
        return table
    raise TransitionError("도표가 그리던 표가 지워졌습니다. 표를 되살리거나 도표를 지워 주세요.")


def _initial(block):
    if block.kind == Kind.CHART:
        return {name: block.payload[name] for name in ("columns", "caption")} | {"version": block.version}
    return {"caption": f"{block.payload.get('caption', '')} 도표".strip()}


def _save(form, block, drawn, user):
    if block.kind == Kind.TABLE:
        return lines.chart_behind(block, by=user, id=uuid.uuid4(), payload=form.payload)
    payload = form.payload | {"of": str(drawn.pk)}
    try:
        return lines.save_line(block, by=user, version=form.cleaned_data["version"] or 0, payload=payload)
    except StaleError:
        raise TransitionError("그 사이 다른 곳에서 고친 도표입니다. 다시 열어 고쳐 주세요.") from None


def _button(block):
    return "도표 넣기" if block.kind == Kind.TABLE else "저장"
