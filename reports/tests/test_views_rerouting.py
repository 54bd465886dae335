"""The pages around a line of approval: templates and marks, absences, sending back, holding, replacing."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit import clock
from reports.models import Absence, DecisionRule, LineTemplate
from reports.tests.factories import AbsenceFactory, Office, draft, sent, signed, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def line(office, **changes):
    return {"act_1": "review", "person_1": office.lead.pk, "approver": office.head.pk} | changes


def in_force(user, substitute):
    today = clock.today()
    return AbsenceFactory(user=user, substitute=substitute, starts_on=today, ends_on=today)


def test_a_line_is_kept_while_asking_and_offered_the_next_time(client, office):
    client.force_login(office.drafter)
    fields = line(office, keep_as="늘 쓰는 결재선", act_2="concur", person_2=office.neighbour.pk)

    client.post(url("approval_request", draft(office).pk), fields)
    page = client.get(url("approval_request", draft(office).pk))

    assert page.context["form"]["person_2"].value() == office.neighbour.pk
    assert "늘 쓰는 결재선" in page.content.decode()


def test_a_kept_line_is_chosen_by_its_link(client, office):
    client.force_login(office.drafter)
    fields = line(office, keep_as="짧은 것", act_1="", person_1="")
    client.post(url("approval_request", draft(office).pk), fields)
    LineTemplate.objects.update(kind="")
    document = draft(office)
    template = LineTemplate.objects.get()

    proposed = client.get(url("approval_request", document.pk)).context["form"]
    chosen = client.get(url("approval_request", document.pk), {"template": template.pk}).context["form"]

    assert proposed["person_1"].value() == office.lead.pk
    assert chosen["person_1"].value() is None


@pytest.mark.parametrize("template", ["x", "0", "9" * 30])
def test_a_template_that_is_not_there_changes_nothing(client, office, template):
    client.force_login(office.drafter)

    page = client.get(url("approval_request", draft(office).pk), {"template": template})

    assert page.context["form"]["approver"].value() == office.head.pk


def test_marks_and_side_by_side_are_asked_with_the_line(client, office):
    client.force_login(office.drafter)
    document = draft(office)
    other = UserFactory(department=DepartmentFactory(), position="재무과장")
    fields = line(
        office, act_2="concur", person_2=office.neighbour.pk, act_3="concur", person_3=other.pk,
        together="on", initiator=office.drafter.pk, reporter=office.lead.pk,
    )  # fmt: skip

    assert client.post(url("approval_request", document.pk), fields).status_code == 302

    steps = document.rounds.get().steps.order_by("order")
    assert [step.turn for step in steps] == [1, 2, 3, 3, 5]
    assert [step.mark for step in steps] == ["★", "◉", "", "", ""]


def test_the_power_to_decide_is_said_above_the_line(client, office):
    DecisionRule.objects.create(kind="result", level="office")
    client.force_login(office.drafter)

    page = client.get(url("approval_request", draft(office).pk)).content.decode()

    assert "전결권자는 <strong>과장(담당관)</strong>입니다" in page


def test_the_head_may_send_it_to_the_lead_instead_of_the_drafter(client, office):
    document = signed(office)
    client.force_login(office.head)
    page = client.get(url("approval", document.pk)).content.decode()
    assert "기안자(반려)" in page

    step, lead = step_of(document, office.head), step_of(document, office.lead)
    response = client.post(
        url("return", document.pk, step.pk), {"reason": "다시 볼 것", "to": lead.pk}, follow=True
    )

    document.refresh_from_db()
    assert document.status == "in_approval"
    assert f"{office.lead.name}님에게 돌려보냈습니다" in response.content.decode()
    client.force_login(office.lead)
    assert "다시 볼 것" not in client.get(url("approval_list")).content.decode()
    assert client.get(url("approval", document.pk)).context["my_step"]


def test_nobody_behind_can_be_sent_to(client, office):
    document = sent(office)
    client.force_login(office.lead)
    step, head = step_of(document, office.lead), step_of(document, office.head)

    response = client.post(url("return", document.pk, step.pk), {"reason": "다시", "to": head.pk})

    assert response.status_code == 422


def test_why_it_is_held_stands_in_the_line(client, office):
    document = sent(office)
    client.force_login(office.lead)
    step = step_of(document, office.lead)

    client.post(url("hold", document.pk, step.pk), {"reason": "예산과와 협의 중"})

    client.force_login(office.drafter)
    assert "보류: 예산과와 협의 중" in client.get(url("document", document.pk)).content.decode()


def test_the_drafter_is_offered_another_signer_only_where_it_is_needed(client, office):
    document = sent(office)
    client.force_login(office.drafter)
    assert "결재자 바꾸기" not in client.get(url("document", document.pk)).content.decode()
    office.lead.department = DepartmentFactory()
    office.lead.save()
    step = step_of(document, office.lead)
    address = url("signer_replace", document.pk, step.pk)
    assert address in client.get(url("document", document.pk)).content.decode()
    assert client.get(address).status_code == 200
    new = UserFactory(approver=True, department=office.team, position="소비자보호팀장")

    response = client.post(address, {"user": new.pk, "reason": "전출"}, follow=True)

    assert "결재자를 바꾸었습니다" in response.content.decode()
    assert step_of(document, new).pk == step.pk


def test_what_hinders_a_replacement_is_said_on_the_form(client, office):
    document = sent(office)
    client.force_login(office.drafter)
    address = url("signer_replace", document.pk, step_of(document, office.lead).pk)

    response = client.post(address, {"user": office.colleague.pk, "reason": "급함"})

    assert response.status_code == 422
    assert "아직 결재할 수 있습니다" in response.content.decode()


def test_an_absence_is_registered_listed_and_taken_back(client, office):
    client.force_login(office.lead)
    today = clock.today()
    fields = {"substitute": office.colleague.pk, "mode": "대결", "reason": "연가"}
    days = {"starts_on": today.isoformat(), "ends_on": (today + dt.timedelta(days=2)).isoformat()}

    response = client.post(url("absence_list"), fields | days, follow=True)
    assert office.colleague.name in response.content.decode()
    again = client.post(url("absence_list"), fields | days)
    assert (again.status_code, "겹치는 기간" in again.content.decode()) == (422, True)

    client.post(url("absence_end", Absence.objects.get().pk))
    assert "등록한 부재가 없습니다" in client.get(url("absence_list")).content.decode()


def test_the_substitute_reads_whom_he_stands_in_for(client, office):
    in_force(office.lead, office.colleague)
    client.force_login(office.colleague)

    assert f"{office.lead}님을" in client.get(url("absence_list")).content.decode()


def test_the_substitute_signs_from_his_own_box(client, office):
    in_force(office.lead, office.colleague)
    document = sent(office)
    client.force_login(office.colleague)
    assert str(document) in client.get(url("approval_list")).content.decode()

    step = step_of(document, office.lead)
    assert client.post(url("sign", document.pk, step.pk), {"opinion": ""}).status_code == 302

    assert "대결" in client.get(url("document", document.pk)).content.decode()


def test_the_absence_of_another_is_not_taken_back(client, office):
    absence = in_force(office.lead, office.colleague)
    client.force_login(office.colleague)

    assert client.post(url("absence_end", absence.pk)).status_code == 404


def test_the_head_corrects_in_the_editor_and_lets_it_go_on(client, office):
    document = signed(office)
    client.force_login(office.head)
    assert "고쳐서 결재" in client.get(url("approval", document.pk)).content.decode()

    editor = client.post(
        url("correct", document.pk, step_of(document, office.head).pk), follow=True
    ).content.decode()
    assert "결재 중에 고치는 문서입니다" in editor
    assert "고치기 마치고 결재로" in editor
    assert str(document) in client.get(reverse("home")).content.decode()
    line = document.blocks.order_by("position")[1]
    saved = client.post(
        url("line_save", document.pk, line.pk),
        {"text": "머리가 고친 글", "level": 2, "depth": 1, "kind": "line", "version": line.version},
    )
    assert saved.status_code in (200, 302)

    page = client.post(url("resume", document.pk), follow=True).content.decode()
    assert "머리가 고친 글" in page
    client.force_login(office.drafter)
    changes = client.get(url("approval", document.pk), {"side": "changes"}).content.decode()
    assert "머리가 고친 글" in changes
