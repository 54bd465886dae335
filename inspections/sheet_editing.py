"""Editing a draft sheet one change at a time: its rows, their order, and what is taken from other sheets.

Each change locks the sheet, so that nobody publishes it meanwhile. A row is changed from the state it was
shown in (`state_of`); if somebody has changed it since, that is a StaleError with what stands there now.
"""

import hashlib
import json

from django.db import transaction
from django.db.models import Max

from audit.recording import record
from inspections import checklists
from inspections.checklist_rules import item_faults
from inspections.models import ChecklistItem, Indicator
from inspections.snapshots import changes, snapshot
from inspections.workflow import StaleError, TransitionError

PLACE = ("id", "order", "checklist", "indicator")


def state_of(row):
    """A digest of what an Indicator or ChecklistItem says, its place apart."""
    told = json.dumps(snapshot(row, without=PLACE), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@transaction.atomic
def add_indicator(sheet, *, by, **fields):
    sheet = checklists.lock_draft(sheet, by=by)
    indicator = Indicator.objects.create(checklist=sheet, order=_last(sheet.indicators) + 1, **fields)
    record("add_indicator", sheet, by=by, indicator=snapshot(indicator))
    return indicator


@transaction.atomic
def add_item(indicator, *, by, **fields):
    sheet = checklists.lock_draft(indicator.checklist, by=by)
    indicator = _there(sheet.indicators, indicator.pk)
    item = ChecklistItem(indicator=indicator, order=_last(indicator.items) + 1, **fields)
    _check(item)
    item.save(force_insert=True)
    record("add_item", sheet, by=by, item=snapshot(item))
    return item


@transaction.atomic
def change(row, *, by, state, **fields):
    """Change an Indicator or a ChecklistItem that still says what it said in this `state`."""
    sheet, current = _locked(row, by)
    if state_of(current) != state:
        raise StaleError(current)
    before = snapshot(current)
    for name, value in fields.items():
        setattr(current, name, value)
    if isinstance(current, ChecklistItem):
        _check(current)
    current.save(update_fields=list(fields))
    told = changes(before, snapshot(current))
    if told:
        record("change_sheet", sheet, by=by, row=str(current), changes=told)
    return current


@transaction.atomic
def remove(row, *, by):
    """Take an item, or an indicator with its items, out of the draft; the history keeps what it was."""
    sheet, current = _locked(row, by)
    was = [snapshot(current)]
    if isinstance(current, Indicator):
        was += [snapshot(item) for item in current.items.all()]
    record("remove_from_sheet", sheet, by=by, row=str(current), was=was)
    current.delete()


@transaction.atomic
def step(row, *, by, up):
    """One place up or down. At the edge of its indicator an item goes over to the neighbouring one."""
    _, current = _locked(row, by)
    rows = list(_siblings(current))
    to = rows.index(current) + (-1 if up else 1)
    if 0 <= to < len(rows):
        before = rows[to] if up else (rows[to + 1] if to + 1 < len(rows) else None)
        return move(current, by=by, before=before)
    if isinstance(current, Indicator):
        return current
    return _step_over(current, by, up)


@transaction.atomic
def move(row, *, by, before=None, indicator=None):
    """In front of the row `before`, or to the end; an item also into another indicator of its sheet."""
    sheet, current = _locked(row, by)
    if isinstance(current, Indicator):
        siblings = list(sheet.indicators.exclude(pk=current.pk))
    else:
        target = indicator or (before or current).indicator
        target = _there(sheet.indicators, target.pk)
        siblings = list(target.items.exclude(pk=current.pk))
        if current.indicator_id != target.pk:
            current.indicator = target
            _check(current)
            current.save(update_fields=["indicator"])
    if before is not None and before not in siblings:
        raise TransitionError("그 사이 지워지거나 옮겨진 줄입니다. 다시 옮겨 주세요.")
    at = len(siblings) if before is None else siblings.index(before)
    siblings.insert(at, current)
    _renumber(siblings)
    record("move_in_sheet", sheet, by=by, row=str(current), order=[str(one) for one in siblings])
    return current


@transaction.atomic
def take_over(sheet, items, *, by, indicator=None):
    """Copy `items` of other sheets behind those of `indicator`, or each into the indicator of its name.

    That one is made where it is missing. A code that the sheet has is left out. Returns (copied, left out).
    """
    sheet = checklists.lock_draft(sheet, by=by)
    indicator = indicator and _there(sheet.indicators, indicator.pk)
    known = set(ChecklistItem.objects.filter(indicator__checklist=sheet).values_list("code", flat=True))
    places = {one.key: one for one in sheet.indicators.all()}
    copied, left = [], []
    for item in items:
        if item.code in known:
            left.append(item)
            continue
        known.add(item.code)
        target = indicator or places.get(item.indicator.key)
        if target is None:
            key, order = item.indicator.key, _last(sheet.indicators) + 1
            target = places[key] = _added(item.indicator, checklist=sheet, order=order)
        copied.append(_added(item, indicator=target, order=_last(target.items) + 1, **_alone(item, target)))
    record("take_over", sheet, by=by, items=[str(item) for item in copied])
    return copied, left


def _locked(row, by):
    """The draft, locked, and the row as it is now."""
    sheet = row.checklist if isinstance(row, Indicator) else row.indicator.checklist
    sheet = checklists.lock_draft(sheet, by=by)
    items = ChecklistItem.objects.filter(indicator__checklist=sheet).select_related("indicator")
    return sheet, _there(sheet.indicators if isinstance(row, Indicator) else items, row.pk)


def _siblings(row):
    return row.checklist.indicators.all() if isinstance(row, Indicator) else row.indicator.items.all()


def _there(rows, pk):
    found = rows.filter(pk=pk).first()
    if found is None:
        raise TransitionError("그 사이 지워진 줄입니다. 적은 글을 복사해 두고 점검표를 다시 여세요.")
    return found


def _check(item):
    if faults := item_faults(item):
        raise TransitionError(" ".join(faults))
    others = ChecklistItem.objects.filter(indicator=item.indicator_id, code=item.code).exclude(pk=item.pk)
    if others.exists():
        raise TransitionError(f"같은 지표에 같은 코드의 항목이 이미 있습니다: {item.code}")


def _step_over(item, by, up):
    indicators = list(item.indicator.checklist.indicators.all())
    to = indicators.index(item.indicator) + (-1 if up else 1)
    if not 0 <= to < len(indicators):
        return item
    first = None if up else indicators[to].items.first()
    return move(item, by=by, before=first, indicator=indicators[to])


def _renumber(rows):
    model = type(rows[0])
    if model is Indicator:
        checklists.clear_places(rows[0].checklist_id)
    for order, row in enumerate(rows, start=1):
        row.order = order
    model.objects.bulk_update(rows, ["order"])


def _last(rows):
    return rows.aggregate(last=Max("order"))["last"] or 0


def _added(row, **place):
    copied = checklists.copy_of(row, **place)
    copied.save(force_insert=True)
    return copied


def _alone(item, target):
    """A follow-up whose first item is not there is asked by itself."""
    is_left_alone = item.follows and not target.items.filter(code=item.follows).exists()
    return {"follows": "", "follows_if": []} if is_left_alone else {}
