"""결재선 틀: keeping a line of approval for the next time."""

from django.db import transaction
from django.db.models import Q

from audit.recording import record
from inspections.workflow import TransitionError
from reports import approval_line, permissions
from reports.models import LineTemplate, LineTemplateStep


def usable(document):
    """Those of the office for this kind of paper, those made for this kind alone first."""
    mine = LineTemplate.objects.filter(department=document.department)
    return mine.filter(Q(kind=document.kind) | Q(kind="")).order_by("-kind", "name")


def line_of(template):
    """[(act, user), …]; whoever cannot sign any more is left out."""
    steps = template.steps.select_related("user")
    return [(step.act, step.user) for step in steps if permissions.can_stand_in_a_line(step.user)]


def proposed(document, templates, wanted=""):
    """The wanted template, or the one for this kind of paper, or what follows from the offices."""
    chosen = (
        templates.filter(pk=wanted) if wanted.isdecimal() and len(wanted) < 10 else templates.exclude(kind="")
    )
    template = chosen.first()
    return line_of(template) if template else approval_line.proposed(document)


@transaction.atomic
def keep(document, name, line, *, by):
    """Store a line under a name; one of the same name in this office is replaced."""
    if not permissions.is_drafter(by, document):
        raise TransitionError("기안자만 결재선을 저장할 수 있습니다.")
    template, _ = LineTemplate.objects.update_or_create(
        department=document.department, name=name, defaults={"kind": document.kind}
    )
    template.steps.all().delete()
    LineTemplateStep.objects.bulk_create(
        LineTemplateStep(template=template, order=number, act=act, user=user)
        for number, (act, user) in enumerate(line, 1)
    )
    record("keep_line", template, by=by, line=[[act, str(user)] for act, user in line])
    return template
