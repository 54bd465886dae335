"""A report on 58 facilities: it says the same in every format, and stays quick."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import UserFactory
from contractors.tests.factories import AgreementFactory
from inspections.models import Finding, FindingType, Inspection
from inspections.tests.factories import (
    MOMENT,
    ActionFactory,
    FindingFactory,
    InspectionFactory,
    PeriodPartFactory,
    VisitFactory,
)
from reports import assembling, creating, recomposing, tree
from reports.composing import statistics
from reports.models import Document
from reports.rendering.html import render_html
from reports.rendering.hwpx import render_hwpx
from reports.rendering.pdf import render_pdf
from reports.rendering.text import render_text
from reports.tests.factories import Office
from reports.tests.reading import folded, lines_of_hwpx, text_of_html, text_of_pdf

pytestmark = pytest.mark.django_db
FACILITIES = 58
DISTRICTS = ("가온구", "나온구", "다온구", "라온구", "마루구")
PAGES = re.compile(r"- \d+ -")


@pytest.fixture
def report():
    office = Office()
    part = PeriodPartFactory(
        period__department=office.department, period__title="2020년 사회복지시설 정기 지도·점검"
    )
    types = list(FindingType.objects.all()[:4])
    facilities = [_facility(office, part, number, types) for number in range(FACILITIES)]
    Inspection.objects.filter(pk__in=[each.pk for each in facilities[:-3]]).update(
        status="done", completed_at=MOMENT, completed_by=UserFactory()
    )
    return creating.create(Inspection.objects.filter(part=part), by=office.drafter, kind=Document.Kind.RESULT)


def _facility(office, part, number, types):
    aside = number >= FACILITIES - 3
    inspection = InspectionFactory(
        part=part, department=office.department, subject__name=f"{number + 1:02}번 노인복지관",
        subject__district=DISTRICTS[number % len(DISTRICTS)], agreement=AgreementFactory(),
        **({"excluded": True} if aside else {"in_progress": True}),
    )  # fmt: skip
    if aside:
        return inspection
    VisitFactory(inspection=inspection)
    for line in range(number % 4):
        FindingFactory(
            inspection=inspection, text=f"{line + 1}층 비상구 앞에 물품을 쌓아 두어 통행이 어려움",
            kind=Finding.Kind.FAULT, finding_type=types[line],
        )  # fmt: skip
    if number % 4:
        ActionFactory(inspection=inspection, text="비상구 앞의 물품을 치우고 사진을 제출할 것")
    return inspection


def test_it_counts_what_was_made(report):
    lines = [line.strip() for line in render_text(assembling.paper(report)).splitlines()]

    assert "2) 점검대상: 58곳 (점검 55곳, 제외 3곳)" in lines
    assert "계 | 58 | 55 | 3 | -" in lines
    assert "○ 점검한 55곳 중 41곳에서 지적사항 81건 확인" in lines
    assert sum(line.startswith("- 제외: ") for line in lines) == 3
    assert sum(re.match(r"\d+\) \d\d번 노인복지관$", line) is not None for line in lines) == 55


def test_what_was_demanded_is_counted_by_whom_and_summed(report):
    told = [line.strip() for line in render_text(assembling.paper(report)).splitlines()]
    assert "수탁기관 | 41 | 41" in told

    inspection = report.inspections.first()
    ActionFactory(inspection=inspection, owner="department", text="지침을 고칠 것")
    ActionFactory(inspection=inspection, text="돌려줄 것", won=1_200_000)
    found = statistics.by_addressee(Inspection.objects.filter(documents=report).order_by("pk"))
    assert found["rows"] == [
        ["조치할 곳", "건수", "점검대상 수", "금액(원)"],
        ["수탁기관", "42", "42", "1,200,000"],
        ["점검 부서", "1", "1", "-"],
        ["계", "43", "42", "1,200,000"],
    ]


def test_every_format_says_the_same(report):
    paper = assembling.paper(report)
    told = [folded(line) for line in render_text(paper).splitlines() if line.strip()]

    hwpx = [folded(line) for line in lines_of_hwpx(render_hwpx(paper, images={})) if line.strip()]
    html = text_of_html(render_html(paper, images={}))
    printed = iter(PAGES.sub("", text_of_pdf(render_pdf(paper, images={}))).split())

    assert hwpx == told
    bare = render_html(tree.replace(paper, cover=False), images={})
    assert text_of_html(bare).split() == " ".join(told).replace(" | ", " ").split()
    assert [word for word in html.split() if word not in printed] == []  # in order; heads repeat on each page


def test_composing_it_again_asks_as_often_as_for_one(report):
    with CaptureQueriesContext(connection) as many:
        assert not recomposing.plan(report)
    office = Office()
    alone = InspectionFactory(done=True, department=office.department, agreement=AgreementFactory())
    single = creating.create([alone], by=office.drafter, kind=Document.Kind.RESULT)
    with CaptureQueriesContext(connection) as one:
        recomposing.plan(single)

    assert len(many) <= len(one) + 6  # of what one inspection without findings does not have
