"""Composing again: a three-way merge of the line as composed, as it stands and as it would be told today.

composed = today          nothing to do
composed ≠ today = mine   only remembered
mine = composed ≠ today   changed: today's words are taken
all three differ          conflict: mine stays unless the drafter picks today's for this line
not composed before       added behind the line that precedes it in the report
no longer composed        removed if nobody edited it, otherwise it stays as a line of the drafter's own
deleted by the drafter    stays deleted
"""

import hashlib
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from audit.recording import record
from inspections.workflow import StaleError
from reports.composing import Line, compose
from reports.drafting import block_of, lock_draft, sources_of
from reports.lines import position_behind
from reports.models import Block
from reports.tree import canonical


@dataclass(frozen=True)
class Change:
    """One line that would change: its row (None for a new one) and today's line (None for a vanished one)."""

    block: Block | None
    line: Line | None

    @property
    def key(self):
        return self.line.source_key if self.line else self.block.source_key

    @property
    def mine(self):
        return shown(self.block.content) if self.block else ""

    @property
    def theirs(self):
        return shown(self.line.content) if self.line else ""

    @property
    def before(self):
        return shown(self.block.composed) if self.block and self.block.composed else ""


@dataclass(frozen=True)
class Plan:
    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    removed: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    orphans: list = field(default_factory=list)
    remembered: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.added or self.changed or self.removed or self.conflicts or self.orphans)

    @property
    def count(self):
        return sum(
            len(group) for group in (self.added, self.changed, self.removed, self.conflicts, self.orphans)
        )

    @property
    def outdated(self):
        """The rows whose original has changed or is gone."""
        groups = (self.changed, self.removed, self.conflicts, self.orphans)
        return {change.block.pk for group in groups for change in group if change.block}

    @property
    def digest(self):
        """Names this plan, so that what is done is what was shown."""
        groups = [self.added, self.changed, self.removed, self.conflicts, self.orphans]
        told = [[[change.key, change.mine, change.theirs] for change in group] for group in groups]
        return hashlib.sha256(canonical(told).encode()).hexdigest()


def plan(document):
    """What composing again would do to the draft as it stands; nothing is written."""
    today = {line.source_key: line for line in compose(document.kind, sources_of(document))}
    rows = {block.source_key: block for block in document.blocks.exclude(source_key="")}
    found = Plan()
    for key, line in today.items():
        if key in rows:
            _compare(rows[key], line, found)
        else:
            found.added.append(Change(None, line))
    for key, block in rows.items():
        if key not in today and not block.is_removed:
            (found.orphans if block.is_edited else found.removed).append(Change(block, None))
    return found


@transaction.atomic
def recompose(document, *, digest, take=(), by):
    """Carry out the plan that was shown; `take` names the conflicts in which today's words win."""
    document = lock_draft(document, by)
    todo = plan(document)
    if todo.digest != digest:
        raise StaleError({})
    taken = [change for change in todo.conflicts if change.key in take]
    kept = [change for change in todo.conflicts if change.key not in take]
    for change in [*todo.changed, *taken]:
        _write(change.block, composed=change.line.content, **change.line.content)
    for change in [*kept, *todo.remembered]:
        _write(change.block, composed=change.line.content)
    for change in todo.orphans:
        _write(change.block, composed=None, source_key="")
    _add(document, todo.added)
    Block.objects.filter(pk__in=[change.block.pk for change in todo.removed]).delete()
    record("recompose", document, by=by, **_told(todo, taken))
    return todo


def shown(content):
    """The words of a line, for the comparison."""
    if content["kind"] == Block.Kind.TABLE and content["payload"]:
        return "\n".join("\t".join(row) for row in content["payload"].get("rows", []))
    return "".join(run[0] for run in content["runs"])


def _compare(block, line, found):
    if block.composed == line.content or block.is_removed:
        return
    if block.content == line.content:
        found.remembered.append(Change(block, line))
    elif block.is_edited:
        found.conflicts.append(Change(block, line))
    else:
        found.changed.append(Change(block, line))


def _write(block, **values):
    Block.objects.filter(pk=block.pk).update(version=F("version") + 1, **values)


def _add(document, added):
    """Each new line behind the line that precedes it in the report; own lines below that one stay."""
    wanted = {change.key for change in added}
    before = None
    for line in compose(document.kind, sources_of(document)):
        if line.source_key in wanted:
            after = _end_of_own_lines(document, before, line.depth)
            block_of(document, line, position_behind(document, after)).save(force_insert=True)
        before = line.source_key


def _end_of_own_lines(document, source_key, depth):
    rows = list(document.blocks.all())
    place = next(
        (place for place, row in enumerate(rows) if source_key and row.source_key == source_key), None
    )
    if place is None:
        return None
    while place + 1 < len(rows) and not rows[place + 1].source_key and rows[place + 1].depth >= depth:
        place += 1
    return rows[place]


def _told(todo, taken):
    groups = {
        "added": todo.added, "changed": todo.changed, "removed": todo.removed, "conflicts": todo.conflicts,
        "taken": taken, "orphans": todo.orphans,
    }  # fmt: skip
    return {name: [change.key for change in changes] for name, changes in groups.items()}
