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
    if response.status_code >= 400:
        raise SystemExit(f"{response.request['PATH_INFO']} answers {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        ask()
    gc.collect()
    least = min(_cpu(ask) for _ in range(rounds))
    return least, len(queries)


def _cpu(ask):
    start = time.process_time()
    ask()
    return (time.process_time() - start) * 1000
