"""다시 볼 것: what checking finds in a paper, and leaving some of it as it is with a reason."""

from dataclasses import dataclass

from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.models import Attestation, TeamMember
from inspections.workflow import TransitionError
from reports import assembling, checking, drafting, strict_style, tree, typed_figures
from reports.models import Attachment, WaivedFault


@dataclass(frozen=True)
class Seen:
    """A fault, and why somebody left it."""

    fault: checking.Fault
    waiver: WaivedFault | None = None


def faults(document, paper=None):
    """[Seen], those that are left last. Seven queries if the `paper` is at hand."""
    waivers = {waiver.key: waiver for waiver in document.waived_faults.select_related("waived_by")}
    paper = paper or assembling.paper(document)
    found = [*checking.faults(paper, _known(document)), *strict_style.faults(paper), *_figures(document)]
    places = {node.id: place for place, (_, node) in enumerate(tree.walk(paper.body))}
    found.sort(key=lambda fault: places.get(fault.node, -1))
    unique = {fault.key: fault for fault in found}.values()
    seen = [Seen(fault, waivers.get(fault.key)) for fault in unique]
    return sorted(seen, key=lambda one: one.waiver is not None)


def open_count(document, paper=None):
    return sum(one.waiver is None for one in faults(document, paper))


@transaction.atomic
def waive(document, key, *, by, reason):
    """Leave a fault of a draft as it is. It comes back by itself when the line changes."""
    document = drafting.lock_draft(document, by)
    if not reason.strip():
        raise TransitionError("그대로 두는 까닭을 적어 주세요.")
    seen = next((one for one in faults(document) if one.fault.key == key), None)
    if seen is None:
        raise TransitionError("그 사이 내용이 바뀌어 없어진 알림입니다.")
    if seen.waiver:
        raise TransitionError("이미 그대로 두기로 한 알림입니다.")
    waiver = WaivedFault.objects.create(
        document=document, key=key, reason=reason.strip(), waived_by=by, waived_at=clock.now()
    )
    record("waive", document, by=by, warning=seen.fault.text, reason=waiver.reason)
    return waiver


def _figures(document):
    """Of lines that were counted: where a person typed another figure."""
    for block in document.blocks.filter(is_removed=False).exclude(composed=None):
        if block.is_edited:
            yield from typed_figures.faults(str(block.pk), block.content, block.composed)


def _known(document):
    apart = document.attachments.filter(kind=Attachment.Kind.APART).values_list("title", flat=True)
    return checking.Known(
        document.disclosure, tuple(document.clauses), _private_names(document), tuple(apart)
    )


def _private_names(document):
    """Of people from outside who took part: attendants of the contractors, experts of the teams."""
    inspections = document.inspections.values("pk")
    attendants = Attestation.objects.filter(inspection__in=inspections).values_list("name", flat=True)
    outside = TeamMember.objects.filter(inspection__in=inspections, user=None).exclude(name="")
    return frozenset([*attendants, *outside.values_list("name", flat=True)])
