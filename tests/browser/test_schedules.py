"""Fifty random visits. After each the database holds what was typed and photographed, once.

Typing and photographs in one window or two, a wire that is cut, loses replies or answers 502, pages closed
or loaded anew, a colleague who saves meanwhile. A failure names its seed; `SEED=17` before the command runs
it alone.
"""

import os
import random
import uuid

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.tests.factories import UserFactory
from audit import recording
from audit.models import Event
from inspections import answering, evidence
from inspections.answer_rules import Given
from inspections.models import Answer, ChecklistItem, Evidence
from inspections.tests import hostile_files
from inspections.tests.factories import (
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCHEDULES, GROUPS, STEPS, ITEMS = 50, 5, 12, 4
SEEDS = [int(os.environ["SEED"])] if "SEED" in os.environ else range(SCHEDULES)
WIRES = ["open", "refused", "lost", "broken"]
SENDING = r"answers/|evidence/new|accounts/ready"


@pytest.fixture
def sheet():
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    for number in range(ITEMS):
        ChecklistItemFactory(indicator=indicator, order=number, code=f"가-{number}", evidence_rule="optional")
    return publish(indicator.checklist)


class Visit:
    """One schedule: what is done in the browser, and beside it what the database should hold in the end."""

    def __init__(self, seed, page_of, wire, sheet):
        self.chance, self.wire = random.Random(seed), wire  # noqa: S311 - a schedule to be repeated
        self.inspection = InspectionFactory(in_progress=True, part__checklist=sheet)
        self.items = list(ChecklistItem.objects.filter(indicator__checklist=sheet).order_by("order"))
        self.colleague = UserFactory(department=self.inspection.department)
        self.url = reverse("inspections:checklist", args=[self.inspection.pk]) + "?all=1"
        page = page_of(UserFactory(department=self.inspection.department), base_url=wire.url)
        self.context, self.pages = page.context, [page]
        self.typed, self.chosen, self.by_colleague, self.photos = {}, {}, {}, 0

    def run(self):
        self._open(self.pages[0])
        for step in range(STEPS):
            getattr(self, self.chance.choice(self.ACTS))(step)
        self.wire.set("open")
        return self

    # The steps -------------------------------------------------------------------------------------

    def type(self, step):
        number, page = self._where()
        self.typed[number] = f"{step}번째에 적은 글"
        self._line(page, number).get_by_label("의견").fill(self.typed[number])
        self._settle(page)

    def choose(self, step):
        number, page = self._where()
        self.chosen[number] = self.chance.choice(["적정", "부적정"])
        self._line(page, number).get_by_label(self.chosen[number], exact=False).first.check()
        self._settle(page)

    def photograph(self, step):
        number, page = self._where()
        with page.expect_file_chooser() as chooser:
            self._line(page, number).get_by_role("link", name="사진·파일").click()
        data = hostile_files.photo(size=(60 + step, 60))
        chooser.value.set_files([{"name": f"{step}.jpg", "mimeType": "image/jpeg", "buffer": data}])
        expect(page.locator(f'text="{step}.jpg"').or_(page.locator("a.evidence")).first).to_be_visible()
        self.photos += 1

    def rewire(self, step):
        self.wire.set(self.chance.choice(WIRES), SENDING)

    def wait(self, step):
        self.pages[0].wait_for_timeout(self.chance.choice([50, 300, 1200]))

    def reload(self, step):
        self._open(self.pages[0])

    def close(self, step):
        page = self.context.new_page()
        self.pages[0].close()
        self.pages[0] = page
        self._open(page)

    def second_window(self, step):
        if len(self.pages) == 1:
            self.pages.append(self.context.new_page())
            self._open(self.pages[1])

    def colleague_saves(self, step):
        """Only an item that nobody has typed at: what a collision does is told by tests of its own."""
        item = self.items[ITEMS - 1]
        answer = Answer.objects.filter(inspection=self.inspection, item=item).first()
        given = Given(item, answer.version if answer else 0, opinion=f"동료 {step}")
        answering.save_answers(self.inspection, [given], by=self.colleague)
        self.by_colleague[item.pk] = f"동료 {step}"

    ACTS = [type, type, type, choose, choose, photograph, rewire, rewire, wait, reload, close, second_window,
            colleague_saves]  # fmt: skip
    ACTS = [act.__name__ for act in ACTS]

    def _where(self):
        return self.chance.randrange(ITEMS - 1), self.chance.choice(self.pages)

    def _open(self, page):
        page.goto(self.url)
        expect(page.locator("[data-save-state]")).to_contain_text("미전송")

    def _line(self, page, number):
        return page.locator(f'[data-code="가-{number}"]')

    def _settle(self, page):
        """Kept in this browser: more is not promised before the page says so."""
        expect(page.locator("[data-save-state]")).not_to_have_text("저장하는 중")
        for other in self.pages:
            other.evaluate("() => new Promise((done) => setTimeout(done, 30))")

    # What came of it -------------------------------------------------------------------------------

    def violations(self):
        """What the database holds and should not, or the other way round; empty if all is well."""
        page = self.pages[0]
        page.goto(self.url)
        page.evaluate("window.dispatchEvent(new Event('online'))")
        try:
            expect(page.locator("[data-save-state]")).to_contain_text("미전송 0", timeout=30_000)
        except AssertionError:
            return [f"unsent: {page.locator('[data-save-state]').inner_text()}"]
        return [*self._wrong_answers(), *self._wrong_counts(), *recording.broken_links()]

    def _wrong_answers(self):
        answers = {answer.item_id: answer for answer in self.inspection.answers.all()}
        wanted = {
            self.items[number].pk: (self.chosen.get(number, ""), self.typed.get(number, ""))
            for number in {*self.typed, *self.chosen}
        } | {pk: ("", text) for pk, text in self.by_colleague.items()}
        found = {pk: (answer.choice, answer.opinion) for pk, answer in answers.items()}
        return [] if found == wanted else [f"answers: {found} in place of {wanted}"]

    def _wrong_counts(self):
        saves = Event.objects.filter(action="answer", chain=f"inspection:{self.inspection.pk}")
        versions = sum(self.inspection.answers.values_list("version", flat=True))
        changes = sum(len(event.detail["changes"]) for event in saves)
        evidence = Evidence.objects.filter(inspection=self.inspection)
        wrong = []
        if changes != versions:
            wrong.append(f"{changes} changes in the history, {versions} versions")
        if evidence.count() != self.photos:
            wrong.append(f"{evidence.count()} photographs in place of {self.photos}")
        return wrong

    def end(self):
        self.context.close()


# Ten visits take half a minute: two groups in every run, all five with `make test-full` or a SEED.
PATIENT = [] if "SEED" in os.environ else [pytest.mark.slow]


@pytest.mark.parametrize("group", [0, 1, *(pytest.param(n, marks=PATIENT) for n in range(2, GROUPS))])
def test_whatever_happens_the_database_holds_what_was_typed_once(group, page_of, wire, sheet):
    failed = {}
    for seed in SEEDS:
        if seed % GROUPS != group:
            continue
        visit = Visit(seed, page_of, wire, sheet)
        if wrong := visit.run().violations():
            failed[seed] = wrong
        visit.end()

    assert failed == {}


def collision(visit):
    """The colleague saves an item that was typed at without a network: what is wrong with what follows."""
    page = visit.pages[0]
    visit._open(page)
    visit.wire.set("refused", SENDING)
    visit._line(page, 0).get_by_label("의견").fill("내 글")
    visit._settle(page)
    answering.save_answers(visit.inspection, [Given(visit.items[0], opinion="동료 글")], by=visit.colleague)
    visit.wire.set("open")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    try:
        expect(visit._line(page, 0).get_by_role("alert")).to_contain_text("동료 글", timeout=10_000)
    except AssertionError:
        return ["overwritten unseen"]
    return []


def test_a_collision_is_seen(page_of, wire, sheet):
    assert collision(Visit(0, page_of, wire, sheet)) == []


def test_a_server_that_does_not_compare_versions_is_caught(page_of, wire, sheet, monkeypatch):
    monkeypatch.setattr(answering, "_is_stale", lambda given, current: False)

    assert collision(Visit(0, page_of, wire, sheet)) == ["overwritten unseen"]


def test_a_server_that_forgets_the_numbers_of_files_is_caught(page_of, wire, sheet, monkeypatch):
    monkeypatch.setattr(evidence, "_known", lambda *args: None)
    take = evidence._add
    monkeypatch.setattr(evidence, "_add", lambda *a, client_id, **k: take(*a, client_id=uuid.uuid4(), **k))
    visit = Visit(0, page_of, wire, sheet)
    visit._open(visit.pages[0])
    wire.set("lost", "evidence/new")
    visit.photograph(1)
    visit.pages[0].wait_for_timeout(1500)
    wire.set("open")

    assert visit.violations() == ["2 photographs in place of 1"]
