"""Dispositions: what each needs, due process before a 행정처분, ladders, changes."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit import recording
from audit.models import Event
from contractors.tests.factories import AgreementFactory
from follow_up import disposing, hearing, proposing, readiness
from follow_up.models import DeadlineRule, Disposition, Holiday, Ladder
from follow_up.tests.factories import DispositionFactory, disposition_type, done_inspection
from inspections import following_up, outlining
from inspections.models import FindingType
from inspections.tests.factories import ActionFactory, FindingFactory, InspectionFactory
from inspections.workflow import StaleError, TransitionError

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-02T10:00:00+09:00", tick=False) as clock:
        yield clock


@pytest.fixture
def inspection():
    return done_inspection()


@pytest.fixture
def official(inspection):
    return UserFactory(department=inspection.department)


def add(inspection, official, name="시정", family="administrative", **fields):
    of_type = disposition_type(name, family)
    return disposing.add(inspection, by=official, id=uuid.uuid4(), disposition_type=of_type, **fields)


def fault(inspection, **fields):
    """A typed fault of an inspection; the guards let it in before the inspection is done."""
    return FindingFactory(inspection=inspection, kind="fault", **fields)


# What a type needs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "family", "missing"),
    [
        ("주의", "administrative", []),
        ("시정", "administrative", ["기한"]),
        ("회수", "financial", ["기한", "금액"]),
        ("변상", "financial", ["기한", "금액", "인원"]),
        ("훈계", "personal", ["인원"]),
        ("사업정지", "qualification", ["기간", "법적 근거"]),
        ("조치 없음", "administrative", []),
    ],
)
def test_what_a_type_needs_is_asked_for_before_it_is_decided(inspection, official, name, family, missing):
    made = add(inspection, official, name, family)

    assert readiness.missing(made) == missing
    if missing:
        with pytest.raises(TransitionError, match=missing[0]):
            disposing.decide(made, by=official, version=1, early_reason="급함")
    else:
        assert disposing.decide(made, by=official, version=1).status == "decided"


def test_one_sent_twice_is_one(inspection, official):
    fields = {"by": official, "id": uuid.uuid4(), "disposition_type": disposition_type()}
    assert disposing.add(inspection, **fields) == disposing.add(inspection, **fields)
    assert Disposition.objects.count() == 1


def test_not_before_the_inspection_has_begun():
    inspection = InspectionFactory()
    with pytest.raises(TransitionError, match="점검을 시작한 뒤"):
        add(inspection, UserFactory(department=inspection.department))


def test_a_stranger_disposes_of_nothing(inspection):
    with pytest.raises(PermissionDenied):
        add(inspection, UserFactory())


def test_a_stale_page_changes_nothing(inspection, official):
    made = add(inspection, official)
    disposing.save(made, by=official, version=1, text="하나")
    with pytest.raises(StaleError):
        disposing.save(made, by=official, version=1, text="둘")


def test_a_line_with_a_disposition_is_kept():
    inspection = InspectionFactory(in_progress=True)
    official, line = UserFactory(department=inspection.department), FindingFactory(inspection=inspection)
    made = add(inspection, official, finding=line)

    with pytest.raises(TransitionError, match="처분이 있습니다"):
        outlining.delete_line(line, by=official, version=line.version)
    disposing.discard(made, by=official, version=1)
    outlining.delete_line(line, by=official, version=line.version)

    assert Event.objects.filter(action="delete_disposition").exists()


def test_a_line_of_another_inspection_is_refused(inspection, official):
    with pytest.raises(TransitionError, match="이 점검의 점검결과"):
        add(inspection, official, finding=FindingFactory())


def test_an_action_that_a_disposition_rests_on_is_kept():
    inspection = InspectionFactory(in_progress=True)
    official, action = UserFactory(department=inspection.department), ActionFactory(inspection=inspection)
    add(inspection, official, action=action)

    with pytest.raises(TransitionError, match="처분에 이어진"):
        following_up.delete_action(action, by=official, version=1)


# Due process ----------------------------------------------------------------------------------------------


def order(inspection, official, name="시정명령", **fields):
    fields = {"basis": "「사회복지사업법」 제40조", "due_on": dt.date(2026, 12, 31)} | fields
    return add(inspection, official, name, **fields)


def announce(made, official, **fields):
    rule = DeadlineRule.objects.get(name="의견제출 기한")
    return hearing.notify(made, by=official, version=made.version, rule=rule, noticed_on=TODAY, **fields)


def test_a_disposal_is_decided_after_the_time_for_opinions(inspection, official, november):
    made = announce(order(inspection, official), official)
    assert made.procedure.opinion_due_on == dt.date(2026, 11, 12)
    assert "10일째 되는 날은 2026. 11. 12.(목)입니다." in made.procedure.counted

    november.move_to("2026-11-12T23:00:00+09:00")
    with pytest.raises(TransitionError, match=r"의견제출 기한\(2026\. 11\. 12\.\)"):
        disposing.decide(made, by=official, version=made.version)

    november.move_to("2026-11-13T00:01:00+09:00")
    assert disposing.decide(made, by=official, version=made.version).status == "decided"
    assert made.early_reason == ""


def test_a_reason_gets_past_and_is_kept(inspection, official):
    made = order(inspection, official)
    with pytest.raises(TransitionError, match="사전통지를 하지 않았습니다"):
        disposing.decide(made, by=official, version=1)

    decided = disposing.decide(
        made, by=official, version=1, early_reason="공공의 안전(행정절차법 제21조제4항제1호)"
    )

    assert decided.early_reason.startswith("공공의 안전")
    assert Event.objects.get(action="decide_disposition").detail["early_reason"] == decided.early_reason


def test_every_opinion_is_answered_first(inspection, official, november):
    made = announce(order(inspection, official), official)
    fields = {
        "by": official,
        "id": uuid.uuid4(),
        "text": "이미 고쳤음",
        "source": "letter",
        "received_on": TODAY,
    }
    opinion = hearing.add_opinion(made, **fields)
    assert hearing.add_opinion(made, **fields) == opinion
    november.move_to("2026-12-01T10:00:00+09:00")

    with pytest.raises(TransitionError, match="답하지 않은 의견"):
        disposing.decide(made, by=official, version=made.version)
    hearing.answer_opinion(opinion, by=official, answer="rejected", answer_text="증빙이 없음")
    with pytest.raises(TransitionError, match="이미 답한"):
        hearing.answer_opinion(opinion, by=official, answer="adopted", answer_text="맞음")

    assert disposing.decide(made, by=official, version=made.version).status == "decided"


def test_a_hearing_is_held_first(inspection, official, november):
    made = add(inspection, official, "폐쇄", "qualification", basis="「사회복지사업법」 제40조")
    with pytest.raises(TransitionError, match="청문일을"):
        announce(made, official)
    with pytest.raises(TransitionError, match="10일이 지난 뒤"):
        announce(made, official, hearing_on=dt.date(2026, 11, 12))
    announce(made, official, hearing_on=dt.date(2026, 11, 20), hearing_place="시청 3층")
    with pytest.raises(TransitionError, match="아직 청문을"):
        hearing.hold_hearing(made, by=official, version=2, note="들음")

    november.move_to("2026-11-21T10:00:00+09:00")
    with pytest.raises(TransitionError, match="청문 결과"):
        disposing.decide(made, by=official, version=2)
    hearing.hold_hearing(made, by=official, version=2, note="당사자가 나와 의견을 말함")

    assert disposing.decide(made, by=official, version=2).status == "decided"


def test_the_citys_own_days_of_rest_move_the_deadline(inspection, official):
    Holiday.objects.create(day=dt.date(2026, 11, 12), name="임시공휴일")
    made = announce(order(inspection, official), official)

    assert made.procedure.opinion_due_on == dt.date(2026, 11, 13)
    assert "임시공휴일" in made.procedure.counted


def test_only_a_disposal_is_announced(inspection, official):
    with pytest.raises(TransitionError, match="행정처분이 아니어서"):
        announce(add(inspection, official), official)


# Ladders --------------------------------------------------------------------------------------------------


@pytest.fixture
def ladder():
    made = Ladder.objects.create(name="협약 제20조", years=3)
    made.finding_types.add(FindingType.objects.first())
    for count, name in enumerate(["주의", "1차 경고", "2차 경고"], start=1):
        made.rungs.create(count=count, disposition_type=disposition_type(name))
    return made


def punished(agreement, decided_on, finding_type, status="decided", **fields):
    """An earlier inspection of the contractor, with a disposition for this type of finding."""
    inspection = InspectionFactory(in_progress=True, agreement=agreement)
    line = fault(inspection, finding_type=finding_type)
    ended = {"end_reason": "잘못"} if status == "cancelled" else {}
    return DispositionFactory(
        inspection=inspection, finding=line, status=status, decided_on=decided_on,
        decided_by=UserFactory(), disposition_type=disposition_type("주의"), **ended, **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("earlier", "proposed", "count"),
    [
        ([], "주의", 0),
        (["2025-11-03"], "1차 경고", 1),
        (["2025-11-03", "2024-01-01"], "2차 경고", 2),
        (
            ["2026-01-01", "2025-01-01", "2024-01-01", "2023-12-01"],
            "2차 경고",
            4,
        ),  # beyond the last, the last
        (["2023-11-02"], "주의", 0),  # three years ago to the day is over
        (["2023-11-03"], "1차 경고", 1),
    ],
)
def test_the_ladder_counts_earlier_dispositions(ladder, earlier, proposed, count):
    agreement, finding_type = AgreementFactory(), ladder.finding_types.get()
    for day in earlier:
        punished(agreement, dt.date.fromisoformat(day), finding_type)
    inspection = InspectionFactory(in_progress=True, agreement=agreement)
    line = fault(inspection, finding_type=finding_type)

    found = proposing.proposal(line, agreement.contractor, TODAY)

    assert (found.disposition_type.name, found.earlier) == (proposed, count)
    assert f"이번이 {count + 1}번째" in found.told


def test_what_does_not_count(ladder):
    agreement, finding_type = AgreementFactory(), ladder.finding_types.get()
    day = dt.date(2026, 1, 5)
    punished(agreement, day, finding_type, status="cancelled")
    punished(agreement, day, FindingType.objects.last())
    punished(AgreementFactory(), day, finding_type)
    inspection = InspectionFactory(in_progress=True, agreement=agreement)
    line = fault(inspection, finding_type=finding_type)
    DispositionFactory(
        inspection=inspection, finding=line, status="decided", decided_on=day, decided_by=UserFactory()
    )

    assert proposing.proposal(line, agreement.contractor, TODAY).earlier == 0


def test_a_ladder_of_the_agreement_goes_before_one_for_all(ladder):
    agreement, finding_type = AgreementFactory(), ladder.finding_types.get()
    own = Ladder.objects.create(name="가. 이 협약만", agreement=agreement)
    own.finding_types.add(finding_type)
    own.rungs.create(count=1, disposition_type=disposition_type("시정"))
    line = fault(InspectionFactory(in_progress=True, agreement=agreement), finding_type=finding_type)
    other = fault(
        InspectionFactory(in_progress=True, agreement=AgreementFactory()), finding_type=finding_type
    )

    assert proposing.proposal(line, agreement.contractor, TODAY).ladder == own
    assert proposing.proposal(other, None, TODAY).ladder == ladder
    assert proposing.proposal(FindingFactory(), None, TODAY) is None


def test_another_rung_needs_a_reason(ladder, official):
    inspection = InspectionFactory(in_progress=True, agreement=AgreementFactory())
    official = UserFactory(department=inspection.department)
    line = fault(inspection, finding_type=ladder.finding_types.get())

    with pytest.raises(TransitionError, match="까닭"):
        add(inspection, official, "2차 경고", finding=line)
    made = add(inspection, official, "2차 경고", finding=line, override_reason="고의")

    assert (made.proposed_type.name, made.override_reason) == ("주의", "고의")
    with pytest.raises(IntegrityError, match="another_rung_has_a_reason"), transaction.atomic():
        Disposition.objects.update(override_reason="")


# Changing -------------------------------------------------------------------------------------------------


def test_a_change_is_another_disposition(inspection, official):
    first = add(inspection, official, "주의")
    disposing.decide(first, by=official, version=1)
    first.refresh_from_db()
    second = disposing.change(
        first, by=official, id=uuid.uuid4(), version=first.version, reason="이의를 받아들임",
        disposition_type=disposition_type("권고"),
    )  # fmt: skip
    first.refresh_from_db()
    assert first.status == "decided"  # until the other is decided

    disposing.decide(second, by=official, version=1)

    first.refresh_from_db()
    assert (first.status, first.end_reason, first.replaced_by) == ("changed", "이의를 받아들임", second)
    assert list(Disposition.objects.standing()) == [second]
    assert recording.broken_links() == []


def test_what_is_decided_is_not_edited(inspection, official):
    made = add(inspection, official, "주의")
    disposing.decide(made, by=official, version=1)
    made.refresh_from_db()

    with pytest.raises(TransitionError, match="'확정' 상태"):
        disposing.save(made, by=official, version=made.version, text="고침")
    with pytest.raises(TransitionError, match="'확정' 상태"):
        disposing.discard(made, by=official, version=made.version)
    disposing.cancel(made, by=official, version=made.version, reason="잘못")
    assert not Disposition.objects.standing().exists()


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("a_decided_disposition_says_when_and_by_whom", {"status": "decided"}),
        ("an_ended_disposition_has_a_reason", {"status": "cancelled"}),
        ("a_disposition_ends_after_it_starts", {"starts_on": TODAY, "ends_on": TODAY - dt.timedelta(days=1)}),
        ("a_disposition_of_money_is_not_negative", {"won": -1}),
        ("a_departments_disposition_names_it", {"addressee": "department"}),
    ],
)
def test_the_database_refuses_a_wrong_disposition(constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DispositionFactory(**wrong)


# Parties --------------------------------------------------------------------------------------------------


def test_money_that_goes_out_names_who_gets_it(client, inspection, official):
    client.force_login(official)
    new = reverse("follow_up:disposition_create", args=[inspection.pk])
    data = {
        "id": str(uuid.uuid4()), "disposition_type": disposition_type("환급", "financial").pk,
        "addressee": "contractor", "won": 440_000, "due_on": "2026-12-31",
    }  # fmt: skip
    for wrong in ("누구 | 학부모 | 22", "받을 사람 |  | 22", "받을 사람 | 학부모 | 스물"):
        assert client.post(new, data | {"parties": wrong}).status_code == 422
    client.post(new, data | {"parties": "받을 사람 | 학부모 | 22명 | 440,000원\n거치는 곳 | 어린이집"})

    made = Disposition.objects.get()
    assert list(made.parties.values_list("role", "name", "persons", "won")) == [
        ("creditor", "학부모", 22, 440_000), ("intermediary", "어린이집", None, None),
    ]  # fmt: skip
    edit = reverse("follow_up:disposition_update", args=[inspection.pk, made.pk])
    assert "받을 사람\t학부모\t22\t440,000" in client.get(edit).content.decode()
    assert (
        "학부모 22명 440,000원"
        in client.get(reverse("follow_up:disposition", args=[inspection.pk, made.pk])).content.decode()
    )
