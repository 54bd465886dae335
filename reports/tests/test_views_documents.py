import datetime as dt

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections.models import Inspection
from inspections.tests.factories import ActionFactory, InspectionFactory
from reports.models import Block, Document
from reports.tests.factories import AttachmentFactory, BlockFactory, Office, approved, draft, sent

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def document(office):
    return draft(office)


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def as_user(client, user):
    client.force_login(user)
    return client


def page(response):
    return response.content.decode()


# Doors ----------------------------------------------------------------------------------------------------

PAGES = [
    "document", "document_facts", "preview", "recompose", "approval_request", "table_create", "photo_create",
    "approval",
]  # fmt: skip
ACTS = ["document_discard", "recompose_apply", "withdraw", "line_create"]


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_a_stranger_to_sign_in(client, document, name):
    response = client.get(url(name, document.pk))

    assert response.status_code == 302
    assert response.url.startswith(LOGIN)


@pytest.mark.parametrize("name", [*PAGES, *ACTS])
@pytest.mark.parametrize("role", ["contractor", "viewer", "neighbour"])
def test_draft_does_not_exist_for_those_outside_its_office(client, office, document, name, role):
    user = office.neighbour if role == "neighbour" else UserFactory(**{role: True})
    method = client.post if name in ACTS else client.get
    client.force_login(user)

    assert method(url(name, document.pk)).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_not_done_by_looking(client, office, document, name):
    assert as_user(client, office.drafter).get(url(name, document.pk)).status_code == 405


@pytest.mark.parametrize(
    "name", ["document_facts", "recompose", "approval_request", "table_create", "photo_create"]
)
def test_colleagues_read_a_draft_but_do_not_write_it(client, office, document, name):
    as_user(client, office.colleague)

    assert client.get(url("document", document.pk)).status_code == 200
    assert client.get(url(name, document.pk)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_draft_open_for_its_drafter(client, office, document, name):
    assert as_user(client, office.drafter).get(url(name, document.pk)).status_code == 200


# Lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_more_rows(client, office, django_assert_num_queries, rows):
    documents = [draft(office) for _ in range(rows)]
    as_user(client, office.drafter).get(url("document_list"))

    # session, user, departments of the filter, count, the list
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(url("document_list"))

    assert [document for document in documents if str(document) not in page(response)] == []


LIST_QUERIES = 5


def test_list_is_filtered_by_words_state_and_number(client, office):
    paper, other = approved(office), draft(office)
    as_user(client, office.drafter)

    def found(**query):
        return {document.pk for document in client.get(url("document_list"), query).context["page"]}

    assert found(q=paper.number_text) == {paper.pk}
    assert found(status="draft") == {other.pk}
    assert found(q="없는말") == set()
    assert found(year="x") == {paper.pk, other.pk}


def test_lists_are_not_there_for_a_contractor(client):
    as_user(client, UserFactory(contractor=True))

    assert client.get(url("document_list")).status_code == 404
    assert client.get(url("approval_list")).status_code == 404


def test_step_report_of_an_inspection_makes_its_paper(client, office):
    inspection = InspectionFactory(department=office.department, done=True)
    as_user(client, office.drafter)
    assert "결과보고 만들기" in page(client.get(url("inspection_documents", inspection.pk)))

    response = client.post(url("document_create", inspection.pk), follow=True)

    assert response.redirect_chain[-1][0] == url("document", inspection.documents.get().pk)
    assert "초안을 지었습니다" in page(response)
    assert "결과보고 만들기" not in page(client.get(url("inspection_documents", inspection.pk)))


def test_the_step_bar_ticks_what_is_reported_and_followed_up(client, office):
    document = approved(office)
    inspection = document.inspections.get()
    action = ActionFactory(inspection=inspection)
    as_user(client, office.drafter)

    reported = page(client.get(url("inspection_documents", inspection.pk)))
    assert '보고<span class="sr-only"> (완료)' in reported
    assert '조치<span class="sr-only"> (완료)' not in reported

    type(action).objects.filter(pk=action.pk).update(status="verified", status_on=dt.date(2021, 2, 1))
    assert '조치<span class="sr-only"> (완료)' in page(client.get(url("inspection_documents", inspection.pk)))


def test_paper_of_an_unfinished_inspection_is_refused_with_a_message(client, office):
    inspection = InspectionFactory(department=office.department, in_progress=True)

    response = as_user(client, office.drafter).post(url("document_create", inspection.pk), follow=True)

    assert "점검을 완료한 다음" in page(response)
    assert not Document.objects.exists()


# Heading facts --------------------------------------------------------------------------------------------


def facts(document, **changes):
    return {
        "title": document.title, "registered_title": "", "lead": "보고 드림", "date_line": "2021. 1.",
        "has_cover": "on", "mark_style": "report", "disclosure": "partial", "clauses": ["5", "7"],
        "retention": "10", "classification": "", "control_number": "D0000041697839", "policy_number": "",
        "version": document.version,
    } | changes  # fmt: skip


def test_facts_are_saved(client, office, document):
    client.force_login(office.drafter)
    response = client.post(url("document_facts", document.pk), facts(document))

    assert response.status_code == 302
    document.refresh_from_db()
    assert (document.clauses, document.control_number) == (["5", "7"], "D0000041697839")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "필수"),
        ({"disclosure": "open"}, "공개 문서에는 비공개 조항을"),
        ({"clauses": []}, "조항을 하나 이상"),
        ({"clauses": ["9"]}, "올바르"),
        ({"control_number": "D12"}, "D와 숫자 13자리"),
        ({"classification": "가 > 나 > 다 > 라 > 마 > 바"}, "다섯 단계"),
        ({"version": "x"}, ""),
    ],
)
def test_wrong_facts_are_told_and_what_was_typed_stays(client, office, document, changes, message):
    wrong = facts(document, lead="적어 둔 머리글", **changes)

    response = as_user(client, office.drafter).post(url("document_facts", document.pk), wrong)

    assert response.status_code == 422
    assert message in page(response)
    assert "적어 둔 머리글" in page(response)
    assert Document.objects.get(pk=document.pk).lead == ""


