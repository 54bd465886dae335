"""Rows of a sheet into rows of the database, all or nothing.

The preview is the import itself, rolled back: what it promises is what the database said. A Sheet names the
columns of one model and how an existing row is found again, so that the same file twice changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from spreadsheets import values

YES, NO = "예", "아니오"


class Kind(Enum):
    NEW = "추가"
    UPDATE = "변경"
    SAME = "그대로"
    REMOVED = "빠짐"
    ERROR = "오류"


CHANGING = {Kind.NEW, Kind.UPDATE, Kind.REMOVED}


@dataclass(frozen=True)
class Change:
    heading: str
    old: str
    new: str


@dataclass
class Line:
    """What becomes of one row of the file."""

    number: int
    kind: Kind
    label: str = ""
    changes: list[Change] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class Plan:
    lines: list[Line]
    ignored: list[str] = field(default_factory=list)
    is_done: bool = False

    @property
    def has_errors(self):
        return any(line.errors for line in self.lines)

    @property
    def has_changes(self):
        return any(line.kind in CHANGING for line in self.lines)

    @property
    def counts(self):
        """How many rows of each kind there are, for the page: [("추가", 3), …]."""
        counted = Counter(line.kind for line in self.lines)
        return [(kind.value, counted[kind]) for kind in Kind if counted[kind]]

    @property
    def fingerprint(self):
        """Changes when the same file would now do something else."""
        told = [(line.number, line.kind, line.changes) for line in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True)
class Column:
    """One heading. `write` makes of an object what stands in the cell, by default its attribute as it is."""

    heading: str
    name: str
    read: Callable = values.text
    write: Callable | None = None
    required: bool = False
    guidance: str = ""
    example: object = ""

    def cell(self, instance):
        value = self.write(instance) if self.write else getattr(instance, self.name)
        return (YES if value else NO) if isinstance(value, bool) else value

    def shown(self, instance):
        value = self.cell(instance)
        return "" if value is None else str(value)


class Sheet:
    """The columns of one model. Subclasses say how a row is found again and what is odd about it."""

    title = ""
    model = None
    columns = []

    def find(self, row):
        """The existing object these values mean, or None. May replace values that only serve to find it."""
        raise NotImplementedError

    def assign(self, instance, row):
        for name, value in row.items():
            setattr(instance, name, value)

    def save(self, instance, *, by):
        # Not full_clean: it asks the database twice for every constraint of every row. A row that the
        # database refuses is asked about its constraints afterwards.
        relations = [field for field in instance._meta.fields if field.is_relation]
        instance.clean_fields(
            exclude=[field.name for field in relations if field.value_from_object(instance)]
        )
        instance.clean()
        instance.validate_unique()
        instance.save()

    def warnings(self, instance):
        return []

    @property
    def headings(self):
        return [column.heading for column in self.columns]

    @property
    def required(self):
        return [column.heading for column in self.columns if column.required]

    def for_export(self, queryset):
        """The rows with everything the columns write, in few queries."""
        return queryset

    def rows_of(self, objects):
        return ([column.cell(instance) for column in self.columns] for instance in objects)


def preview(sheet, table, *, by):
    """What the rows would do, found out by doing it and taking it back."""
    return run(sheet, table, by=by, fingerprint=None)


def run(sheet, table, *, by, fingerprint):
    """Import the rows if they still do what was shown. Nothing is kept if one of them has an error."""
    seen = {}
    with transaction.atomic():
        plan = Plan([_import_row(sheet, row, seen, by=by) for row in table.rows], table.ignored)
        plan.is_done = plan.fingerprint == fingerprint and not plan.has_errors
        if not plan.is_done:
            transaction.set_rollback(True)
    return plan


def _import_row(sheet, row, seen, *, by):
    found, errors = read_row(sheet.columns, row)
    if errors:
        return Line(row.number, Kind.ERROR, errors=errors)
    try:
        return _store(sheet, row, found, seen, by=by)
    except ValidationError as error:
        return Line(row.number, Kind.ERROR, errors=sentences(sheet.columns, error))


def read_row(columns, row):
    """The values of a row by the names of its columns, and what is wrong with them."""
    found, errors = {}, []
    for column in columns:
        if column.heading not in row.values:
            continue  # a column left out of the file leaves what is stored
        value = row.values[column.heading]
        if column.required and value is None:
            errors.append(f"{column.heading}: 적어야 합니다.")
            continue
        try:
            found[column.name] = column.read(value)
        except ValueError as error:
            errors.append(f"{column.heading}: {error}")
    return found, errors


def _store(sheet, row, found, seen, *, by):
    instance = sheet.find(found) or sheet.model()
    if instance.pk in seen:
        raise ValidationError(f"{seen[instance.pk]}행과 같은 것을 가리킵니다. 한 줄만 남겨 주세요.")
    is_new = instance._state.adding
    columns = [column for column in sheet.columns if column.heading in row.values]
    before = {column: "" if is_new else column.shown(instance) for column in columns}
    sheet.assign(instance, found)
    changes = [
        Change(column.heading, old, new)
        for column, old in before.items()
        if (new := column.shown(instance)) != old
    ]
    if is_new or changes:
        _save(sheet, instance, by=by)
    seen[instance.pk] = row.number
    kind = Kind.NEW if is_new else Kind.UPDATE if changes else Kind.SAME
    return Line(row.number, kind, str(instance), changes, warnings=sheet.warnings(instance))


def sentences(columns, error):
    """A ValidationError with the headings of the file in place of the names of fields."""
    headings = {column.name: column.heading for column in columns}
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        message if name == NON_FIELD_ERRORS else f"{headings.get(name, name)}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _save(sheet, instance, *, by):
    try:
        with transaction.atomic():
            sheet.save(instance, by=by)
    except IntegrityError as error:
        instance.validate_constraints()  # says in Korean which one it was
        raise ValidationError(_refusal(error)) from error


def _refusal(error):
    """The Korean half of what one of our guards says; any other refusal in general words."""
    first = str(error).split("\n")[0]
    message = first.partition(": ")[2]
    return message if message and not message.isascii() else "다른 자료와 맞지 않아 저장할 수 없습니다."
