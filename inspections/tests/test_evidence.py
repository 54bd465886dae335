import hashlib
import io
import uuid

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from PIL import Image

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import evidence, evidence_files, file_names, imaging
from inspections.models import Evidence, Inspection
from inspections.tests import hostile_files
from inspections.tests.factories import ChecklistItemFactory, EvidenceFactory, InspectionFactory
from inspections.workflow import StaleError, TransitionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


@pytest.fixture
def inspector(inspection):
    return UserFactory(department=inspection.department)


def add(inspection, data, *, by, name="사진.jpg", client_id=None, **kwargs):
    return evidence.add(inspection, data, by=by, client_id=client_id or uuid.uuid4(), name=name, **kwargs)


def shown(row):
    return evidence_files.path_of(row.shown).read_bytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_a_photograph_is_shown_as_a_jpeg_made_here(inspection, inspector, kind):
    data = hostile_files.heic() if kind == "HEIC" else hostile_files.photo(kind)

    row = add(inspection, data, by=inspector)

    picture = Image.open(io.BytesIO(shown(row)))
    assert picture.format == "JPEG"
    assert Image.open(io.BytesIO(evidence_files.path_of(row.thumbnail).read_bytes())).width == 320
    assert evidence_files.path_of(row.original).read_bytes() == data
    assert row.sha256 == hashlib.sha256(data).hexdigest()
    assert row.shown_sha256 == hashlib.sha256(shown(row)).hexdigest()
    assert Event.objects.get().action == "add_evidence"


def test_time_and_place_leave_the_picture_and_stay_in_the_row(inspection, inspector):
    row = add(inspection, hostile_files.photo_with_place(), by=inspector)

    picture = Image.open(io.BytesIO(shown(row)))
    assert row.taken_at.isoformat() == "2020-12-30T14:03:00+09:00"
    assert row.taken_place == "37.56000, 126.98000"
    assert dict(picture.getexif()) == {}
    assert b"script" not in shown(row)
    assert picture.size == (480, 640)  # turned upright


def test_a_large_photograph_is_made_smaller(inspection, inspector):
    row = add(inspection, hostile_files.photo(size=(4000, 3000)), by=inspector)

    assert Image.open(io.BytesIO(shown(row))).size == (2560, 1920)


@pytest.mark.parametrize("name", hostile_files.REFUSED)
def test_a_hostile_file_is_refused_with_a_sentence(inspection, inspector, name):
    data, said = hostile_files.REFUSED[name]

    with pytest.raises(evidence_files.RefusedFileError, match=said):
        add(inspection, data, by=inspector)

    assert not Evidence.objects.exists()
    assert not Event.objects.exists()


def test_a_picture_of_900_megapixels_is_refused(inspection, inspector):
    data = hostile_files.bomb()

    assert len(data) < 1_000_000
    with pytest.raises(evidence_files.RefusedFileError, match="화소"):
        add(inspection, data, by=inspector)


def test_an_animation_becomes_its_first_picture(inspection, inspector):
    row = add(inspection, hostile_files.animation("WEBP"), by=inspector)

    assert not getattr(Image.open(io.BytesIO(shown(row))), "is_animated", False)


def test_what_hangs_behind_a_picture_is_not_shown(inspection, inspector):
    row = add(inspection, hostile_files.photo() + b"PK\x03\x04<script>alert(1)</script>", by=inspector)

    assert b"script" not in shown(row)
    assert b"PK\x03\x04" not in shown(row)


def test_a_file_over_the_limit_is_refused(inspection, inspector, settings):
    settings.UPLOAD_MAX_BYTES = 1000

    with pytest.raises(evidence_files.RefusedFileError, match="20MB"):
        add(inspection, b"\xff\xd8\xff" + bytes(1000), by=inspector)


def test_a_child_that_dies_is_told(inspection, inspector, monkeypatch, tmp_path):
    """The decoder runs out of memory: forced by a child that is killed."""
    child = tmp_path / "child.py"
    child.write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    monkeypatch.setattr(imaging, "CHILD", child)

    with pytest.raises(evidence_files.RefusedFileError, match="복잡해서"):
        add(inspection, hostile_files.photo(), by=inspector)


