"""결재함: which papers wait for a user, and where those he has to do with are."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from reports.models import ApprovalRound, ApprovalStep, Document

Status = Document.Status
TABS = {
    "todo": "결재할 것",
    "concur": "협조할 것",
    "ongoing": "진행 중",
    "done": "완료",
    "returned": "반려",
}


def turns(user):
    """The steps on which it is this user's turn: waiting, in an open round, nobody before them."""
    waiting = ApprovalStep.objects.filter(status=ApprovalStep.Status.WAITING)
    before = waiting.filter(round=OuterRef("round"), order__lt=OuterRef("order"))
    return waiting.filter(~Exists(before), assignee=user, round__status=ApprovalRound.Status.OPEN)


def conditions(user):
    """Tab → which papers of `involving(user)` stand in it."""
    concur = Q(act=ApprovalStep.Act.CONCUR)
    mine = turns(user).values("round__document")
    sent_back = _sent_back()
    return {
        "todo": Q(status=Status.IN_APPROVAL, pk__in=turns(user).exclude(concur).values("round__document")),
        "concur": Q(status=Status.IN_APPROVAL, pk__in=turns(user).filter(concur).values("round__document")),
        "ongoing": Q(status=Status.IN_APPROVAL) & ~Q(pk__in=mine),
        "done": Q(status=Status.APPROVED),
        "returned": Q(status=Status.DRAFT, pk__in=sent_back),
    }


def involving(user):
    """Papers that the user drafted or stands in the line of."""
    signing = ApprovalRound.objects.filter(steps__assignee=user).values("document")
    return Document.objects.filter(Q(drafter=user) | Q(pk__in=signing))


def papers(user, tab):
    return involving(user).filter(conditions(user)[tab])


def counts(user):
    """All tabs in one query."""
    tabs = {tab: Count("pk", filter=condition) for tab, condition in conditions(user).items()}
    return involving(user).aggregate(**tabs)


def returned_to(user):
    """Drafts of this user that were sent back and not sent again."""
    return Document.objects.filter(drafter=user, status=Status.DRAFT, pk__in=_sent_back())


def for_list(documents):
    """With what a row of the list shows; the signed content stays in the database."""
    rounds = ApprovalRound.objects.defer("content").order_by("-number").prefetch_related("steps")
    related = documents.select_related("department", "drafter")
    return related.prefetch_related(Prefetch("rounds", rounds, to_attr="latest_rounds"))


def _sent_back():
    later = ApprovalRound.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    returned = ApprovalRound.objects.filter(~Exists(later), status=ApprovalRound.Status.RETURNED)
    return returned.values("document")
