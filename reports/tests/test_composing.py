"""What a report says of an inspection, over the shapes that inspections have."""

import datetime as dt
import uuid

import pytest

from accounts.tests.factories import UserFactory
from contractors.tests.factories import AgreementFactory, ContractorFactory, SubjectFactory
from inspections import attesting
from inspections.models import Finding
from inspections.tests.factories import (
    ActionFactory,
    AnswerFactory,
    BasisFactory,
    FindingFactory,
    IndicatorExemptionFactory,
    InspectionFactory,
    PeriodPartFactory,
    PostponementFactory,
    TeamMemberFactory,
    VisitFactory,
    published_checklist,
)
from reports.composing import Sources, compose, sheet
from reports.composing.overview import reason_of
from reports.drafting import for_composing
from reports.models import Document
from reports.tests.factories import Office

pytestmark = pytest.mark.django_db
Level = Finding.Level


def lines_of(inspection):
    return compose(Document.Kind.RESULT, Sources([for_composing().get(pk=inspection.pk)]))


def told(inspection):
    """Each line as its depth in dots, its mark and its text."""
    return [
        f"{'.' * line.depth}{_mark(line)}{line.text or line.payload['caption']}"
        for line in lines_of(inspection)
    ]


def _mark(line):
    if line.kind in ("line", "heading"):
        return {1: "□ ", 2: "# ", 3: "○ ", 4: "- ", 5: "· "}[line.level]
    return {"note": "※ ", "box": "〈〉 ", "table": "표 "}[line.kind]


def bare(**kwargs):
    """An inspection without a sheet, so that only what a test adds is told."""
    kwargs.setdefault("part", PeriodPartFactory(checklist=None))
    return InspectionFactory(checklist=None, in_progress=True, **kwargs)


def starting(inspection, *beginnings):
    return [text for text in told(inspection) if text.lstrip(".").startswith(beginnings)]


# 점검개요 ------------------------------------------------------------------------------------------------


def test_postponed_visit_says_when_it_was_planned_and_why():
    visit = VisitFactory(inspection=bare())
    PostponementFactory(visit=visit, reason="건물의 코로나19 확진자 발생과 건물 폐쇄")

    assert told(visit.inspection)[1:3] == [
        ".# 점검일시: ’20. 12. 30.(수)",
        "..※ 당초 ’20. 12. 17.(목) 예정이었으나 건물의 코로나19 확진자 발생과 건물 폐쇄에 따라 연기",
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("건물 폐쇄", "건물 폐쇄에 따라"),
        ("건물이 폐쇄됨.", "건물이 폐쇄됨에 따라"),
        ("건물 폐쇄로", "건물 폐쇄로"),
        ("건물 폐쇄로 연기", "건물 폐쇄로"),
    ],
)
def test_typed_reason_reads_on(typed, read):
    assert reason_of(typed) == read


def test_hours_of_a_visit_are_told():
    inspection = bare()
    VisitFactory(inspection=inspection, daily_from=dt.time(14), daily_to=dt.time(17, 30))

    assert starting(inspection, "# 점검일시") == [".# 점검일시: ’20. 12. 30.(수) 14:00 ~ 17:30"]


def test_several_days_with_the_same_hours_say_so():
    inspection = bare()
    hours = {"daily_from": dt.time(9), "daily_to": dt.time(18)}
    VisitFactory(inspection=inspection, ends_on=dt.date(2020, 12, 31), **hours)

    assert starting(inspection, "# 점검일시") == [
        ".# 점검일시: ’20. 12. 30.(수) ~ ’20. 12. 31.(목) 매일 09:00 ~ 18:00"
    ]


def test_several_visits_stand_below_each_other():
    inspection = bare()
    VisitFactory(inspection=inspection, place="본점")
    VisitFactory(inspection=inspection, starts_on=dt.date(2020, 12, 31), method="remote")
    VisitFactory(inspection=inspection, withdrawn=True, starts_on=dt.date(2020, 12, 29))

    assert told(inspection)[1:4] == [
        ".# 점검일시: 2회 방문",
        "..- ’20. 12. 30.(수) 본점 (현장)",
        "..- ’20. 12. 31.(목) (비대면)",
    ]


