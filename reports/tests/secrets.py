"""Papers that hide words of every kind in every place, and a search for these words in any bytes.

SECRET stands in stretches, cells, photographs and attachments that carry a clause; WORD, which is hidden in
all the paper, stands in any text, also in those that carry none: titles, captions, names, the letterhead.
"""

import base64
import html
import json
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from urllib.parse import quote

import pikepdf
from hypothesis import strategies as st

from reports import hiding
from reports.redacting import UNREAD
from reports.tests import papers
from reports.tests.reading import text_of_pdf
from reports.tree import Node, Photo, Run, Table

SECRET, WORD = "뷁숨김튥", "뀱전체뒗"
OTHERS = {SECRET: "뷁아주다르고훨씬긴비밀의말튥", WORD: "뀱다른뒗"}  # hidden in the same places instead
HIDDEN_PHOTO = "f" * 64


@st.composite
def hiding_papers(draw):
    """A random paper in which some of everything is hidden; the same draws hide the same places."""
    paper = draw(papers.random_papers(papers.PRINTABLE))
    body = tuple(_node(draw, node) for node in paper.body)
    if draw(st.booleans()):
        photo = Photo(HIDDEN_PHOTO, f"{SECRET} 곁", f"사진 {SECRET}", clause="6")
        body = (*body, Node("hidden-photo", "photo", photo=photo))
    attachments = tuple(
        replace(each, title=f"{SECRET} 명단", clause="7") if draw(st.booleans()) else each
        for each in paper.attachments
    )
    paper = replace(paper, body=body, lead=_runs(draw, paper.lead), attachments=attachments)
    paper = _sprinkled(draw, paper)
    return hiding.hidden_everywhere(paper, [hiding.Mark(WORD, "7")])


def _node(draw, node):
    table = _table(draw, node.table) if node.table else None
    children = tuple(_node(draw, child) for child in node.children)
    return replace(node, runs=_runs(draw, node.runs), table=table, children=children)


def _table(draw, table: Table):
    rows = tuple(tuple(replace(cell, runs=_runs(draw, cell.runs)) for cell in row) for row in table.rows)
    if draw(st.integers(0, 3)) == 0:  # all of it, caption and unit, too
        rows = tuple(tuple(replace(cell, runs=_shut(cell.runs)) for cell in row) for row in rows)
        return replace(table, rows=rows, caption=f"{SECRET} 표", unit=f"(단위: {SECRET})", clause="7")
    return replace(table, rows=rows)


def _runs(draw, runs):
    return tuple(_run(draw, run) for run in runs)


def _run(draw, run):
    if draw(st.booleans()):
        return run
    return Run(f"{SECRET}{draw(st.integers(0, 9))}", draw(st.sampled_from("5678")))


def _shut(runs):
    return tuple(Run(run.text, run.clause or "7") for run in runs)


def _sprinkled(draw, value):
    """WORD before some of all texts that somebody reads."""
    if isinstance(value, str):
        return f"{WORD} {value}" if value and draw(st.integers(0, 3)) == 0 else value
    if isinstance(value, tuple):
        return tuple(_sprinkled(draw, each) for each in value)
    if not is_dataclass(value):
        return value
    read = [
        each.name for each in fields(value) if each.name not in UNREAD | {"labels", "receivers", "hidden"}
    ]
    return replace(value, **{name: _sprinkled(draw, getattr(value, name)) for name in read})


def with_other_secrets(value):
    """The same paper hiding other words of another length."""
    if isinstance(value, str):
        for word, other in OTHERS.items():
            value = value.replace(word, other)
        return value
    if isinstance(value, tuple):
        return tuple(with_other_secrets(each) for each in value)
    if not is_dataclass(value):
        return value
    return replace(
        value, **{each.name: with_other_secrets(getattr(value, each.name)) for each in fields(value)}
    )


# Looking --------------------------------------------------------------------------------------------------


def leaks(content):
    """The hidden words that these bytes hold, however they are written."""
    return [word for word in (SECRET, WORD) if any(form in content for form in forms_of(word))]


def forms_of(word):
    """As text and as programs write it: JSON, HTML, addresses, mail headers, PDF strings."""
    yield from (word.encode(name) for name in ("utf-8", "utf-16-be", "utf-16-le"))
    escaped = json.dumps(word)[1:-1]
    entities = "".join(f"&#{ord(letter)};" for letter in word), "".join(f"&#x{ord(each):x};" for each in word)
    for text in (escaped, escaped.upper().replace("\\U", "\\u"), *entities, quote(word), html.escape(word)):
        yield text.encode()
    yield word.encode("utf-16-be").hex().upper().encode()
    # Three shifts: where in the base64 text of a whole the word may begin.
    yield from (base64.b64encode(b"\0" * shift + word.encode())[4:-4] for shift in range(3))


def laid_open(pdf):
    """All that a PDF holds: its bytes, its streams decoded, what is read of it, its outline and metadata."""
    with pikepdf.open(BytesIO(pdf)) as document:
        streams = [each.read_bytes() for each in document.objects if _is_readable(each)]
        outline = " ".join(str(item.title) for item in document.open_outline().root)
        about = f"{document.docinfo!r} {outline} {document.attachments!r}"
    return b"\n".join([pdf, *streams, about.encode(), text_of_pdf(pdf).encode()])


def _is_readable(found):
    return isinstance(found, pikepdf.Stream) and str(found.get("/Filter", "")) != "/DCTDecode"
