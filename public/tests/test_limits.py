"""An address that asks too often is told to wait; reading documents is never counted."""

import pytest

from public.tests.addresses import full_edition

pytestmark = pytest.mark.django_db
FEW = {"search": [(2, 60)], "download": [(3, 60), (4, 24 * 3600)], "data": [(2, 60)]}
PATHS = {
    "search": ["/documents/?q=점검", "/browse/contractors/"],
    "download": ["/documents/{pk}/document.pdf", "/documents/{pk}/document.json"],
    "data": ["/feed.atom", "/api/documents.json", "/sitemap.xml", "/catalog.jsonld"],
}


@pytest.fixture
def edition(settings, time_machine):
    settings.PUBLIC_LIMITS = FEW
    time_machine.move_to("2026-11-28T00:00:10Z", tick=False)
    return full_edition()


@pytest.mark.parametrize("group", PATHS)
def test_one_more_than_the_limit_is_refused_until_the_minute_is_over(client, edition, time_machine, group):
    most = FEW[group][0][0]
    paths = [path.format(pk=edition.pk) for path in PATHS[group]]
    answers = [client.get(paths[n % len(paths)]) for n in range(most + 1)]

    assert [answer.status_code for answer in answers] == [200] * most + [429]
    assert answers[-1].headers["Retry-After"] == "51"
    assert answers[-1].headers["Cache-Control"] == "no-store"
    assert "너무 많이 요청했습니다. 1분 뒤에" in answers[-1].content.decode()
    assert client.get(f"/documents/{edition.pk}/").status_code == 200
    time_machine.shift(51)
    assert client.get(paths[0]).status_code == 200


def test_a_day_has_a_limit_of_its_own(client, edition, time_machine):
    path = f"/documents/{edition.pk}/document.pdf"
    for _ in range(4):
        assert client.get(path).status_code == 200
        time_machine.shift(60)

    refused = client.get(path)

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 23 * 3600


def test_reading_and_pictures_are_not_counted(client, edition):
    picture = edition.files.get(kind="picture").sha256
    for _ in range(10):
        for rest in ("", "attachments/1/", f"pictures/{picture}.jpg"):
            assert client.get(f"/documents/{edition.pk}/{rest}").status_code == 200
        assert client.get("/").status_code == client.get("/about/").status_code == 200


def ask(client, address, **forwarded):
    return client.get("/documents/", REMOTE_ADDR=address, headers=forwarded).status_code


def test_addresses_are_counted_apart_and_a_network_of_ipv6_together(client, edition):
    assert [ask(client, "192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert ask(client, "192.0.2.2") == 200
    assert [ask(client, f"2001:db8::{n}") for n in range(3)] == [200, 200, 429]
    assert ask(client, "2001:db8:0:1::1") == 200


def test_behind_a_proxy_the_address_that_it_tells_counts(client, edition, settings):
    settings.PROXY_COUNT = 1
    told = {"x_forwarded_for": "203.0.113.9, 192.0.2.1"}

    assert [ask(client, "127.0.0.1", **told) for _ in range(3)] == [200, 200, 429]
    assert ask(client, "127.0.0.1", x_forwarded_for="203.0.113.9, 192.0.2.2") == 200
