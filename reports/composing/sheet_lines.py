"""The lines of the sheet that were asked, of what `drafting.for_composing` has read."""

from inspections import sheet_lines


def asked_lines(inspection, indicator):
    lines = sheet_lines.lines_of(
        indicator.items.all(), inspection.answers.all(), list(inspection.sites.all())
    )
    return sheet_lines.asked(lines)
