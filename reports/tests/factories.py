"""Papers in every state, so plain that nobody needs to read it.

`DocumentFactory()` is a draft of a done inspection with one heading and one line. A paper in approval or
approved is made by the services, as in real life: `sent()`, `signed()`, `approved()` bring it there.
"""

import datetime as dt
from contextlib import contextmanager
from unittest import mock

import factory

from accounts.models import Department, Role
from accounts.tests.factories import DepartmentFactory, UserFactory
from inspections.tests.factories import MOMENT, InspectionFactory
from reports import issuing, workflow
from reports.models import Absence, ApprovalStep, Attachment, Block, Document

Act = ApprovalStep.Act


class Office:
    """An office with its people: drafter and lead of a team, head, and a neighbour with a colleague."""

    def __init__(self, **department):
        bureau = DepartmentFactory(bureau=True)
        self.department = DepartmentFactory(parent=bureau, **department)
        self.team = DepartmentFactory(team=True, parent=self.department)
        self.drafter = UserFactory(department=self.team, position="주무관")
        self.lead = UserFactory(approver=True, department=self.team, position="소비자보호팀장")
        self.head = UserFactory(approver=True, department=self.department, position="공정경제담당관")
        self.colleague = UserFactory(department=self.team)
        self.neighbour = UserFactory(
            approver=True, department=DepartmentFactory(parent=bureau), position="총무과장"
        )

    @property
    def line(self):
        return [(Act.REVIEW, self.lead), (Act.APPROVE, self.head)]

    @property
    def long_line(self):
        return [(Act.REVIEW, self.lead), (Act.CONCUR, self.neighbour), (Act.APPROVE, self.head)]


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"{n}번 지원센터 지도·점검 결과보고")
    department = factory.SubFactory(DepartmentFactory, kind=Department.Kind.OFFICE)
    drafter = factory.SubFactory(
        UserFactory, department=factory.SelfAttribute("..department"), role=Role.INSPECTOR
    )
    created_at = MOMENT

    @factory.post_generation
    def inspection(self, create, extracted, **kwargs):
        self.inspections.add(extracted or InspectionFactory(department=self.department, done=True, **kwargs))

    @factory.post_generation
    def body(self, create, extracted, **kwargs):
        if extracted is not False:
            BlockFactory(document=self, kind=Block.Kind.HEADING, runs=[["점검개요", ""]])
            BlockFactory(document=self, depth=1, level=2, runs=[["점검일시: ’20. 12. 30.(수)", ""]])


class BlockFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Block

    document = factory.SubFactory(DocumentFactory, body=False)
    position = factory.Sequence(lambda n: (n + 1) << 20)
    runs = factory.LazyFunction(lambda: [["위탁금을 목적에 맞게 집행함", ""]])


class AbsenceFactory(factory.django.DjangoModelFactory):
    """Far in the past, so that it changes nothing; give it the days that are meant."""

    class Meta:
        model = Absence

    starts_on = dt.date(2020, 1, 2)
    ends_on = factory.SelfAttribute("starts_on")
    reason = "연가"


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    document = factory.SubFactory(DocumentFactory)
    inspection = factory.LazyAttribute(lambda attachment: attachment.document.inspections.first())
    title = "2020년 민간위탁 지도점검표"


def draft(office, **document):
    return DocumentFactory(department=office.department, drafter=office.drafter, **document)


def sent(office, *, line=None, document=None):
    document = document or draft(office)
    workflow.request(document, line or office.line, by=document.drafter)
    document.refresh_from_db()
    return document


def step_of(document, user):
    return document.rounds.latest("number").steps.select_related("round").get(assignee=user)


def signed(office, **kwargs):
    """Everybody but the head has signed."""
    document = sent(office, **kwargs)
    for step in document.rounds.latest("number").steps.filter(status="waiting").exclude(act=Act.APPROVE):
        workflow.sign(step, by=step.assignee)
    return document


def approved(office, **kwargs):
    document = signed(office, **kwargs)
    with quick_rendering():
        issuing.approve(step_of(document, office.head), by=office.head)
    document.refresh_from_db()
    return document


@contextmanager
def quick_rendering():
    """The real HTML, but a stand-in for the PDF: a test about something else need not wait for it."""

    def both(paper, images, files):
        return f"<style></style>{paper.title}", b"%PDF-1.7"

    with (
        mock.patch.object(issuing, "render_both", both),
        mock.patch.object(issuing, "render_pdf", return_value=b"%PDF-1.7 attachment"),
    ):
        yield


def decide(document, step, by):
    """The last signature, with quick rendering."""
    with quick_rendering():
        issuing.approve(step, by=by)
    document.refresh_from_db()
    return document
