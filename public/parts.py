"""All rows that hang on an edition, and its text. They lie in six tables, and one UNION brings them.

Each part fills those of COLUMNS that it has. The statement is made once: making it takes longer than asking.
"""

import datetime as dt
from collections import namedtuple
from dataclasses import dataclass, field
from functools import cache

from django.db import connection
from django.db.models import BooleanField, CharField, DateField, ExpressionWrapper, IntegerField, Q, Value

from publications.models import PublicAction, PublicChange, PublicContent, PublicEdition, PublicFile

COLUMNS = ("part", "place", "text", "note", "flag", "day", "other_day", "size")
Row = namedtuple("Row", COLUMNS)
DAYS = COLUMNS.index("day")
THIS, NEWER = -1, -2  # stand in the union for the keys that are asked for
NO_TEXT, NO_DAY = Value("", CharField()), Value(None, DateField())
NO_FLAG, NO_SIZE = Value(False, BooleanField()), Value(0, IntegerField())
HAS_HTML = ExpressionWrapper(~Q(html=""), BooleanField())


@dataclass
class Parts:
    html: str = ""
    actions: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    attachments: list = field(default_factory=list)
    parties: list = field(default_factory=list)
    corrected: list = field(default_factory=list)  # the editions that this one puts right
    corrected_by: PublicEdition = None

    @property
    def done(self):
        return sum(action.is_done for action in self.actions)

    def last(self, kind):
        """The newest change of a kind, for what a banner says."""
        return next((change for change in reversed(self.changes) if change.kind == kind), None)


def parts_of(edition):
    sql, params = _union()
    keys = {THIS: edition.pk, NEWER: edition.superseded_by_id}
    with connection.cursor() as cursor:
        cursor.execute(sql, [keys.get(param, param) for param in params])
        rows = [Row(*row[:DAYS], *map(_day, row[DAYS:-1]), row[-1]) for row in cursor]
    parts = Parts()
    for row in sorted(rows, key=lambda row: row.place):
        MAKERS[row.part](parts, row)
    return parts


@cache
def _union():
    """The statement that Django makes of the queries, and its parameters."""
    any_edition = PublicEdition(pk=THIS, superseded_by_id=NEWER)
    first, *others = [rows(any_edition) for rows in ROWS]
    return first.union(*others, all=True).query.sql_with_params()


def _day(value):
    """SQLite keeps days as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


# Queries of the union. The first gives the columns their types.


def _columns(rows, part, *columns):
    """`columns` are names of fields or expressions, in the order of COLUMNS without its first."""
    given = dict(zip(COLUMNS, [Value(part, CharField()), *columns], strict=True))
    named = {f"as_{name}": value for name, value in given.items() if not isinstance(value, str)}
    asked = [value if isinstance(value, str) else f"as_{name}" for name, value in given.items()]
    return rows.annotate(**named).order_by().values_list(*asked)


def _actions(edition):
    rows = edition.actions.all()
    return _columns(rows, "action", "order", "text", "state", "is_done", "due_on", "done_on", NO_SIZE)


def _changes(edition):
    rows = edition.changes.all()
    return _columns(rows, "change", "id", "reason", "kind", NO_FLAG, "on", NO_DAY, NO_SIZE)


def _files(edition):
    rows = edition.files.filter(kind=PublicFile.Kind.ATTACHMENT)
    return _columns(rows, "file", "order", "title", NO_TEXT, HAS_HTML, NO_DAY, NO_DAY, "size")


def _parties(edition):
    rows = edition.parties.all()
    return _columns(rows, "party", "id", "name", NO_TEXT, NO_FLAG, NO_DAY, NO_DAY, NO_SIZE)


def _older(edition):
    rows = edition.supersedes.all()
    return _columns(rows, "older", "id", "title", "number", NO_FLAG, "produced_on", NO_DAY, NO_SIZE)


def _newer(edition):
    rows = PublicEdition.objects.filter(pk=edition.superseded_by_id)
    return _columns(rows, "newer", "id", "title", "number", NO_FLAG, "produced_on", NO_DAY, NO_SIZE)


def _content(edition):
    rows = PublicContent.objects.filter(edition=edition)
    return _columns(rows, "content", "edition_id", "html", NO_TEXT, NO_FLAG, NO_DAY, NO_DAY, NO_SIZE)


ROWS = (_actions, _changes, _files, _parties, _older, _newer, _content)


def _action(parts, row):
    parts.actions.append(
        PublicAction(
            order=row.place, text=row.text, state=row.note, is_done=row.flag,
            due_on=row.day, done_on=row.other_day,
        )
    )  # fmt: skip


def _file(parts, row):
    parts.attachments.append({"order": row.place, "title": row.text, "has_html": row.flag, "size": row.size})


def _edition(row):
    return PublicEdition(pk=row.place, title=row.text, number=row.note, produced_on=row.day)


MAKERS = {
    "action": _action,
    "change": lambda parts, row: parts.changes.append(
        PublicChange(pk=row.place, kind=row.note, on=row.day, reason=row.text)
    ),
    "file": _file,
    "party": lambda parts, row: parts.parties.append(row.text),
    "older": lambda parts, row: parts.corrected.append(_edition(row)),
    "newer": lambda parts, row: setattr(parts, "corrected_by", _edition(row)),
    "content": lambda parts, row: setattr(parts, "html", row.text),
}
