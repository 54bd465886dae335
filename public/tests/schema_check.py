"""As much of JSON Schema 2020-12 as our two schemas use; a keyword that is not known here is an error."""

import re

TYPES = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}
NOTES = {"$schema", "$defs", "title", "description", "default", "format"}


def problems(value, schema, root=None, place="$"):
    """What does not fit, as `place: why`."""
    root = root or schema
    found = []
    for keyword, wanted in schema.items():
        if keyword not in NOTES:
            found += CHECKS[keyword](value, wanted, schema, root, place)
    return found


def _is(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def _type(value, wanted, schema, root, place):
    names = wanted if isinstance(wanted, list) else [wanted]
    return [] if any(_is(value, name) for name in names) else [f"{place}: not {names}"]


def _properties(value, wanted, schema, root, place):
    if not isinstance(value, dict):
        return []
    found = [
        problem for name in value if name in wanted
        for problem in problems(value[name], wanted[name], root, f"{place}.{name}")
    ]  # fmt: skip
    return found + [f"{place}: unknown {name}" for name in value if name not in wanted]


def _items(value, wanted, schema, root, place):
    rows = enumerate(value) if isinstance(value, list) else ()
    return [problem for n, each in rows for problem in problems(each, wanted, root, f"{place}[{n}]")]


def _simple(test):
    return lambda value, wanted, schema, root, place: [] if test(value, wanted) else [f"{place}: {value!r}"]


CHECKS = {
    "type": _type,
    "properties": _properties,
    "items": _items,
    "$ref": lambda value, name, schema, root, place: problems(
        value, root["$defs"][name.removeprefix("#/$defs/")], root, place
    ),
    "additionalProperties": lambda value, wanted, *rest: [],  # always false here: _properties refuses others
    "required": _simple(lambda value, names: not isinstance(value, dict) or set(names) <= set(value)),
    "enum": _simple(lambda value, values: value in values),
    "pattern": _simple(lambda value, pattern: not isinstance(value, str) or re.search(pattern, value)),
    "minimum": _simple(lambda value, least: value is None or value >= least),
    "maximum": _simple(lambda value, most: value <= most),
    "minItems": _simple(lambda value, least: len(value) >= least),
    "maxItems": _simple(lambda value, most: len(value) <= most),
}
