"""Who gets what: every URL × method × role against one table.

A URL that is not in matrix.csv fails. What the site answered is printed as a line of the table: whoever adds
a page judges each cell before the line goes in.
"""

import pytest
from django.urls import reverse

from tests.access import matrix, objects
from tests.access.urls import all_urls
from tests.access.world import asker, undone

pytestmark = pytest.mark.django_db
URLS = all_urls()


@pytest.mark.parametrize("url", URLS, ids=lambda url: url.key)
def test_every_answer_is_as_the_table_says(url, world):
    table, wrong = matrix.rows(), []
    values = objects.values_for(url, world)
    assert set(url.kwargs) <= set(values), f"tests/access/objects.py says no value for: {url.key}"

    for method in matrix.METHODS:
        row = matrix.row_for(url, method, table)
        found = {role: answer(world, role, method, url.path(values)) for role in objects.ROLES}
        if row is None or not matrix.is_as_expected(found, row):
            wrong.append(matrix.line_of(url, method, found))

    assert wrong == [], "\n".join(["the site answered:", *wrong])


def answer(world, role, method, path):
    # What one role does must not be there for the next.
    with undone():
        response = asker(world, role).generic(method, path, content_type="application/x-www-form-urlencoded")
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login") + "?next="):
        return "login"
    return str(response.status_code)


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


def test_a_url_without_a_row_is_told_with_the_line_to_add():
    url = URLS[0]
    found = dict.fromkeys(objects.ROLES, "200")

    assert matrix.row_for(url, "GET", []) is None
    assert matrix.line_of(url, "GET", found) == f"{url.key},GET" + ",200" * len(objects.ROLES)


def test_the_matrix_reads_alternatives():
    found = dict.fromkeys(objects.ROLES, "302")

    assert matrix.is_as_expected(found, dict.fromkeys(objects.ROLES, "200|302"))
    assert not matrix.is_as_expected(found | {"own": "500"}, dict.fromkeys(objects.ROLES, "200|302"))
