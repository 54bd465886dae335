"""A change of the person in charge takes everything along, with a trace, and nothing that was done."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from follow_up.tests.factories import demand, done_inspection
from inspections.models import TeamMember
from inspections.tests.factories import InspectionFactory, TeamMemberFactory
from inspections.workflow import TransitionError
from reports import handing_over
from reports.tests.factories import Office, approved, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def things(office):
    """What the drafter holds, and what he does not hold any more."""
    inspection = done_inspection(department=office.department)
    open_one = InspectionFactory(in_progress=True, department=office.department)
    things = {
        "action": demand(inspection, in_charge=office.drafter),
        "closed": demand(inspection, in_charge=office.drafter, status="verified"),
        "draft": draft(office), "issued": approved(office),
        "place": TeamMemberFactory(inspection=open_one, user=office.drafter, role="in_charge"),
    }  # fmt: skip
    TeamMember.objects.exclude(pk=things["place"].pk).filter(user=office.drafter).delete()
    return things


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def test_everything_open_goes_over(office, things):
    found = handing_over.hand_over(office.drafter, office.colleague, by=office.lead, reason="인사이동")

    assert found.told == "조치 1건, 작성 중인 문서 1건, 점검 담당 1건"
    assert fresh(things["action"]).in_charge == office.colleague
    assert fresh(things["draft"]).drafter == office.colleague
    assert fresh(things["place"]).user == office.colleague
    assert fresh(things["closed"]).in_charge == office.drafter
    assert fresh(things["issued"]).drafter == office.drafter
    assert Event.objects.filter(action="hand_over").count() == 3
    with pytest.raises(TransitionError, match="맡고 있는 것이 없습니다"):
        handing_over.hand_over(office.drafter, office.colleague, by=office.lead, reason="다시")


def test_who_goes_along_already_becomes_the_one_in_charge(office, things):
    mine = TeamMemberFactory(inspection=things["place"].inspection, user=office.colleague, role="member")
    handing_over.hand_over(office.drafter, office.colleague, by=office.drafter, reason="휴직")

    assert fresh(mine).role == "in_charge"
    assert not TeamMember.objects.filter(pk=things["place"].pk).exists()


def test_only_within_the_office(office, things):
    with pytest.raises(TransitionError, match="같은 처리과"):
        handing_over.hand_over(office.drafter, office.neighbour, by=office.lead, reason="x")
    viewer = UserFactory(viewer=True, department=office.department)
    with pytest.raises(TransitionError, match="맡을 수 없는"):
        handing_over.hand_over(office.drafter, viewer, by=office.lead, reason="x")


def test_who_may_hand_over_for_another(office, things):
    for by in (office.colleague, UserFactory(approver=True, department=DepartmentFactory(team=True))):
        with pytest.raises(PermissionDenied):
            handing_over.hand_over(office.drafter, office.colleague, by=by, reason="x")
    superintendent = UserFactory(superintendent=True)
    assert handing_over.hand_over(office.drafter, office.colleague, by=superintendent, reason="x")


def test_the_page(client, office, things):
    client.force_login(office.lead)
    url = reverse("reports:hand_over")
    data = {"giver": office.drafter.pk, "taker": office.colleague.pk, "reason": ""}
    assert client.post(url, data).status_code == 422
    page = client.post(url, data | {"reason": "인사이동"}, follow=True).content.decode()
    assert "조치 1건, 작성 중인 문서 1건, 점검 담당 1건" in page
    client.force_login(office.drafter)
    assert list(client.get(url).context["form"].fields["giver"].people) == [str(office.drafter.pk)]
