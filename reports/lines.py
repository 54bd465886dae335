"""The lines of a draft, each saved alone.

The lines stand in a flat list by `position`; `depth` nests them. A line and the deeper lines right behind it
are one block: it moves as a whole. Every change carries the version of the line it was made on; the UPDATE
itself compares it. A deleted line stays as a removed row, so that it can be restored and that composing
again does not bring it back.
"""

import uuid

from django.db import transaction
from django.db.models import F

from audit.recording import record
from inspections.workflow import StaleError, TransitionError
from reports.drafting import GAP, lock_draft
from reports.models import Block
from reports.tree import clean_text

Kind = Block.Kind
DEEPEST, LOWEST = 7, 5
TYPED = {Kind.HEADING, Kind.LINE, Kind.NOTE, Kind.BOX, Kind.TEXT}


@transaction.atomic
def add_line(document, *, by, id, after=None, text="", level=1, depth=0, kind=Kind.LINE, payload=None):
    """Put a new line behind `after` (None: in front). The client made the id: a repeat changes nothing."""
    document = lock_draft(document, by)
    if existing := Block.objects.filter(pk=id).first():
        if existing.document_id != document.pk:
            raise TransitionError("다른 문서에 쓰인 줄 번호입니다.")
        return existing
    block = Block(
        id=id, document=document, kind=kind, payload=payload, runs=runs_of(text), **_place(level, depth)
    )
    block.position = position_behind(document, after)
    block.save(force_insert=True)
    record("add_line", block, by=by, chain=document, **snapshot(block))
    return block


@transaction.atomic
def save_line(block, *, by, version, text=None, level=None, depth=None, kind=None, payload=None):
    """Change what is given of a line that is still at `version`."""
    document = lock_draft(block.document, by)
    current = _still_at(block, version)
    before = snapshot(current)
    if text is not None and text != current.text:
        current.runs = runs_of(text, clause=_one_clause(current.runs))
    if kind is not None and _may_become(current.kind, kind):
        current.kind = kind
    if payload is not None:
        current.payload = payload
    place = _place(current.level if level is None else level, current.depth if depth is None else depth)
    current.level, current.depth = place["level"], place["depth"]
    after = snapshot(current)
    if after == before:
        return current
    _update(current, version, **{name: getattr(current, name) for name in SAVED})
    record("save_line", current, by=by, chain=document, before=before, after=after)
    return current


@transaction.atomic
def move_line(block, *, by, version, after):
    """Move a line with the deeper lines behind it to the place behind `after` (None: the front)."""
    document = lock_draft(block.document, by)
    current = _still_at(block, version)
    rows = list(document.blocks.all())
    moving = _with_deeper(rows, current)
    taken = {row.pk for row in moving}
    if after is not None and after.pk in taken:
        raise TransitionError("자기 아래로는 옮길 수 없습니다.")
    before = rows[rows.index(current) - 1] if rows.index(current) else None
    rest = [row for row in rows if row.pk not in taken]
    place = rest.index(after) + 1 if after in rest else 0
    _renumber(rest[:place] + moving + rest[place:])
    _update(current, version)
    record("move_line", current, by=by, chain=document, before=_key(before), after=_key(after))
    return current


@transaction.atomic
def put_back(block, before, *, by, version):
    """Let a line stand as it once did (a `snapshot`); it is a change like any other."""
    document = lock_draft(block.document, by)
    current = _still_at(block, version)
    now = snapshot(current)
    if now != before:
        _update(current, version, **before)
        record("save_line", current, by=by, chain=document, before=now, after=before)
    return current


@transaction.atomic
def delete_line(block, *, by, version):
    document = lock_draft(block.document, by)
    current = _still_at(block, version)
    _update(current, version, is_removed=True)
    record("delete_line", current, by=by, chain=document, **snapshot(current))
    return current


@transaction.atomic
def restore_line(block, *, by):
    document = lock_draft(block.document, by)
    restored = Block.objects.filter(pk=block.pk, is_removed=True).update(
        is_removed=False, version=F("version") + 1
    )
    block.refresh_from_db()
    if restored:
        record("restore_line", block, by=by, chain=document, **snapshot(block))
    return block


SAVED = ("kind", "level", "depth", "runs", "payload")


def snapshot(block):
    return {name: getattr(block, name) for name in SAVED}


def _key(block):
    return str(block.pk) if block else None


def runs_of(text, clause=""):
    text = clean_text(text).strip()
    return [[text, clause]] if text else []


def position_behind(document, after):
    rows = list(document.blocks.all())
    place = rows.index(after) + 1 if after in rows else 0
    low = rows[place - 1].position if place else 0
    high = rows[place].position if place < len(rows) else low + 2 * GAP
    if high - low < 2:
        _renumber([*rows[:place], None, *rows[place:]])
        return (place + 1) * GAP
    return (low + high) // 2


def _renumber(rows):
    for number, row in enumerate(rows, 1):
        if row is not None and row.position != number * GAP:
            row.position = number * GAP
    Block.objects.bulk_update([row for row in rows if row is not None], ["position"])


def _with_deeper(rows, block):
    start = rows.index(block)
    end = start + 1
    while end < len(rows) and rows[end].depth > rows[start].depth:
        end += 1
    return rows[start:end]


def _one_clause(runs):
    """A line hidden as a whole stays hidden when its words change."""
    clauses = {clause for _, clause in runs}
    return clauses.pop() if len(clauses) == 1 else ""


def _may_become(old, new):
    return old == new or (old in TYPED and new in TYPED)


def _place(level, depth):
    return {"level": min(max(level, 1), LOWEST), "depth": min(max(depth, 0), DEEPEST)}


@transaction.atomic
def add_photos(document, payloads, *, by, after, key):
    """Photographs behind `after` (None: in front), in their order: brothers, so they are printed as a grid.

    `key` names this wish: asked again, it puts in nothing twice.
    """
    depth = after.depth + (after.kind == Kind.HEADING) if after else 0
    for payload in payloads:
        id = uuid.uuid5(key, payload["sha256"])
        after = add_line(document, by=by, id=id, after=after, kind=Kind.PHOTO, depth=depth, payload=payload)
    return after


def chart_behind(table, *, by, id, payload):
    """A chart of a table of this draft, put right behind it."""
    payload = payload | {"of": str(table.pk)}
    return add_line(
        table.document, by=by, id=id, after=table, kind=Kind.CHART, depth=table.depth, payload=payload
    )


def _still_at(block, version):
    current = Block.objects.filter(pk=block.pk).first()
    if current is None:
        raise TransitionError("그 사이 지워진 줄입니다. 문서를 새로 열어 주세요.")
    if current.version != version or current.is_removed:
        raise StaleError(stands_now(current))
    return current


def stands_now(block):
    """What a late save is shown."""
    return {
        "text": block.text, "level": block.level, "depth": block.depth, "kind": block.kind,
        "version": block.version, "is_removed": block.is_removed,
    }  # fmt: skip


def _update(block, version, **changes):
    rows = Block.objects.filter(pk=block.pk, version=version, is_removed=False)
    if not rows.update(version=F("version") + 1, **changes):
        block.refresh_from_db()
        raise StaleError(stands_now(block))
    block.refresh_from_db()
