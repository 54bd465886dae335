import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections.tests.factories import EvidenceFactory, TeamMemberFactory
from reports import box, lines, workflow
from reports.models import Document
from reports.tests.factories import (
    Act,
    AttachmentFactory,
    Office,
    approved,
    draft,
    quick_rendering,
    sent,
    signed,
    step_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def page(response):
    return response.content.decode()


def act(client, user, name, document, **fields):
    client.force_login(user)
    last = document.rounds.latest("number")
    step = last.steps.filter(assignee=user).first() or last.steps.last()
    return client.post(url(name, document.pk, step.pk), fields, follow=True)


# 결재선과 결재 요청 ---------------------------------------------------------------------------------------


def line(office, **changes):
    return {"act_1": "review", "person_1": office.lead.pk, "approver": office.head.pk} | changes


def test_line_is_proposed_from_the_office(client, office):
    client.force_login(office.drafter)

    form = client.get(url("approval_request", draft(office).pk)).context["form"]

    assert form["person_1"].value() == office.lead.pk
    assert form["approver"].value() == office.head.pk


def test_paper_is_sent_along_the_line(client, office):
    document = draft(office)
    client.force_login(office.drafter)

    concurring = {"act_2": "concur", "person_2": office.neighbour.pk}
    response = client.post(url("approval_request", document.pk), line(office, **concurring), follow=True)

    assert "결재를 요청했습니다" in page(response)
    steps = document.rounds.get().steps.all()
    assert [(step.act, step.assignee) for step in steps] == [
        (Act.DRAFT, office.drafter),
        (Act.REVIEW, office.lead),
        (Act.CONCUR, office.neighbour),
        (Act.APPROVE, office.head),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"approver": ""}, "필수"),
        ({"approver": "999999"}, "올바르"),
        ({"approver": "x"}, "올바르"),
        ({"act_1": ""}, "검토인지 협조인지"),
        ({"act_2": "concur"}, "사람을 고르거나"),
        ({"act_1": "approve"}, "올바르"),
    ],
)
def test_wrong_line_is_told_and_stays_chosen(client, office, changes, message):
    document = draft(office)
    client.force_login(office.drafter)

    response = client.post(url("approval_request", document.pk), line(office, **changes))

    assert response.status_code == 422
    assert message in page(response)
    assert Document.objects.get(pk=document.pk).status == "draft"


def test_refusal_of_the_workflow_stands_on_the_form(client, office):
    client.force_login(office.drafter)

    twice = line(office, person_1=office.head.pk)
    response = client.post(url("approval_request", draft(office).pk), twice)

    assert response.status_code == 422
    assert "두 번 들어갈 수 없습니다" in page(response)


def test_page_says_who_may_not_decide(client, office):
    document = draft(office)
    TeamMemberFactory(inspection=document.inspections.get(), user=office.lead)
    client.force_login(office.drafter)

    assert "최종 결재는 할 수 없습니다" in page(client.get(url("approval_request", document.pk)))


# 결재함 ---------------------------------------------------------------------------------------------------


def test_box_sorts_papers_by_what_is_asked_of_the_user(office):
    waiting, concurring = sent(office), sent(office, line=office.long_line)
    workflow.sign(step_of(concurring, office.lead), by=office.lead)
    done, back = approved(office), sent(office)
    workflow.return_(step_of(back, office.lead), by=office.lead, reason="다시")

    def tabs(user):
        return {tab: {paper.pk for paper in box.papers(user, tab)} for tab in box.TABS}

    empty = {tab: set() for tab in box.TABS}
    assert tabs(office.lead) == empty | {
        "todo": {waiting.pk}, "ongoing": {concurring.pk}, "done": {done.pk}, "returned": {back.pk},
    }  # fmt: skip
    assert tabs(office.neighbour) == empty | {"concur": {concurring.pk}}
    assert tabs(office.drafter) == empty | {
        "ongoing": {waiting.pk, concurring.pk}, "done": {done.pk}, "returned": {back.pk},
    }  # fmt: skip
    assert tabs(office.colleague) == empty
    assert box.counts(office.lead) == {tab: len(papers) for tab, papers in tabs(office.lead).items()}


def test_returned_paper_that_was_sent_again_is_no_longer_returned(office):
    document = sent(office)
    workflow.return_(step_of(document, office.lead), by=office.lead, reason="다시")
    workflow.request(document, office.line, by=office.drafter)

    assert not box.papers(office.drafter, "returned").exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_box_takes_the_same_queries_for_more_rows(client, office, django_assert_num_queries, rows):
    documents = [sent(office) for _ in range(rows)]
    client.force_login(office.lead)
    client.get(url("approval_list"))

    # session, user, whose turn, counts of the tabs, departments of the filter, papers, steps, which were read
    with django_assert_num_queries(8):
        response = client.get(url("approval_list"))

    assert [document for document in documents if str(document) not in page(response)] == []


