"""What a request asks for, cleaned. Nobody is refused for a strange address: what says nothing is ignored."""

import datetime as dt
import re
from urllib.parse import urlencode

from publications.search import PAGE, Query

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
LONGEST = {"q": 100, "department": 80, "classification": 200, "contractor": 120}
YEAR = re.compile("[12][0-9]{3}")
PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,18})")
LABELS = {"department": "부서", "classification": "분류", "year": "연도", "contractor": "수탁기관"}


def query_of(params, *, size=PAGE, with_text=False):
    return Query(
        words=text_of(params, "q"),
        department=text_of(params, "department"),
        classification=text_of(params, "classification"),
        contractor=text_of(params, "contractor"),
        year=_year(params.get("year", "")),
        after=_place(params.get("after", "")),
        size=size,
        with_text=with_text,
    )


def text_of(params, name):
    return UNPRINTABLE.sub(" ", params.get(name, ""))[: LONGEST[name]].strip()


def narrowed(query):
    """{name: value} of what the list is narrowed by, the words excepted."""
    return {name: getattr(query, name) for name in LABELS if getattr(query, name)}


def address(query, *, without="", after=None):
    """The query string of the same question: without one of its conditions, or for its next page."""
    asked = ({"q": query.words} if query.words else {}) | narrowed(query)
    asked.pop(without, None)
    if after is not None:
        asked["after"] = f"{after.produced_on.isoformat()}.{after.pk}"
    return f"?{urlencode(asked)}"


def _year(text):
    return int(text) if YEAR.fullmatch(text) else None


def _place(text):
    if not (found := PLACE.fullmatch(text)):
        return None
    try:
        return dt.date.fromisoformat(found[1]), int(found[2])
    except ValueError:
        return None
