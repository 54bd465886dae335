import pytest
from django.db import OperationalError
from django.urls import reverse

from config import views

pytestmark = pytest.mark.smoke


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_a_stranger_may_ask_how_the_site_is(db, client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert client.post(reverse(name)).status_code == 405


def test_it_lives_without_a_database(client):
    assert client.get(reverse("healthz")).content == b"ok"


def test_it_is_not_ready_without_a_database(db, client, monkeypatch):
    def refuse(connection):
        raise OperationalError

    monkeypatch.setattr(views, "MigrationExecutor", refuse)

    response = client.get(reverse("readyz"))

    assert response.status_code == 503
    assert response.json() == {"database": False, "disk": True}


def test_it_is_not_ready_with_a_full_disk(db, client, monkeypatch):
    monkeypatch.setattr(views, "LEAST_FREE_DISK", 1.1)

    assert client.get(reverse("readyz")).json() == {"database": True, "disk": False}


def test_every_answer_has_a_number_of_its_own(client):
    answers = {client.get(reverse("healthz")).headers["X-Request-ID"] for _ in range(3)}

    assert len(answers) == 3
