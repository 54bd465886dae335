"""결재함: which papers wait for a user, and where those he has to do with are."""

from django.db.models import Count, Exists, F, OuterRef, Q

from audit import clock
from prepared.queries import PreparedQuery
from reports import absences
from reports.models import ApprovalRound, ApprovalStep, Document

Status = Document.Status
TABS = {
    "todo": "결재할 것",
    "concur": "협조할 것",
    "ongoing": "진행 중",
    "done": "완료",
    "returned": "반려",
}
ACTS = dict(ApprovalStep.Act.choices)
MARKS = {"signed": "✓", "waiting": "○", "returned": "반려"}


def turns(user, today=None):
    """The steps on which it is this user's turn (or his by his key): waiting, nobody before them.

    Those of people he stands in for today are among them, but for the papers that he drafted.
    """
    waiting = ApprovalStep.objects.filter(status=ApprovalStep.Status.WAITING)
    before = waiting.filter(round=OuterRef("round"), turn__lt=OuterRef("turn"))
    in_his_stead = Q(assignee__in=absences.represented_by(user, today or clock.today())) & ~Q(
        round__document__drafter=user
    )
    mine = Q(assignee=user) | in_his_stead
    return waiting.filter(~Exists(before), mine, round__status=ApprovalRound.Status.OPEN)


def waiting_for(user):
    """By tab {paper: the step on which it waits for this user}: few, so that they are asked for once."""
    found = {"todo": {}, "concur": {}}
    for step in _turns.rows(user=user.pk, today=clock.today()):
        found["concur" if step.act == ApprovalStep.Act.CONCUR else "todo"][step.document] = step.pk
    return found


@PreparedQuery
def _turns(*, user, today):
    return turns(user, today).annotate(document=F("round__document")).only("act").order_by("pk")


def involving(user):
    """Papers that the user drafted or stands in the line of."""
    his = Q(steps__assignee=user) | Q(steps__acted_by=user)
    signing = ApprovalRound.objects.filter(his).values("document")
    return Document.objects.filter(Q(drafter=user) | Q(pk__in=signing))


def papers(user, tab, waiting=None):
    waiting = waiting_for(user) if waiting is None else waiting
    if tab in waiting:
        return Document.objects.filter(pk__in=list(waiting[tab]))
    mine = [*waiting["todo"], *waiting["concur"]]
    conditions = {
        "ongoing": Q(status=Status.IN_APPROVAL) & ~Q(pk__in=mine),
        "done": Q(status=Status.APPROVED),
        "returned": _sent_back(),
    }
    return involving(user).filter(conditions[tab])


def counts(user, waiting=None):
    """How many papers stand in each tab, in one query beside that of `waiting`."""
    waiting = waiting_for(user) if waiting is None else waiting
    found = involving(user).aggregate(
        ongoing=Count("pk", filter=Q(status=Status.IN_APPROVAL)),
        done=Count("pk", filter=Q(status=Status.APPROVED)),
        returned=Count("pk", filter=_sent_back()),
    )
    mine = {tab: len(documents) for tab, documents in waiting.items()}
    return mine | found | {"ongoing": found["ongoing"] - sum(mine.values())}


def returned_to(user):
    """Drafts of this user that were sent back and not sent again."""
    return Document.objects.filter(_sent_back(), drafter=user)


def with_lines(documents):
    """Each paper with when it was sent and how far it came, in one query for the whole list."""
    documents = list(documents)
    latest = _latest_rounds(documents)
    for document in documents:
        document.requested_at, steps = latest.get(document.pk, (None, []))
        document.turn, document.line_text = _line(steps)
    return documents


def _latest_rounds(documents):
    """When each paper was last sent, and the steps of that round in order."""
    steps = ApprovalStep.objects.filter(round__document__in=documents).order_by("round__number", "order")
    found = {}
    for document, at, *step in steps.values_list(
        "round__document", "round__requested_at", "act", "status", "name"
    ):
        if found.get(document, (None,))[0] != at:
            found[document] = at, []  # a later round takes the place of those before
        found[document][1].append(step)
    return found


def _line(steps):
    """(whose turn it is, `✓ 기안 김가나 → ● 검토 이다라 → ○ 결재 박마바`)"""
    turn, parts = "", []
    for act, status, name in steps:
        label = f"{ACTS[act]} {name}"
        if status == ApprovalStep.Status.WAITING and not turn:
            turn = label
            parts.append(f"● {label}")
        else:
            parts.append(f"{MARKS[status]} {label}")
    return turn, " → ".join(parts)


def _sent_back():
    """A draft whose last round ended with a return."""
    later = ApprovalRound.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    returned = ApprovalRound.objects.filter(~Exists(later), status=ApprovalRound.Status.RETURNED)
    return Q(status=Status.DRAFT, pk__in=returned.values("document"))
