"""고친 이력: what was done to lines can be taken back days later; taking back is a change itself."""

import uuid

import pytest
from django.urls import reverse

from inspections.workflow import StaleError, TransitionError
from reports import line_history, lines
from reports.tests.factories import Office, draft, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def document(office):
    return draft(office)


@pytest.fixture
def block(document):
    return document.blocks.last()


def latest(document):
    return line_history.changes(document)[0]


def undo(document, office, change, version=None):
    version = change.block.version if version is None else version
    return line_history.undo(document, change.event, version=version, by=office.drafter)


def test_words_level_and_kind_come_back(office, document, block):
    as_it_was = lines.snapshot(block)
    lines.save_line(block, by=office.drafter, version=1, text="고친 글", level=4, kind="note")

    change = latest(document)
    assert (change.before, change.after, change.title) == ("점검일시: ’20. 12. 30.(수)", "고친 글", "줄 고침")
    undo(document, office, change)

    block.refresh_from_db()
    assert (lines.snapshot(block), block.version) == (as_it_was, 3)
    assert not line_history.changes(document)[1].can_be_undone  # it is done already
    undo(document, office, latest(document))  # and taken back once more
    block.refresh_from_db()
    assert block.text == "고친 글"


def test_any_earlier_wording_can_be_chosen(office, document, block):
    first = block.text
    for number, text in enumerate(["둘째", "셋째"], 1):
        lines.save_line(block, by=office.drafter, version=number, text=text)
        block.refresh_from_db()
    undo(document, office, line_history.changes(document)[1])
    block.refresh_from_db()
    assert block.text == first


def test_a_deleted_line_comes_back_and_an_added_one_goes(office, document, block):
    lines.delete_line(block, by=office.drafter, version=1)
    undo(document, office, latest(document))
    block.refresh_from_db()
    assert not block.is_removed

    new = lines.add_line(document, by=office.drafter, id=uuid.uuid4(), text="새 줄")
    undo(document, office, latest(document))
    new.refresh_from_db()
    assert new.is_removed


def test_a_moved_line_goes_back_to_its_place(office, document):
    order = [block.pk for block in document.blocks.all()]
    lines.add_line(document, by=office.drafter, id=uuid.uuid4(), after=document.blocks.last(), text="끝 줄")
    order = [block.pk for block in document.blocks.all()]
    lines.move_line(document.blocks.last(), by=office.drafter, version=1, after=None)
    assert [block.pk for block in document.blocks.all()] != order
    undo(document, office, latest(document))
    assert [block.pk for block in document.blocks.all()] == order


def test_a_table_comes_back_with_its_figures(office, document):
    payload = {"caption": "현황", "unit": "곳", "rows": [["구분", "수"], ["가", "1"]]}
    table = lines.add_line(document, by=office.drafter, id=uuid.uuid4(), kind="table", payload=payload)
    lines.save_line(table, by=office.drafter, version=1, payload=payload | {"rows": [["구분", "수"]]})
    assert [change.after for change in line_history.changes(document)][1] == "현황"
    undo(document, office, latest(document))
    table.refresh_from_db()
    assert table.payload == payload


def test_what_somebody_changed_meanwhile_is_not_overwritten(office, document, block):
    lines.save_line(block, by=office.drafter, version=1, text="고친 글")
    change = latest(document)
    lines.save_line(block, by=office.drafter, version=2, text="더 고친 글")
    with pytest.raises(StaleError):
        undo(document, office, change, version=2)
    block.refresh_from_db()
    assert block.text == "더 고친 글"


def test_a_paper_under_way_stays_as_it_is(office, document, block):
    lines.save_line(block, by=office.drafter, version=1, text="고친 글")
    change = latest(document)
    sent(office, document=document)
    with pytest.raises(TransitionError):
        undo(document, office, change)


def test_the_page(client, office, document, block):
    lines.save_line(block, by=office.drafter, version=1, text="고친 글")
    client.force_login(office.drafter)
    page = client.get(reverse("reports:line_history", args=[document.pk])).content.decode()
    assert "<del>점검일시: ’20. 12. 30.(수)</del>" in page
    assert "<ins>고친 글</ins>" in page
    event = latest(document).event

    undo_url = reverse("reports:line_undo", args=[document.pk])
    late = client.post(undo_url, {"event": event.seq, "version": 1}, follow=True).content.decode()
    assert "그 사이 다른 곳에서 고친 줄입니다." in late
    client.post(undo_url, {"event": event.seq, "version": 2})
    block.refresh_from_db()
    assert block.text == "점검일시: ’20. 12. 30.(수)"
    again = client.post(undo_url, {"event": event.seq, "version": 3}, follow=True).content.decode()
    assert "지금은 되돌릴 것이 없습니다." in again


@pytest.mark.parametrize("fields", [{}, {"event": "x"}, {"event": "999"}, {"event": "9" * 30}])
def test_events_that_are_none_are_not_found(client, office, document, fields):
    client.force_login(office.drafter)
    assert client.post(reverse("reports:line_undo", args=[document.pk]), fields).status_code == 404


def test_events_of_other_papers_are_not_found(client, office, document, block):
    lines.save_line(block, by=office.drafter, version=1, text="고친 글")
    event = latest(document).event
    other = draft(office)
    client.force_login(office.drafter)
    undo_url = reverse("reports:line_undo", args=[other.pk])
    assert client.post(undo_url, {"event": event.seq, "version": 2}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_three_as_for_one(
    client, office, document, block, count, django_assert_num_queries
):
    for number in range(count):
        lines.save_line(block, by=office.drafter, version=number + 1, text=f"{number}번 고침")
        block.refresh_from_db()
    client.force_login(office.drafter)
    client.get(reverse("reports:line_history", args=[document.pk]))
    with django_assert_num_queries(5):
        client.get(reverse("reports:line_history", args=[document.pk]))
