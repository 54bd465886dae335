"""An edition as a line of the list for programs: public/schemas/documents.json says what each name means."""

from django.urls import reverse

from public import licence

FACTS = (
    "id", "title", "kind", "organisation", "department", "number", "disclosure", "retention",
    "classification",
)  # fmt: skip


def line(edition, absolute):
    """`absolute` makes an address of this site whole."""
    facts = {name: getattr(edition, name) for name in FACTS}
    by, url = edition.superseded_by_id, absolute(reverse("public:document", args=[edition.pk]))
    return facts | {
        "produced_on": edition.produced_on.isoformat(),
        "published_on": edition.published_on.isoformat(),
        "changed_at": edition.changed_at.isoformat(),
        "superseded_by": absolute(reverse("public:document", args=[by])) if by else None,
        # Not by `reverse`, which for a hundred lines takes longer than all the rest.
        "url": url,
        "pdf": f"{url}document.pdf",
        "text": f"{url}document.txt",
        "json": f"{url}document.json",
    }


def listing(found, count, absolute, next_query):
    return {
        "$schema": absolute(reverse("public:documents_schema")),
        "licence": licence.URL,
        "count": count,
        "documents": [line(edition, absolute) for edition in found.editions],
        "next": absolute(reverse("public:api") + next_query) if next_query else None,
    }
