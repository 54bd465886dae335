import io
import json
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import attesting, evidence
from inspections.answer_rules import Given
from inspections.answering import save_answers
from inspections.evidence_files import path_of
from inspections.models import Attestation, ChecklistItem, Evidence, Inspection
from inspections.tests.factories import InspectionFactory
from inspections.workflow import TransitionError

pytestmark = pytest.mark.django_db

STROKES = [[[100, 100], [400, 300], [700, 100]], [[500, 200]]]


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


@pytest.fixture
def inspector(inspection):
    return UserFactory(department=inspection.department)


def attest(inspection, inspector, **about):
    values = {"client_id": uuid.uuid4(), "name": "홍가람", "position": "사무국장", "strokes": STROKES} | about
    return attesting.attest(inspection, by=inspector, **values)


def test_a_signature_is_drawn_here_and_kept_as_evidence(inspection, inspector):
    made = attest(inspection, inspector)

    picture = Image.open(io.BytesIO(path_of(made.evidence.shown).read_bytes())).convert("L")
    assert picture.size == (1000, 400)
    assert (picture.getpixel((400, 300)) < 60, picture.getpixel((20, 20)) > 200) == (True, True)
    assert made.evidence.caption == "확인 서명: 사무국장 홍가람"
    assert Event.objects.filter(action="attest").count() == 1


def test_sent_twice_it_is_there_once(inspection, inspector):
    number = uuid.uuid4()

    assert attest(inspection, inspector, client_id=number) == attest(inspection, inspector, client_id=number)
    assert (Attestation.objects.count(), Evidence.objects.count()) == (1, 1)


def test_its_number_serves_one_inspection_only(inspection, inspector):
    number = uuid.uuid4()
    attest(inspection, inspector, client_id=number, strokes=[], reason="거부")
    other = InspectionFactory(in_progress=True)

    with pytest.raises(TransitionError, match="다른 점검에 쓰인 번호"):
        attest(other, UserFactory(department=other.department), client_id=number, strokes=[], reason="거부")


def test_a_refusal_is_noted_with_its_reason(inspection, inspector):
    made = attest(inspection, inspector, strokes=[], reason="내용에 동의하지 않음")

    assert (made.evidence, made.reason) == (None, "내용에 동의하지 않음")


@pytest.mark.parametrize("about", [{"strokes": []}, {"reason": "거부"}, {"name": " "}])
def test_it_is_one_or_the_other_and_somebody(inspection, inspector, about):
    with pytest.raises(TransitionError, match="가운데 하나"):
        attest(inspection, inspector, **about)


def test_after_a_change_of_the_answers_the_page_says_so(client, inspection, inspector):
    attest(inspection, inspector)
    client.force_login(inspector)
    url = reverse("inspections:attest", args=[inspection.pk])
    assert "확인한 뒤 답이 바뀜" not in client.get(url).text

    item = ChecklistItem.objects.select_related("indicator").filter(indicator__checklist=inspection.checklist)
    save_answers(inspection, [Given(item.first(), choice="적정")], by=inspector)

    assert "확인한 뒤 답이 바뀜" in client.get(url).text


def test_it_is_never_changed_nor_taken_away(inspection, inspector):
    made = attest(inspection, inspector)

    for change in (lambda: Attestation.objects.update(name="다른 사람"), Attestation.objects.all().delete):
        with (
            pytest.raises(DatabaseError, match="확인 서명은 고치거나 지울 수 없습니다"),
            transaction.atomic(),
        ):
            change()
    for act, about in [
        (evidence.withdraw, {"reason": "잘못"}),
        (evidence.describe, {"caption": "다른 설명", "was": made.evidence.caption}),
        (evidence.turn, {"was": 0}),
    ]:
        with pytest.raises(TransitionError, match="확인 서명은 고치거나 거둘 수 없습니다"):
            act(made.evidence, by=inspector, **about)


def test_the_database_wants_one_of_both(inspection, inspector):
    with pytest.raises(IntegrityError, match="signed_or_says_why_not"):
        Attestation.objects.create(
            inspection=inspection, client_id=uuid.uuid4(), name="가", answers_sha256="0" * 64,
            signed_at=inspection.part.period.created_at, taken_by=inspector,
        )  # fmt: skip


def test_a_done_inspection_is_not_signed_any_more(inspector):
    done = InspectionFactory(done=True)

    with pytest.raises(TransitionError):
        attest(done, UserFactory(department=done.department))
    assert not Inspection.objects.get(pk=done.pk).attestations.exists()


@pytest.mark.parametrize(
    "strokes",
    ["x", "{}", "[[[1]]]", "[[[1,2,3]]]", "[[[-1,2]]]", "[[[1001,2]]]", "[[[1.5,2]]]", "[[]]", "[[[true,2]]]",
     "7", json.dumps([[[1, 1]] * 5001]), "[" * 5000],
)  # fmt: skip
def test_what_is_no_signature_is_refused(client, inspection, inspector, strokes):
    client.force_login(inspector)
    data = {"client_id": uuid.uuid4(), "name": "홍가람", "strokes": strokes}

    response = client.post(reverse("inspections:attest", args=[inspection.pk]), data)

    assert response.status_code == 422
    assert not Attestation.objects.exists()
