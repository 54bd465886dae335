"""The pages of the public site that are measured: over 100,000 editions, for somebody who is not known."""

import itertools

import django

django.setup()

from django.core.management import call_command
from django.urls import reverse

from bench import corpus, editions
from bench.measuring import Page
from bench.progress import tell
from publications.models import PublicContent

__all__ = ["pages", "prepare"]
CARD, LINE = '<li class="card">', '<p class="line'
KEY = min(corpus.EDITIONS, 50_000) - 1  # an edition with one attachment, four demands and five neighbours
LIKE = 150  # each so manieth edition has as many rows as that one
DRAWN = {"PDF 내려받기": 1, '<th class="wide-cell"': 4, '<span class="subtle small">': 6, "?contractor=": 1}


def prepare():
    """Nobody signs in here, so there is no user to return."""
    call_command("collectstatic", interactive=False, verbosity=0)
    seconds = editions.load()
    tell(f"public: {corpus.EDITIONS:,} editions in {seconds:.0f} s")


def pages(client):
    document, documents = reverse("public:document", args=[KEY]), reverse("public:documents")
    known = {"If-None-Match": client.get(document).headers["ETag"]}
    rare = next(word for word, count in corpus.MARKERS.items() if count == 100)
    common, api = corpus.VOCABULARY[0], reverse("public:api")
    hits = {CARD: 20, "<strong>100건</strong>": 1, "<mark>": 20}
    lines = PublicContent.objects.get(pk=KEY).html.count(LINE)
    return {
        "공개 문서 한 건": Page(lambda: client.get(document), shows={LINE: lines, **DRAWN}),
        "공개 문서 한 건, 처음 그림": _drawn_anew(client),
        "같은 문서, 바뀌지 않음(304)": Page(lambda: client.get(document, headers=known), status=304),
        "공개 문서 목록 20건": Page(lambda: client.get(documents), shows={CARD: 20}),
        "찾기: 100건에 있는 두 글자 말": Page(lambda: client.get(documents, {"q": rare}), shows=hits),
        "찾기: 거의 모든 글에 있는 말": Page(
            lambda: client.get(documents, {"q": common}), shows={CARD: 20, "1,000건 이상": 1}
        ),
        "프로그램이 읽는 목록 100건": Page(lambda: client.get(api), shows={'"number":': 100}),
    }


def _drawn_anew(client):
    """Another document each time, with as many rows as the one above: none has been drawn before."""
    keys = itertools.count(KEY % LIKE or LIKE, LIKE)
    return Page(lambda: client.get(reverse("public:document", args=[next(keys)])), shows=DRAWN)
