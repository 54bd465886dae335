"""Follow-up items: asked only after a certain answer to an earlier item of the same indicator.

An item that is not asked is neither missing nor counted. What was answered before stays in the store and is
shown as kept, so that going back to the earlier answer brings it back.
"""

from django.db.models import FilteredRelation, Q

from inspections.answer_rules import chosen_option
from inspections.models import Answer, ChecklistItem


def silent(pairs):
    """The keys of the items that are not asked, of (item, answer or None) in the order of one indicator."""
    chosen, found = {}, set()
    for item, answer in pairs:
        is_silent = bool(item.follows) and chosen.get(item.follows) not in item.follows_if
        chosen[item.code] = None if is_silent else chosen_option(item, answer)
        if is_silent:
            found.add(item.pk)
    return found


def silent_counts(inspection, indicators):
    """Indicator → how many items are not asked, and how many of these are answered and failed: one query."""
    by_indicator = {}
    for item in items_with_answers(inspection, indicators):
        by_indicator.setdefault(item.indicator_id, []).append((item, getattr(item, "mine", None)))
    return {indicator: _counts(pairs) for indicator, pairs in by_indicator.items()}


def items_with_answers(inspection, indicators):
    """The items of the indicators in order, each with its answer in this inspection as `mine`, if any."""
    mine = FilteredRelation("answers", condition=Q(answers__inspection=inspection.pk))
    items = ChecklistItem.objects.filter(indicator__in=list(indicators)).annotate(mine=mine)
    return items.select_related("mine").order_by("indicator__order", "order", "pk")


def _counts(pairs):
    gone = silent(pairs)
    held = [answer for item, answer in pairs if item.pk in gone and answer and answer.is_answered]
    failed = [answer for answer in held if answer.verdict == Answer.Verdict.FAIL]
    return len(gone), len(held), len(failed)
