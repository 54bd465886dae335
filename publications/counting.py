"""How many shown editions there are of each department, class, year and contractor."""

from publications.models import PublicEdition, PublicFacet


def facets_of(edition):
    """{(kind, value)} under which an edition is counted."""
    found = {
        (PublicFacet.Kind.DEPARTMENT, edition.department),
        (PublicFacet.Kind.CLASSIFICATION, edition.classification),
        (PublicFacet.Kind.YEAR, str(edition.produced_on.year)),
    }
    found |= {(PublicFacet.Kind.CONTRACTOR, party.name) for party in edition.parties.all()}
    return {(kind, value) for kind, value in found if value}


def recount(values):
    """Count the shown editions of these facets anew."""
    for kind, value in sorted(values):
        shown = PublicEdition.objects.shown().filter(**_condition(kind, value))
        count = shown.count()
        if count:
            PublicFacet.objects.update_or_create(kind=kind, value=value, defaults={"count": count})
        else:
            PublicFacet.objects.filter(kind=kind, value=value).delete()


def _condition(kind, value):
    names = {
        PublicFacet.Kind.DEPARTMENT: "department",
        PublicFacet.Kind.CLASSIFICATION: "classification",
        PublicFacet.Kind.YEAR: "produced_on__year",
        PublicFacet.Kind.CONTRACTOR: "parties__name",
    }
    return {names[kind]: int(value) if kind == PublicFacet.Kind.YEAR else value}
