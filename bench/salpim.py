"""The pages of the project that are measured."""

import itertools
import uuid
from unittest import mock
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bench.data import ITEMS, LONG, SAVED_ITEMS, prepare
from bench.follow_up import DEMANDS, LINES, PAID, YEARS
from bench.measuring import FORM, Page
from inspections.models import Answer, Inspection
from reports import issuing
from reports.models import Document
from reports.tests.factories import Office, quick_rendering, signed, step_of

__all__ = ["pages", "prepare"]
ROW = '<th scope="row">'
# An agreement, and of each year a visit, the lines, the demands, the dispositions.
YEARS_SHOWN = 1 + len(YEARS) * (1 + LINES + DEMANDS + PAID)
ADMIN_ROW = '<th class="field-name">'


def pages(client):
    long = Inspection.objects.filter(checklist__name="긴 점검표").order_by("-pk").first()
    inspection = Inspection.objects.filter(checklist__name="민간위탁 지도점검표").order_by("-pk").first()
    first, second = inspection.checklist.indicators.all()
    listed, box = reverse("inspections:list"), reverse("reports:approval_list")
    shown = reverse("inspections:indicator", args=[inspection.pk, first.pk])
    whole = reverse("inspections:checklist", args=[long.pk]) + "?all=1"
    bare, ours = "/bare/contractors/contractor/", reverse("admin:contractors_contractor_changelist")
    admin = _signed_in(client, "admin")
    actions, board = reverse("follow_up:list") + "?state=open", reverse("follow_up:board")
    duty = reverse("follow_up:duty") + "?year=2020&state="
    contractor = Inspection.objects.order_by("pk").first().agreement.contractor_id
    record = reverse("reports:contractor_record", args=[contractor]) + "?since=2011&until=2020"
    return {
        "점검 목록 50행": Page(lambda: client.get(listed), shows={ROW: 50}),
        "점검표 40항목, 지난해와 함께": Page(
            lambda: client.get(shown),
            shows={
                "data-line=": ITEMS,
                "통장과 증빙이 맞음": ITEMS,
                "증빙이 빠진 지출이 있음": 6,
                "증빙을 보완할 것": 2,
            },
        ),
        "점검표 200항목, 지난 답 400": Page(
            lambda: client.get(whole), shows={"data-line=": LONG, "통장과 증빙이 맞음": LONG}
        ),
        "답 하나 저절로 저장": _autosaving(client, inspection, first),
        "한 지표 저장(8항목)": _saving(client, inspection, second),
        "결재함 50행": Page(lambda: client.get(box), shows={ROW: 50}),
        "결재하고 확정(그리기 빼고)": _deciding(),
        "조치 목록 50행, 10,000건에서": Page(lambda: client.get(actions), shows={ROW: 50}),
        "조치 현황판, 10,000건에서": Page(lambda: client.get(board), shows={'class="board-card"': 33}),
        "점검 의무, 위탁사무 1,000건": Page(lambda: client.get(duty), shows={ROW: 52}),
        "수탁기관 한 곳의 10년": Page(
            lambda: client.get(record), shows={'<th scope="row" class="nowrap">': YEARS_SHOWN}
        ),
        "관리: 맨 ModelAdmin": Page(lambda: admin.get(bare), shows={ADMIN_ROW: 50}),
        "관리: 수탁기관 목록": Page(lambda: admin.get(ours), shows={ADMIN_ROW: 50}),
    }


def _signed_in(client, username):
    other = type(client)(SERVER_NAME="127.0.0.1")
    user = User.objects.get(username=username)
    other.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return other


def _deciding():
    """The last signature as the head posts it: number, freezing, history. What is rendered is a stand-in."""
    office = Office()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(office.head, backend=settings.AUTHENTICATION_BACKENDS[-1])
    waiting = [signed(office)]

    def decide():
        step = step_of(waiting[-1], office.head)
        url = reverse("reports:approve", args=[waiting[-1].pk, step.pk])
        with quick_rendering(), mock.patch.object(issuing, "render_hwpx", return_value=b"PK"):
            return client.post(url)

    def did():
        return Document.objects.get(pk=waiting[-2].pk).number is not None

    return Page(decide, status=302, did=did, then=lambda: waiting.append(signed(office)))


def _autosaving(client, inspection, indicator):
    """One answer, typed on: a new key, the version before, history and event. Nothing is asked for then."""
    url = reverse("inspections:answer_save", args=[inspection.pk])
    item = indicator.items.values_list("pk", flat=True).first()
    turns = itertools.count()
    saved = Answer.objects.filter(inspection=inspection, item=item)

    def save():
        turn = next(turns)
        data = {"key": uuid.uuid4(), "line": item, f"a{item}-base": f"{turn}-{0:012}"}
        data |= {f"a{item}-choice": "적정", f"a{item}-opinion": f"확인함 {turn}"}
        return client.post(url, urlencode(data), FORM, headers={"X-Requested-With": "fetch"})

    return Page(save, did=lambda: saved.get().opinion == f"확인함 {saved.get().version - 1}")


def _saving(client, inspection, indicator):
    """Every request changes every answer of the indicator; then the browser follows to the page."""
    url = reverse("inspections:indicator", args=[inspection.pk, indicator.pk])
    items = list(indicator.items.values_list("pk", flat=True))
    turns = itertools.count()
    saved = Answer.objects.filter(inspection=inspection, item__in=items)

    def save():
        turn = next(turns)
        data = {}
        for item in items:
            data |= {
                f"a{item}-base": f"{turn}-{0:012}",  # the version; the digest of what was shown is another
                f"a{item}-choice": "적정",
                f"a{item}-opinion": f"확인함 {turn}",
            }
        return client.post(url, urlencode(data), FORM)

    def did():
        turn = saved.first().version - 1
        return saved.filter(version=turn + 1, opinion=f"확인함 {turn}").count() == SAVED_ITEMS

    return Page(save, status=302, did=did, then=lambda: client.get(url))