def test_without_a_visit_the_time_of_the_round_is_told():
    inspection = bare()
    month = bare(part=PeriodPartFactory(checklist=None, precision="month"))

    assert starting(inspection, "# 점검기간") == [".# 점검기간: ’20. 12. 1. ~ ’20. 12. 31."]
    assert starting(month, "# 점검기간") == [".# 점검기간: ’20. 12월"]


def test_subject_contractor_sites_and_covered_time_are_told():
    subject = SubjectFactory(name="전자상거래센터 운영")
    SubjectFactory(site=True, parent=subject, name="강남점")
    SubjectFactory(site=True, parent=subject, name="강북점")
    inspection = bare(
        subject=subject,
        agreement=AgreementFactory(subject=subject, contractor=ContractorFactory(name="(사)한국소비자연맹")),
        covers_from=dt.date(2020, 1, 1),
        covers_to=dt.date(2020, 12, 30),
        covers_precision="month",
        covers_to_present=True,
    )

    assert told(inspection)[2:6] == [
        ".# 점검대상: 전자상거래센터 운영",
        "..- 수탁기관: (사)한국소비자연맹",
        "..- 시설: 강남점, 강북점",
        "..- 대상기간: ’20. 1. 1. ~ ’20. 12월 현재",
    ]


def test_many_sites_are_counted():
    subject = SubjectFactory()
    for number in range(8):
        SubjectFactory(site=True, parent=subject, name=f"{number}호점")

    assert starting(bare(subject=subject), "- 시설")[0].endswith("5호점 등 8곳")


def test_inspection_without_an_agreement_names_no_contractor():
    assert starting(bare(), "- 수탁기관") == []


def test_team_is_told_by_count_without_names():
    inspection = bare()
    office = Office(name="공정경제담당관")
    office.team.name = "소비자보호팀"
    office.team.save()
    TeamMemberFactory(inspection=inspection, user=office.drafter, role="in_charge", order=1)
    TeamMemberFactory(inspection=inspection, user=office.colleague, order=2)

    assert starting(inspection, "# 점검자") == [".# 점검자: 소비자보호팀 2인 (담당자 외 1인)"]


def test_mere_counts_and_outside_experts_are_told_by_organisation():
    inspection = bare()
    TeamMemberFactory(inspection=inspection, headcount_only=True, order=1)
    TeamMemberFactory(inspection=inspection, expert=True, order=2)

    assert [text for text in told(inspection) if "인" in text][-3:] == [
        ".# 점검자: 3인",
        "..- 소비자보호팀 2인",
        "..- 가람회계법인 회계사 1인",
    ]


def test_methods_and_grounds_are_told():
    inspection = bare(methods=["on_site", "paper"])
    inspection.part.period.bases.add(BasisFactory(title="민간위탁 조례", article="제16조"))

    assert starting(inspection, "# 점검방법", "# 점검근거") == [
        ".# 점검방법: 현장·서면점검",
        ".# 점검근거: 「민간위탁 조례」 제16조",
    ]


# 주요 점검내용 및 결과 ------------------------------------------------------------------------------------


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


def results(inspection):
    lines = told(inspection)
    return lines[lines.index("□ 주요 점검내용 및 결과") + 1 :]


HEAD = [
    ".# 일반운영 분야",
    "..○ 공통지표(1): 회계관리(예산 관리 및 집행)",
    "...- 위탁금을 목적대로 썼는지",
    "...- 회계규정과 증빙을 지켰는지",
]


def test_findings_hang_in_a_box_below_what_was_looked_at(inspection):
    place = {"inspection": inspection}
    FindingFactory(**place, text="적정하게 운영")
    FindingFactory(**place, level=Level.DASH, text="노동컨설팅 지적사항 시정")
    FindingFactory(**place, level=Level.DOT, text="연차 재산정", completed_on=dt.date(2020, 12, 9))
    FindingFactory(**place, level=Level.NOTE, text="’20년에는 영상으로 진행")
    FindingFactory(**place, text="둘째 머리")

    assert results(inspection) == [
        *HEAD,
        "...〈〉 점검결과",
        "....□ 적정하게 운영",
        ".....- 노동컨설팅 지적사항 시정",
        "......· 연차 재산정 (’20. 12. 9. 완료)",
        ".......※ ’20년에는 영상으로 진행",
        "....□ 둘째 머리",
    ]


