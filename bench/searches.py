"""A thousand searches as citizens make them: how long each takes, and whether it finds what Python finds."""

import random
import time

import django

django.setup()

from bench import corpus, editions
from bench.progress import tell
from publications import search
from publications.models import PublicEdition
from publications.search import Query

SINGLE, DOUBLE, WITHIN = 700, 150, 150
COMPARED = 200
AIM = 250  # ms, p95


def queries():
    """One word, two words, one word within a department; the planted words are among the first."""
    chance = random.Random(7)
    words = [*corpus.MARKERS, *corpus.drawn(chance, SINGLE - len(corpus.MARKERS))]
    asked = [Query(word, with_text=True) for word in words]
    asked += [Query(" ".join(corpus.drawn(chance, 2)), with_text=True) for _ in range(DOUBLE)]
    for word in corpus.drawn(chance, WITHIN):
        asked.append(Query(word, department=chance.choice(editions.DEPARTMENTS), with_text=True))
    chance.shuffle(asked)
    return asked


def main():
    asked = queries()
    tell(f"{len(asked)} searches in {corpus.EDITIONS:,} editions")
    found = [_timed(query) for query in asked]
    times = sorted((seconds, query.words) for _, seconds, query in found)
    p95, (worst, word) = times[int(len(times) * 0.95)][0], times[-1]
    print(
        f"찾기 {len(times)}번, 공개본 {corpus.EDITIONS:,}건: 중앙값 {times[len(times) // 2][0] * 1000:.0f} ms, "
        f"p95 {p95 * 1000:.0f} ms(목표 {AIM}), 가장 오래 {worst * 1000:.0f} ms({word})"
    )
    found.sort(key=lambda each: each[2].words not in corpus.MARKERS)
    _compare(found[:COMPARED])


def _timed(query):
    start = time.perf_counter()
    found = search.find(query)
    return found, time.perf_counter() - start, query


def _compare(found):
    """What the index brought, and what reading every text brings."""
    tell(f"reading all texts for {len(found)} of them")
    texts = _texts()
    for answer, _, query in found:
        wanted, count = _read_through(texts, query)
        got = [edition.pk for edition in answer.editions]
        if (got, answer.has_more) != (wanted, count > search.PAGE) or answer.count not in (None, count):
            raise SystemExit(f"{query} finds {got} of {answer.count}, not {wanted} of {count}")
        if query.words in corpus.MARKERS and count != min(corpus.MARKERS[query.words], search.MOST + 1):
            raise SystemExit(
                f"{query.words} was planted in {corpus.MARKERS[query.words]} editions, not in {count}"
            )
        if answer.count is None and count <= search.MOST:
            raise SystemExit(f"{query} is not counted: {count}")
    print(f"찾기 {len(found)}번을 글 전체를 읽은 결과와 견줌: 모두 같음")


def _texts():
    """(key, department, title and text without blanks), the newest first."""
    rows = PublicEdition.objects.newest_first().values_list("pk", "department", "title", "content__text")
    return [(pk, department, "".join(f"{title} {text}".split())) for pk, department, title, text in rows]


def _read_through(texts, query):
    """The first page, and how many there are: up to one more than search counts."""
    words, keys = query.words.split(), []
    for pk, department, text in texts:
        if query.department in ("", department) and all(word in text for word in words):
            keys.append(pk)
            if len(keys) > search.MOST:
                break
    return keys[: search.PAGE], len(keys)


if __name__ == "__main__":
    main()
