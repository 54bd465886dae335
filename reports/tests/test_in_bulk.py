"""Letters for many at once: each a draft of its own, each sent along its own line, nothing made twice."""

import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from inspections.tests.factories import InspectionFactory
from reports import in_bulk
from reports.models import Document
from reports.tests.factories import Office

pytestmark = pytest.mark.django_db
Kind = Document.Kind


def inspections_of(office, count=3, **state):
    first = InspectionFactory(department=office.department, **(state or {"done": True}))
    others = [
        InspectionFactory(department=office.department, part=first.part, **(state or {"done": True}))
        for _ in range(count - 1)
    ]
    return [first, *others]


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def drafter(client, office):
    client.force_login(office.drafter)
    return client


def ask(client, inspections, kind="outcome", *, script=False, **fields):
    data = {"kind": kind, "each": "on", "key": str(uuid.uuid4())} | fields
    data["inspections"] = [inspection.pk for inspection in inspections]
    headers = {"X-Requested-With": "fetch"} if script else {}
    period = inspections[0].part.period_id
    return client.post(reverse("reports:period_document_create", args=[period]), data, headers=headers)


def test_each_inspection_gets_a_letter_of_its_own(drafter, office):
    inspections = inspections_of(office)
    page = drafter.get(ask(drafter, inspections)["Location"]).content.decode()

    assert "결과통지 초안 3건을 지었습니다." in page
    made = Document.objects.filter(kind=Kind.OUTCOME)
    assert sorted(document.inspections.get().pk for document in made) == [each.pk for each in inspections]
    assert "내 초안 한꺼번에 결재 요청" in page


def test_a_script_asks_for_one_at_a_time_and_a_repeat_makes_nothing_new(drafter, office):
    inspections, key = inspections_of(office), str(uuid.uuid4())
    for _ in range(2):
        for inspection in inspections:
            answer = ask(drafter, [inspection], script=True, key=key).json()
            assert answer == {"done": 1, "refused": []}
    assert Document.objects.count() == 3


def test_what_does_not_fit_is_told_by_name_and_the_others_are_made(drafter, office):
    inspections = inspections_of(office, 2)
    inspections.append(InspectionFactory(department=office.department, part=inspections[0].part))
    answer = ask(drafter, inspections, script=True).json()
    assert answer["done"] == 2
    (refused,) = answer["refused"]
    assert refused.startswith(f"{inspections[2].subject}: 점검을 완료한 다음")


def test_no_more_than_a_page_in_one_request(drafter, office, monkeypatch):
    monkeypatch.setattr(in_bulk, "MOST", 2)
    page = drafter.get(ask(drafter, inspections_of(office))["Location"]).content.decode()
    assert "한 번에" in page
    assert Document.objects.count() == 2


def test_drafts_are_sent_along_the_line_proposed_for_each(drafter, office):
    inspections = inspections_of(office)
    ask(drafter, inspections)
    drafts = list(Document.objects.all())
    for draft in drafts:
        draft.letter.receivers, draft.letter.organisation, draft.letter.sender = (
            ["관장"],
            "가온시",
            "가온시장",
        )
        draft.letter.save()
    drafts[2].letter.receivers = []
    drafts[2].letter.save()

    address = reverse("reports:request_many", args=[inspections[0].part.period_id])
    page = drafter.post(address, {"document": [draft.pk for draft in drafts]}, follow=True).content.decode()

    assert "2건의 결재를 요청했습니다." in page
    assert f"{drafts[2]}: 수신을 적은 다음" in page.replace("&#x27;", "'")
    assert [Document.objects.get(pk=draft.pk).status for draft in drafts] == [
        "in_approval", "in_approval", "draft",
    ]  # fmt: skip
    line = Document.objects.get(pk=drafts[0].pk).rounds.get().steps.order_by("order")
    assert [step.assignee for step in line] == [office.drafter, office.lead, office.head]


def test_only_ones_own_drafts_are_sent(client, office):
    inspections = inspections_of(office, 2)
    in_bulk.draft_each(inspections, by=office.drafter, kind=Kind.OUTCOME, key=None)
    client.force_login(office.colleague)
    address = reverse("reports:request_many", args=[inspections[0].part.period_id])
    keys = list(Document.objects.values_list("pk", flat=True))
    page = client.post(address, {"document": keys}, follow=True).content.decode()
    assert "결재를 요청할 초안을 고르세요." in page
    assert set(Document.objects.values_list("status", flat=True)) == {"draft"}


def test_strangers_make_nothing(office):
    inspections = inspections_of(office, 2)
    done, refused = in_bulk.draft_each(inspections, by=Office().drafter, kind=Kind.OUTCOME, key=None)
    assert (done, len(refused)) == (0, 2)
    assert not Document.objects.exists()


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_the_same_wish_twice_at_once_makes_one():
    office = Office()
    (inspection,) = inspections_of(office, 1)
    key, start, outcomes = uuid.uuid4(), threading.Barrier(2), []

    def run():
        try:
            start.wait()
            outcomes.append(in_bulk.draft_each([inspection], by=office.drafter, kind=Kind.OUTCOME, key=key))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert outcomes == [(1, []), (1, [])]
    assert Document.objects.count() == 1
