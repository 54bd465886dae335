"""Sheets, rounds, inspections and what is found, so plain that nobody needs to read it.

`InspectionFactory()` is planned, in a department of its own, with a published sheet of one indicator and
two items. States are traits: `InspectionFactory(in_progress=True)`, `(done=True)`, `(excluded=True)`,
`(not_done=True)`. A published sheet is frozen by triggers: make the items first and publish after, as
`published_checklist()` does, or build a draft with `ChecklistFactory()` and `IndicatorFactory(checklist=…)`.
"""

import datetime as dt
import uuid

import factory
from django.utils import timezone

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.tests.factories import SubjectFactory
from inspections.models import (
    Action,
    Answer,
    Basis,
    Checklist,
    ChecklistItem,
    Evidence,
    Finding,
    Indicator,
    IndicatorExemption,
    Inspection,
    InspectionPeriod,
    PeriodPart,
    Postponement,
    Stage,
    StageAnswer,
    StatusReason,
    TeamMember,
    Visit,
)

MOMENT = dt.datetime(2020, 12, 30, 14, tzinfo=timezone.get_default_timezone())


# Sheets ---------------------------------------------------------------------------------------------------


class ChecklistFactory(factory.django.DjangoModelFactory):
    """A draft without indicators."""

    class Meta:
        model = Checklist

    name = factory.Sequence(lambda n: f"민간위탁 지도점검표 {n}")
    version = 1


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator

    checklist = factory.SubFactory(ChecklistFactory)
    order = factory.Sequence(lambda n: n + 1)
    area = "일반운영"
    label = factory.LazyAttribute(lambda indicator: f"공통지표({indicator.order})")
    name = "회계관리(예산 관리 및 집행)"
    viewpoints = "위탁금을 목적대로 썼는지\n회계규정과 증빙을 지켰는지"


class ChecklistItemFactory(factory.django.DjangoModelFactory):
    """적정/부적정; the traits are the other shapes of answers."""

    class Meta:
        model = ChecklistItem

    class Params:
        prose = factory.Trait(answer_type=ChecklistItem.AnswerType.PROSE)
        number = factory.Trait(
            answer_type=ChecklistItem.AnswerType.NUMBER, unit="%", standard=10, comparison="ge"
        )
        score = factory.Trait(answer_type=ChecklistItem.AnswerType.SCORE, max_score=10)
        tick = factory.Trait(
            answer_type=ChecklistItem.AnswerType.TICK,
            options=[["검토완료", "pass"], ["해당없음", "neutral"]],
        )
        choice = factory.Trait(
            answer_type=ChecklistItem.AnswerType.CHOICE,
            options=[["적합", "pass"], ["부적합", "fail"], ["미점검", "neutral"]],
        )
        grade = factory.Trait(answer_type=ChecklistItem.AnswerType.GRADE)
        date = factory.Trait(answer_type=ChecklistItem.AnswerType.DATE)
        money = factory.Trait(answer_type=ChecklistItem.AnswerType.MONEY, standard=5_000_000, comparison="le")
        bundle = factory.Trait(answer_type=ChecklistItem.AnswerType.BUNDLE, parts=["정관", "규정"])
        table = factory.Trait(
            answer_type=ChecklistItem.AnswerType.TABLE, parts=["소화기", "유도등"], rows=["1층", "2층"]
        )

    indicator = factory.SubFactory(IndicatorFactory)
    order = factory.Sequence(lambda n: n + 1)
    code = factory.Sequence(lambda n: f"공1-{n + 1}")
    text = "위탁금 전용 통장과 카드를 쓰고 있는가"
    answer_type = ChecklistItem.AnswerType.VERDICT


def published_checklist(*, indicators=1, items=2, by=None, **checklist):
    """A published sheet of so many indicators with so many items each."""
    sheet = ChecklistFactory(**checklist)
    for number in range(1, indicators + 1):
        indicator = IndicatorFactory(checklist=sheet, order=number)
        for place in range(1, items + 1):
            ChecklistItemFactory(indicator=indicator, order=place, code=f"공{number}-{place}")
    return publish(sheet, by=by)


