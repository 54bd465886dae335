"""The filled sheet as it stands: progress, answers, files, and last year's beside each item.

What a page shows of one sheet is read here in a fixed number of queries, however many items it has.
"""

from dataclasses import dataclass, field

from django.db.models import Count, FilteredRelation, OuterRef, Q, Subquery

from inspections import carrying_over
from inspections.models import Answer, ChecklistItem, Indicator, IndicatorExemption
from inspections.sheet_lines import asked, lines_of
from prepared.queries import PreparedQuery

NOTHING = {"answered": 0, "failed": 0}


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


def progress(inspection, stage=None):
    """A Group for every indicator of the sheet, in order: two queries. `stage`: as it was filled in there.

    Two more where items are asked at several sites or follow on others: those are counted by line.
    """
    exemptions = IndicatorExemption.objects.filter(inspection=inspection, indicator=OuterRef("pk"))
    reasons = (exemptions.none() if stage else exemptions).values("reason")
    indicators = (
        Indicator.objects.filter(checklist=inspection.checklist_id)
        .annotate(
            total=Count("items"),
            per_site=Count("items", filter=Q(items__is_per_site=True)),
            follow_ups=Count("items", filter=~Q(items__follows="")),
            exemption=Subquery(reasons),
        )
        .order_by("order", "pk")
    )
    counts = {
        row["item__indicator"]: row
        for row in (stage or inspection)
        .answers.answered()
        .order_by()
        .values("item__indicator")
        .annotate(answered=Count("pk"), failed=Count("pk", filter=Q(verdict=Answer.Verdict.FAIL)))
    }
    groups = [_counted(indicator, counts.get(indicator.pk, NOTHING)) for indicator in indicators]
    _count_by_line(inspection, [group for group in groups if _is_irregular(group.indicator)], stage)
    return groups


def _counted(indicator, count):
    return Group(indicator, indicator.total, count["answered"], count["failed"])


def _is_irregular(indicator):
    return indicator.per_site or indicator.follow_ups


def _count_by_line(inspection, groups, stage):
    if not groups:
        return
    lines = _lines(inspection, [group.indicator.pk for group in groups], stage)
    for group in groups:
        asked_lines = asked(lines.get(group.indicator.pk, []))
        answers = [line.answer for line in asked_lines if line.is_answered]
        group.total, group.answered = len(asked_lines), len(answers)
        group.failed = sum(answer.verdict == Answer.Verdict.FAIL for answer in answers)


def fill(inspection, groups, *, with_last=True):
    """Give the groups their lines: items with answers, files, and what was before, in seven queries."""
    _fill_lines(inspection, groups)
    by_place = {line.place: line for group in groups for line in group.lines}
    items = {item for item, _ in by_place}
    for evidence in inspection.evidence.current().filter(item__in=items).only(*FILE_SHOWN):
        if line := by_place.get((evidence.item_id, evidence.site_id)):
            line.files.append(evidence)
    if with_last:
        carrying_over.set_stages(inspection, groups)
        carrying_over.set_repeats(inspection, groups)
    if with_last and inspection.previous_id:
        carrying_over.set_last_answers(inspection, groups)
        carrying_over.set_last_findings(inspection, groups)
    return groups


def fill_stage(stage, groups):
    """The same for the page of a stage: its own answers, and beside them those of the stages before it."""
    _fill_lines(stage.inspection, groups, stage)
    carrying_over.set_stages(stage.inspection, groups, before=stage)
    return groups


def _fill_lines(inspection, groups, stage=None):
    lines = _lines(inspection, [group.indicator.pk for group in groups], stage)
    for group in groups:
        group.lines = lines.get(group.indicator.pk, [])
        for line in group.lines:
            line.item.indicator = group.indicator


def posted_group(inspection, indicator_pk):
    """One indicator with its lines, for saving: what stands there is read under the lock. None: not there."""
    items = ChecklistItem.objects.filter(
        indicator=indicator_pk, indicator__checklist=inspection.checklist_id
    ).select_related("indicator")
    items = list(items.order_by("order", "pk"))
    if items:
        lines = lines_of(items, [], _sites(inspection, items))
        return Group(items[0].indicator, len(lines), lines=lines)
    alone = Indicator.objects.filter(pk=indicator_pk, checklist=inspection.checklist_id).first()
    return alone and Group(alone, 0)


def line_at(inspection, item_pk, site_pk, stage=None):
    """The line of one item at one site, with its answer; raises ChecklistItem.DoesNotExist. For saving it."""
    owner = {"stage": stage and stage.pk, "inspection": None if stage else inspection.pk}
    item = _item_with_answer.first(pk=item_pk, checklist=inspection.checklist_id, site=site_pk, **owner)
    if item is None:
        raise ChecklistItem.DoesNotExist
    sites = _sites(inspection, [item])
    site = next((site for site in sites if site.pk == site_pk), None)
    if site_pk and (site is None or not item.is_per_site):
        raise ChecklistItem.DoesNotExist
    answer = getattr(item, "mine", None)
    lines = lines_of([item], [answer] if answer else [], sites)
    if not (at_place := [line for line in lines if line.site == site]):
        raise ChecklistItem.DoesNotExist  # asked at each site, and none was named
    return at_place[0]


@PreparedQuery
def _item_with_answer(*, pk, checklist, site, stage, inspection):
    at_site = {"site": site} if site else {"site__isnull": True}
    items = ChecklistItem.objects.annotate(mine=_mine(inspection, stage, **at_site))
    return items.select_related("mine", "indicator").filter(pk=pk, indicator__checklist=checklist)


def _mine(inspection, stage, **at_site):
    """The answers to an item that were given in this inspection, or at this stage before it; by keys."""
    owner = {"stage": stage} if stage else {"inspection": inspection}
    relation = "stage_answers" if stage else "answers"
    wanted = {f"{relation}__{name}": value for name, value in (owner | at_site).items()}
    return FilteredRelation(relation, condition=Q(**wanted))


def _lines(inspection, indicators, stage=None):
    """Indicator → its lines with their answers, of one query for items and answers together."""
    items = ChecklistItem.objects.filter(indicator__in=indicators)
    rows = items.annotate(mine=_mine(inspection.pk, stage and stage.pk)).select_related("mine")
    items, answers = {}, []
    for row in rows.order_by("indicator__order", "order", "pk"):
        items.setdefault(row.pk, row)  # a row for each site at which it was answered
        if answer := getattr(row, "mine", None):
            answers.append(answer)
    sites = _sites(inspection, items.values())
    by_indicator = {}
    for item in items.values():
        by_indicator.setdefault(item.indicator_id, []).append(item)
    return {pk: lines_of(own, answers, sites) for pk, own in by_indicator.items()}


def _sites(inspection, items):
    """The sites of the inspection, asked for only where an item needs them."""
    is_needed = any(
        item.is_per_site or (item.answer_type == ChecklistItem.AnswerType.TABLE and not item.rows)
        for item in items
    )
    return list(inspection.sites.all()) if is_needed else []


# What a page says of a file; the rest of that table is left in the database.
FILE_SHOWN = ["item", "site", "client_id", "name", "caption", "thumbnail"]
