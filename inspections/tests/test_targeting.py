import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.tests.factories import UserFactory
from audit.models import Event
from contractors.tests.factories import AgreementFactory, SubjectFactory, SubjectKindFactory
from inspections import targeting
from inspections.tests.factories import InspectionFactory, PeriodPartFactory, VisitFactory
from inspections.workflow import TransitionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector():
    return UserFactory()


@pytest.fixture
def part(inspector):
    return PeriodPartFactory(period__department=inspector.department)


def commission(part, **kwargs):
    subject = SubjectFactory(department=part.period.department)
    return AgreementFactory(subject=subject, **kwargs)


def visited(subject, agreement, *, on, year, **kwargs):
    inspection = InspectionFactory(
        subject=subject, agreement=agreement, part__period__year=year, **({"done": True} | kwargs)
    )
    VisitFactory(inspection=inspection, starts_on=on)
    return inspection


def only(part):
    return targeting.candidates(part, targeting.subjects_for(part))[0]


def test_a_commission_nobody_inspected_this_year_is_due(part):
    commission(part)

    assert only(part).is_due


def test_one_that_another_office_inspected_this_year_is_not_due(part):
    agreement = commission(part)
    visited(agreement.subject, agreement, on=dt.date(2020, 5, 1), year=2020)

    assert not only(part).is_due


def test_one_that_was_inspected_last_year_is_due(part):
    agreement = commission(part)
    visited(agreement.subject, agreement, on=dt.date(2019, 5, 1), year=2019)

    assert only(part).is_due


def test_one_that_was_only_planned_or_not_done_is_still_due(part):
    agreement = commission(part)
    InspectionFactory(subject=agreement.subject, not_done=True)

    assert only(part).is_due


def test_one_without_a_running_agreement_is_not_due(part):
    commission(part, starts_on=dt.date(2017, 1, 1), ends_on=dt.date(2019, 12, 31))

    assert not only(part).is_due


def test_kinds_without_the_yearly_duty_are_not_due(part):
    facility = SubjectFactory(
        department=part.period.department, kind=SubjectKindFactory(name="다른 시설", is_commission=False)
    )
    AgreementFactory(subject=facility)

    assert not only(part).is_due


def test_a_site_has_the_agreement_of_the_commission_above_it(part):
    agreement = commission(part)
    site = SubjectFactory(site=True, parent=agreement.subject)

    found = {row.subject: row.agreements for row in targeting.candidates(part, targeting.subjects_for(part))}

    assert found[site] == [agreement]


def test_the_last_inspection_is_shown_with_its_visit(part):
    agreement = commission(part)
    visited(agreement.subject, agreement, on=dt.date(2018, 5, 1), year=2018)
    last = visited(agreement.subject, agreement, on=dt.date(2019, 5, 1), year=2019)

    row = only(part)

    assert (row.last, row.last.last_visit_on) == (last, dt.date(2019, 5, 1))


def test_another_offices_visit_to_the_same_contractor_within_a_year_clashes(part):
    agreement = commission(part)
    elsewhere = AgreementFactory(contractor=agreement.contractor)
    visited(elsewhere.subject, elsewhere, on=dt.date(2020, 3, 1), year=2020)

    row = targeting.candidates(part, targeting.subjects_for(part).filter(pk=agreement.subject_id))[0]

    assert [one.inspection.subject for one in row.clashes] == [elsewhere.subject]


def test_a_visit_of_a_joint_contractor_counts_too(part):
    agreement = commission(part)
    elsewhere = AgreementFactory(contractor=agreement.contractor)
    inspection = visited(elsewhere.subject, None, on=dt.date(2020, 3, 1), year=2020)
    inspection.joint_agreements.set([elsewhere])

    row = targeting.candidates(part, targeting.subjects_for(part).filter(pk=agreement.subject_id))[0]

    assert [one.inspection for one in row.recent] == [inspection]


def test_ones_own_visit_of_last_year_is_shown_without_a_warning(part):
    agreement = commission(part)
    office = part.period.department
    visited(agreement.subject, agreement, on=dt.date(2019, 12, 5), year=2019, department=office)

    row = only(part)

    assert (len(row.recent), row.clashes) == (1, [])


@pytest.mark.parametrize("on", [dt.date(2019, 11, 30), dt.date(2021, 1, 1)])
def test_visits_outside_the_twelve_months_are_left_out(part, on):
    agreement = commission(part)
    visited(agreement.subject, agreement, on=on, year=2019)

    assert only(part).recent == []


def test_a_part_that_starts_on_a_leap_day_looks_a_year_back():
    assert targeting._a_year_before(dt.date(2024, 2, 29)) == dt.date(2023, 2, 28)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(part, rows, django_assert_num_queries):
    for _ in range(rows):
        agreement = commission(part)
        visited(agreement.subject, agreement, on=dt.date(2020, 3, 1), year=2020)

    # subjects, agreements, last inspections, those in the part, recent inspections, their joint agreements
    with django_assert_num_queries(6):
        found = targeting.candidates(part, targeting.subjects_for(part))

    assert [len(row.recent) for row in found] == [1] * rows


# Adding ---------------------------------------------------------------------------------------------------


def test_a_target_gets_a_proposed_plan(inspector, part):
    agreement = commission(part)
    last = visited(agreement.subject, agreement, on=dt.date(2019, 5, 1), year=2019)

    [inspection] = targeting.add_targets(part, [agreement.subject], by=inspector)

    inspection.refresh_from_db()
    assert (inspection.agreement, inspection.previous) == (agreement, last)
    assert (inspection.checklist, inspection.department) == (part.checklist, part.period.department)
    assert inspection.covers == "’20. 1. 1. ~ ’20. 12월 현재"
    assert Event.objects.get().action == "plan"


def test_adding_again_adds_nothing(inspector, part):
    subject = commission(part).subject
    targeting.add_targets(part, [subject], by=inspector)

    assert targeting.add_targets(part, [subject], by=inspector) == []
    assert part.inspections.count() == 1


def test_a_subject_without_an_agreement_is_inspected_too(inspector, part):
    [inspection] = targeting.add_targets(part, [SubjectFactory()], by=inspector)

    assert inspection.agreement is None


def test_of_several_agreements_the_newest_is_taken_unless_one_is_chosen(inspector, part):
    old = commission(part)
    new = AgreementFactory(subject=old.subject, starts_on=dt.date(2020, 12, 20))
    other = PeriodPartFactory(period=part.period)

    [proposed] = targeting.add_targets(part, [old.subject], by=inspector)
    [chosen] = targeting.add_targets(
        other, [old.subject], by=inspector, agreements={old.subject_id: [old, new]}
    )

    assert proposed.agreement == new
    assert (chosen.agreement, list(chosen.joint_agreements.all())) == (old, [new])


def test_an_agreement_that_does_not_run_is_refused(inspector, part):
    subject = commission(part).subject
    ended = AgreementFactory(subject=subject, starts_on=dt.date(2017, 1, 1), ends_on=dt.date(2019, 12, 31))

    with pytest.raises(TransitionError, match="유효하지 않은 협약"):
        targeting.add_targets(part, [subject], by=inspector, agreements={subject.pk: [ended]})


def test_only_the_office_of_the_period_adds_targets(part):
    with pytest.raises(PermissionDenied):
        targeting.add_targets(part, [SubjectFactory()], by=UserFactory())
