"""The demands that a public paper names, and what has become of them.

What is said of a demand is its line in the public tree and nothing else, so that no word can come out here
that is hidden there; a demand whose line was taken out of the paper is not told.
"""

from inspections.models import Action
from publications.storing import PreparedAction
from reports import redacting
from reports.models import Block
from reports.tree import walk

SOURCE = "action:"  # of a line: reports.composing.actions
STATES = {
    Action.Status.DEMANDED: "이행 중",
    Action.Status.REPORTED: "이행 보고, 확인 중",
    Action.Status.REWORK: "보완 중",
    Action.Status.OBJECTED: "이의 검토 중",
    Action.Status.ACCEPTED: "기한 연장",
    Action.Status.VERIFIED: "이행 완료",
    Action.Status.WITHDRAWN: "요구 취소",
}
LATE = "기한 지남"


def of(document, paper, day):
    """[PreparedAction] in the order of the paper, the tree with its marks; `day`: that of the states."""
    keys = _keys(document)
    actions = {str(action.pk): action for action in Action.objects.filter(pk__in=keys.values())}
    told = []
    for _, node in walk(redacting.public(paper).body):
        action = actions.get(keys.get(node.id))
        if action is not None:
            told.append(_told(action, node.text, day))
    return told


def _keys(document):
    """Block → action, of the lines that were composed from one."""
    lines = Block.objects.filter(document=document, source_key__startswith=SOURCE, is_removed=False)
    return {str(pk): key.removeprefix(SOURCE) for pk, key in lines.values_list("pk", "source_key")}


def _told(action, text, day):
    is_done = action.status == Action.Status.VERIFIED
    awaited = action.status in (Action.Status.DEMANDED, Action.Status.REWORK)
    is_late = awaited and action.due_on is not None and action.due_on < day
    return PreparedAction(
        text=text,
        state=LATE if is_late else STATES[action.status],
        is_done=is_done,
        due_on=action.due_on,
        done_on=action.status_on if is_done else None,
    )
