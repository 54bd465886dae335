"""Actions and dispositions of a completed inspection, so plain that nobody needs to read it."""

import datetime as dt
import uuid

import factory

from accounts.tests.factories import UserFactory
from contractors.tests.factories import AgreementFactory
from follow_up.models import (
    ActionReport,
    Disposition,
    DispositionType,
    Opinion,
    PaperItem,
    Payment,
    Procedure,
    ReportFile,
    Statement,
    Wish,
)
from inspections.tests.factories import MOMENT, ActionFactory, InspectionFactory


def done_inspection(**fields):
    """Completed, at a contractor."""
    agreement = fields.pop("agreement", None) or AgreementFactory()
    return InspectionFactory(done=True, agreement=agreement, subject=agreement.subject, **fields)


def demand(inspection=None, **fields):
    """An action demanded of the contractor of a completed inspection, told by letter."""
    inspection = inspection or done_inspection()
    fields = {"told_on": dt.date(2021, 1, 20), "contractor": inspection.contractor} | fields
    return ActionFactory(inspection=inspection, **fields)


def disposition_type(name="시정", family="administrative"):
    return DispositionType.objects.get(name=name, family=family)


class DispositionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Disposition

    inspection = factory.LazyFunction(done_inspection)
    contractor = factory.LazyAttribute(lambda made: made.inspection.contractor)
    disposition_type = factory.LazyFunction(disposition_type)
    created_on = dt.date(2021, 1, 5)


class ActionReportFactory(factory.django.DjangoModelFactory):
    """Waits to be verified."""

    class Meta:
        model = ActionReport

    action = factory.LazyFunction(demand)
    text = "만족도 조사를 했음"
    done_on = received_on = dt.date(2021, 3, 1)
    entered_by = factory.SubFactory(UserFactory)
    entered_at = MOMENT


class ReportFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportFile

    report = factory.SubFactory(ActionReportFactory)
    kind = "photo"
    name = "조사 결과.jpg"
    size = 1
    original = shown = "shown/aa/aa"
    sha256 = shown_sha256 = "a" * 64


class PaymentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Payment

    action = factory.LazyFunction(demand)
    paid_on = dt.date(2021, 3, 1)
    won = 1
    entered_by = factory.SubFactory(UserFactory)


class OpinionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Opinion

    disposition = factory.SubFactory(DispositionFactory)
    text = "이미 고쳤음"
    received_on = dt.date(2021, 1, 20)
    entered_by = factory.SubFactory(UserFactory)


class ProcedureFactory(factory.django.DjangoModelFactory):
    """Notice was given and a hearing held."""

    class Meta:
        model = Procedure

    disposition = factory.SubFactory(DispositionFactory)
    noticed_on = dt.date(2021, 1, 10)
    opinion_due_on = dt.date(2021, 1, 25)
    hearing_on = dt.date(2021, 1, 26)


class PaperItemFactory(factory.django.DjangoModelFactory):
    """Asked for and sent."""

    class Meta:
        model = PaperItem

    inspection = factory.SubFactory(InspectionFactory, in_progress=True)
    position = factory.Sequence(int)
    text = factory.Sequence(lambda n: f"{n}번 정산서")
    asked_on = answered_on = dt.date(2020, 12, 1)
    state = PaperItem.State.SENT
    answered_by = factory.SubFactory(UserFactory)


class StatementFactory(factory.django.DjangoModelFactory):
    """Not signed yet."""

    class Meta:
        model = Statement

    inspection = factory.SubFactory(InspectionFactory, in_progress=True)
    position = "시설장"
    text = "정산서를 늦게 냈습니다."
    created_on = dt.date(2020, 12, 30)


class WishFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Wish

    inspection = factory.SubFactory(InspectionFactory, in_progress=True)
    kind = Wish.Kind.POSTPONE
    text = "외부 감사가 겹침"
    asked_on = dt.date(2020, 12, 1)
    asked_by = factory.SubFactory(UserFactory)


def report_fields(**fields):
    return {
        "id": uuid.uuid4(),
        "text": "조사를 했음",
        "done_on": dt.date(2021, 3, 1),
        "source": "letter",
    } | fields
