"""Inspections → lines of a paper.

Pure reading: `compose` returns what the paper would say now, each line under a stable source key, so that
composing again can be compared with what a person has made of it (reports.recomposing).
"""

from reports.composing import (
    actions,
    dispositions,
    follow_up,
    letters_after,
    letters_before,
    many,
    overview,
    plan,
    results,
)
from reports.composing.line import Line
from reports.composing.sources import Sources
from reports.models import Document

__all__ = ["Line", "Sources", "compose"]

Kind = Document.Kind


def compose(kind, sources):
    """The lines of the body in reading order."""
    lines = list(COMPOSERS[kind](sources))
    keys = [line.source_key for line in lines]
    if len(set(keys)) != len(keys):
        raise ValueError("a source key stands twice")
    return lines


def _result(sources):
    if not sources.is_single:
        yield from many.lines(sources)
        return
    inspection = sources.first
    yield from overview.lines(inspection)
    yield from results.lines(inspection)
    yield from dispositions.lines(inspection)
    yield from actions.lines(inspection)


COMPOSERS = {
    Kind.PLAN: plan.lines,
    Kind.RESULT: _result,
    Kind.FOLLOW_UP: follow_up.lines,
    Kind.VISIT_NOTICE: letters_before.visit_notice,
    Kind.PAPERS: letters_before.papers,
    Kind.HEARING: letters_after.hearing,
    Kind.OUTCOME: letters_after.outcome,
    Kind.CORRECTION: letters_after.correction,
    Kind.COOPERATION: letters_after.cooperation,
}
