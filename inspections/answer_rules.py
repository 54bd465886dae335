"""What an answer to an item may be and what it means. No query is made here."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from contractors.models import Subject
from inspections.models import Answer, ChecklistItem

Type = ChecklistItem.AnswerType
Rule = ChecklistItem.Rule
Verdict = Answer.Verdict

FIELDS = (
    "choice", "text", "number", "dated_on", "cells", "opinion", "is_not_applicable", "not_applicable_reason",
)  # fmt: skip
ANSWER_FIELD = {
    Type.VERDICT: "choice",
    Type.TICK: "choice",
    Type.CHOICE: "choice",
    Type.GRADE: "choice",
    Type.PROSE: "text",
    Type.NUMBER: "number",
    Type.SCORE: "number",
    Type.MONEY: "number",
    Type.DATE: "dated_on",
    Type.BUNDLE: "cells",
    Type.TABLE: "cells",
}
EMPTY = {"choice": "", "text": "", "number": None, "dated_on": None, "cells": {}}
MEASURED = {Type.NUMBER, Type.MONEY}  # a figure that may have a standard
DECIMALS = 3
LARGEST = Decimal(10) ** 12
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
WITH_OPTIONS = {
    Type.VERDICT: [["적정", Verdict.PASS], ["부적정", Verdict.FAIL]],
    Type.TICK: [["적정", Verdict.PASS], ["부적정", Verdict.FAIL]],
    Type.CHOICE: [],
    Type.GRADE: [[grade, Verdict.NEUTRAL] for grade in "ABCDE"],
    Type.BUNDLE: [["적정", Verdict.PASS], ["부적정", Verdict.FAIL], ["해당없음", Verdict.NEUTRAL]],
    Type.TABLE: [["이상없음", Verdict.PASS], ["이상", Verdict.FAIL], ["해당없음", Verdict.NEUTRAL]],
}


@dataclass(frozen=True)
class Given:
    """What somebody gave for one item, and the version of the answer it was made on (0: there was none).

    `cells` holds the answers to several questions, {row: {part: option}}; a bundle has the one row "".
    """

    item: ChecklistItem
    version: int = 0
    choice: str = ""
    text: str = ""
    number: Decimal | None = None
    dated_on: dt.date | None = None
    cells: dict = field(default_factory=dict)
    opinion: str = ""
    is_not_applicable: bool = False
    not_applicable_reason: str = ""
    site: Subject | None = None

    @property
    def place(self):
        """What there is one answer to: an item, or an item at one of several sites."""
        return self.item.pk, self.site and self.site.pk

    @property
    def fields(self):
        return {name: getattr(self, name) for name in FIELDS}


NOTHING = Given(item=None).fields


def options_of(item):
    """The named choices of an item with their verdicts; an item without its own has those of its type."""
    return item.options or WITH_OPTIONS.get(item.answer_type, [])


def chosen_option(item, answer):
    """The name of the chosen option, also where only its verdict is known."""
    if answer is None or ANSWER_FIELD[item.answer_type] != "choice":
        return ""
    if answer.choice or not answer.verdict:
        return answer.choice
    return next((name for name, verdict in options_of(item) if verdict == answer.verdict), "")


def rows_of(item):
    """The rows of a table; several questions without a table are one row without a name."""
    return item.rows or [""]


def differs(item, one, other):
    """Whether two answers to an item say something else. Prose is never the same, and is not compared."""
    name = ANSWER_FIELD[item.answer_type]
    if name == "text":
        return False
    if one.is_not_applicable or other.is_not_applicable:
        return one.is_not_applicable != other.is_not_applicable
    return _said(item, one, name) != _said(item, other, name)


def _said(item, answer, name):
    return chosen_option(item, answer) if name == "choice" else getattr(answer, name)


def is_empty(value):
    return value is None or value in ("", {})


def verdict_of(given):
    """What the answer means: chosen with the option, computed from the standard, or none."""
    item, value = given.item, getattr(given, ANSWER_FIELD[given.item.answer_type])
    if given.is_not_applicable or is_empty(value):
        return ""
    if ANSWER_FIELD[item.answer_type] == "choice":
        return dict(options_of(item))[value]
    if ANSWER_FIELD[item.answer_type] == "cells":
        return _verdict_of_cells(item, value)
    if item.answer_type in MEASURED and item.standard is not None:
        meets = value >= item.standard if item.comparison == "ge" else value <= item.standard
        return Verdict.PASS if meets else Verdict.FAIL
    return Verdict.NEUTRAL


def _verdict_of_cells(item, cells):
    """One fault is a fault of the whole; there is no verdict before every question has its answer."""
    meanings = dict(options_of(item))
    verdicts = {meanings.get(cells.get(row, {}).get(part)) for row in rows_of(item) for part in item.parts}
    if None in verdicts:
        return ""
    return next((one for one in (Verdict.FAIL, Verdict.PASS) if one in verdicts), Verdict.NEUTRAL)


def faults_of(given):
    """What is wrong with an answer, by field. The form tells it, the service refuses it."""
    faults = {}
    field = ANSWER_FIELD[given.item.answer_type]
    is_given = not is_empty(getattr(given, field))
    if given.is_not_applicable and is_given:
        faults["is_not_applicable"] = "답과 ‘해당사항 없음’을 함께 둘 수 없습니다. 하나만 남겨 주세요."
    if given.is_not_applicable and not given.not_applicable_reason:
        faults["not_applicable_reason"] = "해당사항이 없는 까닭을 적어 주세요."
    if is_given and (fault := _fault_of_value(given.item, getattr(given, field))):
        faults[field] = fault
    elif given.item.note_rule == Rule.ON_FAIL and not given.opinion and verdict_of(given) == Verdict.FAIL:
        faults["opinion"] = "부적정일 때는 의견을 적어야 하는 항목입니다."
    return faults


def _fault_of_value(item, value):
    checks = {"choice": _fault_of_choice, "cells": _fault_of_cells, "dated_on": _fault_of_date}
    check = checks.get(ANSWER_FIELD[item.answer_type])
    if check:
        return check(item, value)
    return "" if isinstance(value, str) else _fault_of_number(item, value)


def _fault_of_choice(item, value):
    return "" if value in dict(options_of(item)) else "선택지에 있는 답을 골라 주세요."


def _fault_of_cells(item, cells):
    names = dict(options_of(item))
    for row, answers in cells.items():
        if row not in rows_of(item) or any(part not in item.parts for part in answers):
            return "이 항목에 없는 물음입니다. 화면을 새로 고쳐 주세요."
        if any(answer not in names for answer in answers.values()):
            return "선택지에 있는 답을 골라 주세요."
    return ""


def _fault_of_date(_item, day):
    return "" if EARLIEST <= day <= LATEST else "1900년에서 2100년 사이의 날짜를 적어 주세요."


def _fault_of_number(item, value):
    if item.answer_type == Type.SCORE and not 0 <= value <= item.max_score:
        return f"점수는 0점에서 {plain(item.max_score)}점 사이로 적어 주세요."
    if item.answer_type == Type.MONEY and value != value.to_integral_value():
        return "금액은 원 단위까지 적어 주세요."
    if value != round(value, DECIMALS):
        return "소수점 아래 세 자리까지 적을 수 있습니다."
    if item.answer_type in MEASURED and abs(value) >= LARGEST:
        return "수치가 너무 큽니다. 자릿수를 확인해 주세요."
    return ""


def plain(number):
    """1234.500 as 1234.5"""
    return f"{Decimal(number).normalize():f}"
