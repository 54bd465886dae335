"""What an answer to an item may be and what it means. No query is made here."""

from dataclasses import dataclass
from decimal import Decimal

from inspections.models import Answer, ChecklistItem

Type = ChecklistItem.AnswerType
Rule = ChecklistItem.Rule

FIELDS = ("choice", "text", "number", "opinion", "is_not_applicable", "not_applicable_reason")
ANSWER_FIELD = {
    Type.VERDICT: "choice",
    Type.TICK: "choice",
    Type.PROSE: "text",
    Type.NUMBER: "number",
    Type.SCORE: "number",
}
EMPTY = {"choice": "", "text": "", "number": None}
DECIMALS = 3
LARGEST = Decimal(10) ** 12
VERDICT_OPTIONS = [["적정", Answer.Verdict.PASS], ["부적정", Answer.Verdict.FAIL]]


@dataclass(frozen=True)
class Given:
    """What somebody gave for one item, and the version of the answer it was made on (0: there was none)."""

    item: ChecklistItem
    version: int = 0
    choice: str = ""
    text: str = ""
    number: Decimal | None = None
    opinion: str = ""
    is_not_applicable: bool = False
    not_applicable_reason: str = ""

    @property
    def fields(self):
        return {name: getattr(self, name) for name in FIELDS}


NOTHING = Given(item=None).fields


def options_of(item):
    """The named choices of an item with their verdicts; an item without its own has 적정 and 부적정."""
    return item.options or (VERDICT_OPTIONS if item.answer_type in {Type.VERDICT, Type.TICK} else [])


def verdict_of(given):
    """What the answer means: chosen with the option, computed from the standard, or none."""
    item, value = given.item, getattr(given, ANSWER_FIELD[given.item.answer_type])
    if given.is_not_applicable or value in ("", None):
        return ""
    if ANSWER_FIELD[item.answer_type] == "choice":
        return dict(options_of(item))[value]
    if item.answer_type == Type.NUMBER and item.standard is not None:
        meets = value >= item.standard if item.comparison == "ge" else value <= item.standard
        return Answer.Verdict.PASS if meets else Answer.Verdict.FAIL
    return Answer.Verdict.NEUTRAL


def faults_of(given):
    """What is wrong with an answer, by field. The form tells it, the service refuses it."""
    faults = {}
    field = ANSWER_FIELD[given.item.answer_type]
    is_given = getattr(given, field) not in ("", None)
    if given.is_not_applicable and is_given:
        faults["is_not_applicable"] = "답과 ‘해당사항 없음’을 함께 둘 수 없습니다. 하나만 남겨 주세요."
    if given.is_not_applicable and not given.not_applicable_reason:
        faults["not_applicable_reason"] = "해당사항이 없는 까닭을 적어 주세요."
    if is_given and (fault := _fault_of_value(given.item, getattr(given, field))):
        faults[field] = fault
    elif (
        given.item.note_rule == Rule.ON_FAIL
        and not given.opinion
        and verdict_of(given) == Answer.Verdict.FAIL
    ):
        faults["opinion"] = "부적정일 때는 의견을 적어야 하는 항목입니다."
    return faults


def _fault_of_value(item, value):
    if ANSWER_FIELD[item.answer_type] == "choice" and value not in dict(options_of(item)):
        return "선택지에 있는 답을 골라 주세요."
    if item.answer_type == Type.SCORE and not 0 <= value <= item.max_score:
        return f"점수는 0점에서 {plain(item.max_score)}점 사이로 적어 주세요."
    if not isinstance(value, str) and value != round(value, DECIMALS):
        return "소수점 아래 세 자리까지 적을 수 있습니다."
    if item.answer_type == Type.NUMBER and abs(value) >= LARGEST:
        return "수치가 너무 큽니다. 자릿수를 확인해 주세요."
    return ""


def plain(number):
    """1234.500 as 1234.5"""
    return f"{Decimal(number).normalize():f}"
