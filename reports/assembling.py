"""Rows → Paper: what renderers print and what signatures are bound to."""

import hashlib
import re
from dataclasses import replace
from itertools import zip_longest

from django.conf import settings
from django.utils import timezone

from reports import tree
from reports.composing import sheet
from reports.correspondence import LETTER_FACTS
from reports.drafting import for_composing
from reports.models import Absence, ApprovalStep, Document

FIGURE = re.compile(r"^[△+-]?[\d,]+(\.\d+)?%?$")
DATE = re.compile(r"\d+\. \d+\. \d+\.")
SHORT = 6  # letters of a cell that may stand in the middle
# Of a table, in halves of a Korean letter: a column, what stands beside its text, a whole line.
NARROWEST, WIDEST, PADDING, LINE = 6, 40, 3, 88
COUNTERS = {"연번", "순번", "번호"}  # a column of mere counting stands in the middle
BOUND_FACTS = [
    "kind", "title", "registered_title", "disclosure", "clauses", "retention", "classification",
    "control_number", "policy_number",
]  # fmt: skip
Act = ApprovalStep.Act


def content(document):
    """All that a signature stands for, as JSON: the paper without its header, heading facts, attachments."""
    return {
        "paper": tree.to_plain(paper(document)),
        "facts": {name: getattr(document, name) for name in BOUND_FACTS},
        "attachments": [_attachment_content(each) for each in attachments(document)],
    }


def digest(plain):
    return hashlib.sha256(tree.canonical(plain).encode()).hexdigest()


def paper(document, header=None):
    form = _letter(document) if document.is_letter else _report(document)
    return tree.Paper(
        title=document.title,
        header=header,
        office=str(document.department.bureau or ""),
        department=str(document.department),
        body=tree.nest(rows(document)),
        attachments=tuple(tree.Attachment(each.title, each.copies) for each in document.attachments.all()),
        **form,
    )


def _report(document):
    lead = (tree.Run(document.lead),) if document.lead else ()
    return {
        "cover": document.has_cover,
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


def with_header(plain, header):
    """The paper of a signed content, under its header."""
    return replace(tree.paper_from(plain), header=header)


def rows(document):
    for block in document.blocks.all():
        if not block.is_removed and (block.runs or block.payload):
            yield tree.Row(block.depth + 1, node(block))


def node(block):
    content = {"table": _table, "photo": _photo}.get(block.kind)
    return tree.Node(
        id=str(block.pk),
        kind=block.kind,
        level=block.level,
        runs=tuple(tree.Run(text, clause) for text, clause in block.runs),
        **({block.kind: content(block.payload)} if content else {}),
    )


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
    return {
        "id": attachment.pk,
        "title": attachment.title,
        "copies": attachment.copies,
        "clauses": attachment.clauses,
        "paper": tree.to_plain(attachment_paper(attachment)),
    }


def _table(payload):
    rows = payload["rows"] or [[""]]
    head, *body = rows
    columns = list(zip_longest(*rows, fillvalue=""))
    aligns = [_align(*column, counted=bool(payload.get("unit"))) for column in columns]
    return tree.Table(
        caption=payload.get("caption", ""),
        unit=_unit(payload.get("unit", "")),
        widths=_widths(columns),
        head=(tuple(tree.Cell((tree.Run(text),), head=True, align="center") for text in head),),
        rows=tuple(
            tuple(
                tree.Cell((tree.Run(text),) if text else (), align=align)
                for text, align in zip(row, aligns, strict=False)
            )
            for row in body
        ),
    )


def _unit(text):
    """(단위: 건), as it stands above a table; what was typed in full stays."""
    return text if not text or "단위" in text else f"(단위: {text})"


def _align(head, *texts, counted=False):
    """A column of figures stands at the right with the - of its zeros, one of short words in the middle.

    In a table that counts something, with a unit, a column of zeros alone is one of figures.
    """
    if head in COUNTERS:
        return "center"
    said = [text for text in texts if text not in ("", "-")]
    if (said or (counted and "-" in texts)) and all(FIGURE.match(text) for text in said):
        return "right"
    return "left" if any(len(text) > SHORT for text in said) else "center"


def _widths(columns):
    """As wide as the longest text of each wants it; where not all fit, no word or date is broken."""
    wanted = [min(max(map(_halves, column)), WIDEST) for column in columns]
    wanted = [max(width, NARROWEST) + PADDING for width in wanted]
    excess = sum(wanted) - LINE
    if excess <= 0:
        return tuple(wanted)
    least = [
        min(max(_halves(word) for text in column for word in _words(text)), WIDEST) + PADDING
        for column in columns
    ]
    spare = [max(width - need, 0) for width, need in zip(wanted, least, strict=True)]
    given_up = min(excess / sum(spare), 1) if any(spare) else 0
    return tuple(round(width - over * given_up) for width, over in zip(wanted, spare, strict=True))


def _words(text):
    """What should not be broken: words, and a date as a whole."""
    return DATE.sub(lambda date: date[0].replace(" ", "_"), text).split() or [""]


def _halves(text):
    """The width of a text in halves of a Korean letter."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def _photo(payload):
    return tree.Photo(payload["sha256"], payload["alt"], payload.get("caption", ""))