@pytest.mark.parametrize("tab", box.TABS)
def test_every_tab_opens_empty(client, office, tab):
    client.force_login(office.lead)

    response = client.get(url("approval_list"), {"tab": tab, "q": "없는 문서", "page": "x"})

    assert response.status_code == 200


def test_unknown_tab_is_not_there(client, office):
    client.force_login(office.lead)

    assert client.get(url("approval_list"), {"tab": "x"}).status_code == 404


# One paper ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["answers", "evidence", "changes", "history"])
def test_sides_open_without_script(client, office, side):
    evidence = EvidenceFactory(inspection__department=office.department, caption="통장 사본")
    document = draft(office, inspection=evidence.inspection)
    type(evidence.inspection).objects.filter(pk=evidence.inspection_id).update(
        status="done", completed_at=evidence.uploaded_at, completed_by=office.drafter
    )
    AttachmentFactory(document=document)
    sent(office, document=document)
    client.force_login(office.lead)

    text = page(client.get(url("approval", document.pk), {"side": side}))

    shown = {"answers": "점검항목", "evidence": "통장 사본", "changes": "첫 회차", "history": "결재 요청"}
    assert shown[side] in text


def test_changes_since_the_last_round_are_shown(client, office):
    document = sent(office)
    workflow.return_(step_of(document, office.lead), by=office.lead, reason="다시")
    block = document.blocks.last()
    lines.save_line(block, by=office.drafter, version=1, text="점검일시: 고쳐 적음")
    workflow.request(document, office.line, by=office.drafter)
    client.force_login(office.lead)

    text = page(client.get(url("approval", document.pk), {"side": "changes"}))

    assert "점검일시: 고쳐 적음" in text
    assert "1) 점검일시: ’20. 12. 30.(수)" in text


def test_concurring_department_sees_the_paper_and_nothing_behind_it(client, office):
    document = sent(office, line=office.long_line)
    client.force_login(office.neighbour)

    response = client.get(url("approval", document.pk), {"side": "evidence"})

    assert response.status_code == 200
    assert "점검표 답" not in page(response)
    assert response.context["side"] == "changes"
    inspection = document.inspections.get()
    assert client.get(reverse("inspections:detail", args=[inspection.pk])).status_code == 404


@pytest.mark.parametrize(
    ("user", "button"), [("lead", "검토"), ("head", ""), ("drafter", ""), ("colleague", "")]
)
def test_only_the_one_whose_turn_it_is_has_a_button(client, office, user, button):
    document = sent(office)
    client.force_login(getattr(office, user))

    text = page(client.get(url("approval", document.pk)))

    assert ('data-dialog-open="sign"' in text) == bool(button)
    assert f'data-dialog-open="sign">{button}</button>' in text or not button


def test_reviewing_moves_the_paper_on(client, office):
    document = sent(office)

    response = act(client, office.lead, "sign", document, opinion="이상 없음")

    assert "검토했습니다" in page(response)
    assert step_of(document, office.lead).opinion == "이상 없음"


def test_approving_tells_the_number(client, office):
    document = signed(office)

    with quick_rendering():
        response = act(client, office.head, "approve", document)

    document.refresh_from_db()
    assert f"문서번호는 {document.number_text}입니다" in page(response)


def test_approving_twice_tells_the_same_number(client, office):
    document = approved(office)

    response = act(client, office.head, "approve", document)

    assert f"문서번호는 {document.number_text}입니다" in page(response)


def test_returning_needs_a_reason_and_opens_the_paper_again(client, office):
    document = sent(office)

    refused = act(client, office.lead, "return", document, reason="")
    assert refused.status_code == 422
    assert "사유를 적어 주세요" in page(refused)
    act(client, office.lead, "return", document, reason="날짜를 고쳐 주세요")

    assert Document.objects.get(pk=document.pk).status == "draft"


@pytest.mark.parametrize("name", ["sign", "approve", "return"])
@pytest.mark.parametrize("person", ["drafter", "colleague"])
def test_others_do_not_act_on_a_step(client, office, name, person):
    document = sent(office)
    client.force_login(getattr(office, person))
    step = step_of(document, office.lead)

    response = client.post(url(name, document.pk, step.pk), {"reason": "x"}, follow=True)

    assert response.status_code == 403 or "마지막 결재 단계가 아닙니다" in page(response)
    assert step_of(document, office.lead).status == "waiting"


