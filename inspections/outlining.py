"""The results outline: lines of 점검결과, each saved alone.

The lines of one scope (an indicator, the 총평 or the suggestions) stand in a flat list. A line and the
deeper lines right behind it are one block: it moves as a whole. Every change carries the version of the
line it was made on; the UPDATE itself compares it.
"""

from django.db import transaction
from django.db.models import F, ProtectedError

from audit.models import Event
from audit.recording import record
from inspections.models import Finding, Inspection
from inspections.workflow import StaleError, TransitionError, lock_open

# Positions are far apart so that a line can be put between two others without touching them.
GAP = 1 << 20
FIELDS = [
    "level", "text", "kind", "finding_type", "measured", "standard", "unit", "completed_on",
    "origin_body", "origin_ground", "origin_state", "cause", "like_cases", "citations", "receipts",
    "previous", "department",
]  # fmt: skip
MANY = ["sites", "items"]


@transaction.atomic
def add_line(inspection, *, by, id, section, indicator=None, after=None, sites=(), items=(), **fields):
    """Put a new line behind `after` (None: in front). The client made the id: a repeat changes nothing."""
    inspection = lock_open(inspection, by)
    if existing := Finding.objects.filter(pk=id).first():
        if existing.inspection_id != inspection.pk:
            raise TransitionError("다른 점검에 쓰인 줄 번호입니다.")
        return existing
    if indicator is not None and indicator.checklist_id != inspection.checklist_id:
        raise TransitionError("이 점검의 점검표에 없는 지표입니다.")
    line = Finding(id=id, inspection=inspection, section=section, indicator=indicator, **fields)
    _check(line)
    line.position = _position_behind(line, after)
    line.save(force_insert=True)
    _set_sites(line, sites)
    _set_items(line, items)
    record("add_line", line, by=by, chain=inspection, **_snapshot(line))
    return line


@transaction.atomic
def save_line(line, *, by, version, sites=None, items=None, **fields):
    """Change the given fields of a line that is still at `version`.

    `sites`, `items`: None leaves them as they are.
    """
    inspection = lock_open(line.inspection, by)
    current = _still_at(line, version)
    changed = {name: value for name, value in fields.items() if getattr(current, name) != value}
    moves = _differ(sites, current.sites)
    turns = _differ(items, current.items)
    if not changed and not moves and not turns:
        return current
    before = _snapshot(current)
    for name, value in changed.items():
        setattr(current, name, value)
    _check(current)
    _update(current, version, **changed)
    if moves:
        _set_sites(current, sites)
    if turns:
        _set_items(current, items)
    after = _snapshot(current)
    record("save_line", current, by=by, chain=inspection, **_difference(before, after))
    return current


@transaction.atomic
def move_line(line, *, by, version, after):
    """Move a line with the deeper lines behind it to the place behind `after` (None: the front)."""
    inspection = lock_open(line.inspection, by)
    current = _still_at(line, version)
    rows = list(_scope(current))
    block = block_of(rows, current)
    if after is not None and after.pk in {row.pk for row in block}:
        raise TransitionError("자기 아래로는 옮길 수 없습니다.")
    rest = [row for row in rows if row not in block]
    place = rest.index(after) + 1 if after in rest else 0
    for position, row in enumerate(rest[:place] + block + rest[place:], start=1):
        Finding.objects.filter(pk=row.pk).update(position=position * GAP)
    _update(current, version)
    record("move_line", current, by=by, chain=inspection, after=str(after.pk) if after else None)
    return current


@transaction.atomic
def delete_line(line, *, by, version):
    """Take a line away. The event keeps what it held, so that it can be brought back."""
    inspection = lock_open(line.inspection, by)
    current = _still_at(line, version)
    if current.actions.exists():
        raise TransitionError("조치사항이 이 줄을 가리킵니다. 조치사항에서 먼저 연결을 푸세요.")
    # The reverse relation, not an import: follow_up stands above inspections.
    if current.dispositions.exists():
        raise TransitionError("이 줄에 대한 처분이 있습니다. 처분을 먼저 지우거나 취소하세요.")
    record("delete_line", current, by=by, chain=inspection, **_snapshot(current))
    try:
        current.delete()
    except ProtectedError as error:
        raise TransitionError("다음 점검이 이 줄을 가리켜 지울 수 없습니다.") from error


