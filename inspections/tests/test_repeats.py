import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.tests.factories import AgreementFactory
from inspections import outlining, repeats, sheets
from inspections.models import Finding, FindingType, Inspection
from inspections.tests.factories import (
    ActionFactory,
    AnswerFactory,
    FindingFactory,
    InspectionFactory,
)
from inspections.workflow import TransitionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def fault_type():
    return FindingType.objects.get(name="물품관리대장 미흡")


@pytest.fixture
def inspection():
    agreement = AgreementFactory()
    return InspectionFactory(in_progress=True, agreement=agreement, subject=agreement.subject)


@pytest.fixture
def inspector(inspection):
    return UserFactory(department=inspection.department)


def found(inspection, fault_type, *, year, department=None, code=None, **kwargs):
    """A completed inspection of the same contractor in which this type was found."""
    office = department or inspection.department
    about = {"part__period__department": office, "department": office}
    earlier = InspectionFactory(
        done=True,
        part__checklist=inspection.checklist,
        agreement=inspection.agreement,
        subject=inspection.subject,
        part__period__year=year,
        **about,
    )
    Inspection.objects.filter(pk=earlier.pk).update(
        status="in_progress", completed_at=None, completed_by=None
    )
    line = FindingFactory(inspection=earlier, kind="fault", finding_type=fault_type, **kwargs)
    if code:
        line.items.set(earlier.checklist.indicators.get().items.filter(code=code))
    Inspection.objects.filter(pk=earlier.pk).update(
        status="done", completed_at=earlier.completed_at, completed_by=earlier.completed_by
    )
    return line


def test_inspections_of_five_years_are_counted_whichever_office_made_them(
    inspection, fault_type, time_machine
):
    time_machine.move_to("2020-12-01")
    found(inspection, fault_type, year=2019)
    twice = found(inspection, fault_type, year=2018, department=DepartmentFactory())
    found(inspection, fault_type, year=2014)  # too long ago
    found(InspectionFactory(in_progress=True), fault_type, year=2019)  # another contractor

    repeat = repeats.repeats(inspection).of_type(fault_type.pk)

    assert (repeat.name, repeat.count) == ("물품관리대장 미흡", 2)
    assert repeats.repeats(inspection).of_type(FindingType.objects.first().pk) is None
    told = repeats.told_of_type(inspection, fault_type, to=UserFactory(department=inspection.department))
    assert (len(told.lines), told.hidden) == (1, 1)
    assert twice not in told.lines


def test_a_contractor_who_ran_it_jointly_is_remembered_too(inspection, inspector, fault_type, time_machine):
    time_machine.move_to("2020-12-01")
    joint = found(inspection, fault_type, year=2019).inspection
    Inspection.objects.filter(pk=joint.pk).update(agreement=AgreementFactory())
    joint.joint_agreements.set([inspection.agreement])
    found(inspection, FindingType.objects.first(), year=2018)

    assert repeats.repeats(inspection).of_type(fault_type.pk).count == 1
    [line] = repeats.told_of_type(inspection, fault_type, to=inspector).lines
    assert line.inspection == joint


def test_what_was_found_at_an_item_is_told_beside_it(inspection, fault_type, time_machine):
    time_machine.move_to("2020-12-01")
    code = inspection.checklist.indicators.get().items.first().code
    found(inspection, fault_type, year=2019, code=code)

    [group] = sheets.fill(inspection, sheets.progress(inspection))

    assert [(repeat.name, repeat.count) for repeat in group.lines[0].repeats] == [("물품관리대장 미흡", 1)]


def test_last_years_finding_and_what_was_demanded_stand_beside_the_item(
    client, inspection, fault_type, time_machine
):
    time_machine.move_to("2020-12-01")
    item = inspection.checklist.indicators.get().items.first()
    line = found(inspection, fault_type, year=2019, code=item.code, text="대장을 적지 않음")
    action = ActionFactory(inspection=line.inspection, text="대장을 갖출 것", status="verified")
    action.findings.add(line)
    Inspection.objects.filter(pk=inspection.pk).update(previous=line.inspection)
    AnswerFactory(inspection=inspection, item=item, failed=True)
    client.force_login(UserFactory(department=inspection.department))

    page = client.get(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1").text

    beside = page[page.index(f'id="item-{item.pk}"') :]
    for told in ["작년 지적: 대장을 적지 않음", "→ 대장을 갖출 것", "확인 완료", "다시 나타남", "반복 1회"]:
        assert told in beside
    url = reverse("inspections:repeats", args=[inspection.pk, fault_type.pk])
    assert url in beside
    told = client.get(url).text
    assert "대장을 적지 않음" in told


def test_the_type_is_only_of_a_fault(inspection, fault_type):
    inspector = UserFactory(department=inspection.department)
    line = FindingFactory(inspection=inspection, kind="fault")
    outlining.save_line(line, by=inspector, version=1, finding_type=fault_type)

    with pytest.raises(TransitionError, match="지적과 개선필요에만"):
        outlining.save_line(line, by=inspector, version=2, kind="good")
    with pytest.raises(IntegrityError, match="only_a_fault_has_a_type"):
        Finding.objects.filter(pk=line.pk).update(kind="good")


def test_the_outline_saves_the_type_and_forgets_it_with_the_kind(client, inspection, fault_type):
    client.force_login(UserFactory(department=inspection.department))
    line = FindingFactory(inspection=inspection, kind="fault")
    url = reverse("inspections:line_save", args=[inspection.pk, line.pk])
    told = {"level": 1, "text": line.text, "finding_type": fault_type.pk}

    client.post(url, told | {"kind": "fault", "version": 1}, headers={"X-Requested-With": "fetch"})
    line.refresh_from_db()
    assert line.finding_type == fault_type

    response = client.post(url, told | {"kind": "good", "version": 2}, headers={"X-Requested-With": "fetch"})
    assert response.json()["finding_type"] == ""


def test_a_line_made_of_an_item_knows_it(client, inspection):
    client.force_login(UserFactory(department=inspection.department))
    indicator = inspection.checklist.indicators.get()
    item = indicator.items.first()
    told = {
        "section": "indicator",
        "indicator": indicator.pk,
        "level": 1,
        "text": "대장 없음",
        "kind": "fault",
    }

    client.post(reverse("inspections:line_create", args=[inspection.pk]), told | {"items": item.pk})

    line = Finding.objects.get()
    assert list(line.items.all()) == [item]
    inspector = UserFactory(department=inspection.department)
    outlining.delete_line(line, by=inspector, version=1)
    assert list(outlining.restore_line(inspection, line.pk, by=inspector).items.all()) == [item]


def test_an_item_of_another_sheet_is_refused(inspection):
    other = InspectionFactory(in_progress=True).checklist.indicators.get().items.first()
    line = FindingFactory(inspection=inspection)

    with pytest.raises(TransitionError, match="점검표에 없는 항목"):
        outlining.save_line(line, by=UserFactory(department=inspection.department), version=1, items=[other])


def test_a_stranger_finds_no_repeats(client, inspection, fault_type):
    client.force_login(UserFactory())

    assert client.get(reverse("inspections:repeats", args=[inspection.pk, fault_type.pk])).status_code == 404