def test_a_paper_is_disarmed(inspection, inspector):
    row = add(inspection, hostile_files.armed_paper(), by=inspector, name="증빙.pdf")

    with pikepdf.open(io.BytesIO(shown(row))) as pdf:
        assert len(pdf.pages) == 1
        assert not pdf.attachments
        plain = io.BytesIO()
        pdf.save(plain, static_id=True, qdf=True, compress_streams=False)
    for trace in [
        b"EVIL",
        b"evil.example",
        b"/JavaScript",
        b"/OpenAction",
        b"/AA",
        b"/Launch",
        b"/XFA",
        b"/URI",
    ]:
        assert trace not in plain.getvalue()
    assert b"/GoTo" in plain.getvalue()
    assert row.kind == Evidence.Kind.PDF


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_paper_is_refused(inspection, inspector, password):
    with pytest.raises(evidence_files.RefusedFileError, match="암호가 걸린"):
        add(inspection, hostile_files.encrypted_paper(password), by=inspector)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\fakepath\\현장.JPG", "현장.jpg"),
        ("현장\x00.php.jpg", "현장.jpg"),
        ("현\u202egpj.exe", "현gpj.jpg"),
        ("CON.jpg", "_CON.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("", "사진.jpg"),
        ("a\r\nSet-Cookie: x=1.png", "aSet-Cookie x=1.jpg"),
        ("\u1100\u1161" * 300 + ".heic", "가" * 120 + ".jpg"),
        ("보고 2020. 12. 30.", "보고 2020. 12. 30.jpg"),
        ("\ud800.png", "사진.jpg"),
    ],
)
def test_a_name_is_made_harmless(name, clean):
    assert file_names.clean(name, "photo") == clean


def test_the_same_upload_again_is_the_same_row(inspection, inspector):
    client_id = uuid.uuid4()

    rows = {add(inspection, hostile_files.photo(), by=inspector, client_id=client_id).pk for _ in range(3)}

    assert len(rows) == 1
    assert Event.objects.count() == 1


def test_the_number_of_a_file_of_another_inspection_is_refused(inspection, inspector):
    with pytest.raises(TransitionError, match="다른 점검"):
        add(inspection, hostile_files.photo(), by=inspector, client_id=EvidenceFactory().client_id)


def test_an_item_of_another_sheet_is_refused(inspection, inspector):
    with pytest.raises(TransitionError, match="점검표에 없는"):
        add(inspection, hostile_files.photo(), by=inspector, item=ChecklistItemFactory())


def test_nothing_half_is_left_when_the_disk_is_full(inspection, inspector, monkeypatch):
    """Forced: the last step of keeping a file fails."""

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        add(inspection, hostile_files.photo(size=(33, 44)), by=inspector)

    assert not Evidence.objects.exists()
    assert list(evidence_files.path_of("original").rglob(".part-*")) == []


def test_a_file_is_described_and_a_late_caption_is_refused(inspection, inspector):
    row = EvidenceFactory(inspection=inspection, caption="처음")

    evidence.describe(row, by=inspector, caption=" 통장 ", was="처음")

    assert row.caption == "통장"
    with pytest.raises(StaleError):
        evidence.describe(row, by=inspector, caption="카드", was="처음")


def test_a_withdrawn_file_stays_with_its_reason(inspection, inspector):
    row = EvidenceFactory(inspection=inspection)

    evidence.withdraw(row, by=inspector, reason="다른 곳의 사진")

    assert not Evidence.objects.current().exists()
    assert row.withdrawn_reason == "다른 곳의 사진"
    assert Event.objects.get().detail["reason"] == "다른 곳의 사진"
    with pytest.raises(TransitionError, match="이미"):
        evidence.withdraw(row, by=inspector, reason="또")


def test_withdrawing_needs_a_reason(inspection, inspector):
    with pytest.raises(TransitionError, match="까닭"):
        evidence.withdraw(EvidenceFactory(inspection=inspection), by=inspector, reason=" ")


def test_a_reader_adds_nothing(inspection):
    with pytest.raises(PermissionDenied):
        add(inspection, hostile_files.photo(), by=UserFactory(viewer=True))


