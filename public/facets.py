"""How many editions there are of each kind: read again only when something has changed."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Subquery

from publications.models import PublicChange, PublicEdition, PublicFacet

Kind = PublicFacet.Kind
NEWEST = PublicEdition.objects.order_by("-changed_at", "-pk").values("changed_at")[:1]


@dataclass(frozen=True)
class Facets:
    """`number` is that of the newest change, and all that tells these from others."""

    number: int
    changed_at: object = field(compare=False)
    departments: list = field(compare=False)
    classifications: list = field(compare=False)
    years: list = field(compare=False)

    @property
    def total(self):
        return sum(each.count for each in self.years)


def facets():
    """Of departments, classes and years all; not of the contractors, who are thousands."""
    changes = PublicChange.objects.order_by("-pk").values_list("pk", Subquery(NEWEST))
    number, changed_at = changes.first() or (0, None)
    return Facets(number, changed_at, *_counted(number))


@lru_cache(maxsize=2)
def _counted(number):
    found = {Kind.DEPARTMENT: [], Kind.CLASSIFICATION: [], Kind.YEAR: []}
    for facet in PublicFacet.objects.filter(kind__in=found).order_by("kind", "value"):
        found[facet.kind].append(facet)
    found[Kind.YEAR].reverse()
    return tuple(found.values())


def count_of(query, found):
    """How many there are without words, where at most one condition narrows them; else None."""
    rows = {"department": found.departments, "classification": found.classifications, "year": found.years}
    names = [*rows, "contractor"]
    narrowed = {name: str(getattr(query, name)) for name in names if getattr(query, name)}
    if not narrowed:
        return found.total
    if len(narrowed) > 1:
        return None
    [(name, value)] = narrowed.items()
    facets = rows[name] if name in rows else PublicFacet.objects.filter(kind=Kind.CONTRACTOR, value=value)
    return next((facet.count for facet in facets if facet.value == value), 0)


def most_named_contractors(most):
    return PublicFacet.objects.filter(kind=Kind.CONTRACTOR).order_by("-count", "value")[:most]


def contractors(*, after="", since="", most):
    """Contractors by name: those behind a name, or from a first syllable on."""
    wanted = PublicFacet.objects.filter(kind=Kind.CONTRACTOR, value__gt=after, value__gte=since)
    return wanted.annotate(changed_at=Subquery(NEWEST)).order_by("value")[:most]
