"""The lines of a sheet: which items are asked, at which site, with which answer. No query is made here.

An item that is asked at every site is a line at each of the inspection's sites, and one line where it has
none. A follow-up item is asked only after a certain answer to an earlier item of the same indicator; one that
is not asked is neither missing nor counted. What was answered there stays in the store and is shown as kept,
so that going back to the earlier answer brings it back.
"""

import re
from dataclasses import dataclass, field

from contractors.models import Subject
from inspections.answer_rules import Type, chosen_option
from inspections.models import Answer, ChecklistItem

LINE_KEY = re.compile(
    r"(\d{1,9})(?:s(\d{1,9}))?"
)  # Line.key: the item, and the site if it is asked at several


@dataclass
class Line:
    """One item at one place, its answer in this inspection, its files, and its answer the time before."""

    item: ChecklistItem
    answer: Answer | None = None
    site: Subject | None = None
    last: Answer | None = None
    is_silent: bool = False  # not asked, by the answer to an earlier item
    files: list = field(default_factory=list)
    last_findings: list = field(default_factory=list)  # the lines that were written of it then
    stages: list = field(default_factory=list)  # what was answered at the stages before (StageAnswer)
    repeats: list = field(default_factory=list)  # types found at such an item before (repeats.Repeat)

    @property
    def place(self):
        return self.item.pk, self.site and self.site.pk

    @property
    def key(self):
        """Its name in the page: 12, or 12s7 at site 7."""
        return f"{self.item.pk}s{self.site.pk}" if self.site else str(self.item.pk)

    @property
    def code(self):
        """What people call it: 공1-3, or 공1-3(가람관) at one of several sites."""
        return f"{self.item.code}({self.site})" if self.site else self.item.code

    @property
    def is_answered(self):
        return self.answer is not None and self.answer.is_answered


def lines_of(items, answers, sites=()):
    """The lines of one indicator, of its items in order and the answers of one inspection."""
    by_place = {(answer.item_id, answer.site_id): answer for answer in answers}
    lines = []
    for item in items:
        with_site_rows(item, sites)
        for site in (sites if item.is_per_site else ()) or [None]:
            lines.append(Line(item, by_place.get((item.pk, site and site.pk)), site))
    return mark_silent(lines)


def with_site_rows(item, sites):
    """A table without rows of its own is one of the sites."""
    if item.answer_type == Type.TABLE and not item.rows:
        item.rows = [site.name for site in sites]
    return item


def mark_silent(lines):
    """An item asked at a site follows the answer at that site, or the one to an item that is asked once."""
    chosen = {}
    for line in lines:
        item, site = line.item, line.site and line.site.pk
        first = chosen.get((item.follows, site), chosen.get((item.follows, None)))
        line.is_silent = bool(item.follows) and first not in item.follows_if
        chosen[item.code, site] = None if line.is_silent else chosen_option(item, line.answer)
    return lines


def asked(lines):
    return [line for line in lines if not line.is_silent]
