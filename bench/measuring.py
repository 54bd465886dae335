"""Least CPU time and query count of a request, inside this process."""

import gc
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP = 5


def measure(ask, rounds):
    """(least CPU milliseconds, queries) of a page; the database's own work is not counted."""
    for _ in range(WARM_UP):
        response = ask()
    if response.status_code >= 400 or "login" in response.headers.get("Location", ""):
        raise SystemExit(f"{response.request['PATH_INFO']} answers {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        ask()
    queries = len(captured)  # now: the next request empties the log
    gc.collect()
    return min(_cpu(ask) for _ in range(rounds)), queries


def _cpu(ask):
    start = time.process_time()
    ask()
    return (time.process_time() - start) * 1000
