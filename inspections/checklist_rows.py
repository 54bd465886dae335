"""A sheet as rows: one row an item, the indicator repeated or left blank below its first row."""

import csv
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from inspections.checklist_columns import INDICATOR_COLUMNS, ITEM_COLUMNS
from inspections.checklist_rules import item_faults
from inspections.models import ChecklistItem, Indicator
from spreadsheets import reading
from spreadsheets.importing import Change, Kind, Line, Plan, read_row, sentences

ONCE = INDICATOR_COLUMNS[3:]  # told in the first row of an indicator


class Before:
    """The draft as it stands, by what the rows of a file name."""

    def __init__(self, checklist):
        indicators = checklist.indicators.prefetch_related("items__indicator")
        self.indicators = {indicator.key: indicator for indicator in indicators}
        self.items = {
            item.code: item for indicator in self.indicators.values() for item in indicator.items.all()
        }


@dataclass
class Group:
    """An indicator with its items, not saved yet."""

    indicator: Indicator
    items: list = field(default_factory=list)


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            reading.Row(number, {name: reading.clean(value or None) for name, value in row.items()})
            for number, row in enumerate(csv.DictReader(file), start=2)
        ]
    return reading.Table(rows, [])


def written(checklist):
    """The rows of a sheet, by code; what import reads back is the same sheet."""
    for indicator in checklist.indicators.prefetch_related("items"):
        shared = [indicator.area, indicator.label, indicator.name]
        items = list(indicator.items.all())
        for place, item in enumerate(items or [None]):
            once = ["", None] if place else [column.cell(indicator) for column in ONCE]
            yield [*shared, *once, *(column.cell(item) if item else None for column in ITEM_COLUMNS)]


def plan(checklist, table):
    """What the rows would make of the draft, and the groups to store if nothing is wrong."""
    before = Before(checklist)
    groups, codes, lines = [], {}, []
    for row in table.rows:
        lines.append(_line(row, groups, codes, before))
    lines += _removed(before, codes, groups) + _moved(before, groups)
    return Plan(lines, table.ignored), groups


def _line(row, groups, codes, before):
    errors = _enter_group(row, groups)
    if errors or not any(row.values.get(column.heading) for column in ITEM_COLUMNS):
        return _line_of_indicator(row, groups, before, errors)
    item, errors = _item(row, codes)
    if errors:
        return Line(row.number, Kind.ERROR, errors=errors)
    groups[-1].items.append(item)
    item.order = len(groups[-1].items)
    if item.code not in before.items:
        return Line(row.number, Kind.NEW, str(item))
    changes = _changes(before.items[item.code], item, groups[-1])
    return Line(row.number, Kind.UPDATE if changes else Kind.SAME, str(item), changes)


def _line_of_indicator(row, groups, before, errors):
    """A row that names an indicator and no item."""
    if errors:
        return Line(row.number, Kind.ERROR, errors=errors)
    indicator = groups[-1].indicator
    label = f"{indicator} (항목 없는 지표)"
    if indicator.key not in before.indicators:
        return Line(row.number, Kind.NEW, label)
    changes = _changes_once(before.indicators[indicator.key], indicator)
    return Line(row.number, Kind.UPDATE if changes else Kind.SAME, label, changes)


def _enter_group(row, groups):
    """Stand in the indicator the row names, a new one or that of the row above. Says what is wrong."""
    found, errors = read_row(INDICATOR_COLUMNS, row)
    if errors:
        return errors
    if not found.get("name"):
        return [] if groups and not found.get("area") else ["분야와 지표명을 적어야 합니다."]
    area = found.get("area") or (groups[-1].indicator.area if groups else "")
    indicator = Indicator(order=len(groups) + 1, area=area, label=found.get("label", ""), name=found["name"])
    if not groups or groups[-1].indicator.key != indicator.key:
        if any(group.indicator.key == indicator.key for group in groups):
            return [f"‘{indicator}’ 지표가 두 곳에 나뉘어 있습니다. 한데 모아 주세요."]
        groups.append(Group(indicator))
    return _told_once(groups[-1].indicator, found) or _validated(
        groups[-1].indicator, INDICATOR_COLUMNS, "checklist"
    )


def _told_once(indicator, found):
    """What the first row of an indicator says of it; a row below may repeat it and nothing else."""
    faults = []
    for column in ONCE:
        told, now = found.get(column.name), getattr(indicator, column.name)
        if told in ("", None):
            continue
        if now not in ("", None, told):
            faults.append(f"{column.heading}: 같은 지표인데 윗줄과 다릅니다. 지표의 첫 줄에만 적어 주세요.")
        setattr(indicator, column.name, told)
    return faults


def _item(row, codes):
    found, errors = read_row(ITEM_COLUMNS, row)
    if errors:
        return None, errors
    item = ChecklistItem(order=0, **found)  # its place follows
    faults = _validated(item, ITEM_COLUMNS, "indicator") or item_faults(item)
    if item.code in codes:
        faults.append(f"코드: {codes[item.code]}행과 같은 코드입니다.")
    codes[item.code] = row.number
    return item, faults


def _validated(instance, columns, above):
    try:
        instance.clean_fields(exclude=[above])
    except ValidationError as error:
        return sentences(columns, error)
    return []


def _changes(old, new, group):
    pairs = [(column.heading, column.shown(old), column.shown(new)) for column in ITEM_COLUMNS]
    pairs.append(("지표", _named(old.indicator), _named(group.indicator)))
    changes = [Change(heading, before, after) for heading, before, after in pairs if before != after]
    return changes + (_changes_once(old.indicator, group.indicator) if new.order == 1 else [])


def _changes_once(old, new):
    pairs = [(column.heading, column.shown(old), column.shown(new)) for column in ONCE]
    return [Change(heading, before, after) for heading, before, after in pairs if before != after]


def _named(indicator):
    return f"{indicator.area} · {indicator}"


def _removed(before, codes, groups):
    kept = {group.indicator.key for group in groups}
    gone = [item for code, item in before.items.items() if code not in codes]
    gone += [one for key, one in before.indicators.items() if key not in kept and not one.items.all()]
    return [Line(0, Kind.REMOVED, str(one), warnings=["파일에 없어 이 판에서 빠집니다."]) for one in gone]


def _moved(before, groups):
    """One line if what stays stands in another order."""
    after = [item.code for group in groups for item in group.items]
    was = [code for code in before.items if code in after]
    now = [code for code in after if code in before.items]
    indicators = [group.indicator.key for group in groups]
    was_in = [key for key in before.indicators if key in indicators]
    if was == now and was_in == [key for key in indicators if key in before.indicators]:
        return []
    return [Line(0, Kind.UPDATE, "순서", [Change("항목의 순서", ", ".join(was), ", ".join(now))])]
