"""A year's work of a city in the project's tables: a thousand inspections and two hundred papers on their way."""

import datetime as dt

from django.core.management import call_command

from accounts.models import Department, User
from audit import clock
from bench import follow_up
from contractors.models import Agreement, Contractor, Subject, SubjectKind
from contractors.sorting import sort_key
from inspections.models import (
    Action,
    Answer,
    Checklist,
    ChecklistItem,
    Finding,
    Indicator,
    Inspection,
    InspectionPeriod,
    PeriodPart,
    TeamMember,
)
from reports.models import ApprovalRound, ApprovalStep, Document

SUBJECTS = 1_000
PAPERS = 200
ITEMS = 40
SAVED_ITEMS = 8
LONG = 200  # items of the long sheet; its inspection has two of the same sheet before it
DAY = dt.date(2020, 12, 30)


def prepare():
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    office = Department.objects.create(name="공정경제담당관", kind="office")
    team = Department.objects.create(name="소비자보호팀", kind="team", parent=office)
    inspector = User.objects.create(username="gana", name="김가나", position="주무관", department=team)
    lead = User.objects.create(
        username="dara", name="이다라", position="소비자보호팀장", role="approver", department=team
    )
    User.objects.create(username="admin", name="신코토", role="superintendent")
    sheet = _sheet(inspector)
    before, now = (_inspections(year, office, sheet, inspector) for year in (2019, 2020))
    for old, new in zip(before, now, strict=True):
        new.previous = old
    Inspection.objects.bulk_update(now, ["previous"])
    _last_years_work(before[-1], sheet, inspector)
    follow_up.prepare(before, inspector)
    _long_sheet(office, inspector, now[-1].subject, now[-1].agreement)
    _papers(now[:PAPERS], office, inspector, lead)
    return lead


def _long_sheet(office, inspector, subject, agreement):
    """An inspection of 200 items with 400 answers of the two years before."""
    sheet = _sheet(inspector, "긴 점검표", [LONG // 4] * 4)
    previous = None
    for year in (2018, 2019, 2020):
        part = _part(year, office, sheet, inspector)
        inspection = Inspection.objects.create(
            part=part, subject=subject, department=office, checklist=sheet, status="in_progress",
            agreement=agreement, methods=["on_site"], previous=previous,
        )  # fmt: skip
        if year < 2020:
            _last_years_work(inspection, sheet, inspector)
        previous = inspection


def _sheet(by, name="민간위탁 지도점검표", sizes=(ITEMS, SAVED_ITEMS)):
    sheet = Checklist.objects.create(name=name)
    for order, items in enumerate(sizes, 1):
        indicator = Indicator.objects.create(
            checklist=sheet,
            order=order,
            area="일반운영",
            label=f"공통지표({order})",
            name="회계관리",
            viewpoints="하나\n둘",
        )
        ChecklistItem.objects.bulk_create(
            ChecklistItem(indicator=indicator, order=n, code=f"공{order}-{n}", text=f"증빙을 갖추었는가 {n}")
            for n in range(1, items + 1)
        )
    sheet.status, sheet.published_at, sheet.published_by = "published", clock.now(), by
    sheet.save()
    return sheet


def _part(year, office, sheet, by):
    title = f"{year}년 {sheet.name} 지도·점검"
    period = InspectionPeriod.objects.create(
        year=year, title=title, department=office, created_by=by, created_at=clock.now()
    )
    return PeriodPart.objects.create(
        period=period, starts_on=dt.date(year, 1, 1), ends_on=dt.date(year, 12, 31), checklist=sheet
    )


def _inspections(year, office, sheet, by):
    part = _part(year, office, sheet, by)
    subjects = list(Subject.objects.order_by("pk")) or _register(office)
    agreements = {agreement.subject_id: agreement for agreement in Agreement.objects.all()}
    inspections = Inspection.objects.bulk_create(
        Inspection(
            part=part, subject=subject, department=office, checklist=sheet, status="in_progress",
            agreement=agreements[subject.pk], methods=["on_site"],
        )
        for subject in subjects
    )  # fmt: skip
    TeamMember.objects.bulk_create(TeamMember(inspection=each, user=by, name=by.name) for each in inspections)
    return inspections


def _register(office):
    kind = SubjectKind.objects.filter(is_commission=True).first()
    names = [f"제{n}시민센터" for n in range(SUBJECTS)]
    contractors = Contractor.objects.bulk_create(
        Contractor(name=f"(사){name}운영회", sort_key=sort_key(f"{name}운영회"), phone="02-0000-0000")
        for name in names
    )
    subjects = Subject.objects.bulk_create(
        Subject(kind=kind, name=f"{name} 운영", sort_key=name, department=office) for name in names
    )
    Agreement.objects.bulk_create(
        Agreement(
            subject=subject,
            contractor=contractor,
            starts_on=dt.date(2019, 1, 1),
            ends_on=dt.date(2029, 12, 31),
        )
        for subject, contractor in zip(subjects, contractors, strict=True)
    )
    return subjects


def _last_years_work(inspection, sheet, by):
    items = ChecklistItem.objects.filter(indicator__checklist=sheet)
    Answer.objects.bulk_create(
        Answer(
            inspection=inspection, item=item, choice="적정", verdict="pass", opinion="통장과 증빙이 맞음",
            answered_by=by, answered_at=clock.now(),
        )
        for item in items
    )  # fmt: skip
    lines = Finding.objects.bulk_create(
        Finding(
            inspection=inspection,
            indicator=indicator,
            position=n,
            text=f"증빙이 빠진 지출이 있음 {n}",
            kind="fault",
        )
        for indicator in sheet.indicators.all()
        for n in range(6)
    )
    action = Action.objects.create(inspection=inspection, position=1, text="증빙을 보완할 것")
    action.findings.set(lines[:2])


def _papers(inspections, office, drafter, lead):
    now = clock.now()
    documents = Document.objects.bulk_create(
        Document(
            title=f"2020년 {each.subject} 지도·점검 결과보고", department=office, drafter=drafter,
            created_at=now,
        )
        for each in inspections
    )  # fmt: skip
    for document, inspection in zip(documents, inspections, strict=True):
        document.inspections.add(inspection)
    rounds = ApprovalRound.objects.bulk_create(
        ApprovalRound(document=document, number=1, content={}, content_sha256="0" * 64, requested_at=now)
        for document in documents
    )
    ApprovalStep.objects.bulk_create(step for each in rounds for step in _steps(each, drafter, lead, now))
    Document.objects.all().update(status="in_approval")


def _steps(round_, drafter, lead, now):
    signed = {"status": "signed", "acted_at": now, "acted_by": drafter, "content_sha256": "0" * 64}
    yield ApprovalStep(
        round=round_,
        order=1,
        turn=1,
        act="draft",
        assignee=drafter,
        position="주무관",
        name="김가나",
        **signed,
    )
    yield ApprovalStep(
        round=round_, order=2, turn=2, act="review", assignee=lead, position="소비자보호팀장", name="이다라"
    )
