"""How many editions there are of each kind, and when the newest change was: one query for all lists."""

from dataclasses import dataclass, field

from django.db.models import Q, Subquery

from publications.models import PublicEdition, PublicFacet

Kind = PublicFacet.Kind
NEWEST = PublicEdition.objects.order_by("-changed_at", "-pk").values("changed_at")[:1]


@dataclass
class Facets:
    departments: list = field(default_factory=list)
    classifications: list = field(default_factory=list)
    years: list = field(default_factory=list)
    contractors: list = field(default_factory=list)
    changed_at: object = None

    @property
    def total(self):
        return sum(each.count for each in self.years)


def facets(*, contractor=""):
    """Of departments, classes and years all; of the contractors, who are thousands, the one asked for."""
    wanted = ~Q(kind=Kind.CONTRACTOR) | Q(kind=Kind.CONTRACTOR, value=contractor)
    found = Facets()
    for facet in PublicFacet.objects.filter(wanted).annotate(changed_at=Subquery(NEWEST)):
        getattr(found, f"{facet.kind}s").append(facet)
        found.changed_at = facet.changed_at
    found.years.reverse()
    return found


def count_of(query, found):
    """How many there are without words, where at most one condition narrows them; else None."""
    names = {
        "department": found.departments,
        "classification": found.classifications,
        "year": found.years,
        "contractor": found.contractors,
    }
    narrowed = {name: str(getattr(query, name)) for name in names if getattr(query, name)}
    if not narrowed:
        return found.total
    if len(narrowed) > 1:
        return None
    [(name, value)] = narrowed.items()
    return next((facet.count for facet in names[name] if facet.value == value), 0)


def most_named_contractors(most):
    return PublicFacet.objects.filter(kind=Kind.CONTRACTOR).order_by("-count", "value")[:most]


def contractors(*, after="", since="", most):
    """Contractors by name: those behind a name, or from a first syllable on."""
    wanted = PublicFacet.objects.filter(kind=Kind.CONTRACTOR, value__gt=after, value__gte=since)
    return wanted.annotate(changed_at=Subquery(NEWEST)).order_by("value")[:most]
