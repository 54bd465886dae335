"""Editions as the office would put them on the site."""

import datetime as dt

from publications import storing
from publications.storing import Prepared, PreparedFile

DAY = dt.date(2021, 1, 14)
MOMENT = dt.datetime(2021, 1, 20, 1, tzinfo=dt.UTC)
FACTS = {
    "title": "2020년 지원센터 지도·점검 결과보고",
    "kind": "결과보고",
    "organisation": "가나시",
    "department": "공정경제담당관",
    "number": "공정경제담당관-793",
    "produced_on": DAY,
    "disclosure": "부분공개(5,6)",
    "retention": "10년",
    "author": "주무관",
    "phone": "02-000-0000",
    "control_number": "D0000000000001",
    "classification": "경제 > 소비자",
}


def prepared(*, text="점검 결과", html=None, data="{}", files=(), parties=(), **facts):
    html = html if html is not None else f"<p>{text}</p>"
    paper = PreparedFile("paper", b"%PDF-1.7 " + text.encode(), "본문")
    return Prepared(FACTS | facts, html, text, data, (paper, *files), parties)


def published(*, on=DAY, reason="", **content):
    return storing.publish(prepared(**content), at=MOMENT, on=on, reason=reason)


def corrected(edition, *, on=DAY, reason="가릴 말이 남아 있었음", **content):
    return storing.correct(edition, prepared(**content), at=MOMENT, on=on, reason=reason)


def withdrawn(edition, *, on=DAY, reason="다른 문서였음", title=None):
    storing.withdraw(edition, at=MOMENT, on=on, reason=reason, title=title or edition.title)
