"""Every kind of paper: when it may be made, what it says, and what it goes on from."""

import datetime as dt

import pytest

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit import clock
from contractors.tests.factories import AgreementFactory
from inspections import workflow as inspection_workflow
from inspections.models import Action, Finding, FindingType, Inspection
from inspections.tests.factories import (
    MOMENT,
    ActionFactory,
    FindingFactory,
    InspectionFactory,
    PeriodPartFactory,
    TeamMemberFactory,
    VisitFactory,
)
from inspections.workflow import TransitionError
from reports import assembling, correspondence, creating, kinds, recomposing, workflow
from reports.models import Document
from reports.rendering.text import render_text
from reports.tests.factories import Office, approved, draft

pytestmark = pytest.mark.django_db
Kind = Document.Kind
Status = Inspection.Status
DAY = dt.date(2021, 1, 29)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def inspection(office):
    """Done, with a fault, and something demanded of the contractor and of another office."""
    agreement = AgreementFactory(contractor__name="(사)가온소비자모임", inspection_clause="협약서 제12조")
    inspection = InspectionFactory(
        department=office.department,
        in_progress=True,
        agreement=agreement,
        subject__name="소비자지원센터 운영",
    )
    VisitFactory(inspection=inspection, daily_from=dt.time(14), daily_to=dt.time(17))
    TeamMemberFactory(inspection=inspection, headcount_only=True)
    FindingFactory(inspection=inspection, text="미사용 연차수당을 잘못 셈함", kind=Finding.Kind.FAULT)
    ActionFactory(inspection=inspection, text="연차수당을 다시 셈하여 지급할 것", due_on=DAY, won=113_560)
    other = DepartmentFactory(name="재무과")
    ActionFactory(
        inspection=inspection, text="입찰 공고를 점검할 것", owner=Action.Owner.OTHER, department=other
    )
    return finished(inspection)


def finished(inspection):
    inspection.status, inspection.completed_at = Status.DONE, MOMENT
    inspection.completed_by = UserFactory()
    inspection.save()
    return inspection


def planned(office):
    return InspectionFactory(department=office.department, subject__name="상생센터 운영")


def made(kind, inspections, office):
    return creating.create(inspections, by=office.drafter, kind=kind)


def text_of(document):
    return render_text(assembling.paper(document))


def said(document):
    return [line.strip() for line in text_of(document).splitlines()]


# When -----------------------------------------------------------------------------------------------------

STATES = {
    Kind.PLAN: {Status.PLANNED, Status.IN_PROGRESS, Status.DONE},
    Kind.VISIT_NOTICE: {Status.PLANNED, Status.IN_PROGRESS},
    Kind.PAPERS: {Status.PLANNED, Status.IN_PROGRESS},
    Kind.COOPERATION: {Status.PLANNED, Status.IN_PROGRESS, Status.DONE},
    Kind.RESULT: {Status.DONE},
    Kind.FOLLOW_UP: {Status.DONE},
    Kind.HEARING: {Status.DONE},
    Kind.OUTCOME: {Status.DONE},
    Kind.CORRECTION: {Status.DONE},
}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("status", Status)
def test_a_kind_fits_some_states_of_one_inspection(kind, status):
    assert kinds.fits(kind, [Inspection(status=status)]) == (status in STATES[kind])


@pytest.mark.parametrize("kind", Kind)
def test_what_was_put_aside_is_told_along_with_others_but_not_alone(kind):
    done, aside = [Inspection(status=next(iter(STATES[kind])))], [Inspection(status=Status.EXCLUDED)] * 2

    assert kinds.fits(kind, done + aside)
    assert not kinds.fits(kind, aside)


def test_the_refusal_says_what_to_do(office, inspection):
    with pytest.raises(TransitionError, match="점검을 완료한 다음 시정요구를 만들 수 있습니다"):
        made(Kind.CORRECTION, [planned(office)], office)
    with pytest.raises(TransitionError, match="점검하기 전이나 점검하는 동안에만 점검 통지를"):
        made(Kind.VISIT_NOTICE, [inspection], office)
    with pytest.raises(TransitionError, match="하나 이상"):
        made(Kind.PLAN, [], office)