def publish(sheet, *, by=None):
    """Freeze a draft without the checks of inspections.checklists: a test may need an odd sheet."""
    sheet.status = Checklist.Status.PUBLISHED
    sheet.published_at = MOMENT
    sheet.published_by = by or UserFactory(superintendent=True)
    sheet.save()
    return sheet


# Rounds ---------------------------------------------------------------------------------------------------


class BasisFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Basis

    kind = Basis.Kind.ORDINANCE
    title = factory.Sequence(lambda n: f"행정사무의 민간위탁에 관한 조례 {n}")
    article = "제16조"


class StatusReasonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StatusReason
        django_get_or_create = ["use", "name"]

    use = StatusReason.Use.EXCLUDED
    name = "중복"


class InspectionPeriodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InspectionPeriod

    year = 2020
    title = factory.Sequence(lambda n: f"2020년 민간위탁 정기 지도·점검 {n}")
    department = factory.SubFactory(DepartmentFactory)
    created_by = factory.SubFactory(UserFactory, department=factory.SelfAttribute("..department"))
    created_at = MOMENT


class PeriodPartFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PeriodPart

    period = factory.SubFactory(InspectionPeriodFactory)
    order = factory.Sequence(lambda n: n + 1)
    starts_on = dt.date(2020, 12, 1)
    ends_on = dt.date(2020, 12, 31)
    checklist = factory.LazyFunction(published_checklist)


# Inspections ----------------------------------------------------------------------------------------------


class InspectionFactory(factory.django.DjangoModelFactory):
    """Planned; its period, subject and department belong to one office."""

    class Meta:
        model = Inspection

    class Params:
        in_progress = factory.Trait(status=Inspection.Status.IN_PROGRESS)
        done = factory.Trait(
            status=Inspection.Status.DONE, completed_at=MOMENT, completed_by=factory.SubFactory(UserFactory)
        )
        excluded = factory.Trait(
            status=Inspection.Status.EXCLUDED,
            status_reason=factory.SubFactory(StatusReasonFactory),
            status_note="다른 부서가 같은 해에 점검함",
        )
        not_done = factory.Trait(
            status=Inspection.Status.NOT_DONE,
            status_reason=factory.SubFactory(StatusReasonFactory, use=StatusReason.Use.NOT_DONE, name="폐문"),
            status_note="방문 때 문이 잠겨 있음",
        )

    department = factory.SubFactory(DepartmentFactory)
    part = factory.SubFactory(PeriodPartFactory, period__department=factory.SelfAttribute("...department"))
    subject = factory.SubFactory(SubjectFactory, department=factory.SelfAttribute("..department"))
    checklist = factory.SelfAttribute("part.checklist")
    methods = ["on_site"]


class TeamMemberFactory(factory.django.DjangoModelFactory):
    """An official; `headcount_only` is a mere number of people, `expert` one from outside."""

    class Meta:
        model = TeamMember

    class Params:
        headcount_only = factory.Trait(user=None, organisation="소비자보호팀", headcount=2)
        expert = factory.Trait(
            user=None,
            name="정자차",
            position="회계사",
            organisation="가람회계법인",
            role=TeamMember.Role.EXPERT,
        )

    inspection = factory.SubFactory(InspectionFactory)
    user = factory.SubFactory(UserFactory)


class VisitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Visit

    class Params:
        withdrawn = factory.Trait(withdrawn_at=MOMENT, withdrawn_reason="잘못 적음")

    inspection = factory.SubFactory(InspectionFactory)
    starts_on = dt.date(2020, 12, 30)
    ends_on = factory.SelfAttribute("starts_on")


class PostponementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Postponement

    visit = factory.SubFactory(VisitFactory)
    from_starts_on = dt.date(2020, 12, 17)
    from_ends_on = dt.date(2020, 12, 17)
    to_starts_on = factory.SelfAttribute("visit.starts_on")
    to_ends_on = factory.SelfAttribute("visit.ends_on")
    reason = "건물이 닫혀 있음"
    postponed_at = MOMENT
    postponed_by = factory.SubFactory(UserFactory)


