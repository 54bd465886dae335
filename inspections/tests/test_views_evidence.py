import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import evidence
from inspections.models import ChecklistItem, Evidence
from inspections.tests import hostile_files
from inspections.tests.factories import EvidenceFactory, InspectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


@pytest.fixture
def inspector(inspection, client):
    user = UserFactory(department=inspection.department)
    client.force_login(user)
    return user


@pytest.fixture
def item(inspection):
    return ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).first()


def add_url(inspection):
    return reverse("inspections:evidence_add", args=[inspection.pk])


def upload(client, inspection, *, data=None, name="현장.jpg", fetch=False, **fields):
    file = SimpleUploadedFile(name, hostile_files.photo() if data is None else data)
    headers = {"X-Requested-With": "fetch"} if fetch else {}
    return client.post(
        add_url(inspection), {"client_id": uuid.uuid4(), "file": file} | fields, headers=headers
    )


def kept(inspection, inspector, data=None, name="현장.jpg"):
    return evidence.add(
        inspection, data or hostile_files.photo(), by=inspector, client_id=uuid.uuid4(), name=name
    )


def test_a_file_comes_in_by_the_plain_form(client, inspection, inspector, item):
    response = upload(client, inspection, item=item.pk, caption="통장")

    assert response.url.endswith(f"#item-{item.pk}")
    assert Evidence.objects.get().caption == "통장"


def test_a_file_comes_in_by_the_script(client, inspection, inspector, item):
    response = upload(client, inspection, item=item.pk, fetch=True)

    assert response.status_code == 201
    assert f"/evidence/{Evidence.objects.get().pk}/thumbnail/" in response.json()["html"]


def test_the_same_upload_sent_again_is_one_row(client, inspection, inspector):
    client_id = uuid.uuid4()

    assert {upload(client, inspection, fetch=True, client_id=client_id).status_code for _ in range(2)} == {
        201
    }
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "빈 파일입니다."), (b"<html>", "사진과 pdf"), (b"\xff\xd8\xff", "깨졌거나")]
)
def test_a_refused_file_says_why_and_keeps_the_caption(client, inspection, inspector, data, said):
    response = upload(client, inspection, data=data, caption="적던 설명")

    page = response.content.decode()
    assert response.status_code == 422
    for text in [said, "적던 설명", "파일을 다시 골라 주세요"]:
        assert text in page
    answer = upload(client, inspection, data=data, fetch=True)
    assert answer.status_code == 422
    assert said in answer.json()["message"]


