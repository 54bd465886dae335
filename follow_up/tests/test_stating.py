"""확인서·문답서: composed, signed on the screen or on paper, or refused; and then they stand."""

import json
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.tests.factories import UserFactory
from follow_up import readiness, stating
from follow_up.forms.stating import StatementForm
from follow_up.models import Statement
from follow_up.tests.factories import DispositionFactory, StatementFactory, disposition_type
from inspections.tests import hostile_files
from inspections.tests.factories import FindingFactory, InspectionFactory
from inspections.workflow import StaleError, TransitionError
from reports.tests.reading import text_of_pdf

pytestmark = pytest.mark.django_db
STROKES = [[[100, 100], [400, 200]], [[500, 100], [600, 300]]]


@pytest.fixture
def statement():
    return StatementFactory()


@pytest.fixture
def official(statement, client):
    user = UserFactory(department=statement.inspection.department)
    client.force_login(user)
    return user


def url(statement, name):
    return reverse(f"follow_up:{name}", args=[statement.inspection_id, statement.pk])


def test_it_is_composed_from_the_lines(official, statement):
    line = FindingFactory(
        inspection=statement.inspection,
        text="업무추진비를 잘못 씀",
        receipts=[["’20. 3. 2.", "", "간담회", "1,000"]],
    )
    made = stating.create(
        statement.inspection,
        by=official,
        id=uuid.uuid4(),
        kind="confirmation",
        findings=[line],
        position="시설장",
    )
    assert made.text == "1. 업무추진비를 잘못 씀\n   ’20. 3. 2. / 간담회 / 1,000"
    with pytest.raises(TransitionError, match="이 점검의"):
        stating.create(
            statement.inspection, by=official, id=uuid.uuid4(), kind="confirmation", position="시설장",
            findings=[FindingFactory()],
        )  # fmt: skip


def test_signed_on_the_screen(client, official, statement):
    assert (
        client.post(url(statement, "statement_sign_screen"), {"version": 1, "strokes": "[]"}).status_code
        == 422
    )
    client.post(url(statement, "statement_sign_screen"), {"version": 1, "strokes": json.dumps(STROKES)})

    statement.refresh_from_db()
    assert (statement.signed, statement.taken_by) == ("screen", official)
    assert statement.sha256 == stating.digest(statement)
    assert client.get(url(statement, "statement_file"))["Content-Type"] == "image/jpeg"


def test_signed_on_paper(client, official, statement):
    assert client.post(url(statement, "statement_sign_paper"), {"version": 1}).status_code == 422
    files = [SimpleUploadedFile("확인서.jpg", hostile_files.photo())]
    client.post(url(statement, "statement_sign_paper"), {"version": 1, "files": files})
    statement.refresh_from_db()
    assert (statement.signed, statement.file_name) == ("paper", "확인서.jpg")


def test_a_refusal_is_noted(client, official, statement):
    client.post(url(statement, "statement_sign_refused"), {"version": 1, "reason": "사실과 다르다고 함"})
    statement.refresh_from_db()
    assert (statement.signed, statement.refusal) == ("refused", "사실과 다르다고 함")


def test_what_is_signed_stands(official, statement):
    line = FindingFactory(inspection=statement.inspection)
    statement.findings.add(line)
    with pytest.raises(StaleError):
        stating.refuse(statement, by=official, version=7, reason="x")
    stating.refuse(statement, by=official, version=1, reason="x")
    for act in (
        lambda: stating.edit(statement, by=official, version=2, text="고침"),
        lambda: stating.discard(statement, by=official),
        lambda: stating.refuse(statement, by=official, version=2, reason="또"),
    ):
        with pytest.raises(TransitionError, match="고칠 수 없습니다"):
            act()
    for harm in (
        lambda: Statement.objects.update(text="고침"),
        lambda: Statement.objects.all().delete(),
        lambda: statement.findings.add(FindingFactory(inspection=statement.inspection)),
        lambda: statement.findings.remove(line),
    ):
        with pytest.raises(IntegrityError, match="a_signed_statement"), transaction.atomic():
            harm()


def test_a_stranger_takes_no_statement(statement):
    with pytest.raises(PermissionDenied):
        stating.refuse(statement, by=UserFactory(), version=1, reason="x")


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("a_signed_statement_says_how", {"signed": "screen", "file_shown": "x"}),
        ("a_refusal_says_why", {"refusal": "x"}),
    ],
)
def test_the_database_refuses_a_wrong_statement(constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StatementFactory(**wrong)


def test_a_disposition_of_money_without_one_warns():
    inspection = InspectionFactory(in_progress=True)
    official, line = UserFactory(department=inspection.department), FindingFactory(inspection=inspection)
    made = DispositionFactory(
        inspection=inspection, finding=line, disposition_type=disposition_type("회수", "financial")
    )
    assert readiness.warnings(made) == ["이 처분의 사실관계에 대한 확인서나 문답서가 없습니다."]
    statement = StatementFactory(inspection=inspection)
    statement.findings.add(line)
    assert readiness.warnings(made)  # not signed yet
    stating.refuse(statement, by=official, version=1, reason="x")
    assert readiness.warnings(made) == []
    assert readiness.warnings(DispositionFactory()) == []


def test_written_on_the_page_and_printed(client, official, statement):
    line = FindingFactory(inspection=statement.inspection, text="정산서를 늦게 냄")
    new = reverse("follow_up:statement_create", args=[statement.inspection_id])
    data = {"id": str(uuid.uuid4()), "kind": "questions", "position": "회계 담당", "findings": [line.pk]}
    assert client.post(new, data | {"findings": []}).status_code == 422
    client.post(new, data | {"questions": "언제 냈습니까?\t5월에 냈습니다."})
    made = Statement.objects.get(kind="questions")
    client.post(
        url(made, "statement_update"), data | {"version": 1, "text": "고친 글", "questions": "언제?\t5월"}
    )

    pdf = reverse("reports:statement_pdf", args=[made.inspection_id, made.pk])
    text = text_of_pdf(client.get(pdf).content)
    for word in (
        "문답서",
        "고친 글",
        "문 1. 언제?",
        "답 1. 5월",
        "회계 담당",
        "위 내용이 사실과 다름없음을 확인합니다.",
    ):
        assert word in text
    page = client.get(reverse("follow_up:statements", args=[made.inspection_id])).content.decode()
    assert "서명 전" in page
    client.post(url(made, "statement_discard"))
    assert not Statement.objects.filter(pk=made.pk).exists()


def test_what_was_found_wrong_is_offered_first(statement):
    fine = FindingFactory(inspection=statement.inspection, kind="good", position=0)
    wrong = FindingFactory(inspection=statement.inspection, kind="fault", position=9)

    offered = StatementForm(inspection=statement.inspection).fields["findings"]

    assert [text for _, text in offered.choices] == [f"[지적] {wrong.text}", f"[양호] {fine.text}"]
