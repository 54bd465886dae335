"""Answers and standards in words, as pages and papers print them."""

from inspections.answer_rules import chosen_option, plain, rows_of
from inspections.models import ChecklistItem
from notation import dates, money


def answer_text(answer):
    """The answer in words: the choice, the figure with its unit, or what was written."""
    item = answer.item
    if answer.is_not_applicable:
        return "해당사항 없음"
    if answer.number is not None:
        return figure_text(item, answer.number)
    if answer.dated_on:
        return dates.long_date(answer.dated_on)
    if answer.cells:
        return cells_text(answer)
    return chosen_option(item, answer) or answer.text or answer.get_verdict_display()


def figure_text(item, number):
    if item.answer_type == ChecklistItem.AnswerType.MONEY:
        return money.won(int(number))
    return f"{plain(number)}{'점' if item.answer_type == ChecklistItem.AnswerType.SCORE else item.unit}"


def standard_text(item):
    """기준 10% 이상, or nothing."""
    if item.standard is None:
        return ""
    return f"기준 {figure_text(item, item.standard)} {item.get_comparison_display()}"


def cells_text(answer):
    """1층 소화기 이상없음, 유도등 이상 / 2층 …; what is no longer asked is told behind the rest."""
    item, cells = answer.item, answer.cells
    rows = []
    for row in _in_order(cells, rows_of(item)):
        told = ", ".join(f"{part} {cells[row][part]}" for part in _in_order(cells[row], item.parts))
        rows.append(f"{row} {told}".strip())
    return " / ".join(rows)


def _in_order(found, names):
    """The keys found, in the order of the sheet: a database does not keep theirs."""
    return sorted(found, key=lambda name: (names.index(name) if name in names else len(names), name))
