"""The page of one document and its files, in three queries; and what is left of one taken down."""

import re

import pytest

from public.tests.addresses import ATTACHMENT, PICTURE, full_edition, of_document
from publications import storing
from publications.storing import PreparedAction
from publications.tests.factories import DAY, MOMENT, corrected, published, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.smoke]


def page_of(client, edition):
    response = client.get(f"/documents/{edition.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def plain(page):
    return " ".join(re.sub("<[^>]+>", " ", page).split())


@pytest.mark.parametrize("rows", [1, 3])
def test_a_document_asks_three_times(client, django_assert_num_queries, rows):
    files = tuple(storing.PreparedFile("attachment", b"%PDF", f"붙임 {n}", n) for n in range(1, rows + 1))
    edition = published(files=files, parties=tuple(f"재단 {n}" for n in range(rows)))
    storing.put_actions(
        edition, [PreparedAction(f"조치 {n}", "조치 중") for n in range(rows)], as_of=DAY, at=MOMENT
    )
    for _ in range(rows):
        published()

    with django_assert_num_queries(3):  # itself; its text and rows; its neighbours
        page = page_of(client, edition)
    with django_assert_num_queries(1):
        assert page_of(client, edition) == page

    for n in range(rows):
        assert f"붙임 {n + 1}" in page
        assert f"재단 {n}" in page
        assert f"조치 {n}" in page


def test_who_has_it_already_costs_one_query(client, django_assert_num_queries):
    edition = full_edition()
    tag = client.get(f"/documents/{edition.pk}/").headers["ETag"]

    with django_assert_num_queries(1):
        assert client.get(f"/documents/{edition.pk}/", headers={"if-none-match": tag}).status_code == 304


def test_it_shows_the_text_the_facts_and_the_files(client):
    edition = full_edition(html="<h2>점검개요</h2>")
    page = page_of(client, edition)

    assert page.count("<h1") == 1
    assert f"<h1>{edition.title}</h1>" in page
    assert "<h2>점검개요</h2>" in page
    assert "법적 효력이 없습니다" in page
    told = plain(page)
    for fact in (
        "기관명 가나시", "부서명 공정경제담당관", "문서번호 공정경제담당관-793", "생산일자 2021-01-14",
        "공개구분 부분공개(5,6)", "보존기간 10년", "작성자(전화번호) 주무관(02-000-0000)",
        "관리번호 D0000000000001", "분류정보 경제 &gt; 소비자 같은 분류 문서 보기",
        "이용조건 CC BY-ND 4.0", "공개일 2021. 1. 14.",
    ):  # fmt: skip
        assert fact in told
    for address in of_document(edition):
        if "pictures" not in address:
            assert f'href="{address}"' in page or address == f"/documents/{edition.pk}/"


def test_the_history_is_told_with_reasons(client):
    edition = corrected(published(), reason="가릴 말이 남아 있었음")
    page = page_of(client, edition)

    assert "공개한 뒤에 고친 글입니다" in page
    assert "2021. 1. 14. 고침 가릴 말이 남아 있었음" in plain(page)


def test_one_that_was_put_right_leads_to_the_one_that_holds_and_back(client):
    old, new = published(title="옛 문서"), published(title="새 문서")
    storing.supersede(old, by=new, at=MOMENT, on=DAY, reason="인원수가 틀렸음")

    assert "바로잡힌 문서입니다" in page_of(client, old)
    assert "까닭: 인원수가 틀렸음" in page_of(client, old)
    assert f'<a href="/documents/{new.pk}/">새 문서' in page_of(client, old)
    assert f'<a href="/documents/{old.pk}/">옛 문서' in page_of(client, new)
    assert "바로잡힌 문서" in client.get("/documents/").content.decode()


def test_demands_are_told_with_their_state_and_its_day(client):
    edition = published()
    demands = [
        PreparedAction("이자 반납", "이행 완료", True, DAY, DAY),
        PreparedAction("대장 비치", "조치 중"),
    ]
    storing.put_actions(edition, demands, as_of=DAY, at=MOMENT)

    assert "2건 중 1건 이행 완료 (2021. 1. 14. 기준)" in plain(page_of(client, edition))


def test_five_newest_of_the_same_class_are_named(client):
    others = [published(title=f"이웃 {n}") for n in range(6)]
    published(title="다른 분류", classification="문화")
    page = page_of(client, published())

    assert [f"이웃 {n}" in page for n in range(6)] == [False] + [True] * 5
    assert "다른 분류" not in page
    assert len(others) == 6


def test_a_neighbour_is_named_from_its_first_day_to_its_last(client):
    edition = published()
    assert "이웃" not in page_of(client, edition)

    neighbour = published(title="이웃")
    assert "이웃" in page_of(client, edition)

    withdrawn(neighbour)
    assert "이웃" not in page_of(client, edition)


def test_a_change_reaches_who_has_read_it_before(client):
    edition = published(text="앞글")
    tag = client.get(f"/documents/{edition.pk}/").headers["ETag"]

    corrected(edition, text="뒷글")
    response = client.get(f"/documents/{edition.pk}/", headers={"if-none-match": tag})

    assert response.status_code == 200
    assert "뒷글" in response.content.decode()


def test_of_one_taken_down_nothing_is_left_but_what_became_of_it(client):
    edition = full_edition(text="가려야 할 말", title="결과보고")
    addresses = of_document(edition)
    tags = {address: client.get(address).headers["ETag"] for address in addresses}
    withdrawn(edition, reason="다른 문서였음")

    for address in addresses:
        response = client.get(address, headers={"if-none-match": tags[address]})
        assert response.status_code == 410, address
        told = plain(response.content.decode())
        assert "제목 결과보고 문서번호 공정경제담당관-793 중단한 날 2021. 1. 14. 까닭 다른 문서였음" in told
        for gone in ("가려야", "가나다재단", "주무관", "02-000-0000", "붙임의 글", "경제 > 소비자"):
            assert gone not in told


def test_a_file_of_the_paper_comes_under_its_title(client):
    edition = full_edition(title='2021년 "점검": 결과/보고')
    at = f"/documents/{edition.pk}"

    pdf = client.get(f"{at}/document.pdf")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["Content-Disposition"].startswith(
        "inline; filename*=utf-8''2021%EB%85%84%20_%EC%A0%90"
    )
    assert pdf.content.startswith(b"%PDF-1.7")
    text = client.get(f"{at}/document.txt")
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.content.decode() == "민간위탁 지도 점검 결과"
    assert client.get(f"{at}/document.json").json() == {}
    assert client.get(f"{at}/attachments/1.pdf").content == ATTACHMENT.content
    picture = client.get(f"{at}/pictures/{PICTURE.sha256}.jpg")
    assert (picture.headers["Content-Type"], picture.content) == ("image/jpeg", PICTURE.content)


def test_an_attachment_is_read_as_a_page_where_it_has_one(client):
    edition = published(files=(ATTACHMENT, storing.PreparedFile("attachment", b"%PDF", "사진", 2)))

    page = client.get(f"/documents/{edition.pk}/attachments/1/").content.decode()
    assert "<h1>점검표</h1>" in page
    assert "<p>붙임의 글</p>" in page
    assert client.get(f"/documents/{edition.pk}/attachments/2/").status_code == 404
    assert client.get(f"/documents/{edition.pk}/attachments/3.pdf").status_code == 404


def test_files_of_another_document_are_not_handed_out(client):
    full_edition()
    other = published()

    assert client.get(f"/documents/{other.pk}/pictures/{PICTURE.sha256}.jpg").status_code == 404
    assert client.get(f"/documents/{other.pk}/attachments/1.pdf").status_code == 404


def test_a_file_that_is_known_already_is_not_read(client, django_assert_num_queries):
    edition = full_edition()
    address = f"/documents/{edition.pk}/document.pdf"
    tag = client.get(address).headers["ETag"]

    with django_assert_num_queries(1) as asked:
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    assert '"publications_publicfile"."content"' not in asked[0]["sql"]
