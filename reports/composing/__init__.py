"""Inspection → lines of a result report.

Pure reading: `compose` returns what the report would say now, each line under a stable source key, so that
composing again can be compared with what a person has made of it (reports.recomposing).
"""

from reports.composing import actions, overview, results
from reports.composing.line import Line

__all__ = ["Line", "compose"]


def compose(inspection):
    """The lines of the body in reading order."""
    lines = [*overview.lines(inspection), *results.lines(inspection), *actions.lines(inspection)]
    keys = [line.source_key for line in lines]
    if len(set(keys)) != len(keys):
        raise ValueError("a source key stands twice")
    return lines
