"""Answers that two people changed: both texts side by side, and what to keep."""

from dataclasses import dataclass

from django import forms

from inspections.answer_rules import Given
from inspections.forms.answer_lines import editable_line
from inspections.forms.answer_values import base_of, cell_names, prefix_of, stored, typed
from inspections.forms.answering import AnswerForm
from inspections.models import Answer
from inspections.sheet_lines import Line

PICKS = {"mine": "내 것으로", "theirs": "상대 것으로", "merge": "직접 합치기"}


@dataclass
class Conflict:
    """One item: what I gave, what stands there now, and what I put together from both."""

    place: Line
    current: Answer
    mine: dict
    merged: dict
    base: str
    pick: str = ""
    form: AnswerForm | None = None

    @property
    def item(self):
        return self.place.item

    @property
    def prefix(self):
        return prefix_of(self.place)

    @property
    def picks(self):
        return [(value, label, value == self.pick) for value, label in PICKS.items()]

    @property
    def mine_text(self):
        return _in_words(self.item, self.mine)

    @property
    def theirs_text(self):
        return _in_words(self.item, stored(self.item, self.current))

    @property
    def kept(self):
        """My values again as hidden fields, so that nothing is lost whatever is picked next."""
        single = {name: value for name, value in self.mine.items() if name != "cells"} | self.mine["cells"]
        return [(f"mine-{self.prefix}-{name}", _posted(value)) for name, value in single.items() if value]

    @property
    def line(self):
        errors = self.form.errors if self.form and self.pick == "merge" else {}
        return editable_line(self.place, values=self.merged, base=self.base, errors=errors)


class ResolveForm(forms.Form):
    indicator = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, conflicts, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflicts = conflicts

    def clean(self):
        for conflict in self.conflicts:
            if not conflict.pick:
                self.add_error(None, f"{conflict.place.code}: 어느 쪽을 남길지 골라 주세요.")
            elif conflict.form and not conflict.form.is_valid():
                texts = [error for errors in conflict.form.errors.values() for error in errors]
                self.add_error(None, f"{conflict.place.code}: {' '.join(texts)}")

    @property
    def answers(self):
        return [conflict.form.given for conflict in self.conflicts if conflict.form]


def conflicts_of(collisions):
    """The conflicts as the service raised them."""
    return [
        Conflict(
            Line(collision.given.item, collision.current, collision.given.site),
            collision.current,
            mine=_values(collision.given),
            merged=_joined(_values(collision.given), stored(collision.given.item, collision.current)),
            base=base_of(collision.current, stored(collision.given.item, collision.current)),
        )
        for collision in collisions
    ]


def posted_conflicts(data, groups):
    """The conflicts as they came back from the page."""
    lines = [line for group in groups for line in group.lines if line.answer]
    return [_posted_conflict(data, line) for line in lines if f"{prefix_of(line)}-base" in data]


def _posted_conflict(data, line):
    prefix = prefix_of(line)
    pick = data.get(f"{prefix}-pick")
    conflict = Conflict(
        line,
        line.answer,
        mine=typed(data, f"mine-{prefix}", line.item),
        merged=typed(data, prefix, line.item),
        base=data[f"{prefix}-base"],
        pick=pick if pick in PICKS else "",
    )
    if conflict.pick in {"mine", "merge"}:
        source = prefix if conflict.pick == "merge" else f"mine-{prefix}"
        conflict.form = AnswerForm(data, line=line, prefix=source)
    return conflict


def _values(given: Given):
    return stored(given.item, Answer(**given.fields))


def _joined(mine, theirs):
    """A start for putting both together: my answer, and both texts where they differ."""
    joined = {
        name: f"{mine[name]}\n{theirs[name]}" if mine[name] and theirs[name] != mine[name] else theirs[name]
        for name in ("opinion", "text")
    }
    return mine | {name: text.strip() for name, text in joined.items()}


def _in_words(item, values):
    number = f"{values['number']}{item.unit}" if values["number"] else ""
    said = values["choice"] or number or values["dated_on"] or _cells_in_words(item, values) or values["text"]
    lines = [f"답: {'해당사항 없음' if values['is_not_applicable'] else said or '미응답'}"]
    if values["not_applicable_reason"]:
        lines.append(f"까닭: {values['not_applicable_reason']}")
    lines.append(f"의견: {values['opinion'] or '없음'}")
    return "\n".join(lines)


def _cells_in_words(item, values):
    told = [
        f"{' '.join(filter(None, place))} {values['cells'][name]}"
        for name, place in cell_names(item).items()
        if values["cells"].get(name)
    ]
    return ", ".join(told)


def _posted(value):
    return "on" if value is True else value
