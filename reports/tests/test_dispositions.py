"""Dispositions in papers: told, counted over many, announced and decided in letters; demands told."""

import datetime as dt

import pytest

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.tests.factories import AgreementFactory
from follow_up.tests.factories import ActionReportFactory, DispositionFactory, demand, disposition_type
from inspections.models import Inspection
from inspections.tests.factories import MOMENT, ActionFactory, FindingFactory, InspectionFactory
from reports import assembling, creating
from reports.composing import dispositions
from reports.drafting import for_composing
from reports.models import Document, Letter
from reports.rendering.text import render_text
from reports.tests.factories import Office, approved

pytestmark = pytest.mark.django_db
Kind = Document.Kind
DUE = dt.date(2021, 3, 2)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def inspection(office):
    agreement = AgreementFactory(contractor__name="(사)가온소비자모임")
    return InspectionFactory(done=True, department=office.department, agreement=agreement)


def dispose(inspection, name, family="administrative", **fields):
    return DispositionFactory(
        inspection=inspection, disposition_type=disposition_type(name, family), **fields
    )


def decided(inspection, name, family="administrative", **fields):
    ended = {"status": "decided", "decided_on": DUE, "decided_by": UserFactory()}
    return dispose(inspection, name, family, **ended, **fields)


def told(inspection, office, kind):
    paper = assembling.paper(creating.create([inspection], by=office.drafter, kind=kind))
    return [line.strip() for line in render_text(paper).splitlines()]


def test_the_report_tells_each_with_its_numbers(inspection, office):
    dispose(inspection, "회수", "financial", text="퇴직적립금 초과분", count=3, won=1_200_000, due_on=DUE)
    dispose(inspection, "훈계", "personal", addressee="person", addressee_name="시설장", persons=1)
    dispose(inspection, "주의", status="cancelled", end_reason="잘못")
    dispose(inspection, "조치 없음")

    lines = told(inspection, office, Kind.RESULT)

    assert (
        "○ 재정상 회수((사)가온소비자모임): 퇴직적립금 초과분 (3건, 1,200,000원, 기한 ’21. 3. 2.(화))"
        in lines
    )
    assert "○ 신분상 훈계(시설장) (1명)" in lines
    assert not any("주의" in line or "조치 없음" in line for line in lines if line.startswith("○ 행정상"))


def test_another_rung_is_told_with_its_reason(inspection, office):
    dispose(inspection, "주의", proposed_type=disposition_type("1차 경고"), override_reason="바로 고침")
    assert "- 기준은 ‘1차 경고’이나 다음 까닭으로 달리 정함: 바로 고침" in told(
        inspection, office, Kind.RESULT
    )


def test_they_are_counted_by_type_over_many(office, inspection):
    other = InspectionFactory(done=True, department=office.department)
    dispose(inspection, "시정", due_on=DUE)
    dispose(other, "시정", count=2, due_on=DUE)
    dispose(other, "회수", "financial", won=500_000)
    found = for_composing().filter(pk__in=[inspection.pk, other.pk])

    assert dispositions.by_type(found)["rows"] == [
        ["구분", "처분", "건수", "점검대상 수", "금액(원)"],
        ["행정상", "시정", "3", "2", "-"],
        ["재정상", "회수", "1", "1", "500,000"],
        ["계", "", "4", "2", "500,000"],
    ]
    assert dispositions.by_type(Inspection.objects.none()) is None


def test_the_announcement_says_what_is_going_to_be_decided(inspection, office):
    dispose(inspection, "시정명령", basis="「사회복지사업법」 제40조", text="정산서를 다시 낼 것", due_on=DUE)
    dispose(inspection, "주의")

    lines = told(inspection, office, Kind.HEARING)

    assert any("시정명령: 정산서를 다시 낼 것 (기한 2021. 3. 2.(화))" in line for line in lines)
    assert any(line.endswith("법적 근거: 「사회복지사업법」 제40조") for line in lines)
    assert not any("주의" in line for line in lines)


def test_the_letter_says_how_to_go_against_a_disposal(inspection, office):
    decided(inspection, "시정명령", basis="「사회복지사업법」 제40조", due_on=DUE)

    lines = " ".join(told(inspection, office, Kind.OUTCOME))

    assert "이의신청(30일 이내, 행정기본법 제36조), 행정심판 청구(90일 이내, 행정심판법 제27조)" in lines


