"""What 별지 제1호서식 prints around the body; every rendering asks here, so that none disagrees."""

from notation import dates
from reports.rendering.header import approval_cells, concurrences
from reports.tree import Header

SEALS = {"": "", "place": "[직인]", "omitted": "[직인생략]"}
SEVERAL = "수신자 참조"
GAP = "  "


def head_rows(paper):
    """수신, (경유): what stands above the title, label and value."""
    receivers = paper.letter.receivers
    return [("수신", SEVERAL if len(receivers) > 1 else "".join(receivers)), ("(경유)", paper.letter.via)]


def sender(paper):
    """(발신명의, the place of the seal)"""
    return paper.letter.sender, SEALS[paper.letter.seal]


def receivers(paper):
    """All of them, below the sender, where there are several."""
    several = paper.letter.receivers if len(paper.letter.receivers) > 1 else ()
    return ", ".join(several)


def foot_lines(paper):
    """Who drafted, reviewed and decided (without labels), 협조자, 시행 and 접수, and where to reach us."""
    header, letter = paper.header or Header(), paper.letter
    yield GAP.join(signer(cell) for cell in approval_cells(header.approvals))
    yield f"협조자{GAP}{concurrences(header.concurrences)}".strip()
    day = f" ({dates.long_date(header.approved_on)})" if header.approved_on else ""
    yield f"시행{GAP}{header.number}{day}".strip()
    yield "접수"
    yield " / ".join(filter(None, (letter.address, letter.homepage)))
    numbers = (("전화", letter.phone), ("전송", letter.fax))
    told = GAP.join(f"{label} {value}" for label, value in numbers if value)
    yield " / ".join(filter(None, (told, letter.email, header.disclosure)))


def signer(cell):
    """주무관 김가나, and for the last 공정경제담당관 전결 01/14 박마바"""
    return " ".join(filter(None, (cell["position"], cell["above"], cell["name"])))
