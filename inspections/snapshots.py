"""Rows as plain JSON, for the history of what was changed or taken back."""


def snapshot(obj, *, without=("id", "version")):
    """Every column by its field name; related rows and dates as their texts."""
    names = [field.name for field in obj._meta.concrete_fields if field.name not in without]
    return {name: _plain(getattr(obj, name)) for name in names}


def changes(before, after):
    """What differs between two snapshots: name → [old, new]."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def _plain(value):
    if value is None or isinstance(value, bool | int | list):
        return value
    return str(value)