def test_a_mere_demand_tells_of_no_appeal(inspection, office):
    decided(inspection, "시정", due_on=DUE)
    assert "불복 방법" not in " ".join(told(inspection, office, Kind.OUTCOME))


def test_no_deadline_of_a_letter_is_a_day_of_rest(inspection, office):
    for kind in (Kind.HEARING, Kind.CORRECTION):
        for line in told(inspection, office, kind):
            if "제출기한" in line:
                assert "(토)" not in line
                assert "(일)" not in line


@pytest.mark.parametrize(
    ("kind", "theirs", "others"),
    [
        (Kind.CORRECTION, True, False),
        (Kind.OUTCOME, True, False),
        (Kind.COOPERATION, False, True),
        (Kind.RESULT, False, False),
    ],
)
def test_an_issued_letter_tells_its_demands(inspection, office, kind, theirs, others):
    demanded = ActionFactory(inspection=inspection, contractor=inspection.contractor)
    done = ActionFactory(inspection=inspection, contractor=inspection.contractor, status="verified")
    asked = ActionFactory(inspection=inspection, owner="other", department=DepartmentFactory())

    document = creating.create([inspection], by=office.drafter, kind=kind)
    Letter.objects.filter(document=document).update(organisation="가온시", sender="가온시장")
    document = approved(office, document=Document.objects.get(pk=document.pk))

    for action in (demanded, done, asked):
        action.refresh_from_db()
    assert [bool(demanded.told_on), bool(asked.told_on), done.told_on] == [theirs, others, None]
    if theirs:
        assert demanded.told_by_paper.startswith(f"{document.number_text}(")


def test_the_grounds_of_a_finding_stand_below_it(office):
    inspection = InspectionFactory(in_progress=True, department=office.department)
    FindingFactory(
        inspection=inspection, text="업무추진비를 목적 외로 씀", kind="fault",
        cause="규정을 몰랐음", like_cases=3,
        citations=[["회계규정", "제12조", "건별로 결의한다"]], origin_body="감사위원회", origin_state="done",
        receipts=[["’20. 3. 2.", "업무추진비", "간담회", "113,560"], ["’20. 3. 5.", "여비", "출장", "2,000"]],
    )  # fmt: skip
    ended = {"status": "done", "completed_at": MOMENT, "completed_by": office.drafter}
    Inspection.objects.filter(pk=inspection.pk).update(**ended)
    inspection.refresh_from_db()

    lines = told(inspection, office, Kind.RESULT)

    for line in (
        "※ 감사위원회 지적사항(조치 완료)", "※ 같은 사례 3건", "※ 원인: 규정을 몰랐음",
        "※ 「회계규정」 제12조: “건별로 결의한다”", "지출 내역 (단위: 원)",
        "’20. 3. 2. | 업무추진비 | 간담회 | 113,560",
        "계 |  |  | 115,560",
    ):  # fmt: skip
        assert any(each.replace("  ", " ") == line.replace("  ", " ") for each in lines), (line, lines)


def test_the_follow_up_report_says_what_was_done(inspection, office):
    done, sent_back, waiting = (
        demand(inspection, text=text, status=status)
        for text, status in (
            ("정산서를 낼 것", "verified"),
            ("대장을 갖출 것", "rework"),
            ("교육을 할 것", "reported"),
        )
    )
    judged = {"decided_by": office.drafter, "decided_on": DUE}
    ActionReportFactory(action=done, text="정산서를 냄", verdict="verified", verdict_note="봄", **judged)
    ActionReportFactory(
        action=sent_back, text="대장을 만듦", verdict="rework", verdict_note="사진이 없음", **judged
    )
    ActionReportFactory(action=waiting, text="교육을 함", received_on=DUE)

    lines = " ".join(told(inspection, office, Kind.FOLLOW_UP))

    for text in (
        "정산서를 냄 (확인 ’21. 3. 2.)",
        "대장을 만듦 (’21. 3. 2. 보완 요구: 사진이 없음)",
        "교육을 함 (’21. 3. 2.)",
    ):
        assert text in lines
