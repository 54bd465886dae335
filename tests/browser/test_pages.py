"""Every page of every role: axe, sideways scrolling, script errors, title and heading, in two widths."""

import re
from urllib.parse import urlsplit

import pytest

from accounts.models import User
from demo import loading
from inspections.models import Inspection
from reports.models import Document
from tests.access import objects
from tests.access.urls import all_urls
from tests.browser.test_look import violations

pytestmark = pytest.mark.browser


def in_the_full_run(value):
    """Much the same pages once more: in the full run only."""
    return pytest.param(value, marks=pytest.mark.slow)


WIDTHS = [1280, 820]
# Files, answers to scripts, and what has no page: seen by their own tests.
NO_PAGE = re.compile(
    r"(healthz|readyz|sw\.js|favicon\.ico|jsi18n|/html/|/pdf/|/hwpx/|/text/|/files/|/pictures/|/thumbnail/|/file/|/ready/|autocomplete|excel/|empty-sheet/|/public/preview/|/reports/inspections/\d+/statements/|/r/)"
)


class Walk:
    """Opens pages and keeps what is wrong with them."""

    def __init__(self, page):
        self.page, self.wrong, self.seen, self.errors = page, [], 0, []
        self.led_to, self.no_pages = set(), set()
        page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))

    def look(self, path, width):
        if path in self.no_pages:
            return
        self.page.set_viewport_size({"width": width, "height": 900})
        response = self.page.goto(path)
        if response.status != 200 or "html" not in response.headers.get("content-type", ""):
            self.errors.clear()  # the browser itself calls a 404 an error
            self.no_pages.add(path)
            return
        self.seen += 1
        if self._was_led_here_before(path, width):
            return
        self.wrong += [(path, width, *found) for found in self.faults(path, width)]

    def _was_led_here_before(self, path, width):
        """Many addresses lead to the same page, to signing in above all: one look at it is enough."""
        landed = urlsplit(self.page.url).path
        if landed == urlsplit(path).path:
            return False
        if was_here := (landed, width) in self.led_to:
            self.no_pages.add(path)
        self.led_to.add((landed, width))
        return was_here

    def faults(self, path, width):
        page = self.page
        yield from violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield ("scrolls sideways", page.evaluate(WIDEST))
        if not page.title().strip() or page.locator("h1:not(.sheet h1)").count() != 1:
            yield ("title and heading", page.title())
        if (
            not path.startswith("/admin/")
            and page.locator(".page-actions .button-primary:visible").count() > 1
        ):
            yield ("one primary action", "")
        yield from [("tokens of a form", action) for action in page.evaluate(WRONG_TOKENS)]
        yield from [("script", error) for error in self.errors]
        self.errors.clear()


WRONG_TOKENS = """
[...document.querySelectorAll('form[method=post]')]
  .filter((form) => form.querySelectorAll('[name=csrfmiddlewaretoken]').length !== 1)
  .map((form) => form.action)
"""


WIDEST = """
[...document.querySelectorAll('main *')]
  .filter((each) => each.getBoundingClientRect().right > window.innerWidth)
  .slice(-3).map((each) => `${each.tagName}.${each.className}`).join(' ')
"""


def pages_of(world):
    paths = [url.path(objects.values_for(url, world)) for url in all_urls()]
    return [path for path in dict.fromkeys(paths) if not NO_PAGE.search(path)]


@pytest.fixture
def world(transactional_db):
    return objects.build()


@pytest.mark.parametrize(
    "role", ["nobody", "contractor", *map(in_the_full_run, ["own", "lead", "head", "viewer"])]
)
def test_every_page_of_the_site(page_of, world, role):
    walk = Walk(page_of(world.users[role]))
    for path in pages_of(world):
        if not path.startswith("/admin/"):
            for width in WIDTHS:
                walk.look(path, width)

    assert walk.seen > 4
    assert walk.wrong == []


@pytest.mark.parametrize("width", [WIDTHS[0], *map(in_the_full_run, WIDTHS[1:])])
def test_every_page_of_the_superintendent(page_of, world, width):
    walk = Walk(page_of(world.users["superintendent"]))
    for path in pages_of(world):
        walk.look(path, width)

    assert walk.seen > 60
    assert walk.wrong == []


def test_pages_with_an_error_shown(page_of, world):
    """Every form of the drafter, sent empty: the page that says what is missing."""
    walk = Walk(page_of(world.users["own"]))
    told = 0
    for path in pages_of(world):
        if path.startswith(("/inspections/", "/reports/")):
            walk.page.goto(path)
            if send_empty(walk.page):
                told += 1
                walk.errors.clear()  # 422 is what it should be
                walk.wrong += [(path, *found) for found in walk.faults(path, 1280)]

    assert told > 10
    assert walk.wrong == []


EMPTY = """
form => {
  form.noValidate = true;
  for (const each of form.elements) {
    if (each.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])")) each.value = "";
  }
}
"""


def send_empty(page):
    """Send the page's own form with its required fields emptied; whether an error is shown."""
    form = page.locator("main form[method=post]:not([data-outline-new], [data-checklist]):has(.form-actions)")
    if not form.count():
        return False
    form.first.evaluate(EMPTY)
    with page.expect_navigation():
        form.first.locator(".form-actions button[type=submit]").first.click()
    return page.locator("[data-error-summary], .notice-error, .field-errors").count() > 0


@pytest.mark.slow
def test_every_page_of_the_demo_city(page_of, settings, transactional_db):
    """With what the demo loads: the pages that links lead to, for one person of each role."""
    settings.DEMO = True
    loading.load()
    wrong = {}
    for username in ["gana", "dara", "maba", "admin", "viewer", "center"]:
        walk = Walk(page_of(User.objects.get(username=username)))
        for path in linked_from_home(walk.page):
            for width in WIDTHS:
                walk.look(path, width)
        wrong |= {username: walk.wrong} if walk.wrong else {}

    assert Inspection.objects.count() > 8
    assert Document.objects.filter(status="approved").exists()
    assert wrong == {}


def linked_from_home(page, most=60):
    """The first address of each kind that links lead to, breadth first."""
    waiting, kinds, found = ["/"], set(), []
    while waiting and len(found) < most:
        path = waiting.pop(0)
        kind = re.sub(r"\d+|[0-9a-f-]{36}", "#", path)
        if kind in kinds or NO_PAGE.search(path) or "logout" in path:
            continue
        kinds.add(kind)
        found.append(path)
        page.goto(path)
        waiting += page.eval_on_selector_all("a[href]", LINKS)
    return found


LINKS = """
links => links.map((link) => new URL(link.href)).filter((url) => url.origin === location.origin)
  .map((url) => url.pathname + url.search)
"""
