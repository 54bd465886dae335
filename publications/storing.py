"""Putting editions on the public site and taking them down. Called within a transaction of its caller."""

import hashlib
from dataclasses import asdict, dataclass

from django.db import connection

from publications import grams
from publications.counting import facets_of, recount
from publications.models import (
    PublicAction,
    PublicChange,
    PublicContent,
    PublicEdition,
    PublicEntry,
    PublicFile,
    PublicParty,
)

Kind = PublicChange.Kind
TURN = 20210114  # the number of our lock, for all who use this database
HOLDING = (PublicContent, PublicEntry, PublicFile, PublicParty, PublicAction)


@dataclass(frozen=True)
class PreparedFile:
    kind: str
    content: bytes
    title: str = ""
    order: int = 0
    html: str = ""

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class PreparedAction:
    text: str
    state: str
    is_done: bool = False
    due_on: object = None
    done_on: object = None


@dataclass(frozen=True)
class Prepared:
    """All that is shown of a paper. `facts` are the fields of PublicEdition that describe it."""

    facts: dict
    html: str
    text: str
    data: str
    files: tuple = ()
    parties: tuple = ()

    @property
    def sha256(self):
        parts = [repr(sorted(self.facts.items())), self.html, self.text, self.data, *self.parties]
        parts += [f"{file.kind} {file.order} {file.title} {file.sha256} {file.html}" for file in self.files]
        return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def publish(prepared, *, at, on, reason="", edition=None):
    """Show it: at a new address, or again at that of an edition that was taken down."""
    if edition is None:
        edition = PublicEdition(published_on=on)
    edition.withdrawn_on = None
    return _put(edition, prepared, Kind.PUBLISHED, at, on, reason)


def correct(edition, prepared, *, at, on, reason):
    """Show something else at the same address; what was there before is gone."""
    return _put(edition, prepared, Kind.CORRECTED, at, on, reason)


def withdraw(edition, *, at, on, reason, title):
    """Nothing of it stays but its number, what became of it, and the title that may be told."""
    _in_turn()
    values = facets_of(edition)
    for model in HOLDING:
        model.objects.filter(edition=edition).delete()
    edition.title, edition.withdrawn_on, edition.changed_at = title, on, at
    edition.classification = edition.author = edition.phone = ""
    edition.sha256 = hashlib.sha256(f"withdrawn {reason}".encode()).hexdigest()
    edition.save()
    _tell(edition, Kind.WITHDRAWN, on, reason)
    recount(values)


def supersede(edition, *, by, at, on, reason):
    """It stays readable, and says from now on which edition holds."""
    _in_turn()
    edition.superseded_by, edition.changed_at = by, at
    edition.save(update_fields=["superseded_by", "changed_at"])
    _tell(edition, Kind.SUPERSEDED, on, reason)


def put_actions(edition, actions, *, as_of, at):
    """The demands and their states; the edition counts as changed only if one of them has."""
    rows = [
        PublicAction(edition=edition, order=order, **asdict(each)) for order, each in enumerate(actions, 1)
    ]
    names = [each.name for each in PublicAction._meta.concrete_fields if each.name != "id"]
    before = [[getattr(row, name) for name in names] for row in edition.actions.all()]
    if before != [[getattr(row, name) for name in names] for row in rows]:
        edition.actions.all().delete()
        PublicAction.objects.bulk_create(rows)
        edition.changed_at = at
    edition.actions_as_of = as_of if rows else None
    edition.save(update_fields=["actions_as_of", "changed_at"])


def _in_turn():
    """Whoever else changes something waits until this transaction has ended.

    So the counts are those of all, and of two changes the one with the higher number is seen later: the
    public site keeps what it has drawn until there is a higher one.
    """
    if connection.vendor == "postgresql":
        connection.cursor().execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def _put(edition, prepared, kind, at, on, reason):
    _in_turn()
    values = facets_of(edition) if edition.pk else set()
    for name, value in prepared.facts.items():
        setattr(edition, name, value)
    edition.changed_at, edition.sha256 = at, prepared.sha256
    edition.save()
    _fill(edition, prepared)
    _tell(edition, kind, on, reason)
    recount(values | facets_of(edition))
    return edition


def _fill(edition, prepared):
    for model in (PublicContent, PublicEntry, PublicFile, PublicParty):
        model.objects.filter(edition=edition).delete()
    PublicContent.objects.create(edition=edition, html=prepared.html, text=prepared.text, data=prepared.data)
    PublicEntry.objects.create(edition=edition, plain=grams.plain(f"{edition.title} {prepared.text}"))
    PublicParty.objects.bulk_create(PublicParty(edition=edition, name=name) for name in prepared.parties)
    PublicFile.objects.bulk_create(
        PublicFile(
            edition=edition, kind=file.kind, order=file.order, title=file.title, html=file.html,
            content=file.content, sha256=file.sha256, size=len(file.content),
        )
        for file in prepared.files
    )  # fmt: skip


def _tell(edition, kind, on, reason):
    PublicChange.objects.create(edition=edition, kind=kind, on=on, reason=reason)
