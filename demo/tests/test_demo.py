"""The demo city: case 1 from the register to the PDF by the ordinary way, and every state to be shown."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Department, Role, User
from audit.models import Event
from audit.recording import broken_links
from demo import loading
from inspections.models import Inspection
from publications.models import PublicContent
from reports import issuing, redacting, superseding
from reports.models import Document
from reports.tests.reading import in_order, text_of_html, text_of_pdf

TITLE = {"전자상거래센터", "지도·점검 결과보고"}  # of the public page around the paper
MARKED = "지도점검표"  # the attachment, which is kept from the public
FACTS = Path(__file__).parent / "case_1_facts.txt"


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.DEMO_PASSWORD = "바다위의구름-2026"
    settings.PAPER_BLANK_COLUMN = "시민"
    settings.ORGANISATION_NAME, settings.ORGANISATION_SENDER = "서울특별시", "서울특별시장"
    settings.VAR_DIR = tmp_path


@pytest.fixture
def case_1(demo, transactional_db):
    return loading.load()


def facts():
    lines = FACTS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_a_city_is_loaded_once_and_case_1_says_every_fact_in_order(case_1):
    assert case_1.number_text == "공정경제담당관-793"
    assert in_order(text_of_pdf(bytes(case_1.edition.pdf)), facts()) is None
    assert in_order(text_of_html(case_1.edition.html), facts()) is None
    assert issuing.problems(case_1.edition) == []
    assert broken_links() == []

    public = PublicContent.objects.get(edition=case_1.publication.edition_id)
    open_facts = [fact for fact in facts() if fact != MARKED]
    assert in_order(text_of_html(public.html), [fact for fact in open_facts if fact not in TITLE]) is None
    assert in_order(public.text, open_facts) is None
    labels = [redacting.label("5,7")]  # the checklist; the year before a line, too
    assert re.findall(r"\[비공개: [^]]*\]", public.text) == labels
    before = PublicContent.objects.get(edition__produced_on__year=2020)
    assert re.findall(r"\[비공개: [^]]*\]", before.text) == [redacting.label("5"), *labels]

    counts = Counter(Inspection.objects.values_list("status", flat=True))
    papers = Counter(Document.objects.values_list("status", flat=True))
    assert set(counts) == set(Inspection.Status.values)
    assert papers == {"approved": 6, "in_approval": 1, "draft": 2}
    assert Department.objects.offices().count() == 5
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    assert User.objects.count() >= 12

    inspection = case_1.inspections.get()
    followed = inspection.findings.exclude(previous=None).get()
    assert followed.previous.text == "이용자 만족도 조사를 하지 않음"
    assert inspection.previous.actions.get().status == "verified"

    mine = superseding.supersede(case_1, reason="날짜를 바로잡음", by=case_1.drafter)
    events = Event.objects.count()
    loading.load()
    assert Event.objects.count() == events
    assert Document.objects.get(pk=mine.pk).status == "draft"  # what somebody tried out is left alone


def test_loading_is_refused_outside_a_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="시연 환경"):
        call_command("load_demo")
