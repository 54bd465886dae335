"""The stock admin in a real browser: every list and every empty form, without axe violations."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.tests.factories import UserFactory
from tests.browser.test_look import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def page(page_of, db):
    return page_of(UserFactory(superintendent=True))


def names(kind):
    return [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}" for model in admin.site._registry
    ]


def test_index_has_no_violations(page):
    page.goto("/admin/")

    assert violations(page) == []


@pytest.mark.parametrize("name", [*names("changelist"), *names("add")])
def test_page_has_no_violations(page, name):
    response = page.goto(reverse(name))

    assert response.status == 200 or (name.endswith("_add") and response.status == 403)  # some are only read
    assert violations(page) == []
