import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit.models import Event
from reports.models import NumberCounter
from reports.tests.factories import Office, approved, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(UserFactory(superintendent=True))
    return Office()


def test_start_of_a_series_is_set_and_told_to_the_history(client, office):
    fields = {"department": office.department.pk, "year": 2021, "last": 792}

    client.post(reverse("admin:reports_numbercounter_add"), fields)

    assert NumberCounter.objects.get().last == 792
    assert Event.objects.get(action="set_counter").detail == {"before": None, "after": 792}


def test_counter_is_not_set_below_a_number_that_is_out(client, office):
    NumberCounter.objects.create(department=office.department, year=approved(office).number_year + 1, last=5)
    counter = NumberCounter.objects.get(last=1)

    response = client.post(reverse("admin:reports_numbercounter_change", args=[counter.pk]), {"last": 0})

    assert "이미 나간 번호(1)보다" in response.content.decode()
    assert NumberCounter.objects.get(pk=counter.pk).last == 1


def test_papers_are_only_looked_at(client, office):
    document = draft(office)

    assert client.get(reverse("admin:reports_document_change", args=[document.pk])).status_code == 200
    assert (
        client.post(reverse("admin:reports_document_change", args=[document.pk]), {"title": "x"}).status_code
        == 403
    )
    assert client.post(reverse("admin:reports_document_delete", args=[document.pk])).status_code == 403
    assert client.get(reverse("admin:reports_document_add")).status_code == 403
