"""붙임 of a draft: uploaded or only named, moved and taken out; frozen and verified with the paper."""

import io
from unittest import mock

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from inspections.workflow import TransitionError
from reports import archive, assembling, attaching, comparing, issuing, second_look, superseding
from reports.models import Attachment, AttachmentFile
from reports.rendering.text import render_text
from reports.tests.factories import (
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


def a_pdf(text="사진대지"):
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.docinfo["/Title"] = text
        made.save(out)
    return out.getvalue()


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def document(office):
    return AttachmentFactory(document=draft(office, disclosure="open")).document


def add(document, office, title="사진대지", pdf=b"%PDF-1.7 photos", **changes):
    fields = {"copies": 1, "clauses": []} | changes
    return attaching.add(document, title=title, pdf=pdf, by=office.drafter, **fields)


def titles(document):
    return [each.title for each in document.attachments.all()]


def test_the_list_below_the_paper_names_them_in_their_order(office, document):
    photos = add(document, office)
    add(document, office, title="설문지", pdf=b"", copies=3)
    attaching.edit(photos, title="사진대지", copies=1, clauses=[], place=1, by=office.drafter)

    assert render_text(assembling.paper(document)).rstrip().split("\n")[-3:] == [
        "붙임  1. 사진대지 1부.", "      2. 2020년 민간위탁 지도점검표 1부.", "      3. 설문지 3부.  끝.",
    ]  # fmt: skip
    attaching.remove(photos, by=office.drafter)
    assert titles(document) == ["2020년 민간위탁 지도점검표", "설문지"]
    assert not AttachmentFile.objects.exists()


def test_one_that_has_no_file_is_looked_at_again(office, document):
    add(document, office, title="설문지", pdf=b"")
    faults = [seen.fault.text for seen in second_look.faults(document)]
    assert "붙임 ‘설문지’에 파일이 없습니다." in faults
    assert not any("사진대지" in text for text in faults)


def test_it_is_frozen_as_it_was_uploaded_and_verified(office, document):
    add(document, office, title="설문지", pdf=b"")
    add(document, office)
    issued = approved(office, document=document)

    files = list(issued.edition.files.all())
    assert [(file.order, file.title, file.tree is None) for file in files] == [
        (1, "2020년 민간위탁 지도점검표", False), (3, "사진대지", True),
    ]  # fmt: skip
    assert bytes(files[1].pdf) == b"%PDF-1.7 photos"
    assert list(archive.problems()) == []
    made = superseding.supersede(issued, reason="고침", by=office.drafter)
    assert bytes(made.attachments.get(title="사진대지").file.pdf) == b"%PDF-1.7 photos"


def test_another_file_after_the_request_is_refused_at_the_signature(office, document):
    photos = add(document, office)
    signed(office, document=document)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE reports_attachmentfile SET pdf = %s", [b"%PDF other"])
    assert bytes(AttachmentFile.objects.get().pdf) == b"%PDF-1.7 photos"
    with pytest.raises(TransitionError, match="달라졌습니다"):
        attaching.uploaded(photos.pk, "0" * 64)
    with pytest.raises(TransitionError):
        attaching.remove(photos, by=office.drafter)


def test_another_file_shows_between_the_rounds(office, document):
    before = assembling.content(document)
    first = add(document, office)
    with_one = assembling.content(document)
    assert [(each.label, each.after) for each in comparing.differences(before, with_one)] == [
        ("더함", "사진대지")
    ]
    other = with_one | {"attachments": [dict(each) for each in with_one["attachments"]]}
    other["attachments"][-1]["file"] = "0" * 64
    assert [each.after for each in comparing.differences(with_one, other)] == ["사진대지 (다른 파일)"]
    assert first.file_sha256 != "0" * 64


def test_the_database_refuses_an_upload_without_a_file(document):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.create(document=document, order=9, title="x", kind="file")


def test_too_many_are_refused(office, document, monkeypatch):
    monkeypatch.setattr(attaching, "MOST", 1)
    with pytest.raises(TransitionError, match="1건까지"):
        add(document, office)


def url(name, document, *args):
    return reverse(f"reports:{name}", args=[document.pk, *args])


def test_the_pages(client, office, document):
    client.force_login(office.drafter)
    upload = SimpleUploadedFile("사진.pdf", a_pdf(), "application/pdf")
    fields = {"title": "사진대지", "copies": 1, "pdf": upload}
    assert client.post(url("attachment_create", document), fields).status_code == 302
    photos = document.attachments.get(kind="file")
    page = client.get(url("attachment_update", document, photos.pk)).content.decode()
    assert url("attachment_file", document, photos.pk) in page
    served = client.get(url("attachment_file", document, photos.pk))
    assert served["Content-Type"] == "application/pdf"
    assert served.content.startswith(b"%PDF")

    client.post(
        url("attachment_update", document, photos.pk), {"title": "현장 사진", "copies": 2, "place": 1}
    )
    assert titles(document)[0] == "현장 사진"
    client.post(url("attachment_remove", document, photos.pk))
    assert titles(document) == ["2020년 민간위탁 지도점검표"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"PK\x03\x04 no pdf", "붙임을 PDF로 저장해서"), (b"%PDF-1.7 broken", "파일")],
)
def test_what_is_no_pdf_is_refused_in_words(client, office, document, content, message):
    client.force_login(office.drafter)
    fields = {"title": "사진대지", "copies": 1, "pdf": SimpleUploadedFile("a.pdf", content)}
    answer = client.post(url("attachment_create", document), fields)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert titles(document) == ["2020년 민간위탁 지도점검표"]


def test_a_signer_sees_the_file_before_he_signs(client, office, document):
    photos = add(document, office, pdf=a_pdf())
    sent(office, document=document)
    client.force_login(office.lead)
    page = client.get(reverse("reports:approval", args=[document.pk])).content.decode()
    assert url("attachment_file", document, photos.pk) in page
    assert client.get(url("attachment_file", document, photos.pk)).status_code == 200


def test_it_lies_beside_the_pdf_and_not_inside(office, document):
    """PDF/A-2 carries PDF/A alone, and nobody knows what was uploaded."""
    add(document, office)
    signed(office, document=document)
    carried = []

    def both(paper, images, files):
        carried.extend(files)
        return "", b""

    with quick_rendering(), mock.patch.object(issuing, "render_both", both):
        issuing.prepare(document, step_of(document, office.head), office.head)
    assert [name for name, _ in carried] == ["붙임 1. 2020년 민간위탁 지도점검표"]
