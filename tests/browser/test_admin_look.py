"""The stock admin in a real browser: every list and every empty form, without axe violations."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.tests.factories import UserFactory
from contractors.tests.factories import SubjectKindFactory
from tests.browser.test_look import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def page(page_of, db):
    return page_of(UserFactory(superintendent=True))


def addresses(kind):
    return [reverse(f"admin:{m._meta.label_lower.replace('.', '_')}_{kind}") for m in admin.site._registry]


def test_no_list_has_violations(page):
    SubjectKindFactory()  # its list has boxes to type in

    assert wrong_pages(page, ["/admin/", *addresses("changelist")]) == {}


def test_no_form_has_violations(page):
    assert wrong_pages(page, addresses("add"), also_right=403) == {}  # some tables are only read


def wrong_pages(page, wanted, *, also_right=200):
    found = {}
    for address in wanted:
        status = page.goto(address).status
        if status == 200:
            found[address] = violations(page)
        elif status != also_right:
            found[address] = status
    return {address: what for address, what in found.items() if what}
