"""The values of one line of the checklist between the page and the store."""

import hashlib

from inspections.answer_rules import ANSWER_FIELD, FIELDS, chosen_option, plain, rows_of


def prefix_of(line):
    return f"a{line.key}"


def typed(data, prefix, item):
    """What was posted for a line, as it was typed."""
    values = {name: data.get(f"{prefix}-{name}", "") for name in FIELDS}
    return values | {
        "is_not_applicable": bool(values["is_not_applicable"]),
        "cells": {name: data.get(f"{prefix}-{name}", "") for name in cell_names(item)},
    }


def stored(item, answer):
    """An answer as its fields show it."""
    names = cell_names(item)
    values = dict.fromkeys(FIELDS, "") | {"is_not_applicable": False, "cells": dict.fromkeys(names, "")}
    if answer is None:
        return values
    value = {
        "choice": chosen_option(item, answer),
        "text": answer.text,
        "number": "" if answer.number is None else plain(answer.number),
        "dated_on": "" if answer.dated_on is None else answer.dated_on.isoformat(),
        "cells": {name: answer.cells.get(row, {}).get(part, "") for name, (row, part) in names.items()},
    }
    field = ANSWER_FIELD[item.answer_type]
    return values | {
        field: value[field],
        "opinion": answer.opinion,
        "is_not_applicable": answer.is_not_applicable,
        "not_applicable_reason": answer.not_applicable_reason,
    }


def cell_names(item):
    """The name of the field of each question of an item → its row and its part."""
    if ANSWER_FIELD[item.answer_type] != "cells":
        return {}
    return {
        f"cells-{at}-{place}": (row, part)
        for at, row in enumerate(rows_of(item))
        for place, part in enumerate(item.parts)
    }


def cells_of(item, typed_cells):
    """{row: {part: option}} of what was typed, without what was left open."""
    cells = {}
    for name, (row, part) in cell_names(item).items():
        if typed_cells.get(name):
            cells.setdefault(row, {})[part] = typed_cells[name]
    return cells


def base_of(answer, values):
    """The version an edit is made on, and the digest of what was shown: unchanged if untouched."""
    return f"{answer.version if answer else 0}-{digest(values)}"


def digest(values):
    text = "\x1f".join(_plain(values[name]) for name in FIELDS)
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=6).hexdigest()


def _plain(value):
    if isinstance(value, dict):
        return "\x1e".join(f"{name}={chosen}" for name, chosen in value.items())
    return str(value).replace("\r\n", "\n").strip()
