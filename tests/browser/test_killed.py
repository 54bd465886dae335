"""The browser is killed, not closed: what the page had shown as kept is there when it is started anew."""

import os
import signal
import subprocess

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from conftest import CHROMIUM
from inspections.models import Answer, Evidence
from inspections.tests import hostile_files
from inspections.tests.factories import ChecklistItemFactory, IndicatorFactory, InspectionFactory, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def inspection():
    indicator = IndicatorFactory()
    for number in (1, 2):
        ChecklistItemFactory(indicator=indicator, order=number, code=f"가-{number}", evidence_rule="optional")
    publish(indicator.checklist)
    return InspectionFactory(in_progress=True, part__checklist=indicator.checklist)


@pytest.fixture
def start(playwright, browser_type_launch_args, tmp_path, wire, inspector):
    """Start Chromium on the same profile each time, signed in."""
    contexts = []

    def start():
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", locale="ko-KR", base_url=wire.url, **browser_type_launch_args
        )
        client = Client()
        client.force_login(inspector, backend=settings.AUTHENTICATION_BACKENDS[-1])
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": wire.url}])
        contexts.append(context)
        return context.pages[0]

    yield start
    contexts[-1].close()


def kill(profile):
    """-9 to every process of this profile; the browser has no chance to write anything more."""
    found = subprocess.run(["/usr/bin/pgrep", "-f", f"{CHROMIUM}|{profile}"], capture_output=True, text=True)  # noqa: S603
    mine = [int(pid) for pid in found.stdout.split() if str(profile) in _command(pid)]
    assert mine
    for pid in mine:
        os.kill(pid, signal.SIGKILL)


def _command(pid):
    try:
        with open(f"/proc/{pid}/cmdline") as file:
            return file.read()
    except OSError:
        return ""


def test_a_killed_browser_loses_nothing(start, wire, inspection, tmp_path):
    url = reverse("inspections:checklist", args=[inspection.pk]) + "?all=1"
    page = start()
    page.goto(url)
    wire.set("refused", r"answers/|evidence/new|accounts/ready")
    line = page.locator('[data-code="가-1"]')
    line.get_by_label("적정").first.check()
    line.get_by_label("의견").fill("죽기 전에 적은 글")
    with page.expect_file_chooser() as chooser:
        page.locator('[data-code="가-2"]').get_by_role("link", name="사진·파일").click()
    data = hostile_files.photo()
    chooser.value.set_files([{"name": "현장.jpg", "mimeType": "image/jpeg", "buffer": data}])
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 2")

    kill(tmp_path / "profile")
    wire.set("open")
    page = start()
    page.goto(url)

    expect(page.locator('[data-code="가-1"]').get_by_label("의견")).to_have_value("죽기 전에 적은 글")
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0", timeout=20_000)
    assert [(row.choice, row.opinion) for row in Answer.objects.all()] == [("적정", "죽기 전에 적은 글")]
    assert [row.item.code for row in Evidence.objects.all()] == ["가-2"]
