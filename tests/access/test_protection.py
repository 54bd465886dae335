"""What holds for every URL: the token of a form, headers, no change by GET, our own error pages."""

import re

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, TestCase, override_settings

from tests.access import matrix, objects
from tests.access.test_matrix import signed_in, undone
from tests.access.urls import all_urls

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


class TestEveryUrl(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = objects.build()

    def setUp(self):
        self.cookies = {
            role: signed_in(self.world.users[role]) for role in ("nobody", "own", "superintendent")
        }

    def paths(self):
        return {url.key: url.path(objects.values_for(url, self.world)) for url in URLS}

    def ask(self, role, method, path, **client):
        browser = Client(raise_request_exception=False, **client)
        browser.cookies.update(self.cookies[role])
        with undone():
            return browser.generic(method, path)

    def test_a_post_without_the_token_of_our_forms_is_refused(self):
        answers = {
            key: self.ask("own", "POST", path, enforce_csrf_checks=True).status_code
            for key, path in self.paths().items()
        }

        assert [key for key, status in answers.items() if status != 403] == []

    def test_every_answer_carries_the_headers(self):
        missing = [
            (key, role, header)
            for key, path in self.paths().items()
            for role in self.cookies
            for header in missing_headers(self.ask(role, "GET", path), role)
        ]

        assert missing == []

    def test_looking_changes_nothing(self):
        before = row_counts()
        with undone():
            browser = Client(raise_request_exception=False)
            for path in self.paths().values():
                browser.cookies.update(self.cookies["own"])
                browser.get(path)
            after = row_counts()

        assert after == before

    def test_an_error_in_any_view_gives_our_own_page(self):
        wrong = []
        raised["error"] = RuntimeError(SECRET)
        with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "tests.access.test_protection.raising"]):
            for key, path in self.paths().items():
                response = self.ask("superintendent", "GET", path)
                if response.status_code != 500 or not is_our_page(response):
                    wrong.append((key, response.status_code))

        assert wrong == []

    def test_each_kind_of_refusal_has_a_korean_page(self):
        # A 403 says its reason, which we write for the user; the others tell nothing of the inside.
        errors = {
            400: SuspiciousOperation(SECRET),
            403: PermissionDenied("기안자만 할 수 있습니다."),
            404: Http404(SECRET),
        }
        found = {}
        with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "tests.access.test_protection.raising"]):
            for _status, raised["error"] in errors.items():
                response = self.ask("own", "GET", "/")
                found[response.status_code] = bool(re.search("[가-힣]", response.content.decode())) and (
                    SECRET not in response.content.decode()
                )

        assert found == dict.fromkeys(errors, True)


def missing_headers(response, role):
    policy = response.headers.get("Content-Security-Policy", "")
    wanted = {
        "Content-Security-Policy": "default-src 'none'" in policy and "unsafe-" not in policy,
        "X-Content-Type-Options": response.headers.get("X-Content-Type-Options") == "nosniff",
        "Referrer-Policy": response.headers.get("Referrer-Policy") == "same-origin",
        "Permissions-Policy": "camera=()" in response.headers.get("Permissions-Policy", ""),
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


def test_the_matrix_reads_alternatives():
    found = dict.fromkeys(objects.ROLES, "302")

    assert matrix.is_as_expected(found, dict.fromkeys(objects.ROLES, "200|302"))
    assert not matrix.is_as_expected(found | {"own": "500"}, dict.fromkeys(objects.ROLES, "200|302"))