def test_one_paper_is_of_one_office(office, inspection):
    other = InspectionFactory(done=True)
    TeamMemberFactory(inspection=other, user=office.drafter)

    with pytest.raises(TransitionError, match="같은 처리과"):
        made(Kind.RESULT, [inspection, other], office)


def test_reports_are_written_one_at_a_time_letters_as_many_as_are_needed(office, inspection):
    made(Kind.CORRECTION, [inspection], office)
    made(Kind.CORRECTION, [inspection], office)
    made(Kind.FOLLOW_UP, [inspection], office)

    with pytest.raises(TransitionError, match="조치결과보고를 이미 작성하고"):
        made(Kind.FOLLOW_UP, [inspection], office)


def test_a_notice_on_its_way_keeps_no_inspection_closed(office, inspection):
    notice = draft(office, inspection=inspection, kind=Kind.COOPERATION)
    Document.objects.filter(pk=notice.pk).update(status="in_approval")

    inspection_workflow.reopen(inspection, by=office.drafter, reason="빠진 것이 있음")


@pytest.mark.parametrize("kind", sorted(Document.TELL_RESULTS))
def test_what_tells_the_results_keeps_them_closed(office, inspection, kind):
    paper = draft(office, inspection=inspection, kind=kind)
    Document.objects.filter(pk=paper.pk).update(status="in_approval")

    with pytest.raises(TransitionError, match="다시 열 수 없습니다"):
        inspection_workflow.reopen(inspection, by=office.drafter, reason="빠진 것이 있음")


def test_a_letter_is_not_sent_without_addressee_or_sender(office, inspection, settings):
    settings.ORGANISATION_NAME, settings.ORGANISATION_SENDER = "가온시", "가온시장"
    letter = made(Kind.CORRECTION, [inspection], office)
    facts = {name: getattr(letter.letter, name) for name in correspondence.LETTER_FACTS}

    correspondence.edit_letter(letter, facts | {"receivers": []}, [], by=office.drafter)
    with pytest.raises(TransitionError, match="수신을 적은 다음"):
        workflow.request(letter, office.line, by=office.drafter)
    correspondence.edit_letter(letter, facts | {"sender": ""}, [], by=office.drafter)
    with pytest.raises(TransitionError, match="발신명의"):
        workflow.request(letter, office.line, by=office.drafter)
    correspondence.edit_letter(letter, facts, [], by=office.drafter)
    workflow.request(letter, office.line, by=office.drafter)


def test_a_plan_is_not_sent_when_nothing_is_left_to_inspect(office):
    inspection = planned(office)
    plan = made(Kind.PLAN, [inspection], office)
    Inspection.objects.filter(pk=inspection.pk).update(status=Status.EXCLUDED, **_reason())

    with pytest.raises(TransitionError, match="상태가 바뀌어"):
        workflow.request(plan, office.line, by=office.drafter)


def _reason():
    excluded = InspectionFactory(excluded=True)
    return {"status_reason": excluded.status_reason, "status_note": "중복"}


# What they say --------------------------------------------------------------------------------------------


def test_the_plan_tells_ground_time_targets_and_matter(office):
    inspection = planned(office)
    VisitFactory(inspection=inspection, starts_on=dt.date(2020, 12, 30))

    lines = said(made(Kind.PLAN, [inspection], office))

    assert "2020년 상생센터 운영 지도·점검 계획" in " ".join(lines).replace("민간위탁 ", "")
    assert "○ 점검기간: ’20. 12. 30.(수)" in lines
    assert any(line.startswith("1 | 상생센터 운영 |") for line in lines)
    assert any(line.startswith("○ 일반운영:") for line in lines)


def test_the_notice_of_a_visit_is_in_full_sentences_and_full_dates(office):
    inspection = planned(office)
    VisitFactory(inspection=inspection, daily_from=dt.time(14), daily_to=dt.time(17))

    lines = said(made(Kind.VISIT_NOTICE, [inspection], office))

    assert "상생센터 운영 지도·점검을 다음과 같이 실시하니 협조하여 주시기 바랍니다." in " ".join(lines)
    assert "나. 점검일시: 2020. 12. 30.(수) 14:00 ~ 17:00" in lines


