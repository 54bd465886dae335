"""Who gets what: every URL × method × role against one table.

A URL that is not in matrix.csv fails. What the site answered is printed as a line of the table: whoever adds
a page judges each cell before the line goes in.
"""

import pytest
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse

from tests.access import matrix, objects
from tests.access.urls import all_urls

URLS = all_urls()
FORM = "application/x-www-form-urlencoded"


class TestAccess(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = objects.build()

    def setUp(self):
        self.login_page = reverse("account_login")
        self.cookies = {role: signed_in(user) for role, user in self.world.users.items()}

    def test_every_answer_is_as_the_table_says(self):
        table, wrong = matrix.rows(), []

        for url in URLS:
            for method in matrix.METHODS:
                row = matrix.row_for(url, method, table)
                found = self._answers(url, method)
                if row is None or not matrix.is_as_expected(found, row):
                    wrong.append(matrix.line_of(url, method, found))

        assert not wrong, "\n".join(["", *wrong])

    def _answers(self, url, method):
        values = objects.values_for(url, self.world)
        assert set(url.kwargs) <= set(values), f"tests/access/objects.py says no value for: {url.key}"
        path = url.path(values)
        return {role: self._answer(role, method, path) for role in objects.ROLES}

    def _answer(self, role, method, path):
        # What one role does must not be there for the next.
        client = Client(raise_request_exception=False)
        client.cookies.update(self.cookies[role])
        with undone():
            response = client.generic(method, path, content_type=FORM)
        if response.status_code == 302 and response["Location"].startswith(self.login_page + "?next="):
            return "login"
        return str(response.status_code)


def signed_in(user):
    client = Client()
    if user:
        client.force_login(user)
    return client.cookies


class undone:
    """Take back all that is written inside, sessions included."""

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *error):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


def test_no_row_of_the_table_is_without_a_url():
    keys, names = {url.key for url in URLS}, [url.name for url in URLS]
    stale = [
        row["url"]
        for row in matrix.rows()
        if row["url"] not in keys and not any(matrix.fnmatchcase(name, row["url"]) for name in names)
    ]

    assert stale == []


def test_the_table_has_one_row_for_a_url_and_a_method():
    keys = [(row["url"], row["method"]) for row in matrix.rows()]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("url", URLS, ids=lambda url: url.key)
def test_every_url_has_a_row_for_get_and_for_post(url):
    table = matrix.rows()

    assert [method for method in matrix.METHODS if matrix.row_for(url, method, table) is None] == []
