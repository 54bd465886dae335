"""What holds for every address: no cookie, nothing written, kept for a while, never an English page."""

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver

from public.tests.addresses import addresses, full_edition
from publications.tests.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.smoke]


@pytest.fixture
def edition():
    return full_edition()


def test_every_address_answers_without_a_cookie_and_may_be_kept(client, edition):
    for address in addresses(edition):
        response = client.get(address)

        assert response.status_code == 200, address
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Cache-Control"].startswith("public, max-age="), address
        assert response.headers["ETag"], address
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["Permissions-Policy"]


def test_every_address_answers_304_to_who_has_it_already(client, edition):
    for address in addresses(edition):
        tag = client.get(address).headers["ETag"]

        again = client.get(address, headers={"if-none-match": tag})

        assert (again.status_code, again.content) == (304, b""), address


def test_head_tells_the_length_and_brings_nothing(client, edition):
    for address in addresses(edition):
        shown, told = client.get(address), client.head(address)

        assert told.status_code == 200
        assert told.content == b""
        assert told.headers["Content-Length"] == str(len(shown.content)), address
        assert told.headers["Content-Type"] == shown.headers["Content-Type"]


def test_what_was_not_changed_since_a_day_is_not_sent_again(client, edition):
    for address in addresses(edition):
        if day := client.get(address).headers.get("Last-Modified"):
            assert client.get(address, headers={"if-modified-since": day}).status_code == 304, address


def test_no_request_writes(client, edition):
    before = counts()
    for address in addresses(edition):
        for method in ("get", "head", "post", "put", "patch", "delete"):
            getattr(client, method)(address)

    assert counts() == before


def counts():
    return {model: model._default_manager.count() for model in apps.get_models()}


def test_sending_is_answered_in_korean(client, edition):
    for address in addresses(edition):
        response = client.post(address, {"q": "점검"})

        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"
        assert "읽기만 할 수 있습니다" in response.content.decode()


def test_no_address_of_the_office_leads_anywhere_here(client):
    routes = {route for route in all_routes(get_resolver("config.urls")) if route}
    here = set(all_routes(get_resolver("config.public_urls")))

    assert len(routes) > 100
    assert routes & here == set()
    for address in (
        "/accounts/login/",
        "/admin/",
        "/healthz",
        "/readyz",
        "/sw.js",
        "/favicon.ico",
        "/reports/",
    ):
        assert client.get(address).status_code == 404


def all_routes(resolver, before=""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        yield from [route] if isinstance(pattern, URLPattern) else all_routes(pattern, route)


STRANGE = [
    "\x00",
    "가\x00나",
    "🙂" * 300,
    "가" * 5000,
    "%",
    "'; --",
    "\ud800".encode("utf-8", "surrogatepass"),
    "9" * 5000,
]
STRANGE_PLACES = [
    "garbage",
    "2021-01-14",
    "2021-13-45.1",
    "2021-01-14.x",
    "0000-00-00.1",
    f"2021-01-14.{10**30}",
    "\uff12021-01-14.1",
]


@pytest.mark.parametrize(
    "path", ["/", "/documents/", "/browse/contractors/", "/api/documents.json", "/feed.atom", "/about/"]
)
@pytest.mark.parametrize("name", ["q", "department", "classification", "contractor", "year", "after", "from"])
def test_strange_questions_are_answered(client, path, name):
    published()
    for value in [*STRANGE, *STRANGE_PLACES]:
        assert client.get(path, {name: value}).status_code == 200, value


@pytest.mark.parametrize("number", ["0", "999", str(10**30), "9" * 5000, "-1", "1.5", "%00"])
def test_strange_numbers_are_not_found(client, number):
    for rest in ("", "document.pdf", "document.txt", "document.json", "attachments/1/", "attachments/1.pdf"):
        response = client.get(f"/documents/{number}/{rest}")

        assert response.status_code == 404
        assert "찾는 것이 없습니다" in response.content.decode()


@pytest.mark.parametrize(
    "rest", [f"attachments/{10**30}/", "attachments/0.pdf", "pictures/x.jpg", "pictures/.jpg"]
)
def test_strange_files_are_not_found(client, edition, rest):
    assert client.get(f"/documents/{edition.pk}/{rest}").status_code == 404


def test_a_strange_page_of_the_sitemap_is_not_found(client):
    for page in ("0", "x", str(10**30)):
        assert client.get(f"/sitemap-documents.xml?p={page}").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_a_host_of_others_is_a_bad_request_in_korean(client):
    response = client.get("/", headers={"host": "other.example"})

    assert response.status_code == 400
    assert "알아볼 수 없는 요청입니다" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_a_broken_page_is_told_in_korean(client, edition, monkeypatch):
    monkeypatch.setattr("public.views.document.parts_of", lambda edition: 1 / 0)
    client.raise_request_exception = False

    response = client.get(f"/documents/{edition.pk}/")

    assert response.status_code == 500
    assert "화면을 보여 드리지 못했습니다" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
