"""A frozen paper as citizens will read it: HTML, text, JSON, PDF, pictures, cleared attachments.

Everything is made from one tree from which the hidden words have been taken (reports.redacting); whatever is
told beside it comes from that tree or goes through the same mask. Nothing is stored here.
"""

import json
from dataclasses import dataclass, replace

from django.conf import settings

from publications import grams
from publications.storing import Prepared, PreparedFile
from reports import assembling, hiding, opening, public_files, redacting, tree
from reports.hashes import sha256
from reports.models import Document, Letter
from reports.public_warnings import warnings
from reports.rendering.html import render_embedded
from reports.rendering.pdf import render_pdf
from reports.rendering.text import render_text
from reports.tree import Paper

SCHEMA = "/schema/document.json"


@dataclass(frozen=True)
class Made:
    """`paper`: the frozen tree under the marks that hold now, its nodes still named by their blocks."""

    paper: Paper
    prepared: Prepared
    cleared: list
    fingerprint: str
    warnings: list


def paper_of(document):
    """The frozen tree under the marks in force: those signed, those added later, without those lifted."""
    paper = tree.paper_from(document.edition.tree)
    marks = list(document.marks.all())
    for mark in marks:
        if mark.lifted_at and not mark.is_later:
            paper = hiding.opened(paper, hiding.Mark(mark.quote, mark.clause), str(mark.block_id or ""))
    # Those in force are laid on again: what one mark opened, another may still hide.
    paper = hiding.laid(paper, assembling.by_block(mark for mark in marks if not mark.lifted_at))
    return _with_opened_attachments(paper, document)


def _with_opened_attachments(paper, document):
    """A closed attachment is named in the list again once it has been opened."""
    opened = opening.opened_attachments(document)
    rows = zip(paper.attachments, document.attachments.all(), strict=True)
    named = (replace(each, clause="") if row.pk in opened else each for each, row in rows)
    return replace(paper, attachments=tuple(named)) if opened else paper


def fingerprint(document):
    """Of what an edition is made from: the frozen paper, which marks hold, which attachments were opened."""
    marks = document.marks.order_by("pk").values_list("pk", "lifted_at")
    opened = sorted(opening.opened_attachments(document))
    return sha256(f"{document.edition.content_sha256} {list(marks)} {opened}")


def make(document, cleared):
    """The edition as it would be shown now. RenderError or TransitionError with a message for the user."""
    before, paper = fingerprint(document), paper_of(document)
    files = public_files.attachments(document, paper, cleared)
    prepared = render(document, paper, [file for each in files for file in each.files])
    told = warnings(document, paper, [prepared.text, *(each.text for each in files)])
    return Made(paper, prepared, [each.attachment for each in files], before, told)


def render(document, paper, files=()):
    """All that is shown of a tree with its marks, with the files that go with it."""
    body, pictures = shown(document, paper)
    text, facts = render_text(body), _facts(document, paper, body)
    return Prepared(
        facts=facts,
        html=render_embedded(body, image_url=lambda key: f"pictures/{key}.jpg"),
        text=text,
        data=_json(facts, body),
        files=_once(
            PreparedFile("paper", render_pdf(body, images=pictures), facts["title"]),
            *public_files.of_pictures(pictures),
            *files,
        ),
        parties=_parties(document, text),
    )


def _once(*files):
    """The paper and its attachments may show the same picture."""
    return tuple({(file.kind, file.order, file.sha256): file for file in files}.values())


def shown(document, paper):
    """The tree that is rendered, and its pictures by their hash."""
    found, pictures = public_files.with_pictures(redacting.public(paper), document)
    return redacting.anchored(found), pictures


def look(document, paper):
    """What would have to be looked at before it goes out now, its attachments left aside."""
    return warnings(document, paper, [render_text(redacting.public(paper))])


def is_behind(publication, paper):
    """Whether what citizens read is not what the marks say now."""
    return publication.edition.content.text != render_text(redacting.public(paper))


def disclosure(document, paper):
    """부분공개 with the clauses it was approved with and those that hide something now, or 대시민공개.

    Of a paper that was approved as closed and is opened, what is hidden now alone counts.
    """
    is_partial = document.disclosure == Document.Disclosure.PARTIAL
    clauses = hiding.clauses(paper) | set(document.clauses if is_partial else ())
    if clauses:
        return f"{Document.Disclosure.PARTIAL.label}({','.join(sorted(clauses))})"
    return (Document.Disclosure.PARTIAL if is_partial else Document.Disclosure.OPEN).label


def _facts(document, paper, shown):
    facts = {
        "kind": document.get_kind_display(),
        "organisation": settings.ORGANISATION_NAME,
        "department": str(document.department),
        "number": document.number_text,
        "disclosure": disclosure(document, paper),
        "retention": document.get_retention_display(),
        "author": _author(document, paper),
        "phone": _phone(document),
        "control_number": document.control_number,
        "classification": document.classification,
    }
    hide = redacting.mask(paper.hidden)
    masked = {name: hide(value) for name, value in facts.items()}
    return masked | {"title": shown.title, "produced_on": document.approved_on}


def _author(document, paper):
    """Post and name of who drafted it, as they stand in its line of approval."""
    cells = paper.header.approvals if paper.header else ()
    if cells:
        return f"{cells[0].position} {cells[0].name}".strip()
    return f"{document.drafter.position} {document.drafter.name}".strip()


def _phone(document):
    """Where the office is reached: as on this letter, or on the last one it wrote."""
    written = Letter.objects.filter(document__department=document.department).exclude(phone="")
    own = written.filter(document=document).values_list("phone", flat=True).first()
    return own or written.order_by("-document_id").values_list("phone", flat=True).first() or ""


def _parties(document, text):
    """The contractors that the public text names: one that is hidden in it must not stand beside it."""
    found = document.inspections.exclude(agreement=None).values_list("agreement__contractor__name", flat=True)
    plain = grams.plain(text)
    return tuple(sorted({name for name in found if grams.plain(name) in plain}))


def _json(facts, shown):
    told = facts | {"produced_on": facts["produced_on"].isoformat()}
    about = {"$schema": SCHEMA, "document": told, "paper": tree.to_plain(shown)}
    return json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1)
