"""Search finds what the text holds, on either database: compared with Python's `in`."""

import datetime as dt
import random

import pytest

from publications import grams, search
from publications.models import PublicEdition
from publications.search import Query
from publications.tests.factories import corrected, published, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.smoke]
DAY = dt.date(2021, 1, 14)
SYLLABLES = "가나다라마바사회계점검지도소비자"


def found(words, **narrowed):
    return search.find(Query(words, **narrowed)).editions


def test_a_two_syllable_word_is_found_across_blanks():
    edition = published(text="2020년 민간위탁 지도 점검 결과")
    published(title="도서관", text="도서관 운영")

    assert found("지도점검") == [edition]
    assert found("점검") == [edition]
    assert found("점검 민간") == [edition]
    assert found("점검 도서관") == []


def test_decomposed_hangul_and_capitals_are_the_same_words():
    edition = published(text="CCTV 관리대장")

    assert found("cctv") == [edition]
    assert found("관리") == [edition]


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "\\", "점%검", "* OR 1", "( ) -", "가\x00나", "𠀀𠀀"])
def test_signs_of_a_query_language_are_letters(words):
    published(title="결과보고", text="지도 점검 결과")

    assert found(words) == []


def test_random_words_are_found_as_python_finds_them(monkeypatch):
    monkeypatch.setattr(search, "MOST", 5)  # so that both ways are walked
    monkeypatch.setattr(search, "STEPS", (3, 7))
    chance = random.Random(6)  # noqa: S311
    texts = ["".join(chance.choices(f"{SYLLABLES}  ", k=chance.randint(3, 40))) for _ in range(60)]
    editions = [published(title="문서", text=text) for text in texts]

    for _ in range(150):
        words = "".join(chance.choices(f"{SYLLABLES} ", k=chance.randint(1, 4)))
        terms = Query(words).terms
        if terms:
            wanted = [
                edition
                for edition, text in zip(editions, texts, strict=True)
                if all(term in grams.plain(f"문서 {text}") for term in terms)
            ]
            assert found(words) == wanted[::-1][: search.PAGE], words


def test_pages_follow_each_other_without_gap_or_double():
    editions = [published(produced_on=DAY + dt.timedelta(days=n // 3), text="지도 점검") for n in range(45)]
    seen, after = [], None
    while True:
        page = search.find(Query("점검", after=after))
        seen += page.editions
        if not page.has_more:
            break
        after = (page.editions[-1].produced_on, page.editions[-1].pk)

    assert seen == sorted(editions, key=lambda edition: (edition.produced_on, edition.pk), reverse=True)


def test_what_was_found_is_narrowed_by_office_class_year_and_contractor():
    edition = published(
        department="도서관",
        classification="문화 > 도서관",
        parties=("가나다재단",),
        produced_on=DAY,
        text="점검",
    )
    published(produced_on=DAY.replace(year=2020), text="점검")

    for words in ("", "점검"):
        assert found(words, department="도서관") == [edition]
        assert found(words, classification="문화 > 도서관") == [edition]
        assert found(words, contractor="가나다재단") == [edition]
        assert found(words, year=2021) == [edition]
        assert found(words, year=2022) == []


def test_what_was_taken_down_or_put_right_is_found_no_more_by_its_old_words():
    edition = published(text="김가나 센터장")
    corrected(edition, text="센터장")
    assert found("김가나") == []
    assert found("센터장") == [edition]

    withdrawn(edition)
    assert found("센터장") == []
    assert PublicEdition.objects.get(pk=edition.pk).title == edition.title
