"""No room left: told in Korean with 507, nothing half stored, and it works again when there is room."""

import errno
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from inspections.models import Evidence
from inspections.tests import hostile_files
from inspections.tests.factories import InspectionFactory
from reports import issuing, lines
from reports.models import Edition
from reports.tests.factories import Office, draft, quick_rendering, signed, step_of

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def office():
    return Office()


def full(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def full_database(*_args, **_kwargs):
    raise OperationalError("database or disk is full")


def test_an_upload_leaves_nothing_half_and_works_again(client, office, monkeypatch):
    inspection = InspectionFactory(department=office.department, in_progress=True)
    client.force_login(office.drafter)
    url = reverse("inspections:evidence_add", args=[inspection.pk])

    def upload():
        photo = SimpleUploadedFile("a.jpg", hostile_files.photo(size=(31, 47)), "image/jpeg")
        return client.post(url, {"file": photo, "client_id": uuid.uuid4()}, headers=FETCH)

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        answer = upload()
    assert answer.status_code == 507
    assert "남은 공간이 없어" in answer.json()["message"]
    assert not Evidence.objects.exists()
    assert upload().status_code < 400
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("failure", [full, full_database])
def test_a_signature_is_wholly_before_and_can_be_given_again(client, office, monkeypatch, failure):
    document = signed(office)
    step = step_of(document, office.head)
    client.force_login(office.head)
    url = reverse("reports:approve", args=[document.pk, step.pk])
    with quick_rendering():
        with monkeypatch.context() as patched:
            patched.setattr(issuing, "freeze", failure)
            answer = client.post(url)
        assert answer.status_code == 507
        assert "저장 공간이 없습니다" in answer.content.decode()
        document.refresh_from_db()
        assert (document.status, document.number) == ("in_approval", None)
        assert not Edition.objects.exists()
        client.post(url)
    document.refresh_from_db()
    assert document.number == 1


def test_a_line_of_a_draft_is_told_to_its_script(client, office, monkeypatch):
    document = draft(office)
    block = document.blocks.last()
    client.force_login(office.drafter)
    monkeypatch.setattr(lines, "record", full_database)
    data = {"text": "고친 글", "level": "2", "depth": "1", "kind": "line", "version": "1"}
    answer = client.post(reverse("reports:line_save", args=[document.pk, block.pk]), data, headers=FETCH)
    assert answer.status_code == 507
    block.refresh_from_db()
    assert block.version == 1


def test_other_failures_are_what_they_were(client, office, monkeypatch):
    document = draft(office)
    client.force_login(office.drafter)
    client.raise_request_exception = False
    monkeypatch.setattr("reports.views.documents.record", lambda *_args, **_kwargs: 1 / 0)
    assert client.get(reverse("reports:document", args=[document.pk])).status_code == 500
