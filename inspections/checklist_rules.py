"""What keeps a sheet from being published. The sentences are for the person who edits it."""

from dataclasses import dataclass

from inspections.models import Answer, ChecklistItem, Indicator

Type = ChecklistItem.AnswerType
Rule = ChecklistItem.Rule
TICK_OPTIONS = 2


@dataclass(frozen=True)
class Problem:
    text: str
    indicator: Indicator | None = None
    item: ChecklistItem | None = None


def problems(checklist):
    """Everything that is missing or contradicts itself; empty if the sheet may be published."""
    indicators = list(checklist.indicators.prefetch_related("items"))
    if not indicators:
        return [Problem("지표가 하나도 없습니다. 지표를 더하거나 엑셀로 올려 주세요.")]
    return [
        *(problem for indicator in indicators for problem in _of_indicator(indicator)),
        *_doubled_codes(indicators),
    ]


def item_faults(item):
    """What is wrong with one item by itself."""
    checks = [_of_options(item), _of_score(item), _of_standard(item), _of_rules(item)]
    if item.weight is None or item.weight <= 0:
        checks.append("가중치는 0보다 커야 합니다.")
    return [fault for fault in checks if fault]


def _of_indicator(indicator):
    items = list(indicator.items.all())
    if not items and not indicator.viewpoint_lines:
        yield Problem(
            f"‘{indicator}’에 점검항목이 없습니다. 항목 없이 서술로만 점검하려면 점검사항을 적어 주세요.",
            indicator,
        )
    for item in items:
        for fault in item_faults(item):
            yield Problem(f"{item.code}: {fault}", indicator, item)


def _doubled_codes(indicators):
    seen = {}
    for item in (item for indicator in indicators for item in indicator.items.all()):
        if item.code in seen:
            text = f"항목 코드 {item.code}이(가) 두 번 쓰였습니다. 점검표 안에서 하나뿐이어야 합니다."
            yield Problem(text, item.indicator, item)
        seen[item.code] = item


def _of_options(item):
    names = [option[0] for option in item.options]
    if item.answer_type not in {Type.TICK, Type.VERDICT}:
        return "선택지는 ‘적정/부적정’과 ‘둘 중 하나 표시’에만 적습니다." if names else ""
    if item.answer_type == Type.TICK and len(names) != TICK_OPTIONS:
        return "‘둘 중 하나 표시’에는 선택지가 꼭 둘이어야 합니다. 예: 검토완료=적정, 해당없음=판정 없음"
    if len(set(names)) != len(names):
        return "선택지의 이름이 서로 달라야 합니다."
    if any(verdict not in Answer.Verdict.values for _, verdict in item.options):
        return "선택지의 판정은 적정, 부적정, 판정 없음 가운데 하나여야 합니다."
    return ""


def _of_score(item):
    if item.answer_type == Type.SCORE:
        return "" if item.max_score and item.max_score > 0 else "점수 항목에는 0보다 큰 만점을 적어야 합니다."
    return "만점은 점수 항목에만 적습니다." if item.max_score is not None else ""


def _of_standard(item):
    if item.answer_type != Type.NUMBER:
        has_standard = item.standard is not None or item.comparison
        return "기준값과 비교는 수치 항목에만 적습니다." if has_standard else ""
    if item.standard is not None and not item.comparison:
        return "기준값이 있으면 이상인지 이하인지 정해야 합니다."
    return "비교만 있고 기준값이 없습니다." if item.comparison and item.standard is None else ""


def _of_rules(item):
    never_fails = item.answer_type in {Type.PROSE, Type.SCORE} or (
        item.answer_type == Type.NUMBER and item.standard is None
    )
    if never_fails and Rule.ON_FAIL in {item.evidence_rule, item.note_rule}:
        return "부적정이 될 수 없는 항목이라 ‘부적정일 때 필수’를 쓸 수 없습니다."
    return ""
