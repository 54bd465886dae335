import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone

KST = dt.timezone(dt.timedelta(hours=9))
VALUES = {
    "day": dt.date(2021, 1, 14),
    "moment": dt.datetime(2021, 1, 14, 5, 3, tzinfo=dt.UTC),
    "nothing": None,
    "amount": 113_560,
    "zero": 0,
    "word": "한국소비자연맹",
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("day|kdate", "2021. 1. 14."),
        ("day|kdate_weekday", "2021. 1. 14.(목)"),
        ("day|kdate_short", "’21. 1. 14.(목)"),
        ("day|kmonth", "2021. 1."),
        ("moment|kdate", "2021. 1. 14."),
        ("moment|kdatetime", "2021. 1. 14. 14:03"),
        ("moment|ktime", "14:03"),
        ("nothing|kdate", ""),
        ("nothing|kdatetime", ""),
        ("nothing|won", ""),
        ("amount|won", "113,560원"),
        ('amount|won:"천원"', "114천원"),
        ("zero|won", "-"),
        ('word|josa:"은/는"', "한국소비자연맹은"),
    ],
)
def test_a_filter_writes_as_papers_do(source, expected):
    with timezone.override(KST):
        assert Template(f"{{% load korean %}}{{{{ {source} }}}}").render(Context(VALUES)) == expected


def test_a_filter_does_not_unescape():
    rendered = Template('{% load korean %}{{ word|josa:"을/를" }}').render(Context({"word": "<b>"}))
    assert "<b>" not in rendered
