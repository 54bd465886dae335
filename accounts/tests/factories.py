"""Departments and people, so plain that nobody needs to read them.

`UserFactory()` is an inspector in a team of an office; the traits change the role:
`UserFactory(approver=True)`, `UserFactory(superintendent=True)` …
"""

import factory

from accounts.models import Department, Role, User

PASSWORD = "바다위의구름-2026"


class DepartmentFactory(factory.django.DjangoModelFactory):
    """An office (과, 처리과) without a bureau; the traits make the other kinds."""

    class Meta:
        model = Department

    class Params:
        bureau = factory.Trait(
            kind=Department.Kind.BUREAU, name=factory.Sequence(lambda n: f"{n}번국"), parent=None
        )
        office = factory.Trait(kind=Department.Kind.OFFICE)
        team = factory.Trait(
            kind=Department.Kind.TEAM,
            name=factory.Sequence(lambda n: f"{n}번팀"),
            parent=factory.SubFactory("accounts.tests.factories.DepartmentFactory"),
        )

    name = factory.Sequence(lambda n: f"{n}번과")
    kind = Department.Kind.OFFICE
    parent = None


class UserFactory(factory.django.DjangoModelFactory):
    """An inspector of an office. Everybody's password is `PASSWORD` of this module."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        approver = factory.Trait(role=Role.APPROVER, position="팀장", rank="행정6급")
        viewer = factory.Trait(role=Role.VIEWER)
        superintendent = factory.Trait(role=Role.SUPERINTENDENT, position="총괄 관리자", department=None)
        contractor = factory.Trait(role=Role.CONTRACTOR, position="사무국장", rank="", department=None)

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"김가나{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@salpim.example")
    password = factory.django.Password(PASSWORD)
    role = Role.INSPECTOR
    position = "주무관"
    rank = "행정7급"
    department = factory.SubFactory(DepartmentFactory)
