"""What happens to accounts is told to the history. The history stands above this app, so it hands in its writer."""

_writers = []


def write_with(writer):
    """Called once, by audit, when the site starts."""
    _writers[:] = [writer]


def tell(action, user, *, by, **detail):
    for writer in _writers:
        writer(action, user, by=by, **detail)
