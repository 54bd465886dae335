"""공개 업무: what comes back to be looked at again, what is to be published, and the figures of a year."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections.workflow import TransitionError
from publications.tests.factories import published, withdrawn
from reports import attaching, disclosing, marking, opening, publishing
from reports.models import DisclosureMark, DisclosureReview, Document, Publication
from reports.tests.factories import AttachmentFactory, BlockFactory, Office, approved, draft

pytestmark = pytest.mark.django_db
TODAY = dt.date(2021, 3, 2)
PAST, NEAR, FAR = TODAY - dt.timedelta(days=3), TODAY + dt.timedelta(days=30), TODAY + dt.timedelta(days=300)


@pytest.fixture
def office():
    return Office()


def closed(office, review_on):
    return approved(office, document=draft(office, disclosure="closed", clauses=["5"], review_on=review_on))


def marked(office, review_on):
    document = draft(office, disclosure="partial", clauses=["5"])
    block = BlockFactory(document=document, depth=1, level=3, runs=[["감액을 검토함", ""]])
    mark = marking.add(
        document, by=office.drafter, block=block, quote="감액", clauses=["5"], reason="결정 전",
        review_on=review_on,
    )  # fmt: skip
    approved(office, document=document)
    return mark


def attached(office, review_on):
    """An approved paper with an attachment that is kept from the public until a day."""
    document = draft(office, disclosure="partial", clauses=["5"])
    attachment = AttachmentFactory(document=document, title="명단")
    attaching.edit(
        attachment, title="명단", copies=1, clauses=["5"], place=1, by=office.drafter,
        closed_reason="결정 전", review_on=review_on,
    )  # fmt: skip
    return approved(office, document=document).attachments.get()


def shown(document, by, **facts):
    edition = published(**facts)
    return Publication.objects.create(
        document=document, edition=edition, published_by=by, published_at=edition.changed_at
    )


def test_what_is_due_comes_back_and_the_rest_waits(office):
    due, near, _far = (closed(office, day) for day in (PAST, NEAR, FAR))
    mark, soon, _later = (marked(office, day) for day in (PAST, NEAR, FAR))

    assert list(disclosing.documents_to_review(office.drafter, TODAY)) == [due, near]
    assert list(disclosing.marks_to_review(office.drafter, TODAY)) == [mark, soon]
    stranger = UserFactory(department=Office().department)
    assert not disclosing.documents_to_review(stranger, TODAY)
    assert not disclosing.marks_to_review(stranger, TODAY)


def test_what_was_put_off_or_opened_does_not_come_back(office, time_machine):
    time_machine.move_to(dt.datetime(2021, 3, 2, 3, tzinfo=dt.UTC))
    document, kept, lifted = closed(office, PAST), marked(office, PAST), marked(office, PAST)

    opening.keep_closed(document, by=office.drafter, reason="소송 중", review_on=FAR)
    opening.keep(kept, by=office.lead, reason="결정 전", review_on=FAR)
    opening.lift(lifted, by=office.drafter, reason="예산 확정")

    assert not disclosing.documents_to_review(office.drafter, TODAY)
    assert not disclosing.marks_to_review(office.drafter, TODAY)
    assert disclosing.next_look(document) == FAR


def test_a_closed_attachment_comes_back_is_kept_and_opened(office, time_machine):
    time_machine.move_to(dt.datetime(2021, 3, 2, 3, tzinfo=dt.UTC))
    attachment = attached(office, PAST)
    document = attachment.document
    assert list(disclosing.attachments_to_review(office.drafter, TODAY)) == [attachment]
    opening.keep_closed(document, by=office.drafter, reason="소송 중", review_on=FAR, attachment=attachment)
    assert not disclosing.attachments_to_review(office.drafter, TODAY)
    assert disclosing.next_look(attachment) == FAR
    assert not disclosing.documents_to_review(office.drafter, TODAY)

    with pytest.raises(TransitionError, match="비공개로 결재된 붙임은"):
        publishing.publish(document, by=office.drafter, cleared=[attachment.pk])
    opening.open_attachment(attachment, by=office.drafter, reason="결정이 끝남")
    with pytest.raises(TransitionError, match="이미 연"):
        opening.open_attachment(attachment, by=office.drafter, reason="결정이 끝남")
    publication = publishing.publish(document, by=office.drafter, cleared=[attachment.pk], is_sure=True)
    assert publication.edition.files.get(kind="attachment").title == "명단"
    assert "붙임  명단" in publication.edition.content.text


@pytest.mark.parametrize(
    ("closing", "told"),
    [
        ({"clauses": ["6"]}, "까닭을"),
        ({"clauses": ["5"], "closed_reason": "결정 전"}, "다시 볼 날"),
    ],
)
def test_an_attachment_is_closed_with_a_reason_and_by_clause_5_until_a_day(office, closing, told):
    attachment = AttachmentFactory(document=draft(office))
    with pytest.raises(TransitionError, match=told):
        attaching.edit(attachment, title="명단", copies=1, place=1, by=office.drafter, **closing)


def test_a_paper_is_not_opened_by_a_review(office):
    document, now = closed(office, PAST), dt.datetime(2021, 3, 2, tzinfo=dt.UTC)
    with (
        pytest.raises(IntegrityError, match="a_closed_paper_is_opened_by_publishing_it"),
        transaction.atomic(),
    ):
        DisclosureReview.objects.create(
            document=document, reason="까닭", reviewed_by=office.drafter, reviewed_at=now
        )


def test_a_day_that_is_over_is_no_day_to_look_again(office, time_machine):
    time_machine.move_to(dt.datetime(2021, 3, 2, 3, tzinfo=dt.UTC))
    with pytest.raises(TransitionError, match="오늘보다 뒤"):
        opening.keep(marked(office, PAST), by=office.drafter, reason="결정 전", review_on=TODAY)


def test_by_its_office_only_and_once(office):
    mark = marked(office, PAST)
    with pytest.raises(PermissionDenied):
        opening.lift(mark, by=office.neighbour, reason="까닭")
    with pytest.raises(TransitionError, match="까닭을"):
        opening.lift(mark, by=office.drafter, reason=" ")
    opening.lift(mark, by=office.drafter, reason="까닭")
    with pytest.raises(TransitionError, match="이미 연"):
        opening.lift(mark, by=office.drafter, reason="까닭")


def test_a_later_mark_must_stand_in_what_was_frozen(office):
    document = marked(office, PAST).document
    with pytest.raises(TransitionError, match="확정본에 없는 말"):
        opening.hide_more(document, by=office.drafter, quote="없는 말", clauses=["6"], reason="이름")
    line = document.blocks.order_by("-position").first()
    made = opening.hide_more(document, by=office.drafter, block=line, quote="", clauses=["6"], reason="이름")
    assert made.is_later


@pytest.mark.parametrize("wrong", [{"quote": "다른 말"}, {"clause": "7"}, {"is_later": True}])
def test_the_database_keeps_the_words_of_a_mark(office, wrong):
    mark = marked(office, PAST)
    with pytest.raises(IntegrityError, match="mark_keeps_its_words"), transaction.atomic():
        DisclosureMark.objects.filter(pk=mark.pk).update(**wrong)
    with pytest.raises(IntegrityError, match="mark_delete_needs_a_draft"), transaction.atomic():
        mark.delete()


def test_an_open_paper_names_no_day(office):
    with pytest.raises(IntegrityError, match="an_open_document_is_not_looked_at_again"), transaction.atomic():
        draft(office, disclosure="open", review_on=FAR)


def test_the_figures_of_a_year(office):
    papers = [approved(office, document=draft(office, disclosure="open")) for _ in range(4)]
    closed(office, FAR)
    shown(papers[0], office.drafter, disclosure=Document.Disclosure.OPEN.label)
    shown(papers[1], office.drafter, disclosure="부분공개(6)")
    withdrawn(shown(papers[2], office.drafter).edition)
    year = papers[0].number_year

    rows = disclosing.table(disclosing.figures(office.drafter, year))

    assert rows == [[str(office.department), 5, 1, 1, 1, 1, 1], ["합계", 5, 1, 1, 1, 1, 1]]
    assert disclosing.table(disclosing.figures(office.drafter, year - 1)) == []
    assert [paper.pk for paper in disclosing.to_publish(office.drafter)] == [papers[3].pk]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("tab", ["todo", "review", "shown", "figures"])
def test_the_lists_take_the_same_queries_for_more_rows(client, office, django_assert_num_queries, tab, rows):
    for _ in range(rows):
        shown(approved(office, document=draft(office, disclosure="open")), office.drafter)
        approved(office, document=draft(office, disclosure="open"))
        closed(office, dt.date(2020, 1, 2))
        marked(office, dt.date(2020, 1, 2))
        attached(office, dt.date(2020, 1, 2))
    client.force_login(office.drafter)
    url = reverse("reports:disclosure_list")
    client.get(url, {"tab": tab})

    # session, user, the list; to be looked at again: marks, papers and attachments with their later days
    with django_assert_num_queries({"review": 7}.get(tab, 3)):
        response = client.get(url, {"tab": tab, "year": 2026 if tab == "figures" else ""})

    assert response.status_code == 200
    if tab != "figures":
        count = response.content.decode().count('<th scope="row" class="nowrap">')
        assert tab == "review" or count == {"todo": 3 * rows, "shown": rows}[tab]


def test_home_brings_back_what_is_due(client, office):
    attached(office, dt.date(2020, 1, 2))
    closed(office, dt.date(2020, 1, 2))
    marked(office, dt.date(2020, 1, 2))
    client.force_login(office.drafter)
    text = client.get("/").content.decode()
    assert text.count("공개 다시 볼 날") == 3
