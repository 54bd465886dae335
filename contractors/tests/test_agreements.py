"""Agreements of one subject and contractor never share a day; other overlaps only warn."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from contractors import agreements
from contractors.models import Agreement, AgreementAmount
from contractors.tests.factories import (
    AgreementAmountFactory,
    AgreementFactory,
    ContractorFactory,
    SubjectFactory,
)
from inspections.tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def agreement():
    return AgreementFactory(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31))


def another(agreement, starts_on, ends_on, **changes):
    return Agreement(
        **{"subject": agreement.subject, "contractor": agreement.contractor} | changes,
        starts_on=starts_on,
        ends_on=ends_on,
    )


OVERLAPS = [
    (dt.date(2020, 12, 31), dt.date(2021, 12, 31)),
    (dt.date(2019, 1, 1), dt.date(2020, 1, 1)),
    (dt.date(2020, 3, 1), dt.date(2020, 4, 1)),
    (dt.date(2019, 1, 1), dt.date(2022, 1, 1)),
    (dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
]


@pytest.mark.parametrize(("starts_on", "ends_on"), OVERLAPS)
def test_an_overlap_of_the_pair_is_refused_and_names_the_other(agreement, starts_on, ends_on):
    with pytest.raises(ValidationError, match="기간이 겹칩니다") as refused:
        another(agreement, starts_on, ends_on).full_clean()

    assert str(agreement) in refused.value.messages[0]


@pytest.mark.parametrize(("starts_on", "ends_on"), OVERLAPS)
def test_the_database_refuses_it_too(agreement, starts_on, ends_on):
    with pytest.raises(IntegrityError, match="agreements_of_a_pair_do_not_overlap"), transaction.atomic():
        Agreement.objects.bulk_create([another(agreement, starts_on, ends_on)])
    later = AgreementFactory(
        subject=agreement.subject,
        contractor=agreement.contractor,
        starts_on="2030-01-01",
        ends_on="2030-12-31",
    )
    with (
        pytest.raises(IntegrityError, match="agreements_of_a_pair_do_not_overlap_later"),
        transaction.atomic(),
    ):
        Agreement.objects.filter(pk=later.pk).update(starts_on=starts_on, ends_on=ends_on)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(dt.date(2021, 1, 1), dt.date(2021, 12, 31)), (dt.date(2019, 1, 1), dt.date(2019, 12, 31))],
)
def test_the_day_after_is_no_overlap(agreement, starts_on, ends_on):
    following = another(agreement, starts_on, ends_on)

    following.full_clean()
    following.save()

    assert Agreement.objects.count() == 2


def test_an_agreement_does_not_overlap_itself(agreement):
    agreement.memo = "고침"
    agreement.full_clean()
    agreement.save()


def test_joint_contractors_and_hand_over_weeks_warn(agreement):
    other = another(agreement, dt.date(2020, 12, 1), dt.date(2021, 12, 31), contractor=ContractorFactory())
    other.full_clean()
    other.save()

    (sentence,) = agreements.oddities(other)
    assert sentence.startswith(
        f"같은 점검대상에 다른 수탁기관의 협약이 같은 때에 있습니다: {agreement.contractor}"
    )


def test_the_agreement_before_belongs_to_the_same_subject_and_time(agreement):
    stranger = AgreementFactory(starts_on=dt.date(2023, 1, 1), ends_on=dt.date(2023, 12, 31))
    wrong = another(stranger, dt.date(2024, 1, 1), dt.date(2024, 12, 31), renews=agreement)
    late = another(agreement, dt.date(2019, 1, 1), dt.date(2019, 12, 31), renews=agreement)

    assert "다른 점검대상의 것" in agreements.oddities(wrong)[0]
    assert "늦게 시작합니다" in agreements.oddities(late)[0]


def test_an_agreement_ends_after_it_starts():
    with pytest.raises(IntegrityError, match="an_agreement_ends_after_it_starts"):
        AgreementFactory(starts_on=dt.date(2020, 2, 1), ends_on=dt.date(2020, 1, 31))


def test_a_year_has_one_amount_that_is_not_negative():
    amount = AgreementAmountFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementAmountFactory(agreement=amount.agreement)
    with pytest.raises(IntegrityError, match="an_amount_is_not_negative"), transaction.atomic():
        AgreementAmount.objects.update(won=-1)


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_enter_the_same_agreement_at_once_one_is_refused():
    for _ in range(5):
        pair = {"subject": SubjectFactory(), "contractor": ContractorFactory()}

        def enter(pair=pair):
            try:
                AgreementFactory(**pair)
            except IntegrityError as refused:
                return str(refused).split(":")[0]
            return "entered"

        assert sorted(at_once(enter, enter)) == ["agreements_of_a_pair_do_not_overlap", "entered"]
        assert Agreement.objects.filter(subject=pair["subject"]).count() == 1
