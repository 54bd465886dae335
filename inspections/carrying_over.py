"""What the inspection before found, beside the lines of the present sheet."""

from itertools import groupby

from django.db.models import F, Q

from inspections import repeats
from inspections.answer_rules import FIELDS
from inspections.models import Action, Answer, Finding, StageAnswer

# What a page says of last year; the rest of these tables is left in the database.
LAST_SHOWN = [
    *FIELDS, "verdict", "site", "item__code", "item__answer_type", "item__unit", "item__options",
    "item__rows", "item__parts",
]  # fmt: skip
FINDING_SHOWN = ["level", "text", "kind", "indicator__label", "indicator__name"]
ACTION_SHOWN = ["text", "status", "status_on"]


def set_stages(inspection, groups, before=None):
    """What was answered to the same items at the stages before (`before` this one): one query."""
    by_place = {line.place: line for group in groups for line in group.lines}
    answers = StageAnswer.objects.answered().filter(stage__inspection=inspection.pk)
    if before:
        answers = answers.filter(stage__order__lt=before.order)
    for answer in answers.select_related("stage").order_by("stage__order"):
        if line := by_place.get((answer.item_id, answer.site_id)):
            answer.item = line.item
            line.stages.append(answer)


def set_last_answers(inspection, groups):
    """The same code at the same site under the same indicator; one that moved is found if it is unique."""
    codes = [line.item.code for group in groups for line in group.lines]
    answers = Answer.objects.answered().filter(inspection=inspection.previous_id, item__code__in=codes)
    exact, by_code = {}, {}
    place = {"label": F("item__indicator__label"), "name": F("item__indicator__name")}
    for answer in answers.select_related("item").only(*LAST_SHOWN).annotate(**place):
        exact[_place(answer), answer.item.code, answer.site_id] = answer
        by_code.setdefault((answer.item.code, answer.site_id), []).append(answer)
    for group in groups:
        for line in group.lines:
            site = line.site and line.site.pk
            alone = by_code.get((line.item.code, site), [])
            line.last = exact.get(
                (_place(group.indicator), line.item.code, site), alone[0] if len(alone) == 1 else None
            )


def set_last_findings(inspection, groups):
    """The lines of last year's results under the same indicators, each with what was demanded."""
    by_place = {_place(group.indicator): group for group in groups}
    same_place = Q(indicator__label__in=by_place) | Q(indicator__label="", indicator__name__in=by_place)
    findings = Finding.objects.filter(
        same_place, inspection=inspection.previous_id, section=Finding.Section.INDICATOR
    ).exclude(text="")
    demands = {}
    actions = Action.objects.filter(inspection=inspection.previous_id).annotate(line=F("findings"))
    for action in actions.only(*ACTION_SHOWN):
        demands.setdefault(action.line, []).append(action)
    rows = findings.select_related("indicator").only(*FINDING_SHOWN).annotate(code=F("items__code"))
    for _, same in groupby(rows.in_outline_order(), key=lambda finding: finding.pk):
        finding, *others = same  # a row for each item it was written of
        finding.demands = demands.get(finding.pk, [])
        codes = {one.code for one in (finding, *others)}
        _put(finding, codes, by_place[_place(finding.indicator)])


def _put(finding, codes, group):
    """Beside the items it was written of, or at the head of the indicator if it names none of this sheet."""
    lines = [line for line in group.lines if line.item.code in codes]
    for place in lines or [group]:
        place.last_findings.append(finding)


def set_repeats(inspection, groups):
    """What was found at items of the same code at this contractor, in whatever inspection: one query."""
    known = repeats.repeats(inspection)
    for group in groups:
        for line in group.lines:
            line.repeats = known.of_code(line.item.code)


def _place(indicator):
    """What an indicator is known by from one sheet to the next; an answer may carry both names with it."""
    return indicator.label or indicator.name