def test_indicator_that_does_not_apply_has_a_reason_and_no_box(inspection):
    IndicatorExemptionFactory(inspection=inspection, reason="총무과가 관리")

    assert results(inspection)[:3] == [
        ".# 일반운영 분야",
        "..○ 공통지표(1): 회계관리(예산 관리 및 집행): 해당사항 없음",
        "...※ 총무과가 관리",
    ]


def test_indicator_without_findings_tells_its_answers(inspection):
    items = inspection.checklist.indicators.get().items.all()
    AnswerFactory(inspection=inspection, item=items[0])
    AnswerFactory(inspection=inspection, item=items[1], failed=True)
    FindingFactory(inspection=inspection, overall=True, text="대체로 적정")

    assert results(inspection)[4:] == [
        "...〈〉 점검결과",
        "....□ 점검항목 2건 중 적정 1건, 부적정 1건",
        "□ 총평",
        ".○ 대체로 적정",
    ]


def test_report_without_any_finding_is_complete_with_a_table(inspection):
    for item in inspection.checklist.indicators.get().items.all():
        AnswerFactory(inspection=inspection, item=item)

    assert results(inspection)[-2:] == ["....□ 점검항목 2건 모두 적정", ".표 점검 총괄"]
    table = lines_of(inspection)[-1].payload
    assert table["rows"][1] == [
        "일반운영",
        "공통지표(1): 회계관리(예산 관리 및 집행)",
        "2",
        "2",
        "-",
        "-",
        "-",
    ]


def test_nothing_answered_and_nothing_found_tells_only_what_was_looked_at(inspection):
    assert results(inspection) == HEAD


def test_a_foreign_origin_is_told_once_for_the_lines_below_it(inspection):
    origin = {"origin_body": "노동정책담당관", "origin_ground": "노동컨설팅"}
    FindingFactory(inspection=inspection, text="노동정책담당관 노동컨설팅의 지적을 바로잡음")
    FindingFactory(inspection=inspection, level=Level.DASH, text="최저임금 게시", **origin)
    FindingFactory(inspection=inspection, text="안전관리 미흡", **origin)
    FindingFactory(inspection=inspection, level=Level.DASH, text="소화기 점검", **origin)

    assert results(inspection)[5:] == [
        "....□ 노동정책담당관 노동컨설팅의 지적을 바로잡음",
        ".....- 최저임금 게시",
        "....□ 안전관리 미흡",
        ".....※ 노동정책담당관 노동컨설팅 지적사항",
        ".....- 소화기 점검",
    ]


def test_joint_contractors_are_all_named():
    inspection = bare(agreement=AgreementFactory(contractor__name="두레조합"))
    inspection.joint_agreements.add(AgreementFactory(contractor__name="책누리재단"))
    ActionFactory(inspection=inspection)

    assert starting(inspection, "- 수탁기관") == ["..- 수탁기관: 두레조합, 책누리재단"]
    assert starting(inspection, "○ 두레조합, 책누리재단에")


def test_measured_value_and_foreign_origin_are_told_unless_the_text_says_them(inspection):
    FindingFactory(inspection=inspection, text="조사율이 권고에 못 미침", measured=8, standard=10, unit="%")
    FindingFactory(
        inspection=inspection, text="이용자의 8%를 조사(권고 10%)", measured=8, standard=10, unit="%"
    )
    FindingFactory(
        inspection=inspection, text="연차 오류", origin_body="노동정책담당관", origin_ground="노동컨설팅"
    )

    assert results(inspection)[5:] == [
        "....□ 조사율이 권고에 못 미침 (8%, 기준 10%)",
        "....□ 이용자의 8%를 조사(권고 10%)",
        "....□ 연차 오류",
        ".....※ 노동정책담당관 노동컨설팅 지적사항",
    ]


def test_suggestions_stand_as_the_last_number_of_the_results(inspection):
    FindingFactory(inspection=inspection, suggestion=True, text="옆 사무실의 통화 소리", kind="suggestion")

    assert results(inspection)[4:] == [".# 개선 및 건의 사항", "..○ 옆 사무실의 통화 소리"]


def test_empty_lines_are_left_out(inspection):
    FindingFactory(inspection=inspection, text="  ")

    assert results(inspection) == HEAD


