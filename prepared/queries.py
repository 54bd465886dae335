"""A query that Django turns into SQL once and that is run with other values ever after.

Building a statement costs Django more than running it. What is asked at every request is therefore kept as it
was built: the SQL, how its columns become objects, and where in it the values stand. The query itself is
written as any other, so a rule such as `visible_to` stays in one place.
"""

import datetime as dt
import uuid
from copy import copy
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.query import ModelIterable
from django.db.transaction import TransactionManagementError

# Values that no row has, to find their places in the statement again.
MARKS = {
    int: lambda n: -9_000_001 - n,
    str: lambda n: f"\N{DAGGER}{n}",
    dt.date: lambda n: dt.date(1, 2, 1 + n),
    uuid.UUID: lambda n: uuid.UUID(int=0xFACADE << 64 | n),
}

LARGEST = 2**63 - 1


class PreparedQuery:
    """`build(**values)` makes the queryset. A value is a number, a text, a date or a UUID.

    None and a bool decide about the shape of the statement, which is built once for each shape.

    ValueError: a value does not stand in the statement, so that it would be forgotten when it changes.
    """

    def __init__(self, build):
        self._build = build
        self._statements = {}

    def rows(self, **values):
        """The objects of the queryset as a list, read anew."""
        if any(isinstance(value, int) and abs(value) > LARGEST for value in values.values()):
            return []  # no row has such a number, and the database would not take it
        connection = connections[DEFAULT_DB_ALIAS]
        shape = (connection.vendor, *((name, _shape_of(value)) for name, value in values.items()))
        if shape not in self._statements:
            self._statements[shape] = self._prepared(connection, values)
        statement = self._statements[shape]
        return statement.rows(connection, values) if statement else []

    def first(self, **values):
        """The first of the objects, or None."""
        return next(iter(self.rows(**values)), None)

    def _prepared(self, connection, values):
        marks = {
            name: value if _shape_of(value) is value else MARKS[type(value)](n)
            for n, (name, value) in enumerate(values.items())
        }
        compiler = self._build(**marks).query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:  # nobody may see anything in this shape
            return None
        names = {_adapted(mark, connection): name for name, mark in marks.items() if mark is not values[name]}
        if lost := set(names.values()) - {names.get(param) for param in params}:
            raise ValueError(f"Not in the statement: {', '.join(sorted(lost))}")
        return _Statement(compiler, sql, [(names.get(param), param) for param in params])


@dataclass(frozen=True)
class _Statement:
    compiler: object
    sql: str
    params: list  # the name of the value that stands there, or None and what always stands there

    def rows(self, connection, values):
        if self.compiler.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("A lock outside of a transaction would be gone at once.")
        params = [_adapted(values[name], connection) if name else param for name, param in self.params]
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda: (self.sql, params)
        return list(ModelIterable(_Source(compiler)))


class _Source:
    """As much of a queryset as Django needs to make objects of the rows of a compiled query."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects = {}

    def __init__(self, compiler):
        self._compiler = compiler
        self.query = self

    def get_compiler(self, using):
        return self._compiler


def _shape_of(value):
    return value if value is None or isinstance(value, bool) else type(value)


def _adapted(value, connection):
    """As Django hands it to the database."""
    if isinstance(value, uuid.UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
