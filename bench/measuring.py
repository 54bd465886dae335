"""Least CPU time and query count of a page, inside this process."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP = 5
FORM = "application/x-www-form-urlencoded"  # as a browser posts a form without files


@dataclass
class Page:
    """How to ask for a page, and how to tell that it is the page one means to measure."""

    ask: Callable
    status: int = 200
    shows: dict = field(default_factory=dict)  # texts of the answer, and how often each stands there
    did: Callable = lambda: True  # whether the last request did in the database what it should
    then: Callable = lambda: None  # what the browser asks for next; not counted

    def __call__(self):
        response = self.ask()
        self.then()
        return response

    def check(self):
        response = self()
        page = f"{response.request['REQUEST_METHOD']} {response.request['PATH_INFO']}"
        if response.status_code != self.status:
            raise SystemExit(f"{page} answers {response.status_code}, not {self.status}")
        html = response.content.decode()
        for text, times in self.shows.items():
            if html.count(text) != times:
                raise SystemExit(f"{page} shows {text} {html.count(text)} times, not {times}")
        if not self.did():
            raise SystemExit(f"{page} did not do what it should")


def measure(page, rounds):
    """(least CPU milliseconds, queries) of a page; the database's own work is not counted."""
    for _ in range(WARM_UP):
        page.check()
    with CaptureQueriesContext(connection) as captured:
        page.ask()
    queries = len(captured)  # now: the next request empties the log
    page.then()
    gc.collect()
    return min(_cpu(page) for _ in range(rounds)), queries


def _cpu(page):
    start = time.process_time()
    page.ask()
    taken = time.process_time() - start
    page.then()
    return taken * 1000
