"""Finding editions by words: the index of pairs narrows, the text decides, the newest come first.

A rare word is found by the index. A common one would make it hand over half of the table, so the newest
editions are read through instead until a page is full. How many there are is counted up to MOST.
"""

from dataclasses import dataclass, field

from publications import grams
from publications.models import PublicEdition

PAGE = 20
MOST = 1000
STEPS = (200, 1000, 5000)  # how many of the newest are read at a time, the last again and again
NARROW = 3000  # editions of a department, a class, a contractor: their texts are read without the index
FURTHEST = 30_000  # a single letter that nobody writes is not looked for in all of them


@dataclass(frozen=True)
class Query:
    """What a reader asks for. `after` is the (date, key) of the last edition he has seen.

    `with_text` brings the text of each edition along, for a page that shows where the words stand.
    """

    words: str = ""
    department: str = ""
    classification: str = ""
    contractor: str = ""
    year: int | None = None
    after: tuple | None = None
    size: int = PAGE
    with_text: bool = False

    @property
    def terms(self):
        return [grams.plain(word) for word in self.words.split() if grams.plain(word)]


@dataclass
class Found:
    editions: list
    has_more: bool
    count: int | None = None  # None: more than MOST, or not counted
    terms: list = field(default_factory=list)


def find(query):
    editions, terms = _narrowed(query), query.terms
    if not terms:
        return _page(editions, query)
    few = _hits(editions, query, terms)
    if few is None:
        return _walked(editions, query, terms)
    found = _page(PublicEdition.objects.filter(pk__in=few), query)
    found.count, found.terms = len(few), terms
    return found


def _narrowed(query):
    editions = PublicEdition.objects.shown()
    for name in ("department", "classification"):
        if value := getattr(query, name):
            editions = editions.filter(**{name: value})
    if query.contractor:
        editions = editions.filter(parties__name=query.contractor)
    if query.year:
        editions = editions.filter(produced_on__year=query.year)
    return editions


def _page(editions, query):
    rows = list(_brought(_behind(editions, query.after), query).newest_first()[: query.size + 1])
    return Found(rows[: query.size], len(rows) > query.size)


def _brought(editions, query):
    if not query.with_text:
        return editions
    return editions.select_related("content").defer("content__html", "content__data")


def _behind(editions, after):
    """Those that come after the place, newest first."""
    if after is None:
        return editions
    day, pk = after
    return editions.filter(produced_on__lte=day).exclude(produced_on=day, pk__gte=pk)


def _hits(editions, query, terms):
    """Keys of the editions that hold the terms; None if they are more than MOST, or too short for a pair."""
    narrow = _keys_of_a_narrow_list(editions, query)
    if narrow is not None:
        holding = _holding(PublicEdition.objects.filter(entry__in=narrow), terms)
    elif pairs := sorted({pair for term in terms for pair in grams.grams(term)}):
        holding = _holding(editions.filter(entry__grams__holds=pairs), terms)
    else:
        return None
    found = list(holding.order_by().values_list("pk", flat=True)[: MOST + 1])
    return found if len(found) <= MOST else None


def _keys_of_a_narrow_list(editions, query):
    """Few enough to read them all. Asked for both at once, PostgreSQL reads all texts with the words."""
    if not (query.department or query.classification or query.contractor or query.year):
        return None
    keys = list(editions.order_by().values_list("pk", flat=True)[: NARROW + 1])
    return keys if len(keys) <= NARROW else None


def _holding(editions, terms):
    for term in terms:
        editions = editions.filter(entry__plain__contains=term)
    return editions


def _walked(editions, query, terms):
    """The newest that hold the terms, read in steps until the page is full or FURTHEST is reached."""
    hits, place, seen = [], query.after, 0
    for size in _steps():
        newest = list(_behind(editions, place).newest_first().values_list("pk", "produced_on")[:size])
        seen += len(newest)
        keys = [pk for pk, _ in newest]
        # By the keys of the entries: asked by those of the editions, PostgreSQL reads every text there is.
        holding = _holding(PublicEdition.objects.filter(entry__in=keys), terms)
        hits += _brought(holding, query).newest_first()[: query.size + 1 - len(hits)]
        if len(hits) > query.size or len(newest) < size or seen >= FURTHEST:
            break
        place = (newest[-1][1], newest[-1][0])
    return Found(hits[: query.size], len(hits) > query.size, terms=terms)


def _steps():
    yield from STEPS
    while True:
        yield STEPS[-1]
