"""Markup typed into any field is shown as it was typed, never read as markup (S6)."""

import re
from html.parser import HTMLParser

import pytest
from django.test import TestCase

from contractors.tests.factories import AgreementFactory
from inspections.models import Inspection
from inspections.tests.factories import (
    ActionFactory,
    EvidenceFactory,
    FindingFactory,
    TeamMemberFactory,
    VisitFactory,
)
from reports.tests.factories import BlockFactory, Office, draft, sent
from tests.security.harvest import Site

PAYLOADS = [
    "<script>alert(7)</script>", "\"><script>alert(7)</script>", "'><script>alert(7)</script>",
    "</title><script>alert(7)</script>", "</textarea><script>alert(7)</script>", "</script><script>alert(7)",
    "<img src=x onerror=alert(7)>", "\"><img src=x onerror=alert(7)>", "<svg onload=alert(7)>",
    "<svg/onload=alert(7)//", "<details open ontoggle=alert(7)>", "<iframe srcdoc='<b onclick=alert(7)>'>",
    "\" onfocus=alert(7) autofocus x=\"", "' onmouseover=alert(7) x='", "<a href=javascript:alert(7)>x</a>",
    "<math><mtext></form><form><mglyph><style><img src=x onerror=alert(7)>", "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example>",
    "<style>*{background:url(//evil.example)}</style>", "<!--><img src=x onerror=alert(7)>-->",
    "<object data=javascript:alert(7)>", "{{7*7}}{% load x %}<b>", "&lt;script&gt;alert(7)&lt;/script&gt;<b>",
]  # fmt: skip
ROLES = ["own", "lead", "head", "superintendent"]
# What no page of ours has: an attribute that acts, a script written into the page, an address elsewhere.
ALIEN_TAGS = {"iframe", "object", "math", "base", "b", "mglyph"}


class _Watch(HTMLParser):
    """Notes every element that can only come from a payload."""

    def __init__(self):
        super().__init__()
        self.alien = []

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        acts = [name for name in attrs if name.startswith("on")]
        leads = [value for value in attrs.values() if re.match(r"(javascript:|//evil)", value)]
        is_inline = tag == "script" and "src" not in attrs and attrs.get("type") != "application/json"
        leads += [tag] if attrs.get("http-equiv") == "refresh" else []
        if acts or leads or is_inline or (tag in ALIEN_TAGS and not attrs.get("class")) or "srcdoc" in attrs:
            self.alien.append((tag, str(attrs)[:120]))

    def handle_comment(self, data):
        if "alert(7)" in data:  # a browser may end the comment earlier than we do
            self.alien.append(("comment", data[:120]))


def alien(html):
    watch = _Watch()
    watch.feed(html)
    return watch.alien


class TestEveryTextField(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = Site()

    def plant(self, turn=0):
        """Each text field of each form gets one of the payloads; how many were accepted."""
        number, accepted = turn, 0
        for form in self.site.forms(ROLES):
            if "/accounts/" in form.path or "/delete/" in form.path or "/withdraw" in form.path:
                continue
            values = {}
            for name in sorted(form.written):
                values[name] = PAYLOADS[number % len(PAYLOADS)]
                number += 1
            response = self.site.ask(form.role, "POST", form.path, form.changed(**values), keep=True)
            assert response.status_code < 500, form.path
            assert alien(response.content.decode(errors="ignore")) == []
            accepted += bool(values) and response.status_code == 302
        return accepted

    def test_what_was_typed_is_never_markup_on_any_page(self):
        assert self.plant() > 15
        assert self.found() == []

    @pytest.mark.slow
    def test_every_payload_in_every_field(self):
        for turn in range(1, len(PAYLOADS)):
            self.plant(turn)
            assert self.found() == []

    def found(self):
        return [
            (role, path, each)
            for role in ROLES
            for path, html in self.site.pages(role)
            for each in alien(html)
        ]


def test_the_watch_sees_a_payload_that_got_through():
    missed = [payload for payload in PAYLOADS if not alien(f'<p>{payload}</p><input value="{payload}">')]

    assert [
        payload for payload in missed if not payload.startswith(("<link", "<style", "' on", "</script"))
    ] == []


@pytest.mark.browser
def test_nothing_happens_in_a_real_browser(page_of, transactional_db):
    """`page_of` fails on any breach of the policy; a dialog would mean that a payload ran."""
    office = Office(name="공정경제담당관")
    every = " ".join(PAYLOADS)
    paper = draft(office, title=every[:150])
    inspection = paper.inspections.get()
    Inspection.objects.filter(pk=inspection.pk).update(
        status="in_progress", completed_at=None, completed_by=None
    )
    agreement = AgreementFactory(subject=inspection.subject, contractor__name=every[:90])
    Inspection.objects.filter(pk=inspection.pk).update(agreement=agreement)
    type(inspection.subject).objects.filter(pk=inspection.subject_id).update(name=every[:100])
    TeamMemberFactory(inspection=inspection, user=office.drafter, name=every[:40], position=every[20:60])
    VisitFactory(inspection=inspection, place=every[:150])
    EvidenceFactory(inspection=inspection, name=every[:90] + ".jpg")
    for payload in PAYLOADS:
        FindingFactory(inspection=inspection, text=payload)
        BlockFactory(document=paper, runs=[[payload, ""]])
    ActionFactory(inspection=inspection, text=every)
    sent(office, document=draft(office, title=every[100:250]))

    dialogs = []
    page, lead = page_of(office.drafter), page_of(office.lead)
    for each in (page, lead):
        each.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    here = f"/inspections/{inspection.pk}"
    for path in [
        "/",
        "/inspections/",
        f"{here}/",
        f"{here}/visits/",
        f"{here}/checklist/",
        f"{here}/review/",
    ]:
        page.goto(path)
    page.goto(f"{here}/findings/")
    shown = page.eval_on_selector_all("[data-line] textarea", "all => all.map(each => each.value)")
    assert set(PAYLOADS) <= set(shown)
    page.goto(f"/reports/{paper.pk}/")
    assert PAYLOADS[0] in page.locator("#preview").inner_text()
    lead.goto("/reports/approvals/")
    lead.locator("main table a").first.click()

    assert dialogs == []
