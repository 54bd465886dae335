"""공개 업무 of an office: what is to be published, what is to be looked at again, what was published.

And the figures of a year: how many papers each office has published in full, in part, or keeps closed.
"""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q

from reports.models import Attachment, DisclosureMark, DisclosureReview, Document, Publication

AHEAD = dt.timedelta(days=60)
Disclosure = Document.Disclosure
HEADINGS = ["처리과", "결재한 문서", "전부 공개", "부분 공개", "비공개", "공개 전", "내림"]
COUNTED = ("total", "published", "partly", "closed", "waiting", "withdrawn")


def documents(user):
    """The approved papers whose publication this user follows: of his office; for 총괄 and 열람자 all."""
    approved = Document.objects.visible_to(user).filter(status=Document.Status.APPROVED)
    if user.is_superuser or user.is_superintendent or user.is_viewer:
        return approved
    return approved.filter(department=user.office) if user.office else approved.none()


def to_publish(user):
    """Open or partly open, and not on the public site, the newest first."""
    waiting = documents(user).filter(publication=None).exclude(disclosure=Disclosure.CLOSED)
    return waiting.select_related("department").order_by("-pk")


def published(user):
    found = Publication.objects.filter(document__in=documents(user))
    return found.select_related("document__department", "edition").order_by("-pk")


def marks_to_review(user, day):
    """비공개 표시 whose day has come or comes within two months, the earliest first."""
    due = DisclosureMark.objects.due(day + AHEAD).filter(document__in=documents(user))
    return due.select_related("document__department", "block").order_by("review_on", "pk")


def documents_to_review(user, day):
    """Papers that are kept back until a day that has come or comes within two months."""
    put_off = DisclosureReview.objects.filter(
        document=OuterRef("pk"), attachment=None, next_on__gt=day + AHEAD
    )
    due = documents(user).filter(review_on__lte=day + AHEAD, disclosure=Disclosure.CLOSED, publication=None)
    return (
        due.exclude(Exists(put_off))
        .select_related("department")
        .prefetch_related("disclosure_reviews")
        .order_by("review_on", "pk")
    )


def attachments_to_review(user, day):
    """Attachments that are kept back until a day that has come or comes within two months."""
    done = DisclosureReview.objects.filter(attachment=OuterRef("pk"))
    done = done.filter(Q(next_on=None) | Q(next_on__gt=day + AHEAD))
    due = Attachment.objects.filter(document__in=documents(user), review_on__lte=day + AHEAD)
    due = due.exclude(Exists(done)).order_by("review_on", "pk")
    return due.select_related("document__department").prefetch_related("disclosure_reviews")


def figures(user, year):
    """One row an office with papers of that year, and what became of them."""
    shown = Q(publication__isnull=False, publication__edition__withdrawn_on=None)
    whole = Q(publication__edition__disclosure=Disclosure.OPEN.label)
    hidden = Q(publication=None, disclosure=Disclosure.CLOSED)
    rows = documents(user).filter(number_year=year).order_by().values("department__name")
    return rows.annotate(
        total=Count("pk"),
        published=Count("pk", filter=shown & whole),
        partly=Count("pk", filter=shown & ~whole),
        closed=Count("pk", filter=hidden),
        waiting=Count("pk", filter=Q(publication=None) & ~Q(disclosure=Disclosure.CLOSED)),
        withdrawn=Count("pk", filter=Q(publication__edition__withdrawn_on__isnull=False)),
    ).order_by("department__name")


def table(rows):
    """The figures with their sum, in the order of HEADINGS."""
    found = [[row["department__name"], *(row[name] for name in COUNTED)] for row in rows]
    sums = [sum(column) for column in zip(*(row[1:] for row in found), strict=True)]
    return [*found, ["합계", *sums]] if found else []


def next_look(closed):
    """The day on which a closed paper or attachment is looked at again."""
    of_attachments = isinstance(closed, Attachment)
    reviews = [each for each in closed.disclosure_reviews.all() if bool(each.attachment_id) == of_attachments]
    return max([*(each.next_on for each in reviews if each.next_on), closed.review_on])
