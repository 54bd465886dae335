"""A paper that was approved elsewhere: recorded once, and frozen like any other."""

import datetime as dt
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from audit import clock, triggers
from inspections.workflow import TransitionError
from reports import archive, issuing, outside
from reports.models import Document, NumberCounter, OutsideApproval
from reports.outside import Outside, Signer
from reports.tests.factories import Office, approved, draft, quick_rendering, sent

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 9)
LINE = (
    Signer("review", "주무관", "김가나"),
    Signer("concur", "재무과장", "조바다"),
    Signer("review", "공정경제담당관", "박마바", "전결"),
)


@pytest.fixture
def office():
    return Office()


def a_pdf():
    buffer = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(buffer)
    return buffer.getvalue()


def recorded(document, by, number=812, **changes):
    facts = {"number": number, "day": DAY, "signers": LINE, "file": a_pdf()} | changes
    with quick_rendering():
        return outside.record_outside(document, Outside(**facts), by=by)


def form(**changes):
    signers = "주무관 김가나\n협조 재무과장 조바다\n공정경제담당관 박마바 전결\n"
    file = SimpleUploadedFile("signed.pdf", a_pdf(), "application/pdf")
    return {"number": "812", "day": DAY.isoformat(), "signers": signers, "file": file} | changes


def url(name, document):
    return reverse(f"reports:{name}", args=[document.pk])


def test_it_is_frozen_under_the_header_that_was_signed(office):
    document = recorded(draft(office), office.drafter)

    header = document.edition.tree["header"]
    assert document.status == "approved"
    assert (document.number, document.approved_on) == (812, DAY)
    assert [cell["name"] for cell in header["approvals"]] == ["김가나", "박마바"]
    assert header["approvals"][-1]["mode"] == "전결"
    assert header["approvals"][-1]["signed_on"] == "2026-03-09"
    assert header["concurrences"][0]["name"] == "조바다"
    assert issuing.problems(document.edition) == []
    assert list(archive.problems()) == []


def test_our_numbers_go_on_behind_it(office):
    recorded(draft(office), office.drafter, day=clock.today())

    assert approved(office).number == 813


def test_a_number_below_ours_is_taken_if_it_is_free(office):
    ours = approved(office)
    counter = NumberCounter.objects.get()
    NumberCounter.objects.filter(pk=counter.pk).update(last=20)

    assert recorded(draft(office), office.drafter, number=15, day=clock.today()).number == 15
    assert NumberCounter.objects.get().last == 20
    with pytest.raises(TransitionError, match="이미 쓴 문서번호"):
        recorded(draft(office), office.drafter, number=ours.number, day=clock.today())


def test_only_its_drafter_records_and_only_a_draft(office):
    with pytest.raises(PermissionDenied):
        recorded(draft(office), office.colleague)
    with pytest.raises(TransitionError, match="작성 중인"):
        recorded(sent(office), office.drafter)
    document = recorded(draft(office), office.drafter)
    with pytest.raises(TransitionError, match="작성 중인"):
        recorded(document, office.drafter, number=813)


def test_a_file_that_was_changed_afterwards_is_found(office):
    recorded(draft(office), office.drafter)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideApproval.objects.update(file=b"another")
    triggers.uninstall(connection)

    OutsideApproval.objects.update(file=b"another")

    [problem] = archive.problems()
    assert "밖에서 서명된 파일의 해시가 다릅니다" in problem


def test_it_is_recorded_on_its_page_and_the_file_handed_out(client, office):
    document = draft(office)
    client.force_login(office.drafter)
    assert "밖에서 결재를 받았으면" in client.get(url("approval_request", document)).content.decode()

    with quick_rendering():
        page = client.post(url("record_outside", document), form(), follow=True).content.decode()

    assert "812로 기록했습니다" in page
    assert "서명된 파일(PDF)" in page
    file = client.get(url("outside_file", document))
    assert file["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF")
    register = client.get(
        reverse("reports:register"), {"department": office.department.pk, "year": DAY.year}
    ).content.decode()
    assert "박마바" in register


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"signers": "김가나"}, "직위 이름"),
        ({"signers": "협조 재무과장 조바다"}, "한 사람 이상"),
        ({"day": "2999-01-01"}, "오늘보다 뒤"),
        ({"file": SimpleUploadedFile("x.pdf", b"plain text")}, "PDF로 저장해서"),
        ({"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 broken")}, "파일이 깨졌거나"),
        ({"number": "0"}, "1"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, office, changes, message):
    document = draft(office)
    client.force_login(office.drafter)

    response = client.post(url("record_outside", document), form(**changes))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert Document.objects.get().status == "draft"