def test_facts_on_an_old_version_show_both_and_save_on_the_second_try(client, office, document):
    as_user(client, office.drafter)
    client.post(url("document_facts", document.pk), facts(document, lead="먼저 저장한 글"))

    response = client.post(url("document_facts", document.pk), facts(document, lead="나중에 적은 글"))

    assert response.status_code == 409
    assert "먼저 저장한 글" in page(response)
    assert "나중에 적은 글" in page(response)
    assert response.context["form"]["version"].value() == 2


def test_hidden_fields_posted_with_the_facts_change_nothing(client, office, document):
    posted = facts(document, status="approved", number="1", drafter=office.head.pk, department="1")

    as_user(client, office.drafter).post(url("document_facts", document.pk), posted)

    document.refresh_from_db()
    assert (document.status, document.number, document.drafter) == ("draft", None, office.drafter)


RENAMED = {"title": "지도점검표", "copies": "2", "clauses": ["7"], "closed_reason": "영업비밀", "place": "1"}


def test_attachment_is_renamed_and_marked(client, office, document):
    attachment = AttachmentFactory(document=document)
    address = url("attachment_update", document.pk, attachment.pk)
    as_user(client, office.drafter)

    assert client.post(address, {"title": "", "copies": "0"}).status_code == 422
    assert client.post(address, RENAMED).status_code == 302

    attachment.refresh_from_db()
    assert (attachment.title, attachment.copies, attachment.clauses) == ("지도점검표", 2, ["7"])


# The page itself ------------------------------------------------------------------------------------------


def test_paper_in_approval_is_shown_and_can_be_taken_back(client, office):
    document = sent(office)
    as_user(client, office.drafter)
    assert "결재 요청 취소" in page(client.get(url("document", document.pk)))

    client.post(url("withdraw", document.pk))

    assert Document.objects.get(pk=document.pk).status == "draft"