def test_the_demand_lists_what_to_correct_until_when(office, inspection):
    lines = said(made(Kind.CORRECTION, [inspection], office))

    assert "수신  (사)가온소비자모임 대표" in lines
    assert "1. 관련: 협약서 제12조" in lines
    assert (
        "1 | 연차수당을 다시 셈하여 지급할 것 | 2021. 1. 29.(금) | 금113,560원(금일십일만삼천오백육십원)"
        in lines
    )
    assert not any("입찰 공고" in line for line in lines)
    assert lines[lines.index("다. 결과 제출기한: 2021. 1. 29.(금)  끝.")]


def test_the_outcome_tells_what_was_found(office, inspection):
    lines = said(made(Kind.OUTCOME, [inspection], office))

    assert "1) 미사용 연차수당을 잘못 셈함" in lines or "미사용 연차수당을 잘못 셈함" in lines


def test_before_a_disposition_all_is_said_that_the_law_wants(office, inspection):
    text = text_of(made(Kind.HEARING, [inspection], office))

    for label in (
        "처분의 제목:", "당사자: (사)가온소비자모임", "처분의 원인이 되는 사실", "처분하려는 내용",
        "법적 근거: 협약서 제12조", "제출할 곳:", "제출기한:", "기한까지 의견을 제출하지 않으면",
    ):  # fmt: skip
        assert label in text
    assert "금113,560원(금일십일만삼천오백육십원)" in text


def test_cooperation_is_asked_of_the_offices_that_have_to_act(office, inspection):
    lines = said(made(Kind.COOPERATION, [inspection], office))

    assert "수신  재무과장" in lines
    assert "1 | 입찰 공고를 점검할 것 | -" in lines


def test_the_papers_asked_for_are_those_whose_evidence_is_required(office):
    lines = said(made(Kind.PAPERS, [planned(office)], office))

    assert any(line.startswith("가. 제출할 자료") for line in lines)
    assert any(line.startswith("나. 제출기한:") for line in lines)


def test_the_follow_up_counts_and_lists(office, inspection):
    Action.objects.filter(owner=Action.Owner.OTHER).update(
        status=Action.Status.VERIFIED, status_on=DAY, status_note="고침"
    )

    lines = said(made(Kind.FOLLOW_UP, [inspection], office))

    assert "수탁기관 | 1 | - | - | 1 | 0.0" in lines
    assert "다른 부서 | 1 | 1 | - | - | 100.0" in lines
    assert "계 | 2 | 1 | - | 1 | 50.0" in lines
    assert "○ 확인하지 못한 조치 1건은 이행할 때까지 계속 확인" in lines


def test_a_paper_goes_on_from_the_latest_it_follows(office, inspection):
    report = approved(office, document=draft(office, inspection=inspection))

    letter = made(Kind.CORRECTION, [inspection], office)

    assert [each.follows for each in letter.references.all()] == [report]
    day = f"{report.approved_on.year}. {report.approved_on.month}. {report.approved_on.day}."
    assert f"1. 관련: {report.number_text}({day}), 협약서 제12조" in said(letter)


def test_composing_again_tomorrow_says_the_same(office, inspection, settings):
    settings.DEMO = True  # only there the clock may be set
    letter = made(Kind.HEARING, [inspection], office)
    with clock.set_to(clock.now() + dt.timedelta(days=3)):
        assert not recomposing.plan(letter)


def test_composing_again_brings_a_new_reference_into_the_letter(office, inspection):
    letter = made(Kind.OUTCOME, [inspection], office)
    report = approved(office, document=draft(office, inspection=inspection))
    facts = {name: getattr(letter.letter, name) for name in correspondence.LETTER_FACTS}
    correspondence.edit_letter(letter, facts, [report], by=office.drafter)

    [change] = recomposing.plan(letter).changed

    assert report.number_text in change.theirs


