"""The record of a contractor as a paper: a table for each kind, for the assembly's request."""

from notation import dates
from reports.contractor_record import KINDS
from reports.tables import table_of
from reports.tree import Node, Paper, Run

HEAD = ["연번", "날짜", "점검대상", "내용", "금액", "상태", "부서"]


def paper(contractor, record, since, until, made_on):
    body = [_table(kind, record.of_kind(kind)) for kind in KINDS if record.of_kind(kind)]
    span = f"{since}년" if since == until else f"{since}년 ~ {until}년"
    facts = (("수탁기관", str(contractor)), ("기간", span), ("만든 날", dates.long_date(made_on)))
    nothing = Node("nothing", "line", 1, (Run("이 기간에 기록이 없음"),))
    return Paper(title=f"{contractor} 점검 기록", form="empty", facts=facts, body=tuple(body or [nothing]))


def _table(kind, rows):
    table = [
        [str(number), dates.long_date(row.day), row.subject or "-", row.told, row.cells[4] or "-",
         row.state or "-", row.office]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    payload = {"caption": f"{KINDS[kind]} {len(rows)}건", "unit": "", "rows": [HEAD, *table]}
    return Node(f"record-{kind}", "table", 1, table=table_of(payload))
