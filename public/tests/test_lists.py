"""Home, the list and the contractors: what they hold, what they ask of the database, how pages follow."""

import datetime as dt
import re

import pytest

from publications import search
from publications.tests.factories import DAY, corrected, published, withdrawn

pytestmark = pytest.mark.django_db


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def cards(page):
    return re.findall(r'<p class="card-title"><a href="([^"]+)"', page)


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_four_times(client, django_assert_num_queries, rows):
    for number in range(rows):
        published(parties=(f"가나다재단 {number}",))

    with django_assert_num_queries(4):  # the newest change; facets; the newest; contractors
        page = text_of(client.get("/"))

    assert len(cards(page)) == rows
    assert f"모두 보기 ({rows}건)" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_three_times_and_then_twice(client, django_assert_num_queries, rows):
    for _ in range(rows):
        published()

    with django_assert_num_queries(3):  # the editions; the newest change; facets
        page = text_of(client.get("/documents/"))
    with django_assert_num_queries(2):
        assert text_of(client.get("/documents/")) == page

    assert len(cards(page)) == rows


def test_the_counts_of_the_list_are_those_after_the_last_change(client):
    edition = published(department="도서관")
    assert "도서관 (1)" in text_of(client.get("/documents/"))

    published(department="도서관")
    page = text_of(client.get("/documents/"))
    assert "도서관 (2)" in page
    assert "<strong>2건</strong>" in page

    withdrawn(edition)
    assert "도서관 (1)" in text_of(client.get("/documents/"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("words", ["지도점검", "점"])
def test_a_search_asks_four_times(client, django_assert_num_queries, rows, words):
    for _ in range(rows):
        published(text="지도 점검 결과")

    # Keys of the hits (or the newest); the hits with their text; the newest change; facets.
    with django_assert_num_queries(4):
        page = text_of(client.get("/documents/", {"q": words}))

    assert len(cards(page)) == rows


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("words", ["지도점검", "점"])
def test_a_search_in_a_department_asks_five_times(client, django_assert_num_queries, rows, words):
    for _ in range(rows):
        published(text="지도 점검 결과", department="도서관")
    published(text="지도 점검 결과", department="총무과")

    # Keys of the department; of its hits; the hits with their text; the newest change; facets.
    with django_assert_num_queries(5):
        page = text_of(client.get("/documents/", {"q": words, "department": "도서관"}))

    assert len(cards(page)) == rows
    assert f"<strong>{rows}건</strong>" in page
    assert "한 글자는" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_contractors_asks_once(client, django_assert_num_queries, rows):
    published(parties=tuple(f"가나다재단 {number}" for number in range(rows)))

    with django_assert_num_queries(1):  # the facets
        page = text_of(client.get("/browse/contractors/"))

    assert page.count('class="facet-count"') == rows


def test_an_empty_site_says_so(client):
    assert "아직 공개한 문서가 없습니다" in text_of(client.get("/"))
    assert "찾은 문서가 없습니다" in text_of(client.get("/documents/"))


def test_a_card_tells_where_a_document_comes_from(client):
    edition = published()
    page = text_of(client.get("/documents/"))

    assert cards(page) == [f"/documents/{edition.pk}/"]
    for told in ("가나시", "공정경제담당관", "2021. 1. 14.", "부분공개(5,6)", "공정경제담당관-793"):
        assert told in page


def test_hits_are_marked_and_nothing_else_of_the_text_becomes_a_tag(client):
    published(title="결과보고", text="<script>alert(1)</script> 앞글 & 민간위탁 지도 점검 결과")

    page = text_of(client.get("/documents/", {"q": "지도점검 <script>"}))

    assert "<mark>지도 점검</mark>" in page
    assert "<mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt; 앞글 &amp; 민간위탁" in page
    assert "<script>" not in page


def test_hits_in_the_title_are_marked(client):
    published(title="소비자센터 <점검> 결과", text="글")

    assert "소비자센터 &lt;<mark>점검</mark>&gt; 결과" in text_of(client.get("/documents/", {"q": "점검"}))


def test_how_many_there_are_is_told(client, monkeypatch):
    for number in range(3):
        published(text="지도 점검", department="도서관" if number else "총무과")

    def count(**asked):
        found = re.findall(
            r'<p class="list-count"><strong>(.*?)</strong>', text_of(client.get("/documents/", asked))
        )
        return found[0] if found else None

    assert count() == "3건"
    assert count(q="지도점검") == "3건"
    assert count(q="없는말") == "0건"
    assert count(department="도서관") == "2건"
    assert count(department="없는 부서") == "0건"
    assert count(department="도서관", year="2021") is None
    assert count(q="점") is None
    monkeypatch.setattr(search, "MOST", 2)
    assert count(q="지도점검") == "1,000건 이상"


def test_one_letter_is_looked_for_in_recent_documents_only_and_the_page_says_so(client):
    published(text="지도 점검")
    told = "한 글자는 최근 문서에서만 찾습니다"

    assert told in text_of(client.get("/documents/", {"q": "점"}))
    assert told not in text_of(client.get("/documents/", {"q": "점검"}))
    assert told not in text_of(client.get("/documents/"))


def test_the_list_is_narrowed_and_each_condition_may_be_taken_away(client):
    wanted = published(department="도서관", parties=("가나다재단",), classification="문화 > 도서관")
    published(department="총무과", produced_on=DAY.replace(year=2020))

    asked = {
        "department": "도서관",
        "year": "2021",
        "contractor": "가나다재단",
        "classification": "문화 > 도서관",
    }
    page = text_of(client.get("/documents/", asked))

    assert cards(page) == [f"/documents/{wanted.pk}/"]
    assert page.count("빼기<") == 4
    assert '<option value="도서관" selected>' in page
    assert '<option value="2021" selected>' in page
    assert len(cards(text_of(client.get("/documents/", {"year": "garbage"})))) == 2


def test_pages_follow_each_other_and_keep_the_question(client):
    for number in range(45):
        published(produced_on=DAY + dt.timedelta(days=number // 3), text="지도 점검", department="도서관")
    published(produced_on=DAY, text="지도 점검", department="총무과")

    seen, address = [], "/documents/?q=점검&department=도서관"
    while address:
        page = text_of(client.get(address))
        seen += cards(page)
        found = re.search(r'<a href="([^"]+)" rel="next"', page)
        address = found and "/documents/" + found[1].replace("&amp;", "&")

    assert len(seen) == len(set(seen)) == 45


def test_what_was_taken_down_stands_in_no_list(client):
    edition = published(title="내린 문서", text="지도 점검", parties=("가나다재단",))
    withdrawn(edition)

    for path in (
        "/",
        "/documents/",
        "/documents/?q=점검",
        "/browse/contractors/",
        "/api/documents.json",
        "/feed.atom",
        "/feed.rss",
        "/sitemap-documents.xml",
    ):
        page = client.get(path).content.decode()
        assert f"/documents/{edition.pk}/" not in page
        assert "내린 문서" not in page
        assert "가나다재단" not in page


def test_old_words_find_a_corrected_document_no_more(client):
    edition = published(text="김가나 센터장")
    corrected(edition, text="센터장")

    assert cards(text_of(client.get("/documents/", {"q": "김가나"}))) == []
    assert cards(text_of(client.get("/documents/", {"q": "센터장"}))) == [f"/documents/{edition.pk}/"]


def test_contractors_are_paged_by_name(client):
    published(parties=tuple(f"{initial}재단 {number:03}" for initial in "가다하" for number in range(50)))
    name = re.compile(r'contractor=[^"]*">([^<]+)</a>')

    first = text_of(client.get("/browse/contractors/"))
    [following] = re.findall(r'<a href="([^"]+)" rel="next"', first)
    second = text_of(client.get(f"/browse/contractors/{following}"))

    assert len(name.findall(first)) == 100
    assert name.findall(second) == [f"하재단 {number:03}" for number in range(50)]
    assert name.findall(text_of(client.get("/browse/contractors/", {"from": "하"}))) == name.findall(second)
    assert "이 뒤에는 수탁기관이 없습니다" in text_of(client.get("/browse/contractors/", {"after": "힣"}))
