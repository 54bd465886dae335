"""What differs between two versions of a sheet. Items are the same if their indicator and their code are.

An item that went to another indicator is found by its code alone, if no other item of either sheet has it.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from inspections.answer_rules import plain
from inspections.models import ChecklistItem

COMPARED = [
    "text", "guidance", "answer_type", "options", "parts", "rows", "is_per_site", "follows", "follows_if",
    "unit", "standard", "comparison", "max_score", "weight", "evidence_rule", "note_rule",
]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """An item that is in both, and its fields that differ: (name in Korean, before, after)."""

    item: ChecklistItem
    fields: list


@dataclass
class Difference:
    """`pairs`: an item of the old sheet → the same item of the new one, or None if it is gone."""

    added: list = field(default_factory=list)
    removed: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    pairs: dict = field(default_factory=dict)

    def __bool__(self):
        return bool(self.added or self.removed or self.changed)


def difference(old, new):
    """Between two Checklists: two queries."""
    before, after = _items_of(old), _items_of(new)
    found = Difference()
    by_place = {_place(item): item for item in after}
    by_code, alone = {item.code: item for item in after}, _only_once(before) & _only_once(after)
    for item in before:
        match = by_place.get(_place(item)) or (by_code[item.code] if item.code in alone else None)
        found.pairs[item] = match
        if match is None:
            found.removed.append(item)
        elif fields := differing(item, match, COMPARED, with_place=True):
            found.changed.append(Change(match, fields))
    met = {match.pk for match in found.pairs.values() if match}
    found.added = [item for item in after if item.pk not in met]
    return found


def _items_of(checklist):
    items = ChecklistItem.objects.filter(indicator__checklist=checklist).select_related("indicator")
    return list(items.order_by("indicator__order", "order", "pk"))


def _place(item):
    return item.indicator.key, item.code


def _only_once(items):
    return {code for code, count in Counter(item.code for item in items).items() if count == 1}


def differing(before, after, names, *, with_place=False):
    """(name in Korean, before, after) of each of these fields that differs between two rows of a sheet."""
    fields = [
        (str(before._meta.get_field(name).verbose_name), _told(before, name), _told(after, name))
        for name in names
    ]
    if with_place:
        fields.append(("지표", str(before.indicator), str(after.indicator)))
    return [(label, old, new) for label, old, new in fields if old != new]


def _told(item, name):
    """The value as people read it."""
    value = getattr(item, name)
    if display := getattr(item, f"get_{name}_display", None):
        return display()
    if name == "options":
        return ", ".join(option for option, _ in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "예" if value else "아니요"
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)
