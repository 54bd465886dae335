"""The filled sheet as it stands: progress, answers, files, and last year's beside each item.

What a page shows of one sheet is read here in a fixed number of queries, however many items it has.
"""

from dataclasses import dataclass, field

from django.db.models import Count, F, OuterRef, Q, Subquery

from inspections import follow_ups
from inspections.answer_rules import FIELDS, chosen_option, plain, rows_of
from inspections.models import Action, Answer, ChecklistItem, Finding, Indicator, IndicatorExemption
from notation import dates, money


@dataclass
class Group:
    """One indicator with its progress; the lines are filled in where they are shown."""

    indicator: Indicator
    total: int
    answered: int = 0
    failed: int = 0
    lines: list = field(default_factory=list)
    last_findings: list = field(default_factory=list)

    @property
    def exemption(self):
        """Why the whole indicator does not apply, or empty."""
        return self.indicator.exemption or ""

    @property
    def is_complete(self):
        return bool(self.exemption) or self.answered == self.total


@dataclass
class Line:
    """One item, its answer in this inspection, its files, and the answer of the inspection before."""

    item: ChecklistItem
    answer: Answer | None = None
    last: Answer | None = None
    is_silent: bool = False  # not asked, by the answer to an earlier item
    files: list = field(default_factory=list)


def progress(inspection):
    """A Group for every indicator of the sheet, in order: two queries, three where items follow on others."""
    reasons = IndicatorExemption.objects.filter(inspection=inspection, indicator=OuterRef("pk")).values(
        "reason"
    )
    indicators = (
        Indicator.objects.filter(checklist=inspection.checklist_id)
        .annotate(
            total=Count("items"),
            follow_ups=Count("items", filter=~Q(items__follows="")),
            exemption=Subquery(reasons),
        )
        .order_by("order", "pk")
    )
    counts = {
        row["item__indicator"]: row
        for row in inspection.answers.answered()
        .order_by()
        .values("item__indicator")
        .annotate(answered=Count("pk"), failed=Count("pk", filter=Q(verdict=Answer.Verdict.FAIL)))
    }
    following = [indicator.pk for indicator in indicators if indicator.follow_ups]
    silent = follow_ups.silent_counts(inspection, following) if following else {}
    nothing = {"answered": 0, "failed": 0}
    groups = []
    for indicator in indicators:
        count = counts.get(indicator.pk, nothing)
        gone, held, failed = silent.get(indicator.pk, (0, 0, 0))
        groups.append(
            Group(indicator, indicator.total - gone, count["answered"] - held, count["failed"] - failed)
        )
    return groups


def fill(inspection, groups, *, with_last=True):
    """Give the groups their lines: items with answers, files, and what was last year, in five queries."""
    by_indicator = {group.indicator.pk: group for group in groups}
    lines = {}
    for item in follow_ups.items_with_answers(inspection, by_indicator):
        group = by_indicator[item.indicator_id]
        item.indicator = group.indicator
        lines[item.pk] = _line(item)
        group.lines.append(lines[item.pk])
    for group in groups:
        gone = follow_ups.silent([(line.item, line.answer) for line in group.lines])
        for line in group.lines:
            line.is_silent = line.item.pk in gone
    for evidence in inspection.evidence.current().filter(item__in=list(lines)).only(*FILE_SHOWN):
        lines[evidence.item_id].files.append(evidence)
    if with_last and inspection.previous_id:
        _set_last_answers(inspection, groups)
        _set_last_findings(inspection, groups)
    return groups


def posted_group(inspection, indicator_pk):
    """One indicator with its items, for saving: what stands there is read under the lock. None: not there."""
    items = ChecklistItem.objects.filter(
        indicator=indicator_pk, indicator__checklist=inspection.checklist_id
    ).select_related("indicator")
    lines = [Line(item) for item in items.order_by("order", "pk")]
    if lines:
        return Group(lines[0].item.indicator, len(lines), lines=lines)
    alone = Indicator.objects.filter(pk=indicator_pk, checklist=inspection.checklist_id).first()
    return alone and Group(alone, 0)


def answer_text(answer):
    """The answer in words: the choice, the figure with its unit, or what was written."""
    item = answer.item
    if answer.is_not_applicable:
        return "해당사항 없음"
    if answer.number is not None:
        return figure_text(item, answer.number)
    if answer.dated_on:
        return dates.long_date(answer.dated_on)
    if answer.cells:
        return cells_text(answer)
    return chosen_option(item, answer) or answer.text or answer.get_verdict_display()


def figure_text(item, number):
    if item.answer_type == ChecklistItem.AnswerType.MONEY:
        return money.won(int(number))
    return f"{plain(number)}{'점' if item.answer_type == ChecklistItem.AnswerType.SCORE else item.unit}"


def standard_text(item):
    """기준 10% 이상, or nothing."""
    if item.standard is None:
        return ""
    return f"기준 {figure_text(item, item.standard)} {item.get_comparison_display()}"


def cells_text(answer):
    """1층 소화기 이상없음, 유도등 이상 / 2층 …; what is no longer asked is told behind the rest."""
    item, cells = answer.item, answer.cells
    rows = []
    for row in _in_order(cells, rows_of(item)):
        told = ", ".join(f"{part} {cells[row][part]}" for part in _in_order(cells[row], item.parts))
        rows.append(f"{row} {told}".strip())
    return " / ".join(rows)


def _in_order(found, names):
    """The keys found, in the order of the sheet: a database does not keep theirs."""
    return sorted(found, key=lambda name: (names.index(name) if name in names else len(names), name))


def _line(item):
    return Line(item, getattr(item, "mine", None))  # unset where nobody answered


# What a page says of a file and of last year; the rest of these tables is left in the database.
FILE_SHOWN = ["item", "client_id", "name", "caption", "thumbnail"]
LAST_SHOWN = [
    *FIELDS, "verdict", "item__code", "item__answer_type", "item__unit", "item__options",
    "item__rows", "item__parts",
]  # fmt: skip
FINDING_SHOWN = ["level", "text", "kind", "indicator__label", "indicator__name"]
ACTION_SHOWN = ["text", "status"]


def _set_last_answers(inspection, groups):
    """The same code under the same indicator; a code that moved to another one is found if it is unique."""
    codes = [line.item.code for group in groups for line in group.lines]
    answers = Answer.objects.answered().filter(inspection=inspection.previous_id, item__code__in=codes)
    exact, by_code = {}, {}
    place = {"label": F("item__indicator__label"), "name": F("item__indicator__name")}
    for answer in answers.select_related("item").only(*LAST_SHOWN).annotate(**place):
        exact[_place(answer), answer.item.code] = answer
        by_code.setdefault(answer.item.code, []).append(answer)
    for group in groups:
        for line in group.lines:
            alone = by_code.get(line.item.code, [])
            line.last = exact.get(
                (_place(group.indicator), line.item.code), alone[0] if len(alone) == 1 else None
            )


def _set_last_findings(inspection, groups):
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
    for finding in findings.select_related("indicator").only(*FINDING_SHOWN).in_outline_order():
        finding.demands = demands.get(finding.pk, [])
        by_place[_place(finding.indicator)].last_findings.append(finding)


def _place(indicator):
    """What an indicator is known by from one sheet to the next; an answer may carry both names with it."""
    return indicator.label or indicator.name
