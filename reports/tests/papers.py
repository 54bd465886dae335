"""Sample papers for the tests of the tree and the renderers: shaped like a real report, all invented."""

import datetime as dt
import hashlib
from dataclasses import replace
from functools import cache
from io import BytesIO

from hypothesis import strategies as st
from PIL import Image, ImageDraw

from reports.numbering import STYLES
from reports.tree import (
    MARKED_KINDS,
    ApprovalCell,
    Attachment,
    Cell,
    Header,
    Letter,
    Node,
    Paper,
    Photo,
    Row,
    Run,
    Table,
    nest,
)

HEADER = Header(
    number="생활경제담당관-412",
    approved_on=dt.date(2021, 3, 9),
    disclosure="부분공개(5,7)",
    blank_column="시민",
    approvals=(
        ApprovalCell("주무관", "김가나", dt.date(2021, 3, 8), mark="★"),
        ApprovalCell("소비자지원팀장", "이다라", dt.date(2021, 3, 8)),
        ApprovalCell("생활경제담당관", "박마바", dt.date(2021, 3, 9)),
    ),
)

OUTLINE = """\
1 heading 1 점검개요
2 line 2 점검일시: ’20. 12. 30.(수)
3 note 0 당초 ’20. 12. 17.(목) 예정이었으나 입주 건물의 감염병 확진자 발생과 건물 폐쇄로 연기
2 line 2 점검대상
3 line 4 수탁기관: (사)가온소비자모임
3 line 4 대상기간: ’20. 1. 1. ~ ’20. 12월 현재
2 line 2 점 검 자: 소비자지원팀 2인 (담당자 외 1인)
2 line 2 점검방법: 지도·점검 점검표로 일반운영과 운영성과를 점검
1 heading 1 주요 점검내용 및 결과
2 heading 2 일반운영 분야
3 line 3 공통지표(1): 회계관리(예산 관리 및 집행)
4 line 4 위탁금을 목적에 맞게 집행하는지 등 위탁금 관리
4 line 4 회계 규정을 지키고 증빙을 갖추었는지
4 box 0 점검결과
5 line 1 사업계획에 따라 시행한 뒤 집행하고 세금계산서, 입금확인증, 카드매출전표 등 증빙이 규정에 맞음
6 line 4 위탁금 전용 통장과 카드를 쓰며 지출결의서, 통장 내역, 증빙이 서로 같음
6 line 4 회계책임자를 두고 보조금관리시스템으로 집행하여 투명성과 효율성을 확보
3 line 3 공통지표(2): 고용(조직 및 인사관리)
4 box 0 점검결과
5 line 1 취업규칙에 따라 채용, 근태, 급여와 4대 보험을 적정하게 관리
6 line 4 노동 자문에서 지적된 사항을 모두 고침
7 line 5 연차를 잘못 부여 → 최근 3년치를 다시 계산하여 미사용 연차수당 지급(’20. 12. 9.)
7 line 5 법정의무교육 5종 미실시 → 모두 실시 완료
3 line 3 개별지표(2): 전문기술(안전 및 시설관리) 해당사항 없음
4 note 0 청사 14층 사무실로서 시(총무과)가 관리
2 heading 2 운영성과 분야
3 line 3 인력 및 자원 투입
4 box 0 점검결과
5 line 1 전공자를 채용하고 법조계·학계·산업계 전문가로 자문위원회(諮問委員會)를 구성
6 line 4 만족도 조사: 권고 표본 10%에 못 미치는 이용자의 8%를 조사, 평균 86.01점
1 heading 1 조치사항
2 line 3 미흡한 사항이 되풀이되지 않도록 주의를 당부
3 line 4 물품·용역 입찰은 나라장터를 이용
"""


def run(text):
    return (Run(text),)


def rows_of(outline=OUTLINE):
    rows = []
    for number, line in enumerate(outline.splitlines()):
        depth, kind, level, text = line.split(" ", 3)
        rows.append(Row(int(depth), Node(f"n{number}", kind, int(level), run(text))))
    return rows


def paper(**changes):
    """A report like the ones the product is for, with a cover, three signers and one attachment."""
    fields = {
        "title": "2020년 가온시 소비자지원센터 운영 민간위탁 지도·점검 결과보고",
        "header": HEADER,
        "cover": True,
        "date_line": "2021. 3.",
        "office": "경제정책실",
        "department": "생활경제담당관",
        "lead": run("「가온시 소비자지원센터 운영」 위탁사무의 운영실태를 지도·점검하고 그 결과를 보고 드림"),
        "body": nest(rows_of()),
        "attachments": (Attachment("2020년 민간위탁 지도점검표"),),
    }
    return Paper(**fields | changes)


def cells(*texts, head=0):
    return tuple(
        Cell(run(text), head=number < head, align="center" if text.isdigit() else "left")
        for number, text in enumerate(texts)
    )


def table_node(rows=12, **changes):
    head = (
        (
            Cell(run("분야"), head=True, rowspan=2),
            Cell(run("항목"), head=True, rowspan=2),
            Cell(run("점검결과"), head=True, colspan=2),
        ),
        cells("적정", "개선", head=2),
    )
    body = tuple(
        cells("회계관리", f"{number}번 항목을 규정에 맞게 처리하는지 확인", "1", "0", head=1)
        for number in range(rows)
    )
    table = Table(caption="분야별 점검결과", unit="(단위: 건)", widths=(18, 52, 15, 15), head=head, rows=body)
    return Node("table", "table", table=table, **changes)