def test_only_issued_papers_are_followed(office, inspection):
    letter = made(Kind.OUTCOME, [inspection], office)

    with pytest.raises(TransitionError, match="결재가 끝난 문서만"):
        correspondence.edit_letter(letter, {}, [draft(office)], by=office.drafter)


# Many -----------------------------------------------------------------------------------------------------


@pytest.fixture
def many(office):
    """Three facilities of two districts and one that was put aside."""
    part = PeriodPartFactory(period__department=office.department, period__title="2020년 복지시설 지도·점검")
    about = {"part": part, "department": office.department}
    places = [("한빛관", "가온구"), ("나루관", "가온구"), ("다솜관", "다온구")]
    done = [
        InspectionFactory(in_progress=True, subject__name=name, subject__district=district, **about)
        for name, district in places
    ]
    aside = InspectionFactory(excluded=True, subject__name="라온관", subject__district="다온구", **about)
    leak = FindingType.objects.first()
    for inspection in done[:2]:
        FindingFactory(
            inspection=inspection, text="누수 자국이 있음", kind=Finding.Kind.FAULT, finding_type=leak
        )
    ActionFactory(inspection=done[0], text="누수를 고칠 것", due_on=DAY)
    return [*map(finished, done), aside]


def test_a_report_on_many_counts_what_was_inspected_and_what_not(office, many):
    lines = said(made(Kind.RESULT, many, office))

    assert "2020년 복지시설 지도·점검 결과보고" in lines
    assert "2) 점검대상: 4곳 (점검 3곳, 제외 1곳)" in lines
    assert "가온구 | 2 | 2 | - | -" in lines
    assert "다온구 | 2 | 1 | 1 | -" in lines
    assert "계 | 4 | 3 | 1 | -" in lines
    assert "- 제외: 라온관 (중복 – 다른 부서가 같은 해에 점검함)" in lines


def test_a_report_on_many_counts_the_faults_by_type(office, many):
    lines = said(made(Kind.RESULT, many, office))

    assert "○ 점검한 3곳 중 2곳에서 지적사항 2건 확인" in lines
    assert f"{FindingType.objects.first()} | 2 | 2 | 100.0" in lines
    assert "계 | 2 | 2 | 100.0" in lines


def test_a_report_on_many_tells_each_by_itself(office, many):
    lines = said(made(Kind.RESULT, many, office))

    assert {"1) 나루관", "2) 다솜관", "3) 한빛관"} <= set(lines)
    assert "1 | 한빛관 | 누수를 고칠 것 | 한빛관 | ’21. 1. 29." in lines


def test_a_letter_to_many_names_all_receivers_but_those_put_aside(office, many):
    text = text_of(made(Kind.OUTCOME, many, office))

    assert "수신  수신자 참조" in text
    assert "수신자  나루관 대표, 다솜관 대표, 한빛관 대표" in text


def test_a_report_on_many_takes_a_fixed_number_of_queries(office, many, django_assert_max_num_queries):
    document = made(Kind.RESULT, many, office)
    with django_assert_max_num_queries(40) as few:
        recomposing.plan(document)
    more = [InspectionFactory(done=True, part=many[0].part, department=office.department) for _ in range(3)]
    larger = draft(office)
    larger.inspections.set([*many, *more])
    with django_assert_max_num_queries(len(few)):
        recomposing.plan(larger)


# Marks ----------------------------------------------------------------------------------------------------


def test_a_new_report_takes_the_marks_its_office_used_last(office, inspection):
    Document.objects.filter(pk=draft(office).pk).update(mark_style="report-ieung")

    report = made(Kind.FOLLOW_UP, [inspection], office)

    assert report.mark_style == "report-ieung"
    assert "ㅇ 점검대상: 소비자지원센터 운영" in said(report)
    assert draft(Office()).mark_style == "report"


def test_a_letter_keeps_the_marks_of_letters(office, inspection):
    Document.objects.filter(pk=draft(office).pk).update(mark_style="report-roman")

    assert "1. 관련: 협약서 제12조" in said(made(Kind.OUTCOME, [inspection], office))