def test_areas_are_told_in_the_order_of_the_sheet():
    checklist = published_checklist(indicators=2)
    inspection = InspectionFactory(checklist=checklist, part__checklist=checklist)

    assert [line for line in results(inspection) if line.startswith("..○")] == [
        "..○ 공통지표(1): 회계관리(예산 관리 및 집행)",
        "..○ 공통지표(2): 회계관리(예산 관리 및 집행)",
    ]


# 조치사항 -------------------------------------------------------------------------------------------------


def test_actions_are_grouped_by_who_has_to_act(inspection):
    other = Office(name="총무과").department
    ActionFactory(inspection=inspection, text="소음을 줄일 것", owner="other", department=other, position=1)
    ActionFactory(inspection=inspection, text="나라장터 이용", position=2)
    ActionFactory(inspection=inspection, text="환수", won=113560, due_on=dt.date(2021, 2, 1), position=3)

    assert results(inspection)[-6:] == [
        "□ 조치사항",
        f".○ {inspection.subject}에 미흡한 점이 되풀이되지 않도록 주의하고 다음 사항을 이행하도록 요구",
        "..- 나라장터 이용",
        "..- 환수 (113,560원, 기한 ’21. 2. 1.(월))",
        ".○ 총무과에 다음 사항을 전달하여 처리하도록 함",
        "..- 소음을 줄일 것",
    ]


# The whole ------------------------------------------------------------------------------------------------


def test_source_keys_are_the_same_each_time(inspection):
    FindingFactory(inspection=inspection)
    ActionFactory(inspection=inspection)

    assert lines_of(inspection) == lines_of(inspection)
    assert len({line.source_key for line in lines_of(inspection)}) == len(lines_of(inspection))


@pytest.mark.parametrize("findings", [1, 3])
def test_composing_takes_the_same_queries_however_long_the_report(django_assert_num_queries, findings):
    checklist = published_checklist(indicators=findings)
    inspection = InspectionFactory(checklist=checklist, part__checklist=checklist, in_progress=True)
    for indicator in checklist.indicators.all():
        FindingFactory(inspection=inspection, indicator=indicator)
        AnswerFactory(inspection=inspection, item=indicator.items.first())
    for _ in range(findings):
        ActionFactory(inspection=inspection)
        TeamMemberFactory(inspection=inspection)
        VisitFactory(inspection=inspection)

    # the inspection with its parents, then one query for each kind of row below it
    with django_assert_num_queries(21):
        lines_of(inspection)


def test_filled_sheet_shows_every_item_with_its_answer(inspection):
    items = inspection.checklist.indicators.get().items.all()
    AnswerFactory(inspection=inspection, item=items[0], opinion="통장 대조함")
    AnswerFactory(inspection=inspection, item=items[1], not_applicable=True)

    paper = sheet.paper(for_composing().get(pk=inspection.pk), "2020년 지도점검표")

    table = paper.body[0].children[0].table
    assert [[cell.text for cell in row][2:] for row in table.rows] == [
        ["적정", "통장 대조함", "-"],
        ["해당사항 없음: 올해는 해당 사업이 없음", "", "-"],
    ]
    assert ("점검대상", str(inspection.subject)) in paper.facts


def test_unanswered_item_is_never_shown_as_fine(inspection):
    paper = sheet.paper(for_composing().get(pk=inspection.pk), "지도점검표")

    assert {row[2].text for row in paper.body[0].children[0].table.rows} == {"미응답"}


def test_the_signature_of_the_attendant_is_printed_on_the_sheet():
    inspection = InspectionFactory(in_progress=True)
    made = attesting.attest(
        inspection,
        by=UserFactory(department=inspection.department),
        client_id=uuid.uuid4(),
        name="홍가람",
        position="사무국장",
        strokes=[[[1, 1], [9, 9]]],
    )

    table, photo = sheet.paper(for_composing().get(pk=inspection.pk), "점검표").body[-2:]

    assert [cell.text for cell in table.table.rows[0]][:2] == ["홍가람", "사무국장"]
    assert photo.photo.small
    assert (photo.photo.sha256, photo.photo.alt) == (made.evidence.shown_sha256, "사무국장 홍가람 서명")