@transaction.atomic
def restore_line(inspection, id, *, by):
    """Bring a deleted line back as it last was; its place is behind the lines that stood before it."""
    inspection = lock_open(inspection, by)
    if existing := Finding.objects.filter(pk=id, inspection=inspection).first():
        return existing
    event = Event.objects.filter(
        chain=f"inspection:{inspection.pk}", action="delete_line", object_type="finding", object_id=str(id)
    ).first()
    if event is None:
        raise TransitionError("되살릴 줄이 없습니다.")
    line = Finding(id=id, inspection=inspection, **_from_snapshot(event.detail))
    line.save(force_insert=True)
    for name in MANY:
        getattr(line, name).set([pk for pk in event.detail.get(name, "").split(",") if pk])
    record("restore_line", line, by=by, chain=inspection, **_snapshot(line))
    return line


def block_of(rows, line):
    """The line and the deeper lines right behind it."""
    start = next(index for index, row in enumerate(rows) if row.pk == line.pk)
    end = start + 1
    while end < len(rows) and rows[end].level > rows[start].level:
        end += 1
    return rows[start:end]


def last_years_lines(inspection):
    """The lines of the previous inspection that a line of this one may refer to."""
    if inspection.previous_id is None:
        return Finding.objects.none()
    lines = Finding.objects.filter(inspection=inspection.previous_id).exclude(text="")
    return lines.select_related("indicator").prefetch_related("actions").in_outline_order()


def _check(line):
    if line.finding_type_id and line.kind not in Finding.FAULTY:
        raise TransitionError("지적 유형은 지적과 개선필요에만 고릅니다.")
    previous = line.previous
    if previous is not None and previous.inspection_id != line.inspection.previous_id:
        raise TransitionError("지난 점검의 점검결과만 이을 수 있습니다.")


def _scope(line):
    return Finding.objects.filter(
        inspection=line.inspection_id, section=line.section, indicator=line.indicator_id
    ).order_by("position", "pk")


def _position_behind(line, after):
    rows = list(_scope(line))
    place = rows.index(after) + 1 if after in rows else 0
    low = rows[place - 1].position if place else 0
    high = rows[place].position if place < len(rows) else low + 2 * GAP
    if high - low < 2:
        return _make_room(rows, place)
    return (low + high) // 2


def _make_room(rows, place):
    for index, row in enumerate(rows):
        Finding.objects.filter(pk=row.pk).update(position=(index + 1 + (index >= place)) * GAP)
    return (place + 1) * GAP


def _still_at(line, version):
    current = Finding.objects.select_related("inspection", "previous").filter(pk=line.pk).first()
    if current is None:
        raise TransitionError("그 사이 지워진 줄입니다. 쪽을 새로 열어 주세요.")
    if current.version != version:
        raise StaleError(current)
    return current


def _update(line, version, **fields):
    rows = Finding.objects.filter(pk=line.pk, version=version)
    if not rows.update(version=F("version") + 1, **fields):
        raise StaleError(Finding.objects.get(pk=line.pk))
    line.version = version + 1


def _set_sites(line, sites):
    known = set(line.inspection.sites.values_list("pk", flat=True)) if sites else set()
    if any(site.pk not in known for site in sites):
        raise TransitionError("이 점검에서 점검하지 않는 장소입니다.")
    line.sites.set(sites)


def _set_items(line, items):
    checklist = line.inspection.checklist_id
    if any(item.indicator.checklist_id != checklist for item in items):
        raise TransitionError("이 점검의 점검표에 없는 항목입니다.")
    line.items.set(items)


def _differ(wanted, current):
    return wanted is not None and set(wanted) != set(current.all())


def _snapshot(line):
    values = {name: getattr(line, Finding._meta.get_field(name).attname) for name in FIELDS}
    values |= {"section": line.section, "indicator": line.indicator_id, "position": line.position}
    for name in MANY:
        values[name] = ",".join(str(pk) for pk in getattr(line, name).values_list("pk", flat=True))
    return {
        name: value if isinstance(value, int | list | None) else str(value) for name, value in values.items()
    }


def _from_snapshot(values):
    fields = {name: value for name, value in values.items() if name not in MANY}
    return {Finding._meta.get_field(name).attname: value for name, value in fields.items()}


def _difference(before, after):
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def scopes(inspection: Inspection, indicators):
    """The places lines can stand, in the order of the report: (section, indicator or None, heading)."""
    found = [(Finding.Section.INDICATOR, indicator, str(indicator)) for indicator in indicators]
    return [
        *found,
        (Finding.Section.OVERALL, None, Finding.Section.OVERALL.label),
        (Finding.Section.SUGGESTION, None, Finding.Section.SUGGESTION.label),
    ]