@pytest.fixture
def done(inspection, inspector):
    row = EvidenceFactory(inspection=inspection)
    Inspection.objects.filter(pk=inspection.pk).update(
        status="done", completed_at=row.uploaded_at, completed_by=inspector
    )
    return row


def test_a_done_inspection_keeps_its_files(done, inspection, inspector):
    with pytest.raises(TransitionError):
        add(inspection, hostile_files.photo(), by=inspector)
    with pytest.raises(TransitionError):
        evidence.withdraw(done, by=inspector, reason="나중에")
    with pytest.raises(TransitionError):
        evidence.describe(done, by=inspector, caption="나중에", was="")


@pytest.mark.parametrize("change", ["insert", "update", "delete"])
def test_the_database_keeps_the_files_of_a_done_inspection(done, change):
    changes = {
        "insert": lambda: EvidenceFactory(inspection=done.inspection),
        "update": lambda: Evidence.objects.update(caption="나중에"),
        "delete": lambda: Evidence.objects.all().delete(),
    }

    with pytest.raises(IntegrityError, match="a_done_inspection_"):
        changes[change]()


def test_what_the_browser_made_smaller_keeps_its_time_and_place(inspection, inspector):
    exif = Image.open(io.BytesIO(hostile_files.photo_with_place())).info["exif"]

    row = add(inspection, hostile_files.photo(), by=inspector, exif=exif)

    assert row.taken_at.isoformat() == "2020-12-30T14:03:00+09:00"
    assert row.taken_place == "37.56000, 126.98000"
    assert Image.open(io.BytesIO(shown(row))).size == (640, 480)  # what was upright stays so


@pytest.mark.parametrize("exif", [b"\xff" * 60_000, b"Exif\0\0MM\0*" + b"\xff" * 500, b"Exif\0\0"])
def test_a_spoilt_block_of_the_camera_spoils_nothing(inspection, inspector, exif):
    row = add(inspection, hostile_files.photo(), by=inspector, exif=exif)

    assert (row.taken_at, row.taken_place) == (None, "")


def test_a_number_serves_one_file_only(inspection, inspector):
    number = uuid.uuid4()
    first = add(inspection, hostile_files.photo(), by=inspector, client_id=number)

    assert add(inspection, hostile_files.photo(), by=inspector, client_id=number) == first
    with pytest.raises(TransitionError, match="다른 파일에 쓰인 번호"):
        add(inspection, hostile_files.photo(size=(300, 200)), by=inspector, client_id=number)


def test_files_stand_in_the_order_they_came_until_they_are_moved(inspection, inspector):
    one, two, three = (add(inspection, hostile_files.photo(), by=inspector) for _ in range(3))

    evidence.move(three, by=inspector, step=-1)
    evidence.move(three, by=inspector, step=-1)
    evidence.move(three, by=inspector, step=-1)  # there is nothing before it
    evidence.move(two, by=inspector, step=1)

    assert list(inspection.evidence.current()) == [three, one, two]
    assert Event.objects.filter(action="move_evidence").count() == 2


def test_a_photograph_turns_by_quarters_from_its_original(inspection, inspector):
    row = add(inspection, hostile_files.photo(), by=inspector)
    was = shown(row)

    for turned, size in [(90, (480, 640)), (180, (640, 480)), (270, (480, 640)), (0, (640, 480))]:
        evidence.turn(row, by=inspector, was=row.rotation)
        assert (row.rotation, Image.open(io.BytesIO(shown(row))).size) == (turned, size)

    assert shown(row) == was
    assert Event.objects.filter(action="turn").count() == 4


def test_two_who_turn_the_same_photograph_do_not_turn_it_twice(inspection, inspector):
    row = add(inspection, hostile_files.photo(), by=inspector)
    evidence.turn(Evidence.objects.get(), by=inspector, was=0)

    with pytest.raises(StaleError):
        evidence.turn(row, by=inspector, was=0)


def test_the_database_refuses_half_a_turn(inspection, inspector):
    row = add(inspection, hostile_files.photo(), by=inspector)

    with pytest.raises(IntegrityError, match="evidence_is_turned_by_quarters"):
        Evidence.objects.filter(pk=row.pk).update(rotation=45)
