"""정정: an issued paper is put right by a new one; the old one stays byte by byte."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from inspections.workflow import TransitionError
from reports import archive, creating, register, superseding
from reports.models import Block, Document
from reports.tests.factories import (
    AttachmentFactory,
    BlockFactory,
    DocumentFactory,
    Office,
    approved,
    draft,
    sent,
)

pytestmark = pytest.mark.django_db
WHY = "2쪽 집행액 1,200천원을 1,020천원으로 바로잡음"


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def issued(office):
    document = AttachmentFactory(
        document=draft(office, title="센터 지도·점검 결과보고", clauses=["5"])
    ).document
    return approved(office, document=document)


def test_it_begins_as_a_copy_that_names_the_old_one_and_why(office, issued):
    frozen = issued.edition.html

    made = superseding.supersede(issued, reason=WHY, by=office.drafter)

    assert made.title == "센터 지도·점검 결과보고(정정)"
    assert (made.status, made.supersedes, made.kind) == ("draft", issued, issued.kind)
    lines = [(block.kind, block.text) for block in made.blocks.all()]
    assert lines[0][0] == Block.Kind.NOTE
    assert lines[0][1].startswith(f"{issued.number_text}(")
    assert lines[0][1].endswith(WHY)
    assert lines[1:] == [(block.kind, block.text) for block in issued.blocks.all()]
    assert [each.title for each in made.attachments.all()] == ["2020년 민간위탁 지도점검표"]
    assert [each.follows for each in made.references.all()] == [issued]
    assert set(made.inspections.all()) == set(issued.inspections.all())
    assert Document.objects.get(pk=issued.pk).edition.html == frozen


def test_it_gets_a_number_of_its_own_and_both_stay_whole(office, issued):
    made = superseding.supersede(issued, reason=WHY, by=office.drafter)
    made = approved(office, document=made)

    assert made.number == issued.number + 1
    assert list(archive.problems()) == []
    rows = register.rows(register.documents(office.head, office.department, issued.number_year))
    assert {row[0]: row[-1] for row in rows} == {
        made.number_text: f"{issued.number_text} 정정",
        issued.number_text: f"{made.number_text}(으)로 정정됨",
    }
    again = superseding.supersede(made, reason="날짜를 바로잡음", by=office.drafter)
    assert again.title == made.title  # (정정) stands once


def test_a_letter_takes_its_head_and_foot_along(office):
    inspection = DocumentFactory(department=office.department, drafter=office.drafter).inspections.get()
    letter = creating.create([inspection], by=office.drafter, kind=Document.Kind.OUTCOME)
    letter.letter.receivers = ["한빛센터 대표"]
    letter.letter.organisation, letter.letter.sender = "가상시", "가상시장"
    letter.letter.save()
    made = superseding.supersede(approved(office, document=letter), reason=WHY, by=office.drafter)

    assert made.letter.receivers == ["한빛센터 대표"]
    assert made.letter.pk != letter.letter.pk


def test_asked_again_it_answers_with_the_draft_that_is_there(office, issued):
    first = superseding.supersede(issued, reason=WHY, by=office.drafter)
    assert superseding.supersede(issued, reason="다른 까닭", by=office.colleague) == first
    assert Document.objects.filter(supersedes=issued).count() == 1


def test_who_throws_the_draft_away_may_begin_again(office, issued):
    superseding.supersede(issued, reason=WHY, by=office.drafter).delete()
    assert superseding.supersede(issued, reason=WHY, by=office.drafter).status == "draft"


def test_a_draft_or_a_paper_under_way_is_not_put_right(office):
    for document in (draft(office), sent(office)):
        with pytest.raises(TransitionError, match="결재가 끝난 문서만"):
            superseding.supersede(document, reason=WHY, by=office.drafter)


def test_a_reason_is_asked_for(office, issued):
    with pytest.raises(TransitionError, match="무엇을 왜"):
        superseding.supersede(issued, reason="  ", by=office.drafter)


def test_strangers_are_refused(office, issued):
    for stranger in (office.neighbour, Office().drafter):
        with pytest.raises(PermissionDenied):
            superseding.supersede(issued, reason=WHY, by=stranger)


def test_the_database_refuses_a_second_one_and_one_of_a_draft(office, issued):
    superseding.supersede(issued, reason=WHY, by=office.drafter)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(office, supersedes=issued)
    with pytest.raises(DatabaseError), transaction.atomic():
        draft(office, supersedes=draft(office))


def test_the_pages(client, office, issued):
    client.force_login(office.drafter)
    page = reverse("reports:document", args=[issued.pk])
    url = reverse("reports:supersede", args=[issued.pk])
    assert url in client.get(page).content.decode()

    assert client.get(url).status_code == 200
    refused = client.post(url, {"reason": " "})
    assert refused.status_code == 422
    assert "무엇을 왜 바로잡는지 적어 주세요." in refused.content.decode()
    made = client.post(url, {"reason": WHY})

    new = Document.objects.get(supersedes=issued)
    assert made["Location"] == reverse("reports:document", args=[new.pk])
    shown = client.get(page).content.decode()
    assert "바로잡는 문서</a>" in shown
    assert url not in shown
    approved(office, document=new)
    number = Document.objects.get(pk=new.pk).number_text
    assert f"{number} 문서</a>로 바로잡았습니다." in client.get(page).content.decode()
    assert issued.number_text in client.get(reverse("reports:document", args=[new.pk])).content.decode()


def test_a_draft_is_told_what_to_do_instead(client, office):
    document = draft(office)
    client.force_login(office.drafter)
    answer = client.get(reverse("reports:supersede", args=[document.pk]), follow=True)
    assert "작성 중인 문서는 그대로 고치면 됩니다." in answer.content.decode()


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one():
    office = Office()
    issued = approved(office, document=BlockFactory(document=draft(office)).document)
    start, made = threading.Barrier(2), []

    def run(user):
        try:
            start.wait()
            made.append(superseding.supersede(issued, reason=WHY, by=user).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(user,)) for user in (office.drafter, office.colleague)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert len(made) == 2
    assert len(set(made)) == 1
    assert Document.objects.filter(supersedes=issued).count() == 1
