"""Many at once in the page: one after the other with a bar, stopped by a dead network and gone on with."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inspections.tests.factories import InspectionFactory
from reports.models import Document
from reports.tests.factories import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_letters_are_made_one_by_one_and_a_dead_network_stops_them_only(page_of):
    office = Office()
    first = InspectionFactory(department=office.department, done=True)
    for _ in range(3):
        InspectionFactory(department=office.department, done=True, part=first.part)
    page = page_of(office.drafter)
    page.goto(reverse("reports:period_documents", args=[first.part.period_id]))
    page.get_by_label("문서 종류").select_option("outcome")
    page.get_by_label("점검마다 한 건씩 따로 짓기").check()
    sent = []

    def third_is_lost(route):
        sent.append(route.request.post_data)
        route.abort() if len(sent) == 3 else route.continue_()

    page.route("**/create/", third_is_lost)
    page.get_by_role("button", name="초안 만들기").click()

    expect(page.locator("#toasts")).to_contain_text("이어서 하세요")
    expect(page.locator(".one-by-one")).to_contain_text("2 / 4건")
    assert Document.objects.count() == 2
    page.get_by_role("button", name="이어서 하기").click()

    expect(page.get_by_text("4건을 처리했습니다.")).to_be_visible()
    assert len(sent) == 5
    assert Document.objects.count() == 4
    page.get_by_role("link", name="목록 새로 보기").click()
    expect(page.get_by_role("heading", name="내 초안 한꺼번에 결재 요청")).to_be_visible()