def test_a_missing_file_and_a_malformed_number_are_told(client, inspection, inspector):
    response = client.post(add_url(inspection), {"client_id": "../x", "item": "-1"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "올릴 파일을 고르세요." in page
    assert not Evidence.objects.exists()


def test_a_photograph_is_served_inline_and_its_view_noted(client, inspection, inspector):
    row = kept(inspection, inspector)

    response = client.get(reverse("inspections:evidence_file", args=[row.pk]))

    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert Event.objects.filter(action="view", object_type="evidence").count() == 1


def test_a_paper_is_only_downloaded_and_that_noted(client, inspection, inspector):
    row = kept(inspection, inspector, hostile_files.paper(), name="결의서 (1).pdf")

    response = client.get(reverse("inspections:evidence_file", args=[row.pk]))

    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%EA%B2%B0%EC%9D%98%EC%84%9C%20%281%29.pdf"
    )
    assert Event.objects.filter(action="download").count() == 1


def test_a_thumbnail_is_no_event(client, inspection, inspector):
    row = kept(inspection, inspector)
    before = Event.objects.count()

    response = client.get(reverse("inspections:evidence_thumbnail", args=[row.pk]))

    assert response.headers["Content-Type"] == "image/jpeg"
    assert Event.objects.count() == before


def test_a_paper_has_no_thumbnail(client, inspection, inspector):
    row = EvidenceFactory(inspection=inspection, kind="pdf")

    assert client.get(reverse("inspections:evidence_thumbnail", args=[row.pk])).status_code == 404


def test_the_page_of_a_file(client, inspection, inspector):
    row = kept(inspection, inspector)

    page = client.get(reverse("inspections:evidence", args=[row.pk])).content.decode()

    assert "현장.jpg" in page
    assert "거두기" in page


def test_a_caption_is_saved_and_a_late_one_shows_both(client, inspection, inspector):
    row = EvidenceFactory(inspection=inspection, caption="처음")
    url = reverse("inspections:evidence_caption", args=[row.pk])

    assert client.post(url, {"caption": "통장", "was": "처음"}).status_code == 302
    late = client.post(url, {"caption": "카드", "was": "처음"})

    assert late.status_code == 409
    assert "통장" in late.content.decode()
    assert "카드" in late.content.decode()


def test_a_caption_that_is_too_long_is_told_and_kept(client, inspection, inspector):
    row = EvidenceFactory(inspection=inspection, thumbnail="")

    response = client.post(reverse("inspections:evidence_caption", args=[row.pk]), {"caption": "가" * 201})

    assert response.status_code == 422
    assert "가" * 201 in response.content.decode()


def test_a_file_is_withdrawn_with_a_reason(client, inspection, inspector):
    row = EvidenceFactory(inspection=inspection)
    url = reverse("inspections:evidence_withdraw", args=[row.pk])

    client.post(url, {"reason": ""})
    assert Evidence.objects.current().exists()
    client.post(url, {"reason": "다른 곳의 사진"})
    assert not Evidence.objects.current().exists()


OF_FILE = {"evidence": "get", "evidence_file": "get", "evidence_thumbnail": "get"}
ACTIONS = ["evidence_caption", "evidence_withdraw"]


def test_strangers_find_nothing(client, inspection, inspector):
    row = kept(inspection, inspector)
    urls = [reverse(f"inspections:{name}", args=[row.pk]) for name in [*OF_FILE, *ACTIONS]]
    for user in [UserFactory(), UserFactory(contractor=True)]:
        client.force_login(user)
        for url in urls:
            method = client.post if url.endswith(("caption/", "withdraw/")) else client.get
            assert method(url, {"caption": "x", "reason": "x", "was": ""}).status_code == 404
        assert client.get(add_url(inspection)).status_code == 404
    client.logout()
    for url in [*urls, add_url(inspection)]:
        assert reverse("account_login") in client.get(url).headers["Location"]


def test_a_reader_looks_but_changes_nothing(client, inspection, inspector):
    row = kept(inspection, inspector)
    client.force_login(UserFactory(viewer=True))

    assert client.get(reverse("inspections:evidence_file", args=[row.pk])).status_code == 200
    assert upload(client, inspection).status_code == 403
    for name in ACTIONS:
        data = {"caption": "x", "was": "", "reason": "x"}
        assert client.post(reverse(f"inspections:{name}", args=[row.pk]), data).status_code == 403


def test_actions_take_a_post(client, inspection, inspector):
    row = EvidenceFactory(inspection=inspection)
    for name in ACTIONS:
        assert client.get(reverse(f"inspections:{name}", args=[row.pk])).status_code == 405


def test_a_caption_a_turn_and_the_time_of_the_device_come_with_the_file(client, inspection, inspector, item):
    about = {"caption": "소화기", "rotation": "90", "taken_at": "2020-12-30T14:03:00+09:00"}

    response = upload(client, inspection, item=item.pk, fetch=True, **about)

    row = Evidence.objects.get()
    assert (row.caption, row.rotation, row.taken_at.isoformat()) == (
        "소화기", 90, "2020-12-30T05:03:00+00:00",
    )  # fmt: skip
    assert response.json()["caption_url"] == reverse("inspections:evidence_caption", args=[row.pk])


@pytest.mark.parametrize("wrong", [{"rotation": "45"}, {"taken_at": "어제"}])
def test_what_is_no_turn_or_time_is_refused(client, inspection, inspector, wrong):
    assert upload(client, inspection, fetch=True, **wrong).status_code == 422
    assert not Evidence.objects.exists()


def test_a_block_of_the_camera_that_is_too_large_is_refused(client, inspection, inspector):
    exif = SimpleUploadedFile("exif", b"0" * 65_536)

    assert upload(client, inspection, fetch=True, exif=exif).status_code == 422


def test_the_page_of_a_photograph_moves_and_turns_it(client, inspection, inspector):
    one, two = kept(inspection, inspector), kept(inspection, inspector)

    client.post(reverse("inspections:evidence_move", args=[two.pk]), {"to": "before"})
    response = client.post(reverse("inspections:evidence_turn", args=[two.pk]), {"was": "0"}, follow=True)

    assert "사진을 돌렸습니다." in response.text
    assert list(Evidence.objects.values_list("pk", "rotation")) == [(two.pk, 90), (one.pk, 0)]


@pytest.mark.parametrize(
    ("name", "data"),
    [("evidence_move", {"to": "up"}), ("evidence_turn", {"was": "45"}), ("evidence_turn", {})],
)
def test_an_odd_wish_is_refused(client, inspection, inspector, name, data):
    row = kept(inspection, inspector)

    response = client.post(reverse(f"inspections:{name}", args=[row.pk]), data, follow=True)

    assert "무엇을 할지 알 수 없습니다." in response.text
    assert Evidence.objects.get().rotation == 0


def test_a_turn_that_somebody_else_made_is_told(client, inspection, inspector):
    row = kept(inspection, inspector)
    evidence.turn(row, by=inspector, was=0)

    response = client.post(reverse("inspections:evidence_turn", args=[row.pk]), {"was": "0"}, follow=True)

    assert "다른 사람이 사진을 돌렸습니다" in response.text
