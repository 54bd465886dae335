"""공람, and what 내 업무 tells until it is read."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import DepartmentFactory, UserFactory
from inspections.workflow import TransitionError
from reports import circulating, workflow
from reports.models import Circulation, Document
from reports.tests.factories import Office, approved, sent, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def reader():
    return UserFactory(department=DepartmentFactory(), position="예산팀장")


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def home(client, user):
    client.force_login(user)
    return client.get(reverse("home")).content.decode()


def test_whoever_is_shown_a_paper_may_read_it_and_it_is_seen_when_he_did(client, office, reader):
    document = approved(office)
    assert document not in Document.objects.visible_to(reader)

    assert circulating.circulate(document, [reader], by=office.drafter) == 1

    assert "공람할 문서가 있습니다" in home(client, reader)
    client.get(url("document", document.pk))
    assert Circulation.objects.get().read_at
    assert "공람할 문서가 있습니다" not in home(client, reader)
    client.force_login(office.drafter)
    page = client.get(url("document", document.pk)).content.decode()
    assert "읽음" in page
    assert "예산팀장" in page


def test_nobody_is_asked_twice(office, reader):
    document = approved(office)
    circulating.circulate(document, [reader], by=office.drafter)

    assert circulating.circulate(document, [reader], by=office.colleague) == 0
    assert reader.notices.count() == 1


def test_only_an_approved_paper_goes_round(office, reader):
    with pytest.raises(TransitionError, match="결재가 끝난 문서만"):
        circulating.circulate(sent(office), [reader], by=office.drafter)


@pytest.mark.parametrize("role", [Role.CONTRACTOR])
def test_contractors_are_shown_nothing(office, role):
    contractor = UserFactory(contractor=True)

    with pytest.raises(TransitionError, match="공람할 수 없는"):
        circulating.circulate(approved(office), [contractor], by=office.drafter)


def test_only_the_office_sends_its_papers_round(office, reader):
    with pytest.raises(PermissionDenied):
        circulating.circulate(approved(office), [reader], by=office.neighbour)


def test_the_page_offers_who_was_not_asked_yet(client, office, reader):
    document = approved(office)
    client.force_login(office.drafter)

    response = client.post(url("circulation", document.pk), {"users": [reader.pk]}, follow=True)

    assert "1명에게 공람했습니다" in response.content.decode()
    assert reader.name not in client.get(url("circulation", document.pk)).content.decode()
    assert client.post(url("circulation", document.pk), {"users": []}).status_code == 422


def test_a_turn_is_told_on_the_site_until_the_paper_is_opened(client, office):
    document = sent(office)
    assert "검토할 문서가 결재함에 들어왔습니다" in home(client, office.lead)

    client.get(url("approval", document.pk))

    assert "검토할 문서가 결재함에 들어왔습니다" not in home(client, office.lead)


def test_what_was_told_may_be_put_away_at_once(client, office):
    document = sent(office)
    workflow.return_(step_of(document, office.lead), by=office.lead, reason="다시")
    sent(office)
    assert "반려되었습니다" in home(client, office.drafter)

    client.post(url("notices_read"))

    assert "반려되었습니다" not in home(client, office.drafter)
    assert office.lead.notices.filter(read_at=None).exists()


def test_a_turn_that_was_taken_is_told_no_more(client, office):
    document = sent(office)

    workflow.sign(step_of(document, office.lead), by=office.lead)

    assert "검토할 문서가" not in home(client, office.lead)
    assert "결재할 문서가 결재함에 들어왔습니다" in home(client, office.head)
