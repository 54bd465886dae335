"""확인서·문답서 as a sheet of paper, to be signed on it."""

from notation import dates
from reports.composing.sheet import facts
from reports.tables import table_of
from reports.tree import Node, Paper, Run

CONFIRMED = "위 내용이 사실과 다름없음을 확인합니다."
SIGNATURE = {"caption": "서명", "unit": "", "rows": [["구분", "직위", "성명", "서명"]]}


def paper(statement):
    inspection = statement.inspection
    body = [
        _line(f"text-{number}", text)
        for number, text in enumerate(statement.text.splitlines())
        if text.strip()
    ]
    for number, (question, answer) in enumerate(statement.questions, 1):
        body += [
            _line(f"question-{number}", f"문 {number}. {question}"),
            _line(f"answer-{number}", f"답 {number}. {answer}"),
        ]
    body.append(_line("confirmed", CONFIRMED))
    body.append(_line("day", dates.long_date(statement.created_on)))
    rows = [*SIGNATURE["rows"], ["확인자", statement.position, statement.name or " ", " "]]
    body.append(Node("signature", "table", 1, table=table_of(SIGNATURE | {"rows": rows})))
    title = f"{inspection.subject} {statement.get_kind_display()}"
    return Paper(title=title, form="empty", facts=tuple(facts(inspection)), body=tuple(body))


def _line(key, text):
    return Node(key, "text", 1, (Run(" ".join(text.split())),))
