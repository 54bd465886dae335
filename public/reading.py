"""What the page of an edition shows, in three queries: itself, its text and all its rows, its neighbours.

The rows lie in six tables. One UNION brings them: each part fills those of COLUMNS that it has.
"""

from collections import namedtuple
from dataclasses import dataclass, field

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    ExpressionWrapper,
    IntegerField,
    Q,
    Subquery,
    Value,
)
from django.http import Http404

from publications.models import PublicAction, PublicChange, PublicContent, PublicEdition, PublicFile

COLUMNS = ("part", "place", "text", "note", "flag", "day", "other_day", "size")
Row = namedtuple("Row", COLUMNS)
NO_TEXT, NO_DAY = Value("", CharField()), Value(None, DateField())
NO_FLAG, NO_SIZE = Value(False, BooleanField()), Value(0, IntegerField())
HAS_HTML = ExpressionWrapper(~Q(html=""), BooleanField())
FACTS = [each.name for each in PublicEdition._meta.concrete_fields]
NEWEST_CHANGE = PublicChange.objects.order_by("-pk").values("pk")[:1]
NEIGHBOURS = 5


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


def edition_of(pk):
    """The edition, which may be withdrawn; `site_number` is that of the newest change of all."""
    return _or_404(PublicEdition.objects.annotate(site_number=Subquery(NEWEST_CHANGE)), pk)


def with_content(pk, name):
    """The edition with one column of its content: html, text or data."""
    return _or_404(PublicEdition.objects.select_related("content").only(*FACTS, f"content__{name}"), pk)


def file_of(pk, **place):
    """A file of an edition, without its bytes until they are asked for; None if there is none."""
    files = PublicFile.objects.select_related("edition").defer("content", "html").filter(edition=pk, **place)
    return files.annotate(has_html=HAS_HTML).first()


def withdrawn(pk):
    """The withdrawn edition to which a missing file may have belonged."""
    return _or_404(PublicEdition.objects.exclude(withdrawn_on=None), pk)


def _or_404(editions, pk):
    edition = editions.filter(pk=pk).first()
    if edition is None:
        raise Http404
    return edition


def parts_of(edition):
    first, *others = [rows(edition) for rows in ROWS]
    parts = Parts()
    for row in sorted(map(Row._make, first.union(*others, all=True)), key=lambda row: row.place):
        MAKERS[row.part](parts, row)
    return parts


def neighbours_of(edition):
    if not edition.classification:
        return []
    same = PublicEdition.objects.shown().filter(classification=edition.classification)
    return same.exclude(pk=edition.pk).newest_first()[:NEIGHBOURS]


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
