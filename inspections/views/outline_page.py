"""What the page of the results outline shows, in a fixed number of queries."""

from collections import defaultdict

from inspections import outlining, permissions
from inspections.answer_texts import answer_text
from inspections.models import Finding, FindingType
from inspections.repeats import repeats
from inspections.sheet_lines import LINE_KEY


def outline_page(inspection, user, item=""):
    """The context of findings.html. `item`: the failing one that somebody wants to make a line of."""
    indicators = list(inspection.checklist.indicators.all()) if inspection.checklist_id else []
    exemptions = {row.indicator_id: row.reason for row in inspection.exemptions.all()}
    lines, last_year = _by_scope(_lines(inspection)), _by_scope(outlining.last_years_lines(inspection))
    _mark_repeats(inspection, lines)
    can_edit = inspection.is_open and permissions.can_work_on(user, inspection)
    failed = _answer_to(inspection, item) if can_edit else None
    return {
        "inspection": inspection,
        "can_edit": can_edit,
        "kinds": Finding.Kind.choices,
        "types": FindingType.objects.filter(is_active=True) if can_edit else [],
        "levels": Finding.Level.choices,
        "actions": inspection.actions.select_related("department", "contractor").prefetch_related("findings"),
        "scopes": [
            {
                "section": section,
                "indicator": indicator,
                "heading": heading,
                "key": f"{section}-{indicator.pk if indicator else 0}",
                "exempted": exemptions.get(indicator.pk) if indicator else None,
                "lines": lines[section, indicator.order if indicator else None],
                "last_year": last_year[section, _same_place(indicator)],
                "from_item": failed if failed and indicator and failed.item.indicator == indicator else None,
            }
            for section, indicator, heading in outlining.scopes(inspection, indicators)
        ],
    }


def _answer_to(inspection, key):
    """The answer with `line`: what was written about the item, at its site, or its question and answer."""
    match = LINE_KEY.fullmatch(key)
    if not match:
        return None
    answers = inspection.answers.filter(item=match[1], site=match[2]).select_related(
        "item__indicator", "site"
    )
    answer = answers.first()
    if answer:
        said = " ".join((answer.opinion or f"{answer.item.text}: {answer_text(answer)}").split())
        answer.line = f"({answer.site}) {said}" if answer.site else said
    return answer


def _lines(inspection):
    related = inspection.findings.select_related(
        "indicator", "previous", "department", "finding_type"
    ).prefetch_related("actions", "items")
    return related.in_outline_order()


def _mark_repeats(inspection, lines):
    known = repeats(inspection)
    for line in (line for found in lines.values() for line in found):
        line.repeat = known.of_type(line.finding_type_id)


def _by_scope(lines):
    # Indicators are matched by their place in the sheet: last year's sheet has rows of its own.
    found = defaultdict(list)
    for line in lines:
        found[line.section, line.indicator.order if line.indicator_id else None].append(line)
    return found


def _same_place(indicator):
    return indicator.order if indicator else None
