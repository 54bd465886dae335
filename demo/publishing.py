"""What of the demo city's papers citizens may read: the finished reports, with something hidden in each."""

import datetime as dt

from audit import clock
from demo.scenario import at
from reports import attaching, marking, publishing
from reports.models import Document

REVIEW_ON = dt.date(2027, 6, 30)


def hide_sheet(document):
    """Case 1: the text is read whole, the checklist is kept back."""
    for attachment in document.attachments.all():
        attaching.edit(
            attachment, title=attachment.title, copies=attachment.copies, clauses=document.clauses,
            place=attaching.place_of(attachment), by=document.drafter, closed_reason="수탁기관의 경영 사항이 있음",
            review_on=REVIEW_ON,
        )  # fmt: skip


def hide_last_year(document):
    """The year before: a sentence about what was still being decided, and the sheet."""
    hide_sheet(document)
    line = next(block for block in document.blocks.all() if "증빙이 서로 맞음" in block.text)
    marking.add(
        document, by=document.drafter, block=line, quote="", clauses=["5"], reason="회계 확인이 진행 중임",
        review_on=REVIEW_ON,
    )  # fmt: skip


def load():
    """Publish every approved report, two days after it was approved."""
    reports = Document.objects.filter(status="approved", kind=Document.Kind.RESULT, publication=None)
    for document in reports.select_related("drafter").order_by("pk"):
        with clock.set_to(at(document.approved_on + dt.timedelta(days=2), 10)):
            publishing.publish(document, by=document.drafter, is_sure=True)
    publishing.refresh(day=clock.today())
