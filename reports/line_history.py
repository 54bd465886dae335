"""What was done to the lines of a draft, and taking one of it back, days later as well.

Nothing is erased: taking back is a change of its own, recorded like the one it undoes.
"""

from dataclasses import dataclass

from audit.models import Event
from inspections.workflow import TransitionError
from reports import lines
from reports.models import Block
from reports.recomposing import shown

LATEST = 100
ADDED, SAVED, MOVED, DELETED, RESTORED = "add_line", "save_line", "move_line", "delete_line", "restore_line"
WORDS = {
    ADDED: "줄 더함", SAVED: "줄 고침", MOVED: "줄 옮김", DELETED: "줄 지움", RESTORED: "줄 되살림",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One event about a line, the line as it stands now, and its words before and after."""

    event: Event
    block: Block | None

    @property
    def title(self):
        return WORDS[self.event.action]

    @property
    def before(self):
        return shown(self.event.detail["before"]) if self.event.action == SAVED else ""

    @property
    def after(self):
        return shown(self.event.detail["after"]) if self.event.action == SAVED else self.event.label

    @property
    def can_be_undone(self):
        """As the line stands now; what was undone already offers nothing."""
        if self.block is None:
            return False
        if self.event.action == DELETED:
            return self.block.is_removed
        if self.block.is_removed:
            return False
        if self.event.action == SAVED:
            return lines.snapshot(self.block) != self.event.detail["before"]
        return self.event.action != MOVED or "before" in self.event.detail


def changes(document):
    """The latest first, in two queries."""
    events = Event.objects.filter(
        chain=f"document:{document.pk}", object_type="block", action__in=list(WORDS)
    )
    events = list(events.order_by("-seq")[:LATEST])
    blocks = {str(block.pk): block for block in document.blocks.all()}
    return [Change(event, blocks.get(event.object_id)) for event in events]


def undo(document, event, *, version, by):
    """Take one change back; `version` is that of the line as it was shown."""
    block = document.blocks.filter(pk=event.object_id).first()
    if not Change(event, block).can_be_undone:
        raise TransitionError("지금은 되돌릴 것이 없습니다. 줄이 이미 그렇게 되어 있습니다.")
    if event.action == DELETED:
        return lines.restore_line(block, by=by)
    if event.action == SAVED:
        return lines.put_back(block, event.detail["before"], by=by, version=version)
    if event.action == MOVED:
        after = document.blocks.filter(pk=event.detail["before"]).first()
        return lines.move_line(block, by=by, version=version, after=after)
    return lines.delete_line(block, by=by, version=version)
