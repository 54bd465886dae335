"""단계: what is typed into the sheet of a stage is saved as it is typed, apart from the inspection's own."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inspections.models import Answer, ChecklistItem
from inspections.tests.factories import InspectionFactory, StageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


@pytest.fixture
def stage(inspection):
    return StageFactory(inspection=inspection)


def all_sent(page):
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0", timeout=15_000)


def test_a_stage_saves_itself_and_survives_without_a_network(page_of, inspector, stage):
    page = page_of(inspector)
    page.goto(reverse("inspections:stage", args=[stage.inspection_id, "self"]))
    all_sent(page)
    line = page.locator("[data-line]").first
    line.locator('input[value="부적정"]').check()
    all_sent(page)
    assert stage.answers.get().choice == "부적정"

    page.context.set_offline(True)
    line.get_by_label("의견").fill("영수증 두 장이 없음")
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 1")
    # The same item of the inspection itself is another line of the outbox.
    page.context.set_offline(False)
    page.goto(reverse("inspections:checklist", args=[stage.inspection_id]) + "?all=1")
    all_sent(page)
    own = page.locator("[data-line]").first
    expect(own.locator(".line-stage")).to_contain_text("부적정")
    own.locator('input[value="적정"]').check()
    all_sent(page)

    assert stage.answers.get().opinion == "영수증 두 장이 없음"
    assert (Answer.objects.get().choice, Answer.objects.get().opinion) == ("적정", "")
    assert ChecklistItem.objects.filter(stage_answers__stage=stage).count() == 1
