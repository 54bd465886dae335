"""처분 of one inspection: the list, each one, and what is done to it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import clock
from follow_up import disposing, proposing, readiness
from follow_up.forms import disposing as forms
from follow_up.models import Disposition
from follow_up.views.access import STALE, carried_out, sent
from inspections import permissions
from inspections.views.access import own_inspection, visible_inspection
from inspections.workflow import StaleError, TransitionError

FIELDS = [*disposing.SETTABLE, "finding"]


@require_safe
def disposition_list(request, pk):
    inspection = visible_inspection(request, pk)
    rows = inspection.dispositions.select_related("disposition_type", "finding", "contractor", "department")
    can_edit = inspection.has_begun and permissions.can_work_on(request.user, inspection)
    context = {
        "inspection": inspection,
        "dispositions": rows.order_by("created_on", "pk"),
        "can_edit": can_edit,
    }
    return render(request, "follow_up/disposition_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def disposition_create(request, pk):
    inspection = own_inspection(request, pk)
    form = forms.DispositionForm(
        sent(request)[0], inspection=inspection, initial={"finding": request.GET.get("line")}
    )

    def act(fields):
        fields.pop("version")
        return disposing.add(inspection, by=request.user, **fields)

    return _form_page(request, inspection, form, act, "처분 적기")


@require_http_methods(["GET", "HEAD", "POST"])
def disposition_update(request, pk, disposition_pk):
    disposition = own_disposition(request, pk, disposition_pk)
    form = _form_of(disposition, sent(request)[0])

    def act(fields):
        fields.pop("id"), fields.pop("finding")
        return disposing.save(disposition, by=request.user, **fields)

    return _form_page(request, disposition.inspection, form, act, "처분 고치기", disposition)


@require_http_methods(["GET", "HEAD", "POST"])
def disposition_change(request, pk, disposition_pk):
    """변경: a form of a new disposition, filled with what stands, and the reason."""
    disposition = own_disposition(request, pk, disposition_pk)
    form = _form_of(disposition, sent(request)[0])
    form.fields["end_reason"] = forms.text_field("변경하는 까닭", max_length=300)
    form.helper.layout.fields.append("end_reason")

    def act(fields):
        fields.pop("finding")
        return disposing.change(disposition, by=request.user, reason=fields.pop("end_reason"), **fields)

    return _form_page(request, disposition.inspection, form, act, "처분 변경", disposition)


@require_safe
def disposition(request, pk, disposition_pk):
    found = visible_disposition(request, pk, disposition_pk)
    can_edit = permissions.can_work_on(request.user, found.inspection)
    context = {
        "inspection": found.inspection,
        "disposition": found,
        "procedure": getattr(found, "procedure", None),
        "opinions": found.opinions.select_related("entered_by"),
        "parties": found.parties.all(),
        "missing": readiness.missing(found) if can_edit and found.status in {"planned", "notified"} else [],
        "obstacles": readiness.obstacles(found)
        if can_edit and found.status in {"planned", "notified"}
        else [],
        "warnings": readiness.warnings(found) if can_edit and found.is_standing else [],
        "acts": _acts(found) if can_edit else [],
        "can_edit": can_edit,
    }
    return render(request, "follow_up/disposition.html", context)


@require_POST
def disposition_discard(request, pk, disposition_pk):
    found = own_disposition(request, pk, disposition_pk)
    form = forms.StepForm(request.POST)
    try:
        disposing.discard(
            found, by=request.user, version=form.cleaned_data["version"] if form.is_valid() else 0
        )
        messages.success(request, "처분을 지웠습니다.")
    except TransitionError as error:
        messages.error(request, str(error))
    except StaleError:
        messages.error(request, STALE)
    return redirect("follow_up:disposition_list", pk)


def _acts(disposition):
    """(url name, label) of what may be done now, the main thing first."""
    of_type, status = disposition.disposition_type, disposition.status
    if status == Disposition.Status.PLANNED:
        first = [("notify", "사전통지")] if of_type.is_disposal else []
        return [*first, ("decide_disposition", "확정"), ("disposition_update", "고치기"), ("cancel", "취소")]
    if status == Disposition.Status.NOTIFIED:
        heard = [("hearing", "청문 결과 적기")] if of_type.needs_hearing else []
        return [("decide_disposition", "확정"), ("opinion", "받은 의견 적기"), *heard, ("cancel", "취소")]
    if status == Disposition.Status.DECIDED:
        return [("disposition_change", "변경"), ("cancel", "취소")]
    return []


def _form_of(disposition, data):
    initial = {name: getattr(disposition, name) for name in FIELDS} | {"version": disposition.version}
    initial["parties"] = [
        [party.get_role_display(), party.name, _number(party.persons), _number(party.won)]
        for party in disposition.parties.all()
    ]
    form = forms.DispositionForm(data, inspection=disposition.inspection, initial=initial)
    form.fields["finding"].disabled = True
    return form


def _number(value):
    return "" if value is None else f"{value:,}"


def _form_page(request, inspection, form, act, title, disposition=None):
    saved, status = carried_out(request, form, act, "저장했습니다.")
    if saved:
        return redirect("follow_up:disposition", inspection.pk, saved.pk)
    context = {
        "inspection": inspection, "form": form, "title": title, "disposition": disposition,
        "proposal": _proposal(inspection, form),
    }  # fmt: skip
    return render(request, "follow_up/disposition_form.html", context, status=status)


def _proposal(inspection, form):
    """What the ladder says of the line that is chosen, beside the form."""
    line = form.fields["finding"].queryset.filter(pk=_uuid(form["finding"].value())).first()
    if line is None:
        return None
    line.inspection = inspection
    return proposing.proposal(line, inspection.contractor, clock.today())


def _uuid(value):
    try:
        return forms.Finding._meta.pk.to_python(getattr(value, "pk", value))
    except forms.forms.ValidationError:
        return None


def visible_disposition(request, pk, disposition_pk):
    inspection = visible_inspection(request, pk)
    rows = Disposition.objects.filter(inspection=inspection)
    rows = rows.select_related(
        "disposition_type", "proposed_type", "finding", "contractor", "department", "action", "ladder",
        "replaces", "decided_by",
    )  # fmt: skip
    found = get_object_or_404(rows, pk=disposition_pk)
    found.inspection = inspection
    return found


def own_disposition(request, pk, disposition_pk):
    found = visible_disposition(request, pk, disposition_pk)
    if not permissions.can_work_on(request.user, found.inspection):
        raise PermissionDenied
    return found
