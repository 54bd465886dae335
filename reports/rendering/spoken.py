"""A Paper as text to be heard: marks and boxes are said in words, a table row by row with its headings.

Every word of the paper is there, in its order; only marks that a voice would read as signs become words.
"""

from reports import numbering
from reports.rendering import letter
from reports.rendering.header import approval_cells, concurrences, header_values
from reports.tree import Table, laid_out, walk

SIGNED = {"□": "큰 항목", "○": "항목", "ㅇ": "항목", "❍": "항목", "-": "세부 항목", "·": "작은 항목"}


def render_spoken(paper):
    return "\n".join(line.rstrip() for line in _lines(paper) if line) + "\n"


def _lines(paper):
    if paper.letter:
        yield from _letter_head(paper)
    yield f"제목: {paper.title}"
    if paper.header and not paper.letter:
        yield from _header(paper.header)
    if paper.date_line:
        yield paper.date_line
    yield " ".join(filter(None, (paper.office, paper.department)))
    for label, value in paper.facts:
        yield f"{label}: {value}"
    yield from _contents(numbering.contents(paper))
    yield "".join(run.text for run in paper.lead)
    marks, end_after = numbering.marks(paper), numbering.end_after(paper)
    for _, node in walk(paper.body):
        yield from SPEAKERS.get(node.kind, _line)(node, marks.get(node.id, ""))
        if node.id == end_after:
            yield numbering.END
    for line in numbering.attachment_lines(paper.attachments):
        yield " ".join(filter(None, ("붙임", line.mark, line.text, line.end)))
    if numbering.ends_alone(paper):
        yield numbering.END
    if paper.letter:
        yield from _letter_foot(paper)


def _letter_head(paper):
    yield f"보내는 기관: {paper.letter.organisation}"
    for label, value in letter.head_rows(paper):
        yield f"{label.strip('()')}: {value or '없음'}"


def _letter_foot(paper):
    sender, seal = letter.sender(paper)
    yield f"보내는 사람: {sender} {seal.strip('[]')}".rstrip()
    if receivers := letter.receivers(paper):
        yield f"수신자: {receivers}"
    yield from letter.foot_lines(paper)


def _header(header):
    for label, value in header_values(header):
        yield f"{label}: {value or '없음'}"
    for cell in approval_cells(header.approvals):
        yield f"결재 {cell['position'].lstrip('★◉')}: {cell['name'] or '서명 전'} {cell['above']}"
    if header.concurrences:
        yield f"{header.labels[4]}: {concurrences(header.concurrences)}"


def _contents(lines):
    if lines:
        yield f"{numbering.CONTENTS}: {len(lines)}개 항목"
    yield from (line.text for line in lines)


def _line(node, mark):
    yield f"{SIGNED[mark]}: {node.text}" if mark in SIGNED else f"{mark} {node.text}".strip()


def _heading(node, mark):
    told = "" if mark in SIGNED else f" {mark}"
    yield f"제목 {node.level}단계{told}: {node.text}"


def _note(node, _mark):
    yield f"참고: {node.text}"


def _box(node, _mark):
    yield f"소제목: {node.text.strip('〈〉 ')}"


def _photo(node, _mark):
    yield f"사진: {node.photo.alt}"
    if node.photo.caption not in ("", node.photo.alt):
        yield f"사진 설명: {node.photo.caption}"


def _table(node, _mark):
    table = node.table
    size = f"{table.columns}열 {len(table.rows)}행"
    yield " ".join(filter(None, (f"표: {table.caption}".rstrip(": "), table.unit, f"({size})")))
    heads = _heads(table)
    rows = {}
    for row, column, cell in laid_out(table.rows):
        head = heads.get(column, "")
        rows.setdefault(row, []).append(f"{head} {cell.text or '빈칸'}".strip())
    yield from (f"{number + 1}행: {', '.join(cells)}" for number, cells in rows.items())
    yield "표 끝"


def _heads(table: Table):
    """Column → its headings from above, those over several columns first."""
    heads = {}
    for _, column, cell in laid_out(table.head):
        for each in range(column, column + cell.colspan):
            heads[each] = f"{heads.get(each, '')} {cell.text}".strip()
    return heads


SPEAKERS = {"heading": _heading, "note": _note, "box": _box, "photo": _photo, "table": _table}
