"""The values of one line of the checklist between the page and the store."""

import hashlib

from inspections.answer_rules import ANSWER_FIELD, FIELDS, plain
from inspections.sheets import chosen_option


def prefix_of(item):
    return f"a{item.pk}"


def typed(data, prefix):
    values = {name: data.get(f"{prefix}-{name}", "") for name in FIELDS}
    values["is_not_applicable"] = bool(values["is_not_applicable"])
    return values


def stored(item, answer):
    """An answer as its fields show it."""
    values = dict.fromkeys(FIELDS, "") | {"is_not_applicable": False}
    if answer is None:
        return values
    value = {
        "choice": chosen_option(item, answer),
        "text": answer.text,
        "number": "" if answer.number is None else plain(answer.number),
    }
    field = ANSWER_FIELD[item.answer_type]
    return values | {
        field: value[field],
        "opinion": answer.opinion,
        "is_not_applicable": answer.is_not_applicable,
        "not_applicable_reason": answer.not_applicable_reason,
    }


def base_of(answer, values):
    """The version an edit is made on, and the digest of what was shown: unchanged if untouched."""
    return f"{answer.version if answer else 0}-{digest(values)}"


def digest(values):
    text = "\x1f".join(str(values[name]).replace("\r\n", "\n").strip() for name in FIELDS)
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=6).hexdigest()
