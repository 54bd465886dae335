"""The contractor's own pages: what it is asked, what it answers, and nothing of anybody else's."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from contractors.tests.factories import AgreementFactory, ContractorUserFactory
from follow_up import acting
from follow_up.models import ActionReport, Opinion, Procedure
from follow_up.tests.factories import (
    ActionReportFactory,
    DispositionFactory,
    ReportFileFactory,
    demand,
    disposition_type,
)
from inspections.models import Answer, StageAnswer
from inspections.tests import hostile_files
from inspections.tests.factories import InspectionFactory, StageFactory
from inspections.tests.test_stages import posted
from portal import desk
from portal.urls import urlpatterns
from reports import creating
from reports.models import Document, Letter, Receipt
from reports.tests.factories import Office, approved

pytestmark = pytest.mark.django_db
DUE = dt.date(2021, 3, 5)


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel("2021-03-02T10:00:00+09:00", tick=False):
        yield


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def agreement(office):
    return AgreementFactory(subject__department=office.department)


@pytest.fixture
def inspection(office, agreement):
    return InspectionFactory(
        done=True, department=office.department, agreement=agreement, subject=agreement.subject
    )


@pytest.fixture
def user(agreement, client):
    user = ContractorUserFactory(contractor=agreement.contractor).user
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"portal:{name}", args=args)


def issued(office, inspections, kind=Document.Kind.CORRECTION):
    document = creating.create(inspections, by=office.drafter, kind=kind)
    Letter.objects.filter(document=document).update(
        organisation="가온시", sender="가온시장", receivers="대표"
    )
    return approved(office, document=Document.objects.get(pk=document.pk))


def announced(inspection, **fields):
    made = DispositionFactory(
        inspection=inspection, disposition_type=disposition_type("시정명령"), status="notified", **fields
    )
    Procedure.objects.create(disposition=made, noticed_on=dt.date(2021, 2, 20), opinion_due_on=DUE)
    return made


# Letters --------------------------------------------------------------------------------------------------


def test_opening_a_letter_is_its_receipt(client, user, office, inspection):
    letter = issued(office, [inspection])
    assert [task.kind for task in desk.tasks(user, inspection.contractor)] == ["새 문서"]

    with time_machine.travel("2021-03-02T10:20:00+09:00", tick=False):
        page = client.get(url("letter", letter.pk)).content.decode()
    client.get(url("letter_pdf", letter.pk))

    assert "받은 때 2021. 3. 2. 10:20" in page
    assert Receipt.objects.get().user == user
    told = list(
        Event.objects.filter(actor=user, object_type="document")
        .order_by("pk")
        .values_list("action", flat=True)
    )
    assert told == ["receive", "view", "download"]
    assert desk.tasks(user, inspection.contractor) == []


def test_only_letters_about_nobody_else_are_shown(client, user, office, inspection):
    other = InspectionFactory(
        done=True, department=office.department, part=inspection.part, agreement=AgreementFactory()
    )
    both, theirs, report = (
        issued(office, [inspection, other]), issued(office, [other]),
        approved(office, document=creating.create([inspection], by=office.drafter)),
    )  # fmt: skip
    own = issued(office, [inspection], Document.Kind.OUTCOME)

    assert [each.pk for each in client.get(url("letter_list")).context["letters"]] == [own.pk]
    for document in (both, theirs, report):
        assert client.get(url("letter", document.pk)).status_code == 404


def test_a_draft_is_not_shown(client, user, office, inspection):
    draft = creating.create([inspection], by=office.drafter, kind=Document.Kind.CORRECTION)
    assert client.get(url("letter", draft.pk)).status_code == 404


def test_who_runs_it_jointly_has_the_letter_too(client, user, office, agreement):
    inspection = InspectionFactory(done=True, department=office.department, agreement=AgreementFactory())
    inspection.joint_agreements.add(agreement)
    letter = issued(office, [inspection])
    assert client.get(url("letter", letter.pk)).status_code == 200


# Actions --------------------------------------------------------------------------------------------------


def test_a_report_with_a_photograph_goes_to_the_office(client, user, inspection):
    action = demand(inspection, due_on=DUE)
    [task] = desk.tasks(user, inspection.contractor)
    assert (task.kind, task.due) == ("조치결과", "2021. 3. 5.(금) 3일 남음")
    data = {
        "id": str(uuid.uuid4()), "text": "조사를 했습니다", "done_on": "2021-03-01",
        "files": [SimpleUploadedFile("조사.jpg", hostile_files.photo())],
    }  # fmt: skip

    client.post(url("report", action.pk), data)
    client.post(url("report", action.pk), data)  # pressed twice

    report = ActionReport.objects.get()
    assert (report.source, report.entered_by, report.files.count()) == ("portal", user, 1)
    assert client.get(url("report_file", action.pk, report.files.get().pk))["Content-Type"] == "image/jpeg"
    assert "확인을 기다림" in client.get(url("action", action.pk)).content.decode()
    assert desk.tasks(user, inspection.contractor) == []


def test_rework_is_a_task_again(client, user, office, inspection):
    action = demand(inspection, due_on=DUE)
    ActionReportFactory(action=action)
    type(action).objects.update(status="reported", status_on=DUE)
    acting.send_back(action, by=office.drafter, version=1, note="증빙이 없음")

    assert [task.kind for task in desk.tasks(user, inspection.contractor)] == ["보완 요구"]
    assert "증빙이 없음" in client.get(url("action", action.pk)).content.decode()


def test_an_objection(client, user, inspection):
    action = demand(inspection)
    client.post(url("object", action.pk), {"id": str(uuid.uuid4()), "text": "사실과 다릅니다"})
    action.refresh_from_db()
    assert action.status == "objected"
    assert "결정을 기다림" in client.get(url("action", action.pk)).content.decode()


def test_what_is_missing_is_told_and_kept(client, user, inspection):
    action = demand(inspection)
    data = {"id": str(uuid.uuid4()), "text": "", "done_on": "2021-03-01"}
    response = client.post(url("report", action.pk), data)
    assert response.status_code == 422
    assert 'value="2021-03-01"' in response.content.decode()


# Opinions -------------------------------------------------------------------------------------------------


def test_an_opinion_before_the_disposition(client, user, inspection):
    made = announced(inspection)
    assert [task.kind for task in desk.tasks(user, inspection.contractor)] == ["의견제출"]

    client.post(url("opinion", made.pk), {"id": str(uuid.uuid4()), "text": "이미 고쳤습니다"})

    assert (Opinion.objects.get().source, Opinion.objects.get().entered_by) == ("portal", user)
    assert desk.tasks(user, inspection.contractor) == []
    assert "이미 고쳤습니다" in client.get(url("opinion", made.pk)).content.decode()


def test_a_planned_disposition_is_not_shown(client, user, inspection):
    made = DispositionFactory(inspection=inspection)
    assert client.get(url("opinion", made.pk)).status_code == 404


# 자체점검 --------------------------------------------------------------------------------------------------


@pytest.fixture
def stage(office, agreement):
    inspection = InspectionFactory(
        in_progress=True, department=office.department, agreement=agreement, subject=agreement.subject
    )
    return StageFactory(inspection=inspection, kind="self", ends_on=DUE)


def test_the_contractor_fills_in_the_same_sheet(client, user, stage, office):
    items = [item for each in stage.inspection.checklist.indicators.all() for item in each.items.all()]
    page = client.get(url("self_check", stage.inspection_id)).content.decode()
    assert all(item.text in page for item in items)
    data = posted(items[0], choice="적정") | posted(items[1], choice="부적정", opinion="대장이 없음")

    assert client.post(url("self_check", stage.inspection_id), data).status_code == 302

    assert StageAnswer.objects.filter(stage=stage).count() == len(items)
    assert not Answer.objects.exists()
    client.post(url("self_check_submit", stage.inspection_id))
    stage.refresh_from_db()
    assert stage.submitted_by == user
    client.post(url("self_check", stage.inspection_id), data)
    assert not client.get(url("self_check", stage.inspection_id)).context["form"].is_editable
    assert desk.tasks(user, stage.inspection.contractor) == []

    client.force_login(office.drafter)
    again = reverse("inspections:stage_give_back", args=[stage.inspection_id, "self"])
    assert client.post(again, {"reason": ""}).status_code == 422
    client.post(again, {"reason": "빠진 답이 있음"})
    assert [task.kind for task in desk.tasks(user, stage.inspection.contractor)] == ["자체점검"]


def test_a_first_check_of_the_district_is_not_the_contractors(client, user, stage):
    type(stage).objects.update(kind="first")
    assert client.get(url("self_check", stage.inspection_id)).status_code == 404


# Isolation ------------------------------------------------------------------------------------------------


def objects_of(inspection, office):
    action = demand(inspection)
    report = ReportFileFactory(report__action=action)
    letter = issued(office, [inspection])
    open_one = InspectionFactory(
        in_progress=True, department=office.department, agreement=inspection.agreement
    )
    StageFactory(inspection=open_one, kind="self")
    return {
        "action": [action.pk], "report": [action.pk], "object": [action.pk],
        "report_file": [action.pk, report.pk], "letter": [letter.pk], "letter_pdf": [letter.pk],
        "letter_file": [letter.pk, 1],
        "letter_picture": [letter.pk, "a" * 64], "opinion": [announced(inspection).pk],
        "self_check": [open_one.pk], "self_check_submit": [open_one.pk],
    }  # fmt: skip


LISTS = {"home", "letter_list", "action_list"}


def test_every_address_with_an_object_is_in_this_test():
    named = {pattern.name for pattern in urlpatterns}
    known = {
        "action", "report", "object", "report_file", "letter", "letter_pdf", "letter_file", "letter_picture",
        "opinion", "self_check", "self_check_submit",
    }  # fmt: skip
    assert named == known | LISTS | {"invite", "papers", "paper_send", "paper_file", "wish"}


def test_another_contractors_things_are_not_there(client, user, office):
    agreement = AgreementFactory()
    other = InspectionFactory(
        done=True, department=office.department, agreement=agreement, subject=agreement.subject
    )
    for name, args in objects_of(other, office).items():
        for method in ("get", "post"):
            response = getattr(client, method)(url(name, *args), {"text": "x"})
            assert response.status_code in {404, 405}, (name, method)
    for name in LISTS:
        page = client.get(url(name)).content.decode()
        assert agreement.subject.name not in page


@pytest.mark.parametrize("who", ["drafter", "head"])
def test_the_portal_is_not_for_officials(client, office, who):
    client.force_login(getattr(office, who))
    for name in LISTS:
        assert client.get(url(name)).status_code == 404


def test_rights_taken_away_count_at_the_next_request(client, user, inspection):
    action = demand(inspection)
    assert client.get(url("action", action.pk)).status_code == 200
    user.contractor_user.delete()
    assert client.get(url("action", action.pk)).status_code == 404


def test_officials_pages_are_not_for_contractors(client, user, inspection):
    action = demand(inspection)
    for name, args in [
        ("action", [action.pk]),
        ("verify", [action.pk]),
        ("list", []),
        ("disposition_list", [inspection.pk]),
    ]:
        assert client.get(reverse(f"follow_up:{name}", args=args)).status_code in {403, 404}, name


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_lists_have_a_fixed_number_of_queries(client, user, office, inspection, name):
    def add():
        demand(inspection, due_on=DUE)
        announced(inspection)
        issued(office, [inspection])

    add()
    with CaptureQueriesContext(connection) as before:
        client.get(url(name))
    add()
    add()
    with CaptureQueriesContext(connection) as after:
        client.get(url(name))
    assert len(after) == len(before)


def test_home_leads_a_contractor_to_his_tasks(client, user):
    assert client.get("/").url == url("home")


def test_a_second_factor_is_asked_for_by_setting(client, user, settings):
    settings.MFA_REQUIRED_ROLES = ["contractor"]
    response = client.get(url("home"))
    assert response.status_code == 302
    assert response.url == reverse("mfa_activate_totp")
