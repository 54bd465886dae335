"""함께 쓰기: others of the inspection write in a draft; they send nothing, sign nothing and lose nothing."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections.tests.factories import TeamMemberFactory
from inspections.workflow import StaleError, TransitionError
from reports import co_writing, desk, drafting, lines, rerouting, workflow
from reports.models import Document, PaperPresence
from reports.tests.factories import Act, Office, draft, sent, step_of

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def document(office):
    made = draft(office)
    co_writing.choose(made, [office.colleague], by=office.drafter)
    return made


@pytest.fixture
def block(document):
    return document.blocks.last()


def url(name, document):
    return reverse(f"reports:{name}", args=[document.pk])


def test_a_colleague_writes_and_is_told(client, office, document, block):
    lines.save_line(block, by=office.colleague, version=1, text="동료가 고침")
    block.refresh_from_db()
    assert block.text == "동료가 고침"
    assert document in desk.drafts(office.colleague)
    assert office.colleague.notices.get().text.endswith("초안을 함께 쓰게 되었습니다.")
    client.force_login(office.colleague)
    page = client.get(url("document", document)).content.decode()
    assert "data-outline" in page
    assert url("approval_request", document) not in page
    assert url("writers", document) not in page


def test_somebody_of_the_team_from_another_office_sees_and_writes(office):
    document = draft(office)
    guest = UserFactory()
    with pytest.raises(TransitionError, match="이 점검을 볼 수 있는"):
        co_writing.choose(document, [guest], by=office.drafter)
    TeamMemberFactory(inspection=document.inspections.get(), user=guest)
    co_writing.choose(document, [guest], by=office.drafter)
    assert Document.objects.visible_to(guest).get() == document
    lines.save_line(document.blocks.last(), by=guest, version=1, text="손님이 고침")


def test_two_at_one_line_get_both_texts(office, document, block):
    lines.save_line(block, by=office.colleague, version=1, text="동료가 고침")
    with pytest.raises(StaleError) as stale:
        lines.save_line(block, by=office.drafter, version=1, text="기안자가 고침")
    assert stale.value.current["text"] == "동료가 고침"


def test_only_the_drafter_sends_throws_away_and_chooses(client, office, document):
    for act in (
        lambda: workflow.request(document, office.line, by=office.colleague),
        lambda: drafting.discard(document, by=office.colleague),
        lambda: co_writing.choose(document, [], by=office.colleague),
    ):
        with pytest.raises(PermissionDenied):
            act()
    client.force_login(office.colleague)
    for name in ("approval_request", "writers", "record_outside"):
        assert client.get(url(name, document)).status_code == 403


def test_whoever_wrote_in_it_does_not_sign_it(office):
    document = draft(office)
    lead = office.lead
    lead.role = "inspector"
    lead.save()
    co_writing.choose(document, [lead], by=office.drafter)
    lead.role = "approver"
    lead.save()
    with pytest.raises(TransitionError, match="함께 쓴 사람"):
        workflow.request(document, office.line, by=office.drafter)


def test_those_who_sign_are_not_chosen(office):
    document = draft(office)
    for user in (office.lead, office.drafter, UserFactory(department=office.team, is_active=False)):
        with pytest.raises(TransitionError):
            co_writing.choose(document, [user], by=office.drafter)


def test_taken_off_he_writes_no_more(office, document, block):
    co_writing.choose(document, [], by=office.drafter)
    with pytest.raises(PermissionDenied):
        lines.save_line(block, by=office.colleague, version=1, text="늦음")


def test_transferred_he_writes_no_more(office, document, block):
    office.colleague.department = Office().team
    office.colleague.save()
    with pytest.raises(PermissionDenied):
        lines.save_line(block, by=office.colleague, version=1, text="늦음")


def test_a_paper_under_way_is_nobodys_to_write(office, document, block):
    sent(office, document=document)
    with pytest.raises(TransitionError):
        lines.save_line(block, by=office.colleague, version=1, text="늦음")
    with pytest.raises(TransitionError):
        co_writing.choose(document, [], by=office.drafter)
    with pytest.raises(DatabaseError), transaction.atomic():
        document.writers.add(UserFactory())
    rerouting.correct(step_of(document, office.lead), by=office.lead)
    with pytest.raises(PermissionDenied):
        lines.save_line(block, by=office.colleague, version=1, text="늦음")
    assert step_of(document, office.lead).act == Act.REVIEW


def test_each_hears_where_the_others_are_and_what_they_saved(client, office, document, block):
    client.force_login(office.colleague)
    alone = client.post(url("here", document), {"line": str(block.pk)}, headers=FETCH).json()
    assert alone == {"others": [], "lines": None}
    lines.save_line(block, by=office.colleague, version=1, text="동료가 고침")

    client.force_login(office.drafter)
    heard = client.post(url("here", document), {"line": ""}, headers=FETCH).json()
    assert [(other["name"], other["line"]) for other in heard["others"]] == [
        (office.colleague.name, str(block.pk))
    ]
    assert heard["lines"][str(block.pk)] == 2
    assert PaperPresence.objects.count() == 2
    assert client.post(url("here", document), {"line": "x' OR 1"}, headers=FETCH).status_code == 400


def test_the_page_of_the_drafter(client, office, document):
    client.force_login(office.drafter)
    page = client.get(url("writers", document)).content.decode()
    assert office.colleague.name in page
    assert office.lead.name not in page
    client.post(url("writers", document), {"users": []})
    assert not document.writers.exists()
    client.post(url("writers", document), {"users": [office.colleague.pk]})
    assert list(document.writers.all()) == [office.colleague]


def test_the_page_asks_as_often_however_many_inspectors_there_are(
    client, office, document, django_assert_num_queries
):
    client.force_login(office.drafter)
    client.get(url("writers", document))
    with django_assert_num_queries(7):
        client.get(url("writers", document))
    UserFactory.create_batch(2, department=office.team)
    Office()
    with django_assert_num_queries(7):
        client.get(url("writers", document))