@cache
def photo(number):
    """(sha256, JPEG bytes) of a drawn picture."""
    image = Image.new("RGB", (1200, 900), (220 - 20 * number, 228, 236))
    ImageDraw.Draw(image).rectangle((150, 150, 1050 - 90 * number, 750), fill=(70, 90, 120 + 20 * number))
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=85)
    content = buffer.getvalue()
    return hashlib.sha256(content).hexdigest(), content


def photo_nodes(count=4):
    return tuple(
        Node(
            f"photo{number}",
            "photo",
            photo=Photo(photo(number)[0], f"상담실 {number}번 자리의 책상과 의자", f"상담실 {number}"),
        )
        for number in range(count)
    )


def images(count=4):
    return dict(photo(number) for number in range(count))


def long_paper(times=1):
    """About nine pages, or so many times as many: 60 table rows and 4 photographs."""
    outline = nest(
        Row(row.depth, Node(f"b{part}-{row.node.id}", row.node.kind, row.node.level, row.node.runs))
        for part in range(4 * times)
        for row in rows_of()
    )
    tables = tuple(replace(table_node(60), id=f"table{number}") for number in range(times))
    return paper(body=(*outline, *tables, *photo_nodes()))


def checklist(rows=6):
    """The filled sheet that goes with a report."""
    head = (cells("점검항목", "점검결과", "의견", head=3),)
    body = tuple(
        cells(f"{number}. 위탁금을 위탁 목적에 맞게 집행하는가", "적정", "세금계산서를 확인함")
        for number in range(rows)
    )
    tables = tuple(
        Node(
            f"t{number}", "table", table=Table(f"공통지표({number}): 회계관리", "", (50, 16, 34), head, body)
        )
        for number in (1, 2)
    )
    return Paper(
        form="checklist",
        title="2020년 민간위탁 지도점검표",
        facts=(("점검대상", "소비자지원센터 운영"), ("점검일시", "’20. 12. 30.(수) 14:00 ~ 17:00")),
        body=(Node("area", "heading", 1, run("일반운영 분야"), tables),),
    )


LETTER = Letter(
    organisation="가온시",
    receivers=("(사)가온소비자모임 대표",),
    sender="가온시장",
    seal="omitted",
    address="우 01234 가온시 가온대로 1",
    homepage="https://www.gaon.example",
    phone="02-000-0000",
    fax="02-000-0001",
    email="letters@gaon.example",
)
LETTER_OUTLINE = """\
1 line 1 관련: 생활경제담당관-412(2021. 3. 9.)
1 line 1 소비자지원센터 운영 지도·점검에서 지적된 사항을 다음과 같이 알려 드리니 바로잡아 주시기 바랍니다.
2 line 2 제출기한: 2021. 4. 9.(금)
2 line 2 시정할 사항
3 line 3 미사용 연차수당을 다시 계산하여 지급할 것
3 line 3 물품·용역 입찰은 나라장터를 이용할 것
"""


def letter(outline=LETTER_OUTLINE, *, to=LETTER.receivers, **changes):
    """A letter that demands corrections, in the strict style."""
    fields = {
        "form": "letter",
        "title": "소비자지원센터 운영 지도·점검 결과에 따른 시정 요구",
        "header": HEADER,
        "letter": replace(LETTER, receivers=to),
        "mark_style": "letter",
        "body": nest(rows_of(outline)),
        "attachments": (Attachment("시정 요구 목록"),),
    }
    return Paper(**fields | changes)


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)
TEXTS = WORDS.map(str.strip).filter(bool)
# What the fonts of the PDF have; without the - of its page numbers.
PRINTABLE = st.text(st.sampled_from("가나다라점검결과값쮕 019.,()·~%:A"), min_size=1, max_size=40)
PRINTABLE = PRINTABLE.map(str.strip).filter(bool)


@st.composite
def random_papers(draw, texts=TEXTS):
    """Any tree: every kind of node below any other, tables with merged cells, attachments or none."""
    rows, depth = [], 0
    for number in range(draw(st.integers(1, 12))):
        depth = draw(st.integers(1, min(depth + 1, 6)))
        kind = draw(st.sampled_from(["heading", "line", "note", "box", "text", "table"]))
        level = draw(st.integers(1, 8)) if kind in MARKED_KINDS else 0
        if kind == "table":
            node = Node(f"r{number}", kind, table=draw(random_tables(texts)))
        else:
            node = Node(f"r{number}", kind, level, run(draw(texts)))
        rows.append(Row(depth, node))
    attachments = tuple(Attachment(title) for title in draw(st.lists(texts, max_size=3)))
    fields = {"title": draw(texts), "body": nest(rows), "attachments": attachments}
    if draw(st.booleans()):
        return letter(to=tuple(draw(st.lists(texts, min_size=1, max_size=3))), **fields)
    return paper(mark_style=draw(st.sampled_from(sorted(STYLES))), **fields)


@st.composite
def random_tables(draw, texts):
    """A head with a cell over two columns, and rows of plain cells, the first of which may reach down."""
    columns = draw(st.integers(2, 5))
    wide = Cell(run(draw(texts)), head=True, colspan=2)
    head = (wide, *(Cell(run(draw(texts)), head=True) for _ in range(columns - 2)))

    def plain(count):
        return tuple(Cell(run(draw(texts))) for _ in range(count))

    rows = [plain(columns) for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        rows += [(Cell(run(draw(texts)), rowspan=2), *plain(columns - 1)), plain(columns - 1)]
    unit = draw(st.sampled_from(["", "(단위: 건)"]))
    if draw(st.booleans()):
        rows = [(*row[:-1], replace(row[-1], bar=draw(st.integers(0, 100)))) for row in rows]
    return Table(caption=draw(texts), unit=unit, head=(head,), rows=tuple(rows))
