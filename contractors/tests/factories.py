"""The register, so plain that nobody needs to read it.

`AgreementFactory()` runs over 2020 to 2022; `SubjectFactory(site=True)` hangs below a commission.
"""

import datetime as dt

import factory

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.models import Agreement, AgreementAmount, Contractor, ContractorUser, Subject, SubjectKind


class ContractorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contractor

    name = factory.Sequence(lambda n: f"(사)한빛{n}연구회")
    legal_form = "사단법인"


class ContractorUserFactory(factory.django.DjangoModelFactory):
    """A person of the role 수탁기관 together with the contractor he speaks for."""

    class Meta:
        model = ContractorUser

    user = factory.SubFactory(UserFactory, contractor=True)
    contractor = factory.SubFactory(ContractorFactory)


class SubjectKindFactory(factory.django.DjangoModelFactory):
    """The kinds are shipped by a migration: this one finds them again by name."""

    class Meta:
        model = SubjectKind
        django_get_or_create = ["name"]

    class Params:
        facility = factory.Trait(name="시설", is_commission=False)

    name = "민간위탁 사무"
    is_commission = True


class SubjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subject

    class Params:
        site = factory.Trait(
            parent=factory.SubFactory("contractors.tests.factories.SubjectFactory"),
            kind=factory.SubFactory(SubjectKindFactory, facility=True),
            department=factory.SelfAttribute("parent.department"),
            name=factory.Sequence(lambda n: f"{n}호점"),
        )

    kind = factory.SubFactory(SubjectKindFactory)
    name = factory.Sequence(lambda n: f"{n}번 지원센터 운영")
    parent = None
    department = factory.SubFactory(DepartmentFactory)


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agreement

    subject = factory.SubFactory(SubjectFactory)
    contractor = factory.SubFactory(ContractorFactory)
    starts_on = dt.date(2020, 1, 1)
    ends_on = dt.date(2022, 12, 31)


class AgreementAmountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgreementAmount

    agreement = factory.SubFactory(AgreementFactory)
    year = 2020
    won = 300_000_000
