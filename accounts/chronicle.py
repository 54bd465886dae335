"""What happens to accounts is told to the history, which stands above this app and hands in its writer."""

_writers = []


def write_with(writer):
    """Called once, by audit, when the site starts."""
    _writers[:] = [writer]


def tell(action, obj, *, by, **detail):
    for writer in _writers:
        writer(action, obj, by=by, **detail)


def changes_between(before, after, fields):
    """{부서: [old, new]} of the fields that differ, as texts for people."""
    texts = ((field, _text(before, field), _text(after, field)) for field in fields)
    return {after._meta.get_field(field).verbose_name: [old, new] for field, old, new in texts if old != new}


def _text(obj, field):
    display = getattr(obj, f"get_{field}_display", None)
    value = display() if display else getattr(obj, field)
    if isinstance(value, bool):
        return "예" if value else "아니오"
    return "" if value is None else str(value)
