"""What keeps a sheet from being published. The sentences are for the person who edits it."""

from dataclasses import dataclass

from inspections.answer_rules import ANSWER_FIELD, MEASURED, WITH_OPTIONS, Rule, Type, options_of
from inspections.models import Answer, ChecklistItem, Indicator

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
    checks = [_of_options(item), _of_parts(item), _of_score(item), _of_standard(item), _of_rules(item)]
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
    for place, item in enumerate(items):
        for fault in filter(None, [*item_faults(item), _of_following(item, items[:place])]):
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
    if item.answer_type not in WITH_OPTIONS:
        return "선택지는 고르는 답의 항목에만 적습니다." if names else ""
    if item.answer_type == Type.CHOICE and len(names) < TICK_OPTIONS:
        return "‘여럿 중 하나’에는 선택지를 둘 이상 적어야 합니다. 예: 적합=적정, 부적합=부적정"
    if item.answer_type == Type.TICK and len(names) != TICK_OPTIONS:
        return "‘둘 중 하나 표시’에는 선택지가 꼭 둘이어야 합니다. 예: 검토완료=적정, 해당없음=판정 없음"
    if len(set(names)) != len(names):
        return "선택지의 이름이 서로 달라야 합니다."
    if any(verdict not in Answer.Verdict.values for _, verdict in item.options):
        return "선택지의 판정은 적정, 부적정, 판정 없음 가운데 하나여야 합니다."
    return ""


def _of_parts(item):
    if ANSWER_FIELD[item.answer_type] != "cells":
        return "물음·칸은 ‘여러 물음’과 ‘표’에만 적습니다." if item.parts or item.rows else ""
    if not item.parts:
        return "‘여러 물음’과 ‘표’에는 물음이나 칸을 한 줄에 하나씩 적어야 합니다."
    if item.rows and item.answer_type == Type.BUNDLE:
        return "표의 줄은 ‘표’에만 적습니다."
    if any(len(set(names)) != len(names) for names in (item.parts, item.rows)):
        return "물음·칸과 줄의 이름이 서로 달라야 합니다."
    return ""


def _of_following(item, before):
    """An item that depends on another stands behind it, so that nobody looks for what has no answer yet."""
    if not item.follows:
        return "보이는 답만 있고 앞 항목이 없습니다." if item.follows_if else ""
    first = next((one for one in before if one.code == item.follows), None)
    if first is None:
        return f"앞 항목 {item.follows}이(가) 같은 지표의 앞쪽에 없습니다."
    if ANSWER_FIELD[first.answer_type] != "choice":
        return f"앞 항목 {item.follows}은(는) 하나를 고르는 항목이어야 합니다."
    if first.is_per_site and not item.is_per_site:
        return f"앞 항목 {item.follows}은(는) 장소마다 묻습니다. 이 항목도 장소마다 물어야 합니다."
    if not item.follows_if:
        return "앞 항목이 어떤 답일 때 보이는지 적어 주세요."
    unknown = [name for name in item.follows_if if name not in dict(options_of(first))]
    return f"앞 항목 {item.follows}에 없는 답입니다: {', '.join(unknown)}" if unknown else ""


def _of_score(item):
    if item.answer_type == Type.SCORE:
        return "" if item.max_score and item.max_score > 0 else "점수 항목에는 0보다 큰 만점을 적어야 합니다."
    return "만점은 점수 항목에만 적습니다." if item.max_score is not None else ""


def _of_standard(item):
    if item.answer_type not in MEASURED:
        has_standard = item.standard is not None or item.comparison
        return "기준값과 비교는 수치와 금액 항목에만 적습니다." if has_standard else ""
    if item.standard is not None and not item.comparison:
        return "기준값이 있으면 이상인지 이하인지 정해야 합니다."
    return "비교만 있고 기준값이 없습니다." if item.comparison and item.standard is None else ""


def _of_rules(item):
    can_fail = item.standard is not None or any(verdict == "fail" for _, verdict in options_of(item))
    if not can_fail and Rule.ON_FAIL in {item.evidence_rule, item.note_rule}:
        return "부적정이 될 수 없는 항목이라 ‘부적정일 때 필수’를 쓸 수 없습니다."
    return ""