@pytest.mark.parametrize("name", ["sign", "approve", "return"])
def test_step_of_another_paper_is_not_there(client, office, name):
    one, other = sent(office), sent(office)
    client.force_login(office.lead)

    response = client.post(url(name, one.pk, step_of(other, office.lead).pk), {"reason": "x"})

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["sign", "approve", "return"])
def test_steps_are_not_signed_by_looking(client, office, name):
    document = sent(office)
    client.force_login(office.lead)

    assert client.get(url(name, document.pk, step_of(document, office.lead).pk)).status_code == 405


def test_stranger_to_the_paper_gets_404(client, office):
    document = sent(office)
    client.force_login(UserFactory(approver=True))

    assert client.get(url("approval", document.pk)).status_code == 404
    assert client.post(url("sign", document.pk, step_of(document, office.lead).pk)).status_code == 404


def test_head_who_went_along_is_told_that_he_cannot_decide(client, office):
    office.department.members_may_approve = True
    office.department.save()
    document = draft(office)
    TeamMemberFactory(inspection=document.inspections.get(), user=office.head)
    signed(office, document=document)
    client.force_login(office.head)
    assert "점검에 참여한 사람이 결재하는 사유" in page(client.get(url("approval", document.pk)))

    office.department.members_may_approve = False
    office.department.save()

    text = page(client.get(url("approval", document.pk)))
    assert "최종 결재할 수 없습니다" in text
    assert 'data-dialog-open="sign"' not in text


# Files ----------------------------------------------------------------------------------------------------


def test_files_of_an_issued_paper_are_those_that_were_frozen(client, office):
    document = draft(office)
    AttachmentFactory(document=document)
    approved(office, document=document)
    document.refresh_from_db()
    client.force_login(office.colleague)

    html = client.get(url("document_html", document.pk))
    pdf = client.get(url("document_pdf", document.pk))
    attachment = client.get(url("attachment_pdf", document.pk, 1))

    assert html.content.decode() == document.edition.html
    assert pdf.content == bytes(document.edition.pdf)
    assert attachment.content == bytes(document.edition.files.get().pdf)
    assert "default-src 'none'" in html["Content-Security-Policy"]
    assert "sandbox" in html["Content-Security-Policy"]
    assert "unsafe" not in html["Content-Security-Policy"]
    assert pdf["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert html["Content-Disposition"].startswith("inline")
    downloads = Event.objects.filter(chain=f"document:{document.pk}", action="download")
    assert [event.detail["file"] for event in downloads.order_by("seq")] == [
        "HTML",
        "PDF",
        "2020년 민간위탁 지도점검표",
    ]


@pytest.mark.parametrize("name", ["document_html", "document_pdf"])
def test_paper_that_is_not_issued_has_no_files(client, office, name):
    document = sent(office)
    client.force_login(office.drafter)

    assert client.get(url(name, document.pk)).status_code == 404


@pytest.mark.parametrize("name", ["document_html", "document_pdf"])
def test_issued_papers_are_shown_to_viewers_but_not_to_contractors_or_other_offices(client, office, name):
    document = approved(office)
    expected = {"viewer": 200, "superintendent": 200, "contractor": 404, "approver": 404}

    for role, status in expected.items():
        client.force_login(UserFactory(**{role: True}))
        assert client.get(url(name, document.pk)).status_code == status, role


def test_picture_outside_the_paper_is_for_those_who_may_see_the_inspection(client, office):
    evidence = EvidenceFactory(inspection__department=office.department)
    default_storage.save(evidence.shown, ContentFile(b"\xff\xd8\xff"))
    document = draft(office, inspection=evidence.inspection)
    type(evidence.inspection).objects.filter(pk=evidence.inspection_id).update(
        status="done", completed_at=evidence.uploaded_at, completed_by=office.drafter
    )
    sent(office, document=document, line=office.long_line)
    address = url("picture", document.pk, evidence.shown_sha256)

    client.force_login(office.lead)
    assert client.get(address).status_code == 200
    client.force_login(office.neighbour)
    assert client.get(address).status_code == 404


def test_the_lead_sees_how_long_was_looked_and_how_much_was_written(client, office):
    document = sent(office)
    client.force_login(office.lead)

    page = client.get(url("approval", document.pk) + "?side=effort").text

    assert "첫 답에서 마지막 답까지" in page
    assert "의견도 증빙도 없는 항목" in page
