"""Letters after a visit: 결과통지, 시정요구, 처분사전통지 and 업무협조 요청."""

from inspections.models import Action, Finding
from notation import money
from reports.composing import dispositions, findings
from reports.composing.letters import (
    ITEM,
    SUB,
    TOP,
    actions,
    addressees,
    day,
    deadline,
    due,
    opening,
    prefix,
    when,
)  # fmt: skip
from reports.composing.line import Line

OPINION_DAYS = 14  # to be heard; 행정절차법 제21조제3항 asks for at least ten
ACTIONS_HEAD = ("연번", "시정할 사항", "기한", "금액")
ASKED_HEAD = ("연번", "요청 사항", "기한")


def outcome(sources):
    yield from opening(sources)
    text = f"{sources.what}에 대하여 실시한 지도·점검 결과를 다음과 같이 알려 드립니다."
    yield Line("letter:main", text, 0, "line", TOP)
    yield Line("letter:when", f"점검일시: {when(sources)}", 1, "line", ITEM)
    yield from _found(sources)
    yield from dispositions.result(sources)
    if actions(sources, Action.Owner.CONTRACTOR):
        yield Line("letter:actions", "조치할 사항", 1, "line", ITEM)
        yield _action_table(sources)


def correction(sources):
    yield from opening(sources)
    text = "지도·점검에서 확인된 다음 사항을 시정하고 그 결과를 증빙자료와 함께 제출하여 주시기 바랍니다."
    yield Line("letter:main", text, 0, "line", TOP)
    yield Line("letter:what", f"점검대상: {sources.what}", 1, "line", ITEM)
    yield Line("letter:actions", "시정할 사항", 1, "line", ITEM)
    yield _action_table(sources)
    days = [action.due_on for _, action in actions(sources, Action.Owner.CONTRACTOR) if action.due_on]
    if days:
        yield Line("letter:due", f"결과 제출기한: {day(max(days))}", 1, "line", ITEM)


def hearing(sources):
    """처분사전통지: what 행정절차법 제21조제1항 wants said before a disposition."""
    yield from opening(sources)
    text = (
        "「행정절차법」 제21조제1항에 따라 다음과 같이 처분할 예정임을 미리 알려 드리니, "
        "의견이 있으면 기한까지 제출하여 주시기 바랍니다."
    )
    yield Line("letter:main", text, 0, "line", TOP)
    yield Line("letter:title", f"처분의 제목: {sources.what} 지도·점검 결과에 따른 처분", 1, "line", ITEM)
    yield Line("letter:party", f"당사자: {', '.join(addressees(sources))}", 1, "line", ITEM)
    yield Line("letter:facts", "처분의 원인이 되는 사실", 1, "line", ITEM)
    for finding in _faults(sources):
        yield Line(f"letter:fact:{finding.pk}", findings.told(finding), 2, "line", SUB)
    yield Line("letter:disposition", "처분하려는 내용", 1, "line", ITEM)
    if dispositions.announced(sources):
        yield from dispositions.demanded(sources)
    else:
        for _, action in actions(sources, Action.Owner.CONTRACTOR):
            yield Line(f"letter:disposition:{action.pk}", _demand(action), 2, "line", SUB)
    if grounds := dispositions.grounds(sources) or sources.grounds:
        yield Line("letter:grounds", f"법적 근거: {', '.join(grounds)}", 1, "line", ITEM)
    yield Line("letter:opinion", "의견 제출", 1, "line", ITEM)
    yield Line("letter:opinion:to", f"제출할 곳: {sources.first.department}", 2, "line", SUB)
    yield deadline(sources, "제출기한", OPINION_DAYS, depth=2, level=SUB)
    text = "기한까지 의견을 제출하지 않으면 의견이 없는 것으로 보고 처분합니다."
    yield Line("letter:opinion:none", text, 2, "line", SUB)


def cooperation(sources):
    yield from opening(sources)
    asked = actions(sources, Action.Owner.OTHER)
    text = f"{sources.what} 지도·점검과 관련하여 다음 사항의 처리를 요청하니 협조하여 주시기 바랍니다."
    yield Line("letter:main", text, 0, "line", TOP)
    if not asked:
        yield Line("letter:asked", f"점검일시: {when(sources)}", 1, "line", ITEM)
        return
    rows = [
        [str(number), f"{prefix(sources, inspection)}{' '.join(action.text.split())}", due(action)]
        for number, (inspection, action) in enumerate(asked, 1)
    ]
    payload = {"caption": "협조할 사항", "unit": "", "rows": [list(ASKED_HEAD), *rows]}
    yield Line("letter:asked", "", 1, "table", payload=payload)


def _found(sources):
    """The headlines of what was found, with the faults below them."""
    yield Line("letter:found", "점검결과", 1, "line", ITEM)
    told = [
        Line(f"letter:found:{finding.pk}", f"{prefix(sources, each)}{findings.told(finding)}", 2, "line", SUB)
        for each in sources.inspections
        for finding in each.findings.all()
        if finding.text.strip() and _is_told(finding)
    ]
    yield from told or [Line("letter:found:none", "지적사항 없음", 2, "line", SUB)]


def _is_told(finding):
    if finding.kind in (Finding.Kind.FAULT, Finding.Kind.IMPROVE):
        return True
    return finding.section == Finding.Section.INDICATOR and finding.level == Finding.Level.HEADLINE


def _faults(sources):
    for inspection in sources.inspections:
        for finding in inspection.findings.all():
            if finding.kind == Finding.Kind.FAULT and finding.text.strip():
                yield finding


def _action_table(sources):
    rows = [
        [str(number), f"{prefix(sources, inspection)}{' '.join(action.text.split())}", due(action),
         money.formal(action.won) if action.won is not None else "-"]
        for number, (inspection, action) in enumerate(actions(sources, Action.Owner.CONTRACTOR), 1)
    ]  # fmt: skip
    if all(row[3] == "-" for row in rows):
        rows = [row[:3] for row in rows]
    head = list(ACTIONS_HEAD[: len(rows[0]) if rows else None])
    payload = {"caption": "조치 요구", "unit": "", "rows": [head, *rows]}
    return Line("letter:action-table", "", 2, "table", payload=payload)


def _demand(action):
    text = " ".join(action.text.split())
    return text if action.won is None else f"{text} ({money.formal(action.won)})"
