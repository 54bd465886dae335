"""공개: from the frozen paper to the public tables, and back down again."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from accounts.tests.factories import UserFactory
from audit import clock, labels
from audit.models import Event
from contractors.tests.factories import AgreementFactory
from inspections.tests.factories import ActionFactory, InspectionFactory
from inspections.tests.threads import at_once
from inspections.workflow import StaleError, TransitionError
from publications.models import PublicAction, PublicContent, PublicEdition, PublicEntry, PublicFile
from reports import marking, opening, public_edition, publishing, redacting, superseding
from reports.models import Block, Publication
from reports.tests.factories import AttachmentFactory, BlockFactory, Office, approved, draft
from reports.tests.reading import text_of_html, text_of_pdf

pytestmark = pytest.mark.django_db
REVIEW = dt.date(2027, 1, 4)
LABEL = redacting.label("6")


@pytest.fixture
def office():
    return Office()


def issued(office, *texts, quote="", block=False, **facts):
    """An approved paper with these lines; `quote` is hidden in all of it, or in its first line."""
    document = draft(office, disclosure="partial", clauses=["6"], **facts)
    lines = [BlockFactory(document=document, depth=1, level=3, runs=[[text, ""]]) for text in texts]
    if quote:
        marking.add(
            document, by=office.drafter, block=lines[0] if block else None, quote=quote, clauses=["6"],
            reason="이름",
        )  # fmt: skip
    return approved(office, document=document)


def published(office, *texts, **kwargs):
    return publishing.publish(issued(office, *texts, **kwargs), by=office.drafter, is_sure=True)


def content(publication):
    return PublicContent.objects.get(edition=publication.edition_id)


def test_what_is_shown_is_the_frozen_paper_without_what_is_hidden(office):
    publication = published(office, "면담자 정하허", "회계가 맞음", quote="정하허")

    shown = content(publication)
    pdf = text_of_pdf(bytes(PublicFile.objects.get(edition=publication.edition, kind="paper").content))
    assert f"면담자 {LABEL}" in shown.text
    for text in (shown.text, text_of_html(shown.html), pdf, shown.data):
        assert "정하허" not in text
        assert "회계가 맞음" in text
    edition = publication.edition
    assert edition.number == publication.document.number_text
    assert edition.produced_on == publication.document.approved_on
    assert (edition.disclosure, edition.author) == ("부분공개(6)", f"주무관 {office.drafter.name}")
    assert [change.kind for change in edition.changes.all()] == ["published"]


def test_a_word_of_the_whole_paper_is_hidden_in_its_title_and_letterhead(office):
    publication = published(office, "가온센터", quote="가온센터", title="가온센터 지도·점검 결과보고")
    assert publication.edition.title == f"{LABEL} 지도·점검 결과보고"
    assert json.loads(content(publication).data)["paper"]["title"] == publication.edition.title
    assert "hidden" not in json.loads(content(publication).data)["paper"]


def test_one_h1_less(office):
    assert "<h1" not in content(published(office, "줄")).html


def test_without_a_mark_it_is_asked_once_more(office):
    document = issued(office, "줄")
    with pytest.raises(publishing.UnsureError) as asked:
        publishing.publish(document, by=office.drafter)
    assert asked.value.warnings == ["가린 곳이 없습니다."]
    assert not PublicEdition.objects.exists()


def test_a_word_that_is_hidden_here_and_open_there_is_asked_about(office):
    document = issued(office, "면담자 정하허", "정하허 팀장이 확인함", quote="정하허", block=True)
    with pytest.raises(publishing.UnsureError) as asked:
        publishing.publish(document, by=office.drafter)
    assert asked.value.warnings == ["‘정하허’가 한 곳에서 가려졌으나 다른 1곳에 남아 있습니다."]


def test_only_its_office_and_only_approved_papers(office):
    document = issued(office, "줄")
    for stranger in (office.neighbour, UserFactory(role="viewer")):
        with pytest.raises(PermissionDenied):
            publishing.publish(document, by=stranger, is_sure=True)
    with pytest.raises(TransitionError, match="결재가 끝난"):
        publishing.publish(draft(office), by=office.drafter, is_sure=True)


def test_twice_is_once(office):
    document = issued(office, "줄")
    first = publishing.publish(document, by=office.drafter, is_sure=True)
    assert publishing.publish(document, by=office.lead, is_sure=True) == first
    assert PublicEdition.objects.count() == 1
    assert first.edition.changes.count() == 1


def test_a_closed_paper_needs_a_reason_and_tells_what_is_hidden_now(office):
    closed = approved(office, document=draft(office, disclosure="closed", clauses=["5"], review_on=REVIEW))
    with pytest.raises(TransitionError, match="까닭"):
        publishing.publish(closed, by=office.drafter, is_sure=True)
    opened = publishing.publish(closed, by=office.drafter, is_sure=True, reason="의사결정이 끝남")
    assert opened.edition.disclosure == "대시민공개"
    assert opened.edition.changes.get().reason == "의사결정이 끝남"


def test_an_overlooked_word_is_gone_after_the_correction(office):
    publication = published(office, "면담자 정하허", "박다라")
    opening.hide_more(
        publication.document, by=office.drafter, quote="정하허", clauses=["6"], reason="이름을 놓침"
    )
    publishing.correct(publication, by=office.drafter, version=1, reason="이름을 가림", is_sure=True)

    assert "정하허" not in content(publication).text + PublicEntry.objects.get().plain
    assert [(change.kind, change.reason) for change in publication.edition.changes.all()] == [
        ("published", ""), ("corrected", "이름을 가림"),
    ]  # fmt: skip


def test_what_was_lifted_is_read_and_what_another_mark_hides_is_not(office):
    document = draft(office, disclosure="partial", clauses=["5", "6"])
    block = BlockFactory(document=document, depth=1, level=3, runs=[["의견: 감액 검토, 정하허", ""]])
    mark = {"by": office.drafter, "reason": "결정 전", "review_on": REVIEW}
    lifted = marking.add(document, block=block, quote="감액 검토", clauses=["5"], **mark)
    marking.add(document, quote="정하허", clauses=["6"], **mark)
    publication = publishing.publish(approved(office, document=document), by=office.drafter)
    assert "감액" not in content(publication).text

    opening.lift(lifted, by=office.drafter, reason="예산이 확정됨")
    publishing.correct(publication, by=office.drafter, version=1, reason="의견을 공개함")

    assert f"의견: 감액 검토, {LABEL}" in content(publication).text


def test_a_correction_that_changes_nothing_is_refused_and_so_is_an_old_page(office):
    publication = published(office, "줄")
    with pytest.raises(TransitionError, match="고칠 것이 없습니다"):
        publishing.correct(publication, by=office.drafter, version=1, reason="까닭", is_sure=True)
    with pytest.raises(StaleError):
        publishing.withdraw(publication, by=office.drafter, version=7, reason="까닭")
    with pytest.raises(TransitionError, match="까닭"):
        publishing.withdraw(publication, by=office.drafter, version=1, reason=" ")


def test_a_reason_does_not_tell_what_is_hidden(office):
    publication = published(office, "면담자 정하허", quote="정하허")
    for act in (publishing.correct, publishing.withdraw):
        with pytest.raises(TransitionError, match="가린 말을 빼고 적어 주세요: ‘정하허’"):
            act(publication, by=office.drafter, version=1, reason="정하허의 부탁")


def test_a_word_hidden_meanwhile_does_not_stay_in_the_title_of_what_is_taken_down(office):
    publication = published(office, "줄", title="정하허 문서")
    opening.hide_more(publication.document, by=office.drafter, quote="정하허", clauses=["6"], reason="이름")
    publishing.withdraw(publication, by=office.drafter, version=1, reason="잘못 공개함")
    assert PublicEdition.objects.get().title == f"{LABEL} 문서"


def test_what_is_taken_down_leaves_its_number_and_why(office):
    publication = published(office, "면담자 정하허", title="정하허 문서")
    publishing.withdraw(publication, by=office.drafter, version=1, reason="다른 문서임", hides_title=True)

    edition = PublicEdition.objects.get()
    assert (edition.title, edition.number) == ("내린 문서", publication.document.number_text)
    assert edition.changes.last().reason == "다른 문서임"
    for model in (PublicContent, PublicEntry, PublicFile, PublicAction):
        assert not model.objects.exists()
    assert not PublicEdition.objects.shown().exists()

    again = publishing.publish(publication.document, by=office.drafter, is_sure=True, reason="고쳐서 다시 냄")
    assert again.edition_id == edition.pk
    assert content(again).text
    assert again.version == 3


def test_the_paper_that_puts_another_right_takes_its_place(office):
    publication = published(office, "줄")
    draft_ = superseding.supersede(publication.document, reason="날짜", by=office.drafter)
    newer = publishing.publish(approved(office, document=draft_), by=office.drafter, is_sure=True)

    older = PublicEdition.objects.get(pk=publication.edition_id)
    assert older.superseded_by_id == newer.edition_id
    assert newer.edition.number in older.changes.last().reason
    assert PublicEdition.objects.shown().count() == 2


def test_cleared_attachments_only_and_their_words_are_hidden_too(office):
    document = draft(office, disclosure="partial", clauses=["6"])
    sheet = AttachmentFactory(document=document, title="점검표")
    shut = AttachmentFactory(document=document, title="명단", order=2, clauses=["6"])
    subject = str(document.inspections.get().subject)
    marking.add(document, by=office.drafter, quote=subject, clauses=["7"], reason="영업비밀")
    document = approved(office, document=document)

    with pytest.raises(TransitionError, match="비공개로 결재된 붙임"):
        publishing.publish(document, by=office.drafter, cleared=[shut.pk])
    publication = publishing.publish(document, by=office.drafter, cleared=[sheet.pk])

    file = PublicFile.objects.get(edition=publication.edition, kind="attachment")
    assert file.title == "점검표"
    assert "<article" in file.html
    assert subject not in file.html + text_of_pdf(bytes(file.content)) + content(publication).text
    assert redacting.label("6") in content(publication).text  # the one that is kept back, in the list


def test_demands_are_told_by_their_public_line_with_their_state(office):
    document = draft(office, disclosure="partial", clauses=["6"])
    inspection = document.inspections.get()
    told, hidden = (ActionFactory(inspection=inspection, text=text) for text in ("대장 정비", "정하허 처분"))
    for action in (told, hidden):
        BlockFactory(
            document=document, depth=1, level=4, runs=[[action.text, ""]], source_key=f"action:{action.pk}",
            kind=Block.Kind.LINE,
        )  # fmt: skip
    marking.add(document, by=office.drafter, quote="정하허", clauses=["6"], reason="이름")
    publication = publishing.publish(approved(office, document=document), by=office.drafter)

    rows = list(PublicAction.objects.values_list("text", "state"))
    assert rows == [("대장 정비", "이행 중"), (f"{LABEL} 처분", "이행 중")]
    before = PublicEdition.objects.get().changed_at
    assert publishing.refresh(day=dt.date(2021, 3, 1)) == 0
    type(told).objects.filter(pk=told.pk).update(status="verified", status_on=dt.date(2021, 2, 1))
    assert publishing.refresh(day=dt.date(2021, 3, 2)) == 1
    call_command("refresh_public", stdout=(told := StringIO()))
    assert told.getvalue() == "조치 상태가 바뀐 공개 문서: 0건\n"
    edition = PublicEdition.objects.get(pk=publication.edition_id)
    assert edition.actions_as_of == clock.today()
    assert edition.changed_at > before
    assert PublicAction.objects.filter(is_done=True).values_list("text", flat=True).get() == "대장 정비"


def test_a_contractor_that_is_hidden_is_not_named_beside(office):
    inspection = InspectionFactory(department=office.department, done=True, agreement=AgreementFactory())
    document = draft(office, disclosure="partial", clauses=["7"], inspection=inspection)
    name = inspection.agreement.contractor.name
    BlockFactory(document=document, depth=1, level=3, runs=[[f"수탁기관: {name}", ""]])
    open_ = publishing.publish(approved(office, document=document), by=office.drafter, is_sure=True)
    assert [party.name for party in open_.edition.parties.all()] == [name]

    opening.hide_more(document, by=office.drafter, quote=name, clauses=["7"], reason="영업비밀")
    publishing.correct(open_, by=office.drafter, version=1, reason="가림")
    assert not open_.edition.parties.exists()


def test_a_mark_that_comes_while_the_edition_is_made_stops_it(office):
    document = issued(office, "면담자 정하허")
    made = public_edition.make(document, ())
    opening.hide_more(document, by=office.drafter, quote="정하허", clauses=["6"], reason="이름")
    with pytest.raises(TransitionError, match="표시가 달라졌습니다"):
        publishing._publish(document, made, by=office.drafter, reason="")
    assert not PublicEdition.objects.exists()


def test_each_act_leaves_a_trace(office):
    publication = published(office, "면담자 정하허")
    document = publication.document
    mark = opening.hide_more(document, by=office.drafter, quote="정하허", clauses=["6"], reason="이름")
    publishing.correct(publication, by=office.drafter, version=1, reason="가림")
    far = clock.today() + dt.timedelta(days=90)
    opening.keep(mark, by=office.drafter, reason="계속", review_on=far)
    opening.lift(mark, by=office.drafter, reason="동의함")
    publishing.withdraw(publication, by=office.lead, version=2, reason="내림")

    events = Event.objects.filter(chain=f"document:{document.pk}").order_by("-seq")
    told = list(events.values_list("action", "actor")[:6])[::-1]
    by = office.drafter.pk
    assert told == [
        ("publish_paper", by), ("mark", by), ("correct_public", by), ("keep_mark", by), ("lift_mark", by),
        ("withdraw_public", office.lead.pk),
    ]  # fmt: skip
    assert all(name in labels.ACTIONS for name, _ in told)


def outcome(act):
    """What the act was refused with, or None."""
    try:
        act()
    except (StaleError, TransitionError) as error:
        return type(error)
    return None


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_of_a_correction_and_a_withdrawal_at_once_one_is_refused(office):
    publication = published(office, "면담자 정하허")
    opening.hide_more(publication.document, by=office.drafter, quote="정하허", clauses=["6"], reason="이름")
    asked = {"version": 1, "reason": "까닭"}
    found = at_once(
        lambda: outcome(
            lambda: publishing.correct(Publication.objects.get(), by=office.drafter, is_sure=True, **asked)
        ),
        lambda: outcome(lambda: publishing.withdraw(Publication.objects.get(), by=office.lead, **asked)),
    )

    assert found.count(None) == 1
    assert set(found) <= {None, StaleError, TransitionError}
    edition = PublicEdition.objects.get()
    assert edition.changes.count() == 2
    assert PublicContent.objects.exists() == (edition.withdrawn_on is None)


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_edition(office):
    document = issued(office, "줄")
    first, second = at_once(
        lambda: publishing.publish(document, by=office.drafter, is_sure=True),
        lambda: publishing.publish(document, by=office.lead, is_sure=True),
    )

    assert first == second
    assert Publication.objects.count() == PublicEdition.objects.count() == 1
