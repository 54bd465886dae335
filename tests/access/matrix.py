"""Reading matrix.csv: URL × method → expected status of each role.

url,method,nobody,own,other,…   `302` is any redirect, `login` the one to the sign-in page, `200|403` either.
A row of the admin may be a pattern (`admin:*_changelist`); an exact row counts before a pattern.
"""

import csv
from fnmatch import fnmatchcase
from pathlib import Path

from tests.access.objects import ROLES

PATH = Path(__file__).parent / "matrix.csv"
METHODS = ["GET", "POST"]


def rows():
    with PATH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def row_for(url, method, table):
    """The row of a URL and a method, or None if nobody has said what is right."""
    of_method = [row for row in table if row["method"] == method]
    exact = [row for row in of_method if row["url"] == url.key]
    patterns = [row for row in of_method if "*" in row["url"] and fnmatchcase(url.name, row["url"])]
    return next(iter(exact + patterns), None)


def is_as_expected(found, row):
    return all(found[role] in row[role].split("|") for role in ROLES)


def line_of(url, method, found):
    return ",".join([url.key, method, *(found[role] for role in ROLES)])