class AnswerFactory(factory.django.DjangoModelFactory):
    """적정 on the first item of the inspection's sheet; pass another `item` for the next."""

    class Meta:
        model = Answer

    class Params:
        failed = factory.Trait(verdict=Answer.Verdict.FAIL, opinion="증빙이 빠진 지출이 있음")
        not_applicable = factory.Trait(
            verdict="", is_not_applicable=True, not_applicable_reason="올해는 해당 사업이 없음"
        )

    inspection = factory.SubFactory(InspectionFactory, in_progress=True)
    item = factory.LazyAttribute(
        lambda answer: ChecklistItem.objects.filter(
            indicator__checklist=answer.inspection.checklist_id
        ).earliest("indicator__order", "order")
    )
    verdict = Answer.Verdict.PASS
    answered_by = factory.SubFactory(UserFactory)
    answered_at = MOMENT


class StageFactory(factory.django.DjangoModelFactory):
    """자체점검 of the contractor."""

    class Meta:
        model = Stage

    inspection = factory.SubFactory(InspectionFactory, in_progress=True)
    kind = Stage.Kind.SELF
    order = factory.LazyAttribute(lambda stage: Stage.Kind.values.index(stage.kind))
    organisation = "가람노인종합복지관"


class StageAnswerFactory(factory.django.DjangoModelFactory):
    """적정 on the first item of the sheet."""

    class Meta:
        model = StageAnswer

    stage = factory.SubFactory(StageFactory)
    item = factory.LazyAttribute(
        lambda answer: ChecklistItem.objects.filter(
            indicator__checklist=answer.stage.inspection.checklist_id
        ).earliest("indicator__order", "order")
    )
    choice = "적정"
    verdict = Answer.Verdict.PASS
    answered_by = factory.SubFactory(UserFactory)
    answered_at = MOMENT


class IndicatorExemptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndicatorExemption

    inspection = factory.SubFactory(InspectionFactory, in_progress=True)
    indicator = factory.LazyAttribute(
        lambda exemption: exemption.inspection.checklist.indicators.earliest("order")
    )
    reason = "시설이 없음"
    exempted_by = factory.SubFactory(UserFactory)
    exempted_at = MOMENT


class EvidenceFactory(factory.django.DjangoModelFactory):
    """The row alone: nothing lies in the store behind it."""

    class Meta:
        model = Evidence

    class Params:
        withdrawn = factory.Trait(
            withdrawn_at=MOMENT,
            withdrawn_by=factory.SubFactory(UserFactory),
            withdrawn_reason="다른 곳의 사진",
        )

    inspection = factory.SubFactory(InspectionFactory, in_progress=True)
    client_id = factory.LazyFunction(uuid.uuid4)
    kind = Evidence.Kind.PHOTO
    name = "현장.jpg"
    sha256 = "0" * 64
    original = factory.LazyAttribute(lambda evidence: f"evidence/original/{evidence.client_id}")
    shown = factory.LazyAttribute(lambda evidence: f"evidence/shown/{evidence.client_id}")
    shown_sha256 = "1" * 64
    size = 1000
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = MOMENT


class FindingFactory(factory.django.DjangoModelFactory):
    """A headline under the first indicator; `overall` and `suggestion` stand for the whole."""

    class Meta:
        model = Finding

    class Params:
        overall = factory.Trait(section=Finding.Section.OVERALL, indicator=None)
        suggestion = factory.Trait(section=Finding.Section.SUGGESTION, indicator=None)

    inspection = factory.SubFactory(InspectionFactory, in_progress=True)
    section = Finding.Section.INDICATOR
    indicator = factory.LazyAttribute(
        lambda finding: finding.inspection.checklist.indicators.earliest("order")
    )
    position = factory.Sequence(lambda n: (n + 1) * 1000)
    text = "위탁금을 목적에 맞게 집행함"
    kind = Finding.Kind.GOOD


REPORTED = {Action.Status.REPORTED, Action.Status.VERIFIED}


class ActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Action

    inspection = factory.SubFactory(InspectionFactory, in_progress=True)
    position = factory.Sequence(lambda n: (n + 1) * 1000)
    text = "물품과 용역은 나라장터를 이용하도록 주의"
    status = Action.Status.DEMANDED
    status_on = factory.LazyAttribute(lambda action: MOMENT.date() if action.status in REPORTED else None)
