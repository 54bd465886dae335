"""The pages of publishing, as an official uses them."""

import datetime as dt

import pytest
from django.urls import reverse

from publications.models import PublicContent, PublicEdition
from reports import marking, redacting
from reports.models import Publication
from reports.tests.factories import AttachmentFactory, BlockFactory, Office, approved, draft

pytestmark = pytest.mark.django_db
LABEL = redacting.label("6")


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def document(office):
    document = draft(office, disclosure="partial", clauses=["6"])
    BlockFactory(document=document, depth=1, level=3, runs=[["면담자 정하허, 010-1234-5678", ""]])
    AttachmentFactory(document=document, title="점검표")
    marking.add(document, by=office.drafter, quote="정하허", clauses=["6"], reason="이름")
    return approved(office, document=document)


@pytest.fixture
def signed_in(client, office):
    client.force_login(office.drafter)
    return client


def url(name, document, *more):
    return reverse(f"reports:{name}", args=[document.pk, *more])


def test_from_the_list_to_the_site_and_back(signed_in, document):
    listed = signed_in.get(reverse("reports:disclosure_list")).content.decode()
    assert url("publication", document) in listed
    page = signed_in.get(url("publication", document)).content.decode()
    assert f"면담자 {LABEL}" in page
    assert "‘010-1234-5678’이 가려지지 않았습니다(휴대전화 번호)." in page

    refused = signed_in.post(url("publish", document))
    assert refused.status_code == 422
    assert "확인할 것을 살펴보고 표시해 주세요." in refused.content.decode()

    sheet = document.attachments.get()
    sent = signed_in.post(url("publish", document), {"is_sure": "on", "cleared": sheet.pk}, follow=True)
    assert "공개했습니다." in sent.content.decode()
    publication = Publication.objects.get()
    assert publication.cleared == [sheet.pk]
    assert publication.edition.files.filter(kind="attachment").count() == 1


def test_more_is_hidden_and_the_page_says_that_citizens_read_the_old_one(signed_in, document):
    signed_in.post(url("publish", document), {"is_sure": "on"})
    sent = signed_in.post(
        url("mark_later", document),
        {"quote": "010-1234-5678", "clauses": "6", "reason": "번호"},
        follow=True,
    )
    assert "시민이 보는 것이 지금 표시와 다릅니다." in sent.content.decode()
    assert "010-1234" in PublicContent.objects.get().text

    sent = signed_in.post(
        url("publication_correct", document), {"version": 1, "reason": "번호를 가림"}, follow=True
    )

    assert "공개본을 고쳤습니다." in sent.content.decode()
    assert "시민이 보는 것이 지금 표시와 다릅니다." not in sent.content.decode()
    assert "010-1234" not in PublicContent.objects.get().text


def test_an_old_page_takes_nothing_down(signed_in, document):
    signed_in.post(url("publish", document), {"is_sure": "on"})
    sent = signed_in.post(
        url("publication_withdraw", document), {"version": 9, "reason": "까닭"}, follow=True
    )
    assert "그 사이 다른 사람이 공개본을 바꾸었습니다." in sent.content.decode()
    assert PublicEdition.objects.shown().exists()

    sent = signed_in.post(
        url("publication_withdraw", document), {"version": 1, "reason": "까닭"}, follow=True
    )
    assert "공개본을 내렸습니다." in sent.content.decode()
    assert not PublicEdition.objects.shown().exists()
    assert "다시 공개하는 까닭" in sent.content.decode()


def test_what_was_typed_stays_when_it_is_refused(signed_in, document):
    signed_in.post(url("publish", document), {"is_sure": "on"})
    refused = signed_in.post(
        url("mark_later", document), {"quote": "없는 말", "clauses": "6", "reason": "적은 까닭"}
    )
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "확정본에 없는 말입니다." in text
    assert 'value="적은 까닭"' in text


def test_a_mark_is_opened_or_kept_from_its_page(signed_in, document):
    mark = document.marks.get()
    page = signed_in.get(url("mark_review", document, mark.pk)).content.decode()
    assert "가린 곳 다시 보기" in page
    late = signed_in.post(
        url("mark_keep", document, mark.pk), {"keep_reason": "계속", "review_on": "2001-01-01"}
    )
    assert (late.status_code, "오늘보다 뒤" in late.content.decode()) == (422, True)
    far = (dt.date.today() + dt.timedelta(days=900)).isoformat()  # noqa: DTZ011
    signed_in.post(url("mark_keep", document, mark.pk), {"keep_reason": "계속", "review_on": far})
    signed_in.post(url("mark_lift", document, mark.pk), {"lift_reason": "동의를 받음"})
    mark.refresh_from_db()
    assert (mark.lifted_reason, mark.review_on.isoformat()) == ("동의를 받음", far)
    assert signed_in.get(url("mark_review", document, mark.pk)).status_code == 404


def test_the_preview_is_the_public_paper(signed_in, document):
    response = signed_in.get(url("publication_preview", document))
    assert response["Content-Type"] == "application/pdf"
    assert not PublicEdition.objects.exists()


def test_the_year_as_excel(signed_in, document):
    response = signed_in.get(reverse("reports:disclosure_download"))
    assert response.status_code == 200
    assert response["Content-Type"].endswith("sheet")
