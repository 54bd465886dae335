"""Periods, targets, plan, visits and the month in a real browser: axe, narrow screens, the keyboard alone."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.tests.factories import AgreementFactory, SubjectFactory
from inspections.models import Inspection, PeriodPart
from inspections.tests.factories import (
    BasisFactory,
    InspectionFactory,
    InspectionPeriodFactory,
    PeriodPartFactory,
    PostponementFactory,
    StatusReasonFactory,
    TeamMemberFactory,
    VisitFactory,
)
from tests.browser.test_look import violations

pytestmark = pytest.mark.browser
WIDTHS = {"desktop": 1280, "tablet": 820}


@pytest.fixture
def inspector(db):
    office = DepartmentFactory(name="공정경제담당관")
    return UserFactory(name="김가나", department=office)


@pytest.fixture
def period(inspector):
    """One inspection of each state, and one subject that is still due."""
    office = inspector.department
    period = InspectionPeriodFactory(department=office, title="2020년 민간위탁 정기 지도·점검")
    period.bases.add(BasisFactory(title="행정사무의 민간위탁에 관한 조례"))
    part = PeriodPartFactory(period=period)
    for state in [{}, {"in_progress": True}, {"excluded": True}, {"not_done": True}]:
        agreement = AgreementFactory(subject__department=office)
        subject = agreement.subject
        InspectionFactory(part=part, department=office, subject=subject, agreement=agreement, **state)
    first = Inspection.objects.earliest("pk")
    PostponementFactory(visit=VisitFactory(inspection=first, daily_from=dt.time(14), place="센터 사무실"))
    TeamMemberFactory(inspection=first, user=inspector, name="김가나", position="주무관", order=1)
    TeamMemberFactory(inspection=first, headcount_only=True, order=2)
    due = AgreementFactory(subject__department=office, subject__name="전자상거래센터 운영")
    AgreementFactory(subject=due.subject)
    elsewhere = AgreementFactory(contractor=due.contractor)
    VisitFactory(inspection=InspectionFactory(subject=elsewhere.subject, agreement=elsewhere))
    SubjectFactory(site=True, parent=due.subject)
    StatusReasonFactory()
    return period


def addresses(period):
    part = period.parts.get()
    planned, begun, excluded = Inspection.objects.filter(part=part).order_by("pk")[:3]
    visit = planned.visits.get()
    return {
        "period_list": reverse("inspections:period_list"),
        "period_create": reverse("inspections:period_create"),
        "period_detail": reverse("inspections:period_detail", args=[period.pk]),
        "targets": reverse("inspections:targets", args=[period.pk, part.pk]),
        "targets_exclude": reverse("inspections:targets_exclude", args=[period.pk])
        + f"?inspection={planned.pk}",
        "list": reverse("inspections:list"),
        "detail": reverse("inspections:detail", args=[planned.pk]),
        "detail_begun": reverse("inspections:detail", args=[begun.pk]),
        "detail_excluded": reverse("inspections:detail", args=[excluded.pk]),
        "plan_update": reverse("inspections:plan_update", args=[planned.pk]),
        "member_create": reverse("inspections:member_create", args=[planned.pk]),
        "visits": reverse("inspections:visits", args=[planned.pk]),
        "visit_create": reverse("inspections:visit_create", args=[planned.pk]),
        "visit_postpone": reverse("inspections:visit_postpone", args=[planned.pk, visit.pk]),
        "calendar": reverse("inspections:calendar") + "?month=2020-12",
    }


def picture(page, name, width):
    """For the eye: SALPIM_PICTURES=folder keeps what the pages look like."""
    if folder := os.environ.get("SALPIM_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_have_no_violations_and_do_not_scroll_sideways(page_of, inspector, period, width):
    page = page_of(inspector, viewport={"width": width, "height": 900})
    wrong = {}
    for name, address in addresses(period).items():
        page.goto(address)
        found = violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("scrolls sideways")
        if page.locator("h1").count() != 1 or page.locator(".page-actions > .button-primary").count() > 1:
            found.append("one title, one primary action")
        picture(page, name, width)
        wrong |= {name: found} if found else {}

    assert wrong == {}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_forms_with_errors_have_no_violations(page_of, inspector, period, width):
    page = page_of(inspector, viewport={"width": width, "height": 900})
    wrong = {}
    for name in ["period_create", "targets_exclude", "member_create", "visit_create", "visit_postpone"]:
        page.goto(addresses(period)[name])
        page.eval_on_selector("main form", "form => { form.noValidate = true; }")
        page.locator("main form .form-actions button").first.click()
        page.wait_for_selector("[data-error-summary]")
        picture(page, f"{name}-error", width)
        found = violations(page)
        wrong |= {name: found} if found else {}

    assert wrong == {}


def press_to(page, role, name, *, within=80):
    """Tab until the element with this name has the focus, as somebody without a mouse does."""
    for _ in range(within):
        page.keyboard.press("Tab")
        if page.get_by_role(role, name=name, exact=True).and_(page.locator(":focus")).count():
            return
    raise AssertionError(f"The keyboard does not reach {role} {name}")


def test_a_target_is_chosen_by_the_keyboard_alone(page_of, inspector, period):
    page = page_of(inspector)
    page.goto(addresses(period)["targets"])

    press_to(page, "checkbox", "보이는 대상 모두 고르기")
    page.keyboard.press("Space")
    assert page.get_by_role("checkbox", name="전자상거래센터 운영 고르기").is_checked()
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="고른 대상 넣기").focus()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{reverse('inspections:period_detail', args=[period.pk])}")
    assert (
        PeriodPart.objects.get(period=period).inspections.filter(subject__name="전자상거래센터 운영").exists()
    )


def test_an_inspection_is_started_by_the_keyboard_alone(page_of, inspector, period):
    page = page_of(inspector)
    page.goto(addresses(period)["detail"])

    press_to(page, "button", "점검 시작")
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()

    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="점검 시작").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=점검을 시작했습니다.")


def test_a_part_is_added_and_nothing_typed_is_lost(page_of, inspector, period):
    page = page_of(inspector, java_script_enabled=False)
    page.goto(addresses(period)["period_create"])

    page.get_by_label("이름", exact=False).first.fill("봄 점검")
    page.get_by_role("button", name="점검 기간 하나 더").click()

    assert page.get_by_role("heading", name="점검 기간 2").is_visible()
    assert page.get_by_label("이름", exact=False).first.input_value() == "봄 점검"