def test_reason_of_a_return_stands_above_the_draft(client, office):
    document = sent(office)
    step = document.rounds.get().steps.get(assignee=office.lead)
    as_user(client, office.lead).post(
        reverse("reports:return", args=[document.pk, step.pk]), {"reason": "금액을 확인해 주세요"}
    )

    assert "금액을 확인해 주세요" in page(as_user(client, office.drafter).get(url("document", document.pk)))


def test_view_of_a_paper_is_told_to_its_history(client, office, document):
    as_user(client, office.colleague).get(url("document", document.pk))

    event = Event.objects.get(action="view")
    assert (event.chain, event.actor) == (f"document:{document.pk}", office.colleague)


def test_text_of_a_line_is_shown_literally(client, office, document):
    Block.objects.filter(document=document, level=2).update(runs=[["<script>alert(1)</script>", ""]])

    text = page(as_user(client, office.drafter).get(url("document", document.pk)))

    assert "<script>alert(1)" not in text
    assert text.count("&lt;script&gt;alert(1)") == 2


@pytest.mark.parametrize(
    ("kind", "payload", "shown"),
    [
        ("table", {"rows": [["가", "나"], ["1", "2"]]}, "[표]"),
        (
            "table",
            {"rows": [["가"], ["1"]], "caption": "점검 총괄", "unit": "건"},
            "[표] 점검 총괄 (단위: 건)",
        ),
    ],
)
def test_a_table_is_a_line_of_the_editor(client, office, document, kind, payload, shown):
    BlockFactory(document=document, kind=kind, payload=payload, runs=[])

    response = as_user(client, office.drafter).get(url("document", document.pk))

    assert response.status_code == 200
    assert shown in " ".join(response.content.decode().split())


def test_preview_alone_is_a_fragment_for_the_editor(client, office, document):
    response = as_user(client, office.drafter).get(
        url("preview", document.pk), headers={"HX-Request": "true"}
    )

    assert page(response).lstrip().startswith("<article")


def test_draft_is_thrown_away(client, office, document):
    inspection = document.inspections.get()

    response = as_user(client, office.drafter).post(url("document_discard", document.pk))

    assert response.url == url("inspection_documents", inspection.pk)
    assert not Document.objects.exists()


def test_recomposing_shows_first_and_then_does(client, office):
    inspection = InspectionFactory(department=office.department, done=True)
    as_user(client, office.drafter).post(url("document_create", inspection.pk))
    document = inspection.documents.get()
    Inspection.objects.filter(pk=inspection.pk).update(methods=["paper"])

    shown = client.get(url("recompose", document.pk))
    assert "서면점검" in page(shown)
    editor = page(client.get(url("document", document.pk)))
    assert "점검 기록이 바뀌었습니다" in editor
    assert editor.count("원본이 바뀜: 비교") == 1
    client.post(url("recompose_apply", document.pk), {"digest": shown.context["plan"].digest})

    assert "서면점검" in document.blocks.get(source_key="overview:how").text
    assert "바뀐 것이 없습니다" in page(client.get(url("recompose", document.pk)))


def test_recomposing_something_else_than_was_shown_is_refused(client, office, document):
    response = as_user(client, office.drafter).post(
        url("recompose_apply", document.pk), {"digest": "x"}, follow=True
    )

    assert "다시 확인해 주세요" in page(response)


def test_the_text_is_that_of_the_paper_plain_or_to_be_heard(client, office):
    paper = approved(office)
    as_user(client, office.drafter)

    plain = client.get(url("document_text", paper.pk))
    heard = client.get(url("document_text", paper.pk), {"spoken": "1"})

    assert plain["Content-Type"] == "text/plain; charset=utf-8"
    assert f"문서번호 {paper.number_text}" in plain.content.decode()
    assert heard.content.decode().startswith(f"제목: {paper.title}\n문서번호: {paper.number_text}\n")
