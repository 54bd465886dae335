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
    by = edition.superseded_by_id
    return facts | {
        "produced_on": edition.produced_on.isoformat(),
        "published_on": edition.published_on.isoformat(),
        "changed_at": edition.changed_at.isoformat(),
        "superseded_by": absolute(reverse("public:document", args=[by])) if by else None,
        "url": absolute(reverse("public:document", args=[edition.pk])),
        "pdf": absolute(reverse("public:document_pdf", args=[edition.pk])),
        "text": absolute(reverse("public:document_text", args=[edition.pk])),
        "json": absolute(reverse("public:document_json", args=[edition.pk])),
    }


def listing(found, count, absolute, next_query):
    return {
        "$schema": absolute(reverse("public:documents_schema")),
        "licence": licence.URL,
        "count": count,
        "documents": [line(edition, absolute) for edition in found.editions],
        "next": absolute(reverse("public:api") + next_query) if next_query else None,
    }
