"""The results outline as a service: order, levels, versions, deletion with a trace."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import outlining
from inspections.models import Finding
from inspections.tests.factories import ActionFactory, FindingFactory, InspectionFactory
from inspections.tests.threads import at_once
from inspections.workflow import StaleError, TransitionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


@pytest.fixture
def inspector(inspection):
    return UserFactory(department=inspection.department)


def add(inspection, by, text, *, after=None, level=1, **fields):
    scope = {"section": "indicator", "indicator": inspection.checklist.indicators.first()}
    return outlining.add_line(
        inspection, by=by, id=uuid.uuid4(), after=after, text=text, level=level, **(scope | fields)
    )


def texts(inspection):
    return [line.text for line in inspection.findings.order_by("position")]


def test_lines_stand_in_the_order_they_were_put_in(inspection, inspector):
    first = add(inspection, inspector, "하나")
    third = add(inspection, inspector, "셋", after=first)
    add(inspection, inspector, "둘", after=first)
    add(inspection, inspector, "맨 앞")
    add(inspection, inspector, "끝", after=third)

    assert texts(inspection) == ["맨 앞", "하나", "둘", "셋", "끝"]


def test_room_is_made_when_there_is_none_between_two_lines(inspection, inspector):
    first = add(inspection, inspector, "하나")
    last = add(inspection, inspector, "끝", after=first)
    Finding.objects.filter(pk=last.pk).update(position=first.position + 1)

    for number in range(3):
        add(inspection, inspector, f"사이 {number}", after=first)

    assert texts(inspection) == ["하나", "사이 2", "사이 1", "사이 0", "끝"]


def test_a_line_sent_twice_is_one_line(inspection, inspector):
    scope = {"section": "overall", "text": "총평", "level": 1}
    line_id = uuid.uuid4()

    for _ in range(2):
        outlining.add_line(inspection, by=inspector, id=line_id, **scope)

    assert texts(inspection) == ["총평"]
    assert Event.objects.filter(action="add_line").count() == 1


def test_the_id_of_another_inspections_line_is_refused(inspection, inspector):
    foreign = FindingFactory()

    with pytest.raises(TransitionError, match="다른 점검"):
        outlining.add_line(inspection, by=inspector, id=foreign.pk, section="overall", text="", level=1)


def test_an_indicator_of_another_sheet_is_refused(inspection, inspector):
    foreign = InspectionFactory().checklist.indicators.first()

    with pytest.raises(TransitionError, match="점검표에 없는 지표"):
        add(inspection, inspector, "하나", indicator=foreign)


def test_saving_moves_the_version_and_tells_old_and_new(inspection, inspector):
    line = add(inspection, inspector, "하나")

    saved = outlining.save_line(line, by=inspector, version=1, text="둘", level=2)

    assert (saved.text, saved.level, saved.version) == ("둘", 2, 2)
    assert Event.objects.get(action="save_line").detail == {"text": ["하나", "둘"], "level": [1, 2]}


def test_saving_what_stands_there_already_is_no_change(inspection, inspector):
    line = add(inspection, inspector, "하나")

    assert outlining.save_line(line, by=inspector, version=1, text="하나").version == 1
    assert not Event.objects.filter(action="save_line").exists()


def test_a_stale_save_is_refused_with_what_stands_there(inspection, inspector):
    line = add(inspection, inspector, "하나")
    outlining.save_line(line, by=inspector, version=1, text="둘")

    with pytest.raises(StaleError) as stale:
        outlining.save_line(line, by=inspector, version=1, text="셋")

    assert (stale.value.current.text, stale.value.current.version) == ("둘", 2)
    assert texts(inspection) == ["둘"]


def test_a_line_moves_with_the_deeper_lines_behind_it(inspection, inspector):
    first = add(inspection, inspector, "□ 하나")
    dash = add(inspection, inspector, "- 하나의 줄", after=first, level=2)
    second = add(inspection, inspector, "□ 둘", after=dash)

    outlining.move_line(first, by=inspector, version=1, after=second)

    assert texts(inspection) == ["□ 둘", "□ 하나", "- 하나의 줄"]


def test_a_line_cannot_move_below_itself(inspection, inspector):
    first = add(inspection, inspector, "□ 하나")
    dash = add(inspection, inspector, "- 하나의 줄", after=first, level=2)

    with pytest.raises(TransitionError, match="자기 아래"):
        outlining.move_line(first, by=inspector, version=1, after=dash)


def test_a_deleted_line_comes_back_as_it_was(inspection, inspector):
    before = FindingFactory(inspection=inspection, text="작년 지적")
    line = add(inspection, inspector, "하나", level=2, kind="fault", measured=8, standard=10, unit="%")
    outlining.delete_line(line, by=inspector, version=1)
    assert texts(inspection) == [before.text]

    back = outlining.restore_line(inspection, line.pk, by=inspector)
    back.refresh_from_db()

    assert (back.text, back.level, back.kind, back.measured, back.unit) == ("하나", 2, "fault", 8, "%")
    assert back.position == line.position


def test_a_line_that_an_action_answers_is_not_deleted(inspection, inspector):
    line = add(inspection, inspector, "하나")
    ActionFactory(inspection=inspection).findings.add(line)

    with pytest.raises(TransitionError, match="조치사항"):
        outlining.delete_line(line, by=inspector, version=1)


def test_only_last_years_findings_can_be_followed(inspection, inspector):
    stranger = FindingFactory()
    last_year = FindingFactory(inspection=InspectionFactory(subject=inspection.subject))
    type(inspection).objects.filter(pk=inspection.pk).update(previous=last_year.inspection)

    followed = add(inspection, inspector, "하나", previous=last_year)

    assert followed.previous == last_year
    with pytest.raises(TransitionError, match="지난 점검"):
        add(inspection, inspector, "둘", previous=stranger)


def test_a_stranger_may_not_write(inspection):
    with pytest.raises(PermissionDenied):
        add(inspection, UserFactory(), "하나")


@pytest.mark.parametrize("state", ["done", "excluded", "not_done"])
def test_nothing_is_written_when_the_inspection_is_not_open(state, django_assert_num_queries):
    inspection = InspectionFactory(**{state: True})
    inspector = UserFactory(department=inspection.department)

    with pytest.raises(TransitionError, match="상태에서는 고칠 수 없습니다"):
        add(inspection, inspector, "하나")


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("a_finding_stands_under_an_indicator_or_for_the_whole", {"indicator": None}),
        ("a_finding_has_one_of_four_levels", {"level": 5}),
    ],
)
def test_the_database_refuses_a_wrong_line(inspection, constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        FindingFactory(inspection=inspection, **wrong)


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_told_it_came_too_late(inspection, inspector):
    line = add(inspection, inspector, "하나")

    def save(text):
        try:
            return outlining.save_line(line, by=inspector, version=1, text=text).text
        except StaleError as stale:
            return f"늦음: {stale.current.text}"

    results = at_once(lambda: save("갑"), lambda: save("을"))

    line.refresh_from_db()
    assert sorted(results) == sorted([line.text, f"늦음: {line.text}"])
    assert line.version == 2
    assert connection.vendor == "postgresql"
