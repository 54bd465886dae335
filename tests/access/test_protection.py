"""What holds for every URL: the token of a form, headers, no change by GET, our own error pages."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, override_settings
from django.urls import reverse

from audit.models import Event
from inspections.tests.factories import EvidenceFactory
from tests.access import matrix, objects
from tests.access.urls import all_urls
from tests.access.world import asker, undone

pytestmark = pytest.mark.django_db
URLS = all_urls()
SECRET = "the innermost of the site"
# What a look at a page may leave behind: the session itself, and the events that tell of the look.
TRACES = {"session", "emailaddress", "usersession", "event", "chainhead", "accessattempt"}
raised = {}


def raising(get_response):
    """A middleware after all others, so that the error comes up as if from the view."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        raise raised["error"]

    middleware.process_view = process_view
    return middleware


def paths(world):
    return {url: url.path(objects.values_for(url, world)) for url in URLS}


def reader_of(url):
    """Who sees most behind this address."""
    return "superintendent" if url.name.startswith("admin:") else "own"


def ask(world, role, method, path, **client):
    with undone():
        return asker(world, role, **client).generic(method, path)


def test_a_post_without_the_token_of_our_forms_is_refused(world):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = {}
    for url, path in paths(world).items():
        strict.cookies = world.cookies[reader_of(url)].copy()
        with undone():
            answers[url.key] = strict.post(path, HTTP_ORIGIN="https://elsewhere.example").status_code

    assert [key for key, status in answers.items() if status != 403] == []


def test_every_answer_carries_the_headers(world):
    missing = [
        (url.key, role, header)
        for url, path in paths(world).items()
        for role in ("nobody", reader_of(url))
        for header in missing_headers(ask(world, role, "GET", path), role)
    ]

    assert missing == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing-here/", 404), ("GET", "/inspections/999999/", 404), ("DELETE", "/", 405),
     ("GET", "/admin/nothing/", 404), ("GET", "/static/nothing.css", 404)],
)  # fmt: skip
def test_a_refusal_carries_the_headers(world, method, path, status):
    response = ask(world, "superintendent", method, path)

    assert response.status_code == status
    assert missing_headers(response, "nobody") == []


def test_looking_changes_nothing(world):
    before = row_counts()
    with undone():
        for url, path in paths(world).items():
            asker(world, reader_of(url)).get(path)
        after = row_counts()

    assert after == before


def test_an_error_in_any_view_gives_our_own_page_with_the_number_of_the_request(world):
    wrong = []
    raised["error"] = RuntimeError(SECRET)
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "tests.access.test_protection.raising"]):
        broken = Client(raise_request_exception=False)
        for url, path in paths(world).items():
            broken.cookies = world.cookies["superintendent"].copy()
            with undone():
                response = broken.get(path)
            if response.status_code != 500 or not is_our_page(response):
                wrong.append((url.key, response.status_code))

    assert wrong == []


@pytest.mark.parametrize(
    ("error", "status"),
    [
        # A 403 says its reason, which we write for the user; the others tell nothing of the inside.
        (SuspiciousOperation(SECRET), 400),
        (PermissionDenied("기안자만 할 수 있습니다."), 403),
        (Http404(SECRET), 404),
    ],
)
def test_each_kind_of_refusal_has_a_korean_page(world, error, status):
    raised["error"] = error
    with (
        override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "tests.access.test_protection.raising"]),
        undone(),
    ):
        broken = Client(raise_request_exception=False)
        broken.cookies = world.cookies["own"].copy()
        response = broken.get("/")

    page = response.content.decode()
    assert response.status_code == status
    assert re.search("[가-힣]", page)
    assert SECRET not in page


def test_a_file_whose_bytes_are_gone_is_told_and_not_noted_as_seen(world):
    evidence = EvidenceFactory(inspection=world.inspection, shown="shown/00/gone", thumbnail="shown/00/gone")
    path = reverse("inspections:evidence_file", args=[evidence.pk])
    with undone():
        before = Event.objects.count()
        response = asker(world, "own").get(path)
        after = Event.objects.count()

    assert response.status_code == 410
    assert "저장소에 없어" in response.content.decode()
    assert after == before
    thumbnail = reverse("inspections:evidence_thumbnail", args=[evidence.pk])
    assert ask(world, "own", "GET", thumbnail).status_code == 404


def missing_headers(response, role):
    policy = response.headers.get("Content-Security-Policy", "")
    wanted = {
        "Content-Security-Policy": "default-src 'none'" in policy and "unsafe-" not in policy,
        "X-Content-Type-Options": response.headers.get("X-Content-Type-Options") == "nosniff",
        "Referrer-Policy": response.headers.get("Referrer-Policy") == "same-origin",
        "Permissions-Policy": "microphone=()" in response.headers.get("Permissions-Policy", ""),
        "X-Request-ID": response.headers.get("X-Request-ID"),
        "Cache-Control": role == "nobody" or "no-store" in response.headers.get("Cache-Control", ""),
    }
    return [name for name, is_there in wanted.items() if not is_there]


def is_our_page(response):
    page = response.content.decode()
    return bool(re.search("[가-힣]", page)) and SECRET not in page and response["X-Request-ID"] in page


def row_counts():
    models = [model for model in apps.get_models() if model._meta.model_name not in TRACES]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_what_is_done_by_post_alone_refuses_get():
    """An action opened as an address does nothing and says so."""
    table = matrix.rows()
    actions = [url for url in URLS if not url.name.startswith("admin:") and _only(table, url, "POST", "GET")]

    assert len(actions) > 5


def _only(table, url, method, other):
    row, refused = (matrix.row_for(url, name, table) for name in (method, other))
    return row and refused and set(refused.values()) & {"405"} and not set(row.values()) & {"405"}
