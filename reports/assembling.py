"""Rows → Paper: what renderers print and what signatures are bound to."""

import hashlib
from dataclasses import replace

from django.conf import settings
from django.utils import timezone

from reports import charts, hiding, numbering, tables, tree
from reports.composing import sheet
from reports.correspondence import LETTER_FACTS
from reports.drafting import for_composing
from reports.models import Absence, ApprovalStep, Attachment, Block, Document

BOUND_FACTS = [
    "kind", "title", "registered_title", "disclosure", "clauses", "retention", "classification",
    "control_number", "policy_number",
]  # fmt: skip
Act = ApprovalStep.Act


def content(document):
    """All that a signature stands for, as JSON: the paper without its header, heading facts, attachments."""
    attached = list(attachments(document))
    return {
        "paper": tree.to_plain(paper(document, attached=attached)),
        "facts": _facts(document),
        "attachments": [_attachment_content(each) for each in attached],
    }


def _facts(document):
    """A day to look again is bound where there is one: papers sent without it keep their hash."""
    facts = {name: getattr(document, name) for name in BOUND_FACTS}
    return facts | {"review_on": document.review_on.isoformat()} if document.review_on else facts


def digest(plain):
    return hashlib.sha256(tree.canonical(plain).encode()).hexdigest()


def paper(document, header=None, attached=None, marks=None):
    """`attached`: its attachments, if they are at hand; `marks`: others than those of its rows."""
    marks = by_block(document.marks.all() if marks is None else marks)
    attached = list(document.attachments.all()) if attached is None else attached
    form = _letter(document) if document.is_letter else _report(document)
    body = tree.nest(rows(document, marks))
    made = tree.Paper(
        title=document.title,
        header=header,
        office=str(document.department.bureau or ""),
        department=str(document.department),
        body=body if attached else numbering.with_blank_below(body),
        attachments=tuple(
            tree.Attachment(each.title, each.copies, ",".join(each.clauses)) for each in attached
        ),
        **form,
    )
    return hiding.hidden_everywhere(made, marks.get(None, ()))


def _report(document):
    lead = (tree.Run(document.lead),) if document.lead else ()
    return {
        "cover": document.has_cover,
        "contents": document.has_contents,
        "date_line": document.date_line,
        "lead": lead,
        "mark_style": document.mark_style,
    }


def _letter(document):
    letter = document.letter
    facts = {name: getattr(letter, name) for name in LETTER_FACTS} | {"receivers": tuple(letter.receivers)}
    return {"form": "letter", "mark_style": "letter", "letter": tree.Letter(**facts)}


def mark_style(document):
    return "letter" if document.is_letter else document.mark_style


def attachments(document):
    return document.attachments.select_related("inspection")


def attachment_paper(attachment):
    """The filled checklist as a paper of its own."""
    return sheet.paper(for_composing().get(pk=attachment.inspection_id), attachment.title)


def attachment_papers(attachments):
    """Of several, in a fixed number of queries."""
    attachments = list(attachments)
    found = for_composing().filter(pk__in={each.inspection_id for each in attachments})
    found = found.prefetch_related("evidence")
    inspections = {inspection.pk: inspection for inspection in found}
    return [sheet.paper(inspections[each.inspection_id], each.title) for each in attachments]


def with_header(plain, header):
    """The paper of a signed content, under its header."""
    return replace(tree.paper_from(plain), header=header)


def rows(document, marks):
    """What is printed: a chart whose table was deleted is not. `marks`: by the id of their block."""
    blocks = [block for block in document.blocks.all() if not block.is_removed]
    tables_of = {str(block.pk): block.payload for block in blocks if block.kind == Block.Kind.TABLE}
    for block in blocks:
        if block.kind == Block.Kind.CHART:
            if drawn := tables_of.get(block.payload["of"]):
                # What is hidden in a table is hidden in its chart.
                laid = [*marks.get(block.payload["of"], ()), *marks.get(str(block.pk), ())]
                yield tree.Row(block.depth + 1, hiding.hidden(_chart(block, drawn), laid))
        elif block.runs or block.payload:
            yield tree.Row(block.depth + 1, hiding.hidden(node(block), marks.get(str(block.pk), ())))


def by_block(marks):
    """What is hidden, by the id of its block; under None what is hidden in all the paper."""
    found = {}
    for mark in marks:
        key = str(mark.block_id) if mark.block_id else None
        found.setdefault(key, []).append(hiding.Mark(mark.quote, mark.clause))
    return found


def node(block):
    content = {"table": tables.table_of, "photo": _photo}.get(block.kind)
    return tree.Node(
        id=str(block.pk),
        kind=block.kind,
        level=block.level,
        runs=tuple(tree.Run(text, clause) for text, clause in block.runs),
        **({block.kind: content(block.payload)} if content else {}),
    )


def _chart(block, table):
    drawn = charts.chart_of(tables.table_of(table), block.payload["columns"], block.payload["caption"])
    return tree.Node(id=str(block.pk), kind="table", level=block.level, table=drawn)


def header(document, steps, *, number="", approved_on=None):
    """The two boxes of the form; a name and its date stand where somebody has signed."""
    cells = [(step.act, cell) for step in steps for cell in _cells(step)]
    return tree.Header(
        number=number or document.number_text,
        approved_on=approved_on or document.approved_on,
        disclosure=disclosure(document),
        policy_number=document.policy_number,
        blank_column=settings.PAPER_BLANK_COLUMN,
        approvals=tuple(cell for act, cell in cells if act != Act.CONCUR),
        concurrences=tuple(cell for act, cell in cells if act == Act.CONCUR),
    )


def disclosure(document):
    """대시민공개 · 부분공개(5,7)"""
    clauses = f"({','.join(document.clauses)})" if document.clauses else ""
    return f"{Document.Disclosure(document.disclosure).label}{clauses}"


def local(moment):
    return timezone.localtime(moment)


def local_day(moment):
    return timezone.localdate(moment)


def _cells(step):
    """One cell; two where a deputy decides in a matter of 전결: 전결 in the one, 대결 in the deputy's."""
    is_signed = step.status == ApprovalStep.Status.SIGNED
    signature = {"name": step.name, "signed_on": local_day(step.acted_at)} if is_signed else {}
    if not step.is_delegated:
        yield tree.ApprovalCell(step.position, mode=step.stood_in, mark=step.mark, **signature)
    elif step.stood_in == Absence.Mode.DEPUTY:
        yield tree.ApprovalCell(step.position, mode="전결", mark=step.mark)
        yield tree.ApprovalCell(step.deputy_position, mode="대결", **signature)
    else:
        yield tree.ApprovalCell(step.position, mode="전결", mark=step.mark, **signature)


def _attachment_content(attachment):
    """A generated one is its paper, an uploaded one the hash of its file; one that goes apart is its name."""
    told = {name: getattr(attachment, name) for name in ("title", "copies", "clauses")}
    told |= {"id": attachment.pk} | _closing(attachment)
    if attachment.kind == Attachment.Kind.CHECKLIST:
        return told | {"paper": tree.to_plain(attachment_paper(attachment))}
    return told | {"file": attachment.file_sha256}


def _closing(attachment):
    """Why it is kept from the public and until when, where that was said: older papers keep their hash."""
    found = {"reason": attachment.closed_reason, "review_on": attachment.review_on}
    return {name: str(value) for name, value in found.items() if value}


def _photo(payload):
    return tree.Photo(payload["sha256"], payload["alt"], payload.get("caption", ""))
