"""다시 볼 것 of a draft: told to its drafter, left with a reason, back when the line changes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from inspections.tests.factories import TeamMemberFactory
from inspections.workflow import TransitionError
from reports import second_look
from reports.models import WaivedFault
from reports.tests.factories import Office, approved, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def document(office):
    made = draft(office, disclosure="open")
    made.blocks.create(position=900, kind="line", level=2, runs=[["방문일 ’20. 12. 30.(목)", ""]])
    return made


def page(client, user, name, document):
    client.force_login(user)
    return client.get(reverse(f"reports:{name}", args=[document.pk])).content.decode()


def test_it_is_told_in_the_editor_and_before_the_request(client, office, document):
    block = document.blocks.get(position=900)

    shown = page(client, office.drafter, "document_check", document)

    assert "요일이 실제와 다릅니다. (수요일)" in shown
    assert f"#line-{block.pk}" in shown
    assert "다시 볼 것 <strong>1</strong>" in page(client, office.drafter, "document", document)
    assert "다시 볼 것이 남아 있습니다." in page(client, office.drafter, "approval_request", document)
    # Whoever only reads it gets no way to leave it.
    assert "이대로 둠…" not in page(client, office.colleague, "document_check", document)


def test_it_is_left_with_a_reason_and_comes_back_when_the_line_changes(client, office, document):
    ((seen),) = second_look.faults(document)
    client.force_login(office.drafter)
    address = reverse("reports:fault_waive", args=[document.pk])
    client.post(address, {"key": seen.fault.key, "reason": " "})
    assert second_look.open_count(document) == 1
    client.post(address, {"key": seen.fault.key, "reason": "원문 그대로 옮김"})

    assert second_look.open_count(document) == 0
    assert "원문 그대로 옮김" in page(client, office.drafter, "document_check", document)
    assert Event.objects.get(action="waive").detail["reason"] == "원문 그대로 옮김"
    document.blocks.filter(position=900).update(runs=[["방문일 ’20. 12. 30.(금)", ""]])
    assert second_look.open_count(document) == 1


def test_three_nets_for_a_reason(office, document):
    (seen,) = second_look.faults(document)
    key = seen.fault.key
    with pytest.raises(TransitionError):
        second_look.waive(document, key, by=office.drafter, reason=" ")
    with pytest.raises(TransitionError):
        second_look.waive(document, "sum:other", by=office.drafter, reason="까닭")
    with pytest.raises(PermissionDenied):
        second_look.waive(document, key, by=office.colleague, reason="까닭")
    waiver = second_look.waive(document, key, by=office.drafter, reason="까닭")
    with pytest.raises(TransitionError):
        second_look.waive(document, key, by=office.drafter, reason="까닭")
    whole = {"document": document, "waived_by": office.drafter, "waived_at": waiver.waived_at}
    for wrong in ({"key": "x", "reason": ""}, {"key": waiver.key, "reason": "까닭"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WaivedFault.objects.create(**whole, **wrong)


def test_a_paper_that_was_issued_is_left_as_it_is(office):
    paper = approved(office)
    with pytest.raises(TransitionError):
        second_look.waive(paper, "sum:x", by=office.drafter, reason="까닭")


def test_names_from_outside_are_private(office, document):
    inspection = document.inspections.get()
    TeamMemberFactory(inspection=inspection, user=None, name="정하허", organisation="회계법인")
    document.blocks.filter(position=900).update(runs=[["정하허 회계사가 함께 봄", ""]])

    (seen,) = second_look.faults(document)

    assert seen.fault.text == "개인의 이름으로 보입니다: 정○○"


@pytest.mark.parametrize("faults", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(client, office, faults, django_assert_num_queries):
    made = draft(office, disclosure="open")
    for number in range(faults):
        made.blocks.create(position=900 + number, kind="line", level=2, runs=[["’20. 12. 30.(목)", ""]])
    address = reverse("reports:document_check", args=[made.pk])
    client.force_login(office.drafter)
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)
